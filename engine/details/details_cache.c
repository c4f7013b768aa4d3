#include "details_cache.h"

#include "engine.h"
#include "limits.h"

#include <stdlib.h>

/* A list with the newest in front: there are few. */
struct details_entry {
    struct document document;
    struct details_entry *older;
    uint32_t api;
};

struct details_cache {
    struct details_entry *newest;
    struct unpacker *unpacker;
    size_t limit;
};

int details_cache_create(struct details_cache **cache, size_t limit)
{
    *cache = calloc(1, sizeof **cache);
    if (*cache == NULL) return ENGINE_ENOMEM;
    (*cache)->limit = limit;
    if (unpacker_create(&(*cache)->unpacker) == FILE_OK) return ENGINE_OK;
    free(*cache);
    *cache = NULL;
    return ENGINE_ENOMEM;
}

void details_cache_limit(struct details_cache *cache, size_t limit)
{
    cache->limit = limit;
}

static void entry_free(struct details_entry *entry)
{
    document_close(&entry->document);
    free(entry);
}

static void cache_drop_newest(struct details_cache *cache)
{
    struct details_entry *entry = cache->newest;
    if (entry == NULL) return;
    cache->newest = entry->older;
    entry_free(entry);
}

void details_cache_destroy(struct details_cache *cache)
{
    if (cache == NULL) return;
    while (cache->newest) cache_drop_newest(cache);
    unpacker_destroy(cache->unpacker);
    free(cache);
}

int details_cache_check(struct details_cache *cache)
{
    int error = cache->newest ? document_error(&cache->newest->document) : DOCUMENT_OK;
    if (error == DOCUMENT_OK) return ENGINE_OK;
    cache_drop_newest(cache);
    return error == DOCUMENT_NO_MEMORY ? ENGINE_ENOMEM : ENGINE_ECORRUPT;
}

size_t details_cache_count(const struct details_cache *cache)
{
    size_t count = 0;
    for (const struct details_entry *entry = cache->newest; entry; entry = entry->older) count++;
    return count;
}

/* Moves the API's entry to the front; NULL when there is none. */
static struct details_entry *cache_find(struct details_cache *cache, uint32_t api)
{
    for (struct details_entry **at = &cache->newest; *at; at = &(*at)->older) {
        struct details_entry *entry = *at;
        if (entry->api != api) continue;
        *at = entry->older;
        entry->older = cache->newest;
        cache->newest = entry;
        return entry;
    }
    return NULL;
}

/* Each question walks along the list; opening a specification takes less than walking along a thousand. */
enum { CACHE_ENTRIES = 128 };

/* Frees from the first on that is over the limit; the newest stays. */
static void cache_trim(struct details_cache *cache)
{
    size_t bytes = 0, count = 0;
    for (struct details_entry **at = &cache->newest; *at;) {
        bytes += document_bytes(&(*at)->document);
        bool fits = bytes <= cache->limit && count++ < CACHE_ENTRIES;
        if (fits || *at == cache->newest) {
            at = &(*at)->older;
            continue;
        }
        struct details_entry *old = *at;
        *at = old->older;
        entry_free(old);
    }
}

static int cache_read(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api)
{
    struct pack pack;
    struct details_entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) return ENGINE_ENOMEM;
    entry->api = api;
    int error = catalogue_pack(catalogue, api, &pack);
    if (error == FILE_OK) error = document_open(&entry->document, &pack, cache->unpacker);
    if (error) {
        free(entry);
        return error == FILE_NO_MEMORY ? ENGINE_ENOMEM : ENGINE_ECORRUPT;
    }
    entry->older = cache->newest;
    cache->newest = entry;
    return ENGINE_OK;
}

/* One that has grown over the limit by itself, by questions before this one, begins anew. */
static bool cache_has(struct details_cache *cache, uint32_t api)
{
    struct details_entry *entry = cache_find(cache, api);
    if (entry == NULL) return false;
    if (document_bytes(&entry->document) <= cache->limit) return true;
    cache_drop_newest(cache);
    return false;
}

int details_cache_get(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api,
                      const struct document **document)
{
    int error = cache_has(cache, api) ? ENGINE_OK : cache_read(cache, catalogue, api);
    if (error) return error;
    cache_trim(cache);
    *document = &cache->newest->document;
    return ENGINE_OK;
}
