/* interner.h - interned texts in one blob, each under the offset at which it lies (format.h, STRINGS).
 *
 * Running out of memory, or of 32-bit offsets, stays in `failed`; interning then gives 0, the empty text. */
#ifndef ENGINE_INTERNER_H
#define ENGINE_INTERNER_H

#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct interner_slot {
    uint32_t hash;
    uint32_t id; /* 0: free, for the empty text needs no slot */
};

struct interner {
    char *at;
    size_t size, capacity;
    struct interner_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t used;
    bool failed;
};

void interner_init(struct interner *interner);
void interner_free(struct interner *interner);
/* Forgets all texts, keeps the memory. */
void interner_reset(struct interner *interner);

/* Makes room for so many more texts, and bytes in the blob, in one go. Without memory nothing changes: then the
 * interner grows as it must. */
void interner_reserve(struct interner *interner, size_t texts, size_t bytes);

/* The id of an interned copy of `text`, which may lie in the blob itself. */
uint32_t interner_add(struct interner *interner, struct str text);

/* The blob; before the first text it is empty, then it begins with the empty text. */
struct str interner_blob(const struct interner *interner);
/* The text of an id in such a blob; the empty str for an id that cannot be. */
struct str interner_at(struct str blob, uint32_t id);

#endif
