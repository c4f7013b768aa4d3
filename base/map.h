/* map.h - a hash map from text to a number.
 *
 * Open addressing with linear probing, hashed by XXH3 with a seed drawn at start, so that keys from
 * outside cannot be chosen to collide. The map borrows its keys: they must outlive it. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "str.h"

#include <stdint.h>

struct map_slot {
    struct str key; /* at == NULL: free */
    uint64_t hash;
    uint64_t value;
};

struct map {
    struct map_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

/* The seeded hash of `text`; the same within one process only. */
uint64_t map_hash(struct str text);

void map_init(struct map *map);
void map_free(struct map *map);

/* The value's place for `key`, or NULL. Good until the next map_put or map_remove. */
uint64_t *map_find(const struct map *map, struct str key);
/* The value's place for `key`, added with value 0 if it is new (`*added` then says so; may be NULL).
 * NULL when there is no memory. The key's bytes are borrowed when it is new. */
uint64_t *map_put(struct map *map, struct str key, bool *added);
/* Removes `key`; false when it was not there. */
bool map_remove(struct map *map, struct str key);

#endif
