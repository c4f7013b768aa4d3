/* interner.h - differing texts, numbered in the order in which they came; the empty text is number 0.
 *
 * Running out of memory, or of numbers, stays in `failed`; interning then gives 0, the empty text. */
#ifndef ENGINE_INTERNER_H
#define ENGINE_INTERNER_H

#include "arena.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct interner_slot {
    uint32_t hash;
    uint32_t number; /* 0: free, for the empty text needs no slot */
};

struct interner {
    struct arena arena; /* the texts */
    struct str *texts;  /* by number */
    size_t count, capacity;
    struct interner_slot *slots;
    size_t slot_count, slot_capacity; /* powers of two, or 0 */
    uint64_t bytes;                   /* of all texts */
    bool failed;
};

void interner_init(struct interner *interner);
void interner_free(struct interner *interner);
/* Forgets all texts, keeps the memory; what that takes does not depend on how many there were. */
void interner_reset(struct interner *interner);

/* The number of an interned copy of `text`, whose map_hash is `hash`. */
uint32_t interner_add_hashed(struct interner *interner, struct str text, uint64_t hash);
uint32_t interner_add(struct interner *interner, struct str text);

/* The text of a number that interner_add gave. */
static inline struct str interner_text(const struct interner *interner, uint32_t number)
{
    return number ? interner->texts[number] : STR_EMPTY;
}

#endif
