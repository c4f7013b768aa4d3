#include "number_map.h"

#include "pages.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAP_CAPACITY = 64 };

/* The finaliser of splitmix64: string ids are multiples of the alignment, which must not become clusters. */
static size_t number_map_hash(uint64_t key)
{
    key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9U;
    key = (key ^ (key >> 27)) * 0x94D049BB133111EBU;
    return (size_t)(key ^ (key >> 31));
}

void number_map_init(struct number_map *map)
{
    *map = (struct number_map){ NULL, 0, 0 };
}

void number_map_free(struct number_map *map)
{
    free(map->slots);
    number_map_init(map);
}

void number_map_clear(struct number_map *map)
{
    if (map->count) memset(map->slots, 0, map->capacity * sizeof *map->slots);
    map->count = 0;
}

/* The slot that holds `key`, or the free one where it belongs. */
static struct number_slot *number_map_slot(const struct number_map *map, uint64_t key)
{
    size_t mask = map->capacity - 1;
    size_t at = number_map_hash(key) & mask;
    while (map->slots[at].key && map->slots[at].key != key + 1) at = (at + 1) & mask;
    return &map->slots[at];
}

static bool number_map_grow(struct number_map *map)
{
    struct number_map larger = { NULL, map->capacity ? map->capacity * 2 : NUMBER_MAP_CAPACITY, map->count };
    larger.slots = pages_zeros(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL) return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].key) *number_map_slot(&larger, map->slots[i].key - 1) = map->slots[i];
    free(map->slots);
    *map = larger;
    return true;
}

uint32_t *number_map_find(const struct number_map *map, uint64_t key)
{
    if (map->count == 0) return NULL;
    struct number_slot *slot = number_map_slot(map, key);
    return slot->key ? &slot->value : NULL;
}

uint32_t *number_map_put(struct number_map *map, uint64_t key, uint32_t value, bool *added)
{
    if (map->count >= map->capacity / 2 && !number_map_grow(map)) return NULL;
    struct number_slot *slot = number_map_slot(map, key);
    *added = slot->key == 0;
    if (*added) {
        *slot = (struct number_slot){ key + 1, value };
        map->count++;
    }
    return &slot->value;
}
