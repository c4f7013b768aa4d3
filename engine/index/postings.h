/* postings.h - rising numbers as LEB128 differences: the first number, then how much larger each next one is.
 *
 * What is read comes from a file, so that a reader stops at the end of the bytes and at the first number that is not
 * below the ceiling, and reports nothing beyond it. */
#ifndef ENGINE_POSTINGS_H
#define ENGINE_POSTINGS_H

#include "buf.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends `count` rising numbers. */
void postings_pack(struct buf *packed, const uint32_t *numbers, size_t count);

/* Reads them back one by one. */
struct postings {
    const uint8_t *at, *end;
    uint32_t last;
    uint32_t ceiling;
    bool has_begun;
};

struct postings postings_read(struct str packed, uint32_t ceiling);

/* The next number, below the ceiling; false at the end. */
static inline bool postings_next(struct postings *postings, uint32_t *number)
{
    uint64_t value = 0;
    for (unsigned shift = 0; postings->at < postings->end && shift < 35; shift += 7) {
        uint8_t byte = *postings->at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte & 0x80) continue;
        value += postings->last;
        if (value >= postings->ceiling || (postings->has_begun && value == postings->last)) break;
        postings->has_begun = true;
        postings->last = *number = (uint32_t)value;
        return true;
    }
    postings->at = postings->end;
    return false;
}

#endif
