#include "details_cache.h"

#include "details_uses.h"
#include "engine.h"
#include "limits.h"

#include <stdlib.h>

/* A list with the newest in front: there are few. */
struct details_entry {
    struct details_document document; /* first: what the caller holds is the entry */
    struct details_entry *older;
    struct buf text; /* the document's strings lie in it */
    uint32_t api;
};

struct details_cache {
    struct details_entry *newest;
    size_t limit;
};

int details_cache_create(struct details_cache **cache, size_t limit)
{
    *cache = calloc(1, sizeof **cache);
    if (*cache == NULL) return ENGINE_ENOMEM;
    (*cache)->limit = limit;
    return ENGINE_OK;
}

static void entry_free(struct details_entry *entry)
{
    details_uses_free(entry->document.uses);
    document_close(&entry->document.document);
    buf_free(&entry->text);
    free(entry);
}

void details_cache_drop_newest(struct details_cache *cache)
{
    struct details_entry *entry = cache->newest;
    if (entry == NULL) return;
    cache->newest = entry->older;
    entry_free(entry);
}

void details_cache_destroy(struct details_cache *cache)
{
    while (cache && cache->newest) details_cache_drop_newest(cache);
    free(cache);
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

/* Frees from the first on that is over the limit; the newest stays. */
static void cache_trim(struct details_cache *cache)
{
    size_t bytes = 0;
    for (struct details_entry **at = &cache->newest; *at;) {
        bytes += (*at)->document.document.bytes;
        if (bytes <= cache->limit || *at == cache->newest) {
            at = &(*at)->older;
            continue;
        }
        struct details_entry *old = *at;
        *at = old->older;
        entry_free(old);
    }
}

static int entry_read(struct details_entry *entry, const struct catalogue *catalogue)
{
    struct document_fault fault;
    int error = catalogue_text(catalogue, entry->api, &entry->text);
    if (error == FILE_OK) error = document_read_in_place(&entry->document.document, &entry->text, &fault);
    if (error == FILE_OK) return ENGINE_OK;
    return error == FILE_NO_MEMORY ? ENGINE_ENOMEM : ENGINE_ECORRUPT;
}

static int cache_read(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api)
{
    struct details_entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) return ENGINE_ENOMEM;
    buf_init(&entry->text, LIMIT_SPEC_BYTES + 64); /* the zero bytes behind the text */
    entry->api = api;
    int error = entry_read(entry, catalogue);
    if (error) {
        entry_free(entry);
        return error;
    }
    entry->older = cache->newest;
    cache->newest = entry;
    cache_trim(cache);
    return ENGINE_OK;
}

int details_cache_get(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api,
                      struct details_document **document)
{
    if (cache_find(cache, api) == NULL) {
        int error = cache_read(cache, catalogue, api);
        if (error) return error;
    }
    *document = &cache->newest->document;
    return ENGINE_OK;
}
