#include "api_dictionaries.h"

#include "arena.h"
#include "bitmap.h"
#include "postings.h"
#include "trigrams.h"

#include <stdlib.h>

enum {
    /* Questions about an API before its own are picked out: who asks about every API in turn must not pay for it. */
    API_DICTIONARIES_ASKED = 3,
};

static void api_dictionaries_clear(struct api_dictionaries *own)
{
    for (unsigned i = 0; i < INDEX_DICTIONARIES; i++) {
        dictionary_writer_free(&own->terms[i]);
        buf_free(&own->postings[i]);
    }
    buf_free(&own->stems);
    spelling_builder_free(&own->spelling_parts);
    *own = (struct api_dictionaries){ .api = CATALOGUE_NONE };
    for (unsigned i = 0; i < INDEX_DICTIONARIES; i++) {
        dictionary_writer_init(&own->terms[i]);
        buf_init(&own->postings[i], UINT32_MAX);
    }
    buf_init(&own->stems, UINT32_MAX);
    spelling_builder_init(&own->spelling_parts);
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

static const uint32_t *api_dictionaries_numbers(const struct buf *numbers)
{
    return (const uint32_t *)(const void *)numbers->at;
}

/* Those of a term's numbers that belong to the API; how many. */
static size_t api_dictionaries_kept(const struct dictionary_cursor *from, const uint64_t *bits, uint32_t ceiling,
                                    struct buf *kept)
{
    uint32_t number;
    buf_clear(kept);
    if (from->dictionary->postings) {
        const uint32_t *postings = from->dictionary->postings;
        for (uint32_t i = from->start; i < from->end; i++)
            if (bitmap_has(bits, postings[i])) buf_append(kept, &postings[i], sizeof number);
    } else {
        struct postings postings = postings_read(str_cut(from->dictionary->packed, from->start, from->end), ceiling);
        while (postings_next(&postings, &number))
            if (bitmap_has(bits, number)) buf_append(kept, &number, sizeof number);
    }
    return kept->size / sizeof number;
}

static void api_dictionaries_term(struct api_dictionaries *own, unsigned number, const struct dictionary_cursor *from,
                                  const struct buf *kept, size_t count)
{
    struct buf *postings = &own->postings[number];
    size_t before = postings->size;
    if (from->dictionary->postings)
        buf_append_str(postings, buf_str(kept));
    else
        postings_pack(postings, api_dictionaries_numbers(kept), count);
    if (from->dictionary->postings == NULL) count = postings->size - before;
    dictionary_writer_add(&own->terms[number], dictionary_term(from), (uint32_t)count);
}

static struct dictionary api_dictionaries_view(const struct api_dictionaries *own, unsigned number, bool is_packed)
{
    const struct dictionary_writer *terms = &own->terms[number];
    const struct buf *postings = &own->postings[number];
    return (struct dictionary){
        .terms = buf_str(&terms->terms),
        .heads = (const void *)terms->heads.at,
        .blocks = (const void *)terms->blocks.at,
        .block_count = (uint32_t)(terms->heads.size / sizeof(uint64_t)),
        .count = terms->count,
        .postings = is_packed ? NULL : api_dictionaries_numbers(postings),
        .packed = is_packed ? buf_str(postings) : STR_EMPTY,
    };
}

static bool api_dictionaries_finish(struct api_dictionaries *own, unsigned number, bool is_packed)
{
    struct dictionary_writer *terms = &own->terms[number];
    struct buf *postings = &own->postings[number];
    buf_reserve(postings, 1); /* an empty slice has an address, too */
    if (!dictionary_writer_finish(terms) || postings->error) return false;
    own->dictionaries[number] = api_dictionaries_view(own, number, is_packed);
    return true;
}

/* `terms`: for each term of the index its number among the own ones plus one, or 0; only of packed ones. */
static bool api_dictionaries_pick(struct api_dictionaries *own, unsigned number, const struct dictionary *from,
                                  const uint64_t *bits, uint32_t ceiling, uint32_t *terms)
{
    struct dictionary_cursor cursor = { .dictionary = NULL };
    struct buf kept;
    buf_init(&kept, UINT32_MAX);
    for (uint32_t term = 0; term < from->count; term++) {
        dictionary_seek(&cursor, from, term);
        size_t count = api_dictionaries_kept(&cursor, bits, ceiling, &kept);
        if (count == 0) continue;
        api_dictionaries_term(own, number, &cursor, &kept, count);
        if (terms) terms[term] = own->terms[number].count;
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

/* Of the own words, which have numbers of their own. */
static bool api_dictionaries_trigrams(struct api_dictionaries *own)
{
    struct dictionary_builder trigrams;
    dictionary_builder_init(&trigrams);
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        const struct dictionary *words = &own->dictionaries[INDEX_WORDS + kind];
        struct dictionary_cursor cursor = { .dictionary = NULL };
        for (uint32_t word = 0; word < words->count; word++) {
            dictionary_seek(&cursor, words, word);
            trigrams_add(&trigrams, dictionary_term(&cursor));
        }
    }
    bool is_made = dictionary_builder_finish(&trigrams, NULL, trigrams.document_count, 0, true) == FILE_OK;
    if (is_made) { /* what it wrote is kept, the rest is of no use any more */
        dictionary_writer_free(&own->terms[INDEX_TRIGRAMS]);
        own->terms[INDEX_TRIGRAMS] = trigrams.written;
        own->postings[INDEX_TRIGRAMS] = trigrams.postings;
        dictionary_writer_init(&trigrams.written);
        buf_init(&trigrams.postings, 0);
        own->dictionaries[INDEX_TRIGRAMS] = api_dictionaries_view(own, INDEX_TRIGRAMS, true);
    }
    dictionary_builder_free(&trigrams);
    return is_made;
}

/* The terms of a dictionary, whole; false: no memory. */
static bool api_dictionaries_terms(const struct dictionary *dictionary, struct arena *arena,
                                   struct spelling_source *source)
{
    struct str *terms = arena_alloc(arena, (dictionary->count + (size_t)1) * sizeof *terms);
    struct dictionary_cursor cursor = { .dictionary = NULL };
    *source = (struct spelling_source){ terms, dictionary->count };
    for (uint32_t term = 0; terms && term < dictionary->count; term++) {
        dictionary_seek(&cursor, dictionary, term);
        terms[term] = arena_copy(arena, dictionary_term(&cursor));
    }
    return !arena->failed;
}

static bool api_dictionaries_spelling(struct api_dictionaries *own)
{
    struct spelling_source sources[INDEX_SPELLED];
    struct arena arena;
    bool is_made = true;
    arena_init(&arena, SIZE_MAX / 2);
    for (unsigned i = 0; i < INDEX_SPELLED && is_made; i++)
        is_made = api_dictionaries_terms(&own->dictionaries[i], &arena, &sources[i]);
    is_made = is_made && spelling_builder_make(&own->spelling_parts, sources, INDEX_SPELLED) == FILE_OK;
    own->spelling = spelling_builder_view(&own->spelling_parts);
    arena_free(&arena);
    return is_made;
}

static bool api_dictionaries_make(struct api_dictionaries_cache *cache, struct api_dictionaries *own,
                                  const struct index *index, const struct catalogue *catalogue)
{
    uint32_t *terms = calloc(index->dictionaries[INDEX_TEXTS].count + (size_t)1, sizeof *terms);
    bool is_made = terms != NULL;
    api_dictionaries_mark(cache, index, catalogue, own->api);
    for (unsigned i = 0; i < INDEX_TRIGRAMS && is_made; i++) {
        bool of_texts = i == INDEX_TEXTS;
        is_made = api_dictionaries_pick(own, i, &index->dictionaries[i], of_texts ? cache->entries : cache->groups,
                                        index->head->entry_count, of_texts ? terms : NULL);
    }
    is_made = is_made && api_dictionaries_stems(own, index, terms) && api_dictionaries_trigrams(own) &&
              api_dictionaries_spelling(own);
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
