/* number_map.h - a hash map from a 64-bit number to a 32-bit number, for keys made here (string ids, pairs of them). */
#ifndef ENGINE_NUMBER_MAP_H
#define ENGINE_NUMBER_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct number_slot {
    uint64_t key; /* plus one; 0: free */
    uint32_t value;
};

struct number_map {
    struct number_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

void number_map_init(struct number_map *map);
void number_map_free(struct number_map *map);
/* Forgets all keys, keeps the memory. */
void number_map_clear(struct number_map *map);

/* The place of the value for `key` (below UINT64_MAX), or NULL. */
uint32_t *number_map_find(const struct number_map *map, uint64_t key);
/* The same, added with `value` if it is new (*added then says so). NULL when there is no memory. */
uint32_t *number_map_put(struct number_map *map, uint64_t key, uint32_t value, bool *added);

#endif
