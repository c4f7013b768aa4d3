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

/* Fetches ahead what interner_add_hashed will look at for a text with this hash: where it may be, which text that is,
 * its bytes. Each step needs what the one before has fetched, so they are for texts that come ever sooner. */
enum { INTERNER_AHEAD_SLOT = 12, INTERNER_AHEAD_TEXT = 8, INTERNER_AHEAD_BYTES = 4 };
static inline void interner_fetch_slot(const struct interner *interner, uint64_t hash)
{
    if (interner->slot_count) __builtin_prefetch(&interner->slots[hash & (interner->slot_count - 1)]);
}
static inline void interner_fetch_text(const struct interner *interner, uint64_t hash)
{
    if (interner->slot_count)
        __builtin_prefetch(&interner->texts[interner->slots[hash & (interner->slot_count - 1)].number]);
}
static inline void interner_fetch_bytes(const struct interner *interner, uint64_t hash)
{
    if (interner->slot_count == 0) return;
    const struct interner_slot *slot = &interner->slots[hash & (interner->slot_count - 1)];
    if (slot->number && slot->hash == (uint32_t)hash) __builtin_prefetch(interner->texts[slot->number].at);
}

/* The text of a number that interner_add gave. */
static inline struct str interner_text(const struct interner *interner, uint32_t number)
{
    return number ? interner->texts[number] : STR_EMPTY;
}

#endif
