#include "roster.h"

#include "map.h"

#include <stdlib.h>

void roster_init(struct roster *roster, struct str (*name)(const void *member))
{
    *roster = (struct roster){ .name = name };
}

void roster_free(struct roster *roster)
{
    free(roster->members);
    free(roster->slots);
    roster_init(roster, roster->name);
}

static size_t roster_next(const struct roster *roster, size_t at)
{
    return (at + 1) & (roster->capacity - 1);
}

void *roster_find(const struct roster *roster, struct str name)
{
    if (roster->count == 0) return NULL;
    uint32_t hash = (uint32_t)map_hash(name);
    for (size_t at = hash & (roster->capacity - 1);; at = roster_next(roster, at)) {
        struct roster_slot slot = roster->slots[at];
        if (slot.place == 0) return NULL;
        void *member = slot.hash == hash ? roster->members[slot.place - 1] : NULL;
        if (member && str_equal(roster->name(member), name)) return member;
    }
}

/* The slot of the member at `place`, which is there. */
static size_t roster_slot_of(const struct roster *roster, uint32_t hash, uint32_t place)
{
    size_t at = hash & (roster->capacity - 1);
    while (roster->slots[at].place != place) at = roster_next(roster, at);
    return at;
}

static void roster_put(struct roster *roster, struct roster_slot slot)
{
    roster->slots[roster_slot_of(roster, slot.hash, 0)] = slot;
}

static bool roster_grow_slots(struct roster *roster)
{
    struct roster larger = *roster;
    larger.capacity = roster->capacity ? roster->capacity * 2 : 16;
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL) return false;
    for (size_t at = 0; at < roster->capacity; at++)
        if (roster->slots[at].place) roster_put(&larger, roster->slots[at]);
    free(roster->slots);
    *roster = larger;
    return true;
}

static bool roster_grow_members(struct roster *roster)
{
    size_t room = roster->room ? roster->room + roster->room / 2 : 8;
    void **members = realloc(roster->members, room * sizeof *members);
    if (members == NULL) return false;
    roster->members = members;
    roster->room = room;
    return true;
}

bool roster_add(struct roster *roster, void *member)
{
    if (roster->count >= (size_t)1 << 31) return false;
    if (roster->count * 4 >= roster->capacity * 3 && !roster_grow_slots(roster)) return false;
    if (roster->count == roster->room && !roster_grow_members(roster)) return false;
    roster->members[roster->count++] = member;
    roster_put(roster, (struct roster_slot){ (uint32_t)map_hash(roster->name(member)), (uint32_t)roster->count });
    return true;
}

/* Moves back what would no longer be reached over the hole. */
static void roster_free_slot(struct roster *roster, size_t hole)
{
    size_t mask = roster->capacity - 1;
    for (size_t at = roster_next(roster, hole); roster->slots[at].place; at = roster_next(roster, at)) {
        size_t home = roster->slots[at].hash & mask;
        if (((at - home) & mask) < ((at - hole) & mask)) continue;
        roster->slots[hole] = roster->slots[at];
        hole = at;
    }
    roster->slots[hole] = (struct roster_slot){ 0 };
}

void roster_remove(struct roster *roster, const void *member)
{
    uint32_t hash = (uint32_t)map_hash(roster->name(member));
    size_t at = hash & (roster->capacity - 1);
    while (roster->slots[at].hash != hash || roster->members[roster->slots[at].place - 1] != member)
        at = roster_next(roster, at);
    uint32_t place = roster->slots[at].place, last = (uint32_t)roster->count;
    roster_free_slot(roster, at);
    if (place != last) {
        void *moved = roster->members[last - 1];
        roster->slots[roster_slot_of(roster, (uint32_t)map_hash(roster->name(moved)), last)].place = place;
        roster->members[place - 1] = moved;
    }
    roster->count--;
}
