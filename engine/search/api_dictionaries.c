#include "api_dictionaries.h"

#include "bitmap.h"
#include "postings.h"

#include <stdlib.h>

enum {
    /* Questions about an API before its own are picked out: who asks about every API in turn must not pay for it. */
    API_DICTIONARIES_ASKED = 3,
};

static void api_dictionaries_clear(struct api_dictionaries *own)
{
    for (unsigned i = 0; i < INDEX_DICTIONARIES; i++)
        for (unsigned part = 0; part < DICTIONARY_PARTS; part++) buf_free(&own->parts[i][part]);
    buf_free(&own->stems);
    *own = (struct api_dictionaries){ .api = CATALOGUE_NONE };
    for (unsigned i = 0; i < INDEX_DICTIONARIES; i++)
        for (unsigned part = 0; part < DICTIONARY_PARTS; part++) buf_init(&own->parts[i][part], UINT32_MAX);
    buf_init(&own->stems, UINT32_MAX);
}

bool api_dictionaries_init(struct api_dictionaries_cache *cache, const struct index *index)
{
    *cache = (struct api_dictionaries_cache){ .turn = 0 };
    for (unsigned i = 0; i < API_DICTIONARIES_KEPT; i++) api_dictionaries_clear(&cache->kept[i]);
    cache->groups = calloc(bitmap_words(index->head->group_count + (size_t)1), sizeof *cache->groups);
    cache->entries = calloc(bitmap_words(index->head->entry_count + (size_t)1), sizeof *cache->entries);
    return cache->groups && cache->entries;
}

void api_dictionaries_free(struct api_dictionaries_cache *cache)
{
    for (unsigned i = 0; i < API_DICTIONARIES_KEPT; i++) api_dictionaries_clear(&cache->kept[i]);
    free(cache->groups);
    free(cache->entries);
}

/* ---- What belongs to the API ----------------------------------------------------------------------------------- */

static uint64_t api_dictionaries_key(const struct format_element *element)
{
    bool has_more = element->kind == CATALOGUE_ENDPOINT || element->kind == CATALOGUE_API;
    return (uint64_t)element->text << 32 | (has_more ? element->type : 0);
}

/* The entry of an element's texts: those of a group are in the order of the texts' ids (format.h, ENTRIES). */
static void api_dictionaries_entry(struct api_dictionaries_cache *cache, const struct index *index,
                                   const struct catalogue *catalogue, uint32_t element)
{
    uint64_t key = api_dictionaries_key(&catalogue->elements[element]);
    const struct format_group *group = &index->groups[index->group_of[element]];
    uint32_t low = group[0].first_entry, high = group[1].first_entry;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint64_t other = api_dictionaries_key(&catalogue->elements[index->entries[middle].element]);
        if (other == key) {
            bitmap_set(cache->entries, middle);
            return;
        }
        if (other < key)
            low = middle + 1;
        else
            high = middle;
    }
}

static void api_dictionaries_mark(struct api_dictionaries_cache *cache, const struct index *index,
                                  const struct catalogue *catalogue, uint32_t api)
{
    const struct format_api *at = &catalogue->apis[api];
    memset(cache->groups, 0, bitmap_words(index->head->group_count) * sizeof *cache->groups);
    memset(cache->entries, 0, bitmap_words(index->head->entry_count) * sizeof *cache->entries);
    for (uint32_t i = at->first_element; i < at->first_element + at->element_count; i++) {
        bitmap_set(cache->groups, index->group_of[i]);
        api_dictionaries_entry(cache, index, catalogue, i);
    }
}

/* ---- Picking out ----------------------------------------------------------------------------------------------- */

static void api_dictionaries_number(struct buf *numbers, size_t number)
{
    uint32_t value = (uint32_t)number;
    buf_append(numbers, &value, sizeof value);
}

/* Appends those of a term's numbers that belong to the API; how many. */
static size_t api_dictionaries_postings(const struct dictionary *from, uint32_t term, const uint64_t *bits,
                                        uint32_t ceiling, struct buf *kept)
{
    uint32_t start = from->posting_starts[term], end = from->posting_starts[term + 1], number;
    size_t before = kept->size;
    if (from->postings) {
        for (uint32_t i = start; i < end; i++)
            if (bitmap_has(bits, from->postings[i])) buf_append(kept, &from->postings[i], sizeof number);
    } else {
        struct postings postings = postings_read(str_cut(from->packed, start, end), ceiling);
        while (postings_next(&postings, &number))
            if (bitmap_has(bits, number)) buf_append(kept, &number, sizeof number);
    }
    return (kept->size - before) / sizeof number;
}

static void api_dictionaries_term(struct buf *parts, const struct dictionary *from, uint32_t term, size_t postings)
{
    struct str text = dictionary_term(from, term);
    api_dictionaries_number(&parts[DICTIONARY_STARTS], parts[DICTIONARY_TERMS].size);
    api_dictionaries_number(&parts[DICTIONARY_POSTING_STARTS], postings);
    buf_append_str(&parts[DICTIONARY_TERMS], text);
}

static const uint32_t *api_dictionaries_numbers(const struct buf *numbers)
{
    return (const uint32_t *)(const void *)numbers->at;
}

static bool api_dictionaries_finish(struct api_dictionaries *own, unsigned number, bool is_packed)
{
    struct buf *parts = own->parts[number];
    size_t count = parts[DICTIONARY_STARTS].size / sizeof(uint32_t), unit = is_packed ? 1 : sizeof(uint32_t);
    api_dictionaries_number(&parts[DICTIONARY_STARTS], parts[DICTIONARY_TERMS].size);
    api_dictionaries_number(&parts[DICTIONARY_POSTING_STARTS], parts[DICTIONARY_POSTINGS].size / unit);
    bool has_memory = true;
    for (unsigned part = 0; part < DICTIONARY_PARTS; part++) has_memory &= parts[part].error == BUF_OK;
    if (!has_memory) return false;
    own->dictionaries[number] = (struct dictionary){
        .terms = buf_str(&parts[DICTIONARY_TERMS]),
        .starts = api_dictionaries_numbers(&parts[DICTIONARY_STARTS]),
        .count = (uint32_t)count,
        .posting_starts = api_dictionaries_numbers(&parts[DICTIONARY_POSTING_STARTS]),
        .postings = is_packed ? NULL : api_dictionaries_numbers(&parts[DICTIONARY_POSTINGS]),
        .packed = is_packed ? buf_str(&parts[DICTIONARY_POSTINGS]) : STR_EMPTY,
    };
    /* An empty slice still needs an address. */
    if (!is_packed && own->dictionaries[number].postings == NULL)
        own->dictionaries[number].postings = own->dictionaries[number].starts;
    return true;
}

/* `terms`: for each term of the index its number among the own ones plus one, or 0; only of packed ones. */
static bool api_dictionaries_pick(struct api_dictionaries *own, unsigned number, const struct dictionary *from,
                                  const uint64_t *bits, uint32_t ceiling, uint32_t *terms)
{
    struct buf *parts = own->parts[number], *postings = &parts[DICTIONARY_POSTINGS], kept;
    uint32_t count = 0;
    buf_init(&kept, UINT32_MAX);
    for (uint32_t term = 0; term < from->count; term++) {
        buf_clear(&kept);
        size_t found = api_dictionaries_postings(from, term, bits, ceiling, &kept);
        if (found == 0) continue;
        api_dictionaries_term(parts, from, term, from->postings ? postings->size / sizeof(uint32_t) : postings->size);
        if (from->postings)
            buf_append_str(postings, buf_str(&kept));
        else
            postings_pack(postings, api_dictionaries_numbers(&kept), found);
        if (terms) terms[term] = ++count;
    }
    bool has_memory = kept.error == BUF_OK;
    buf_free(&kept);
    return has_memory && api_dictionaries_finish(own, number, from->postings == NULL);
}

/* The rings of word forms without those that the API does not have. Ends for what is no ring, too. */
static bool api_dictionaries_stems(struct api_dictionaries *own, const struct index *index, const uint32_t *terms)
{
    enum { HOPS = 64 };
    for (uint32_t term = 0; term < index->dictionaries[INDEX_TEXTS].count; term++) {
        if (terms[term] == 0) continue;
        uint32_t next = index->stems[term];
        for (unsigned hops = 0; terms[next] == 0 && hops < HOPS; hops++) next = index->stems[next];
        api_dictionaries_number(&own->stems, (terms[next] ? terms[next] : terms[term]) - 1);
    }
    return own->stems.error == BUF_OK;
}

static bool api_dictionaries_make(struct api_dictionaries_cache *cache, struct api_dictionaries *own,
                                  const struct index *index, const struct catalogue *catalogue)
{
    uint32_t *terms = calloc(index->dictionaries[INDEX_TEXTS].count + (size_t)1, sizeof *terms);
    bool is_made = terms != NULL;
    api_dictionaries_mark(cache, index, catalogue, own->api);
    for (unsigned i = 0; i < INDEX_DICTIONARIES && is_made; i++) {
        bool of_texts = i == INDEX_TEXTS;
        is_made = api_dictionaries_pick(own, i, &index->dictionaries[i], of_texts ? cache->entries : cache->groups,
                                        index->head->entry_count, of_texts ? terms : NULL);
    }
    is_made = is_made && api_dictionaries_stems(own, index, terms);
    free(terms);
    return is_made;
}

/* ---- What is kept ---------------------------------------------------------------------------------------------- */

/* That of `api`, or the one that was not asked for the longest time. */
static struct api_dictionaries *api_dictionaries_find(struct api_dictionaries_cache *cache, uint32_t api)
{
    struct api_dictionaries *oldest = &cache->kept[0];
    for (unsigned i = 0; i < API_DICTIONARIES_KEPT; i++) {
        if (cache->kept[i].api == api) return &cache->kept[i];
        if (cache->kept[i].turn < oldest->turn) oldest = &cache->kept[i];
    }
    api_dictionaries_clear(oldest);
    oldest->api = api;
    return oldest;
}

const struct api_dictionaries *api_dictionaries_of(struct api_dictionaries_cache *cache, const struct index *index,
                                                   const struct catalogue *catalogue, uint32_t api)
{
    struct api_dictionaries *own = api_dictionaries_find(cache, api);
    own->turn = ++cache->turn;
    if (own->is_made) return own;
    if (++own->asked < API_DICTIONARIES_ASKED) return NULL;
    if (api_dictionaries_make(cache, own, index, catalogue)) {
        own->is_made = true;
        return own;
    }
    api_dictionaries_clear(own); /* then those of all have to do */
    return NULL;
}
