#include "interner.h"

#include "format.h"
#include "leb128.h"
#include "map.h"

#include <stdlib.h>

enum { INTERNER_BLOB_MIN = 4096, INTERNER_SLOTS_MIN = 1024 };

void interner_init(struct interner *interner)
{
    *interner = (struct interner){ 0 };
}

void interner_free(struct interner *interner)
{
    free(interner->at);
    free(interner->slots);
    interner_init(interner);
}

void interner_reset(struct interner *interner)
{
    interner->size = 0;
    interner->used = 0;
    interner->failed = false;
    if (interner->slot_count) memset(interner->slots, 0, interner->slot_count * sizeof *interner->slots);
}

struct str interner_blob(const struct interner *interner)
{
    return interner->at ? (struct str){ interner->at, interner->size } : STR_EMPTY;
}

struct str interner_at(struct str blob, uint32_t id)
{
    size_t at = id;
    uint32_t size;
    if (!leb128_read(blob, &at, &size) || size > blob.size - at) return STR_EMPTY;
    return (struct str){ blob.at + at, size };
}

static bool interner_set_capacity(struct interner *interner, size_t capacity)
{
    char *at = realloc(interner->at, capacity);
    if (at == NULL) return false;
    interner->at = at;
    interner->capacity = capacity;
    return true;
}

static bool interner_room(struct interner *interner, size_t more)
{
    size_t wanted = interner->size + more;
    if (wanted > UINT32_MAX) return false;
    if (wanted <= interner->capacity) return true;
    size_t capacity = interner->capacity ? interner->capacity : INTERNER_BLOB_MIN;
    while (capacity < wanted) capacity += capacity / 2;
    return interner_set_capacity(interner, capacity);
}

/* `count` is a power of two. */
static bool interner_set_slots(struct interner *interner, size_t count)
{
    struct interner_slot *slots = calloc(count, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < interner->slot_count; i++) {
        const struct interner_slot *old = &interner->slots[i];
        if (old->id == 0) continue;
        size_t at = old->hash & (count - 1);
        while (slots[at].id) at = (at + 1) & (count - 1);
        slots[at] = *old;
    }
    free(interner->slots);
    interner->slots = slots;
    interner->slot_count = count;
    return true;
}

static bool interner_grow_slots(struct interner *interner)
{
    return interner_set_slots(interner, interner->slot_count ? interner->slot_count * 2 : INTERNER_SLOTS_MIN);
}

void interner_reserve(struct interner *interner, size_t texts, size_t bytes)
{
    size_t slots = INTERNER_SLOTS_MIN;
    while (slots / 4 * 3 <= interner->used + texts) slots *= 2;
    if (slots > interner->slot_count) interner_set_slots(interner, slots);
    if (interner->size + bytes > interner->capacity) interner_set_capacity(interner, interner->size + bytes);
}

/* Writes the entry of `text` at the end of the blob. `text` may lie in the blob, which may move. */
static bool interner_write(struct interner *interner, struct str text)
{
    bool is_inside = interner->at && text.at >= interner->at && text.at < interner->at + interner->size;
    size_t inside_at = is_inside ? (size_t)(text.at - interner->at) : 0;
    size_t most = LEB128_SIZE_MAX + text.size + 1 + FORMAT_STRING_ALIGN;
    if (text.size > UINT32_MAX - FORMAT_ALIGN || !interner_room(interner, most)) return false;
    char *start = interner->at + interner->size;
    char *end = start + leb128_write((uint32_t)text.size, (uint8_t *)start);
    if (text.size) memcpy(end, is_inside ? interner->at + inside_at : text.at, text.size);
    end += text.size;
    do *end++ = '\0';
    while ((size_t)(end - interner->at) % FORMAT_STRING_ALIGN);
    interner->size = (size_t)(end - interner->at);
    return true;
}

/* The slot that holds `text`, or the free one where it belongs. */
static struct interner_slot *interner_probe(const struct interner *interner, struct str text, uint32_t hash)
{
    size_t mask = interner->slot_count - 1;
    struct str blob = interner_blob(interner);
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct interner_slot *slot = &interner->slots[at];
        if (slot->id == 0) return slot;
        if (slot->hash == hash && str_equal(interner_at(blob, slot->id), text)) return slot;
    }
}

uint32_t interner_add(struct interner *interner, struct str text)
{
    if (interner->failed) return 0;
    if (interner->size == 0 && !interner_write(interner, STR_EMPTY)) interner->failed = true;
    if (interner->used * 4 >= interner->slot_count * 3 && !interner_grow_slots(interner)) interner->failed = true;
    if (text.size == 0 || interner->failed) return 0;
    uint32_t hash = (uint32_t)map_hash(text);
    struct interner_slot *slot = interner_probe(interner, text, hash);
    if (slot->id) return slot->id;
    uint32_t id = (uint32_t)interner->size;
    if (!interner_write(interner, text)) {
        interner->failed = true;
        return 0;
    }
    *slot = (struct interner_slot){ .hash = hash, .id = id };
    interner->used++;
    return id;
}
