#include "map.h"

#include "pages.h"

#include <stdlib.h>
#include <sys/random.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t map_seed;

/* Runs before main: a seed drawn later could differ between two threads. */
__attribute__((constructor)) static void map_draw_seed(void)
{
    if (getrandom(&map_seed, sizeof map_seed, GRND_NONBLOCK) != (ssize_t)sizeof map_seed)
        map_seed = (uint64_t)(uintptr_t)&map_seed;
}

uint64_t map_hash(struct str text)
{
    return XXH3_64bits_withSeed(text.at, text.size, map_seed);
}

void map_init(struct map *map)
{
    *map = (struct map){ 0 };
}

void map_free(struct map *map)
{
    free(map->slots);
    map_init(map);
}

static struct map_slot *map_probe(const struct map *map, struct str key, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
        struct map_slot *slot = &map->slots[at];
        if (slot->key.at == NULL) return slot;
        if (slot->hash == hash && str_equal(slot->key, key)) return slot;
    }
}

uint64_t *map_find(const struct map *map, struct str key)
{
    if (map->count == 0) return NULL;
    struct map_slot *slot = map_probe(map, key, map_hash(key));
    return slot->key.at ? &slot->value : NULL;
}

static bool map_grow(struct map *map)
{
    struct map larger = { .capacity = map->capacity ? map->capacity * 2 : 16, .count = map->count };
    larger.slots = pages_zeros(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL) return false;
    for (size_t at = 0; at < map->capacity; at++) {
        const struct map_slot *slot = &map->slots[at];
        if (slot->key.at) *map_probe(&larger, slot->key, slot->hash) = *slot;
    }
    free(map->slots);
    *map = larger;
    return true;
}

uint64_t *map_put(struct map *map, struct str key, bool *added)
{
    if (added) *added = false;
    if (map->count * 4 >= map->capacity * 3 && !map_grow(map)) return NULL;
    uint64_t hash = map_hash(key);
    struct map_slot *slot = map_probe(map, key, hash);
    if (slot->key.at == NULL) {
        *slot = (struct map_slot){ .key = { key.at ? key.at : "", key.size }, .hash = hash };
        map->count++;
        if (added) *added = true;
    }
    return &slot->value;
}

bool map_remove(struct map *map, struct str key)
{
    if (map->count == 0) return false;
    struct map_slot *slot = map_probe(map, key, map_hash(key));
    if (slot->key.at == NULL) return false;
    size_t mask = map->capacity - 1;
    size_t hole = (size_t)(slot - map->slots);
    /* Moves back what would no longer be reached over the hole. */
    for (size_t at = (hole + 1) & mask; map->slots[at].key.at; at = (at + 1) & mask) {
        size_t home = (size_t)map->slots[at].hash & mask;
        if (((at - home) & mask) < ((at - hole) & mask)) continue;
        map->slots[hole] = map->slots[at];
        hole = at;
    }
    map->slots[hole] = (struct map_slot){ 0 };
    map->count--;
    return true;
}
