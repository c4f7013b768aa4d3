/* strings.h - texts in one blob, each under the offset at which it lies (format.h, STRINGS). */
#ifndef ENGINE_STRINGS_H
#define ENGINE_STRINGS_H

#include "str.h"

#include <stddef.h>
#include <stdint.h>

/* The same for a text of 128 bytes or more, and for an id that cannot be. */
struct str strings_at_long(struct str blob, uint32_t id);

/* The text of an id in a blob; the empty str for an id that cannot be. Inline, for it is what everything else waits
 * for: most texts are short, and have their size in one byte. */
static inline struct str strings_at(struct str blob, uint32_t id)
{
    size_t size = id < blob.size ? (uint8_t)blob.at[id] : UINT8_MAX;
    if (size > INT8_MAX || size > blob.size - id - 1) return strings_at_long(blob, id);
    return (struct str){ blob.at + id + 1, size };
}

/* The bytes that an entry takes, its zeros included. */
size_t strings_entry_size(size_t text_size);
/* Writes an entry into bytes that are zero already. */
void strings_write(char *entry, struct str text);

#endif
