#include "interner.h"

#include "map.h"
#include "pages.h"

#include <stdlib.h>

enum { INTERNER_TEXTS_MIN = 256, INTERNER_SLOTS_MIN = 1024 };

void interner_init(struct interner *interner)
{
    *interner = (struct interner){ .count = 1 };
    arena_init(&interner->arena, SIZE_MAX / 2);
}

void interner_free(struct interner *interner)
{
    arena_free(&interner->arena);
    free(interner->texts);
    free(interner->slots);
    interner_init(interner);
}

void interner_reset(struct interner *interner)
{
    arena_reset(&interner->arena);
    interner->count = 1;
    interner->bytes = 0;
    interner->failed = false;
    if (interner->slot_count) interner->slot_count = INTERNER_SLOTS_MIN;
    if (interner->slot_count) memset(interner->slots, 0, interner->slot_count * sizeof *interner->slots);
}

static bool interner_grow_texts(struct interner *interner)
{
    size_t capacity = interner->capacity ? interner->capacity * 2 : INTERNER_TEXTS_MIN;
    struct str *texts = reallocarray(interner->texts, capacity, sizeof *texts);
    if (texts == NULL || interner->count >= UINT32_MAX) return false;
    interner->texts = texts;
    interner->capacity = capacity;
    return true;
}

static struct interner_slot *interner_free_slot(struct interner_slot *slots, size_t count, uint32_t hash)
{
    size_t at = hash & (count - 1);
    while (slots[at].number) at = (at + 1) & (count - 1);
    return &slots[at];
}

/* Into new memory, or into what an earlier round of texts left behind those in use. */
static bool interner_grow_slots(struct interner *interner)
{
    size_t old = interner->slot_count, count = old ? old * 2 : INTERNER_SLOTS_MIN;
    struct interner_slot *slots = pages_zeros(count, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < old; i++)
        if (interner->slots[i].number) *interner_free_slot(slots, count, interner->slots[i].hash) = interner->slots[i];
    if (count <= interner->slot_capacity) {
        memcpy(interner->slots, slots, count * sizeof *slots);
        free(slots);
    } else {
        free(interner->slots);
        interner->slots = slots;
        interner->slot_capacity = count;
    }
    interner->slot_count = count;
    return true;
}

/* The slot that holds `text`, or the free one where it belongs. */
static struct interner_slot *interner_probe(const struct interner *interner, struct str text, uint32_t hash)
{
    size_t mask = interner->slot_count - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct interner_slot *slot = &interner->slots[at];
        if (slot->number == 0) return slot;
        if (slot->hash == hash && str_equal(interner->texts[slot->number], text)) return slot;
    }
}

static uint32_t interner_new(struct interner *interner, struct str text)
{
    if (interner->count >= interner->capacity && !interner_grow_texts(interner)) return 0;
    struct str copy = arena_copy(&interner->arena, text);
    if (interner->arena.failed) return 0;
    interner->texts[interner->count] = copy;
    interner->bytes += text.size;
    return (uint32_t)interner->count++;
}

uint32_t interner_add_hashed(struct interner *interner, struct str text, uint64_t hash)
{
    if (text.size == 0 || interner->failed) return 0;
    if (interner->count * 4 >= interner->slot_count * 3 && !interner_grow_slots(interner)) {
        interner->failed = true;
        return 0;
    }
    struct interner_slot *slot = interner_probe(interner, text, (uint32_t)hash);
    if (slot->number) return slot->number;
    uint32_t number = interner_new(interner, text);
    interner->failed = number == 0;
    *slot = (struct interner_slot){ .hash = (uint32_t)hash, .number = number };
    return number;
}

uint32_t interner_add(struct interner *interner, struct str text)
{
    return text.size ? interner_add_hashed(interner, text, map_hash(text)) : 0;
}
