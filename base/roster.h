/* roster.h - many things of one kind that have names: found by name, and walked one behind the other.
 *
 *   members   [ a ][ b ][ c ][ d ]       in the order of their arrival; the last takes the place of one that leaves
 *   slots     [    ][ 2 ][    ][ 0 ]…    hash of the name → place in members, open addressing
 *
 * For what there is one of for each client, where memory counts: some 25 bytes a member, half of what a map takes. The
 * names stay with the members and do not change meanwhile. Hashed as a map is, so that names from outside cannot be
 * chosen to collide. */
#ifndef BASE_ROSTER_H
#define BASE_ROSTER_H

#include "str.h"

#include <stdint.h>

struct roster_slot {
    uint32_t hash;  /* of the name, cut to 32 bits */
    uint32_t place; /* in members, counted from 1; 0: free */
};

struct roster {
    struct str (*name)(const void *member);
    void **members; /* walk it from 0 to count */
    struct roster_slot *slots;
    size_t count, room; /* of members */
    size_t capacity;    /* of slots: a power of two, or 0 */
};

/* An empty roster of things whose names `name` tells. Holds no memory until the first is added. */
void roster_init(struct roster *roster, struct str (*name)(const void *member));
/* The members are the caller's. */
void roster_free(struct roster *roster);

/* The member of that name, NULL when there is none. */
void *roster_find(const struct roster *roster, struct str name);
/* Adds a member; there is none of its name. False: no memory, or 2^31 are there. */
bool roster_add(struct roster *roster, void *member);
/* Removes one that is there. */
void roster_remove(struct roster *roster, const void *member);

#endif
