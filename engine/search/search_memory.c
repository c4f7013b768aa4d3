#include "search_memory.h"

#include <stdlib.h>

bool search_memory_init(struct search_memory *memory)
{
    memory->places = calloc(SEARCH_MEMORY_PLACES, sizeof *memory->places);
    return memory->places != NULL;
}

void search_memory_free(struct search_memory *memory)
{
    free(memory->places);
}

static bool search_memory_is_plain(const struct search_request *request)
{
    const struct query_filter *filter = &request->filter;
    return request->text.size <= SEARCH_MEMORY_BYTES && request->text.size > 0 && !request->is_pattern &&
           !request->is_behind && request->offset == 0 && request->limit < SEARCH_MEMORY_ROWS && !filter->methods &&
           !filter->places && !filter->flags && !filter->no_flags && !filter->type.size;
}

struct search_memory_key search_memory_key(const struct search_request *request)
{
    struct search_memory_key key = { .api = request->api, .limit = request->limit };
    if (!search_memory_is_plain(request)) return key;
    key.text = (uint32_t)request->text.size;
    for (size_t i = 0; i < request->text.size; i++) key.text = key.text << 8 | (uint8_t)request->text.at[i];
    key.kinds = request->kinds << 2 | request->descriptions;
    return key;
}

static struct search_remembered *search_memory_at(const struct search_memory *memory,
                                                  const struct search_memory_key *key)
{
    uint64_t mixed = (uint64_t)key->text << 32 | key->api;
    mixed = (mixed ^ (uint64_t)key->kinds << 48 ^ key->limit) * 0x9E3779B97F4A7C15U;
    return &memory->places[mixed >> (64 - SEARCH_MEMORY_PLACE_BITS)];
}

const struct search_remembered *search_memory_find(const struct search_memory *memory,
                                                   const struct search_memory_key *key)
{
    const struct search_remembered *at = search_memory_at(memory, key);
    bool is_same = at->key.text == key->text && at->key.api == key->api && at->key.limit == key->limit &&
                   at->key.kinds == key->kinds;
    return key->text && is_same ? at : NULL;
}

struct search_remembered *search_memory_place(struct search_memory *memory, const struct search_memory_key *key)
{
    struct search_remembered *at = search_memory_at(memory, key);
    at->key = *key;
    return at;
}
