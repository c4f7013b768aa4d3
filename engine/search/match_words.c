#include "match.h"

/* One word has nothing around it: two classes of plain slices do. */
static void match_single(struct search_scratch *search)
{
    const struct match_word *word = &search->words[0];
    for (unsigned i = 0; i < FORMAT_KINDS; i++) match_add(search, &word->slices[i], 0, word->slices[i].exact);
    match_take(search, &(struct rank_facts){ .place = RANK_NAME }, NULL);
    for (unsigned i = 0; i < FORMAT_KINDS; i++)
        match_add(search, &word->slices[i], word->slices[i].exact, word->slices[i].count);
    match_take(search, &(struct rank_facts){ .place = RANK_NAME, .loose = 1 }, NULL);
    const struct match_slice *methods = &word->slices[MATCH_SLICES - 1];
    match_add(search, methods, 0, methods->exact);
    match_take(search, &(struct rank_facts){ .place = RANK_METHOD }, NULL);
}

static void match_find_word(struct search_scratch *search, unsigned number)
{
    const struct dictionary *dictionaries = search->index->dictionaries;
    struct match_word *word = &search->words[number];
    struct str text = search->query.words[number];
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        word->slices[kind] = match_find(&dictionaries[INDEX_WORDS + kind], text);
        word->slices[FORMAT_KINDS + kind] = match_find(&dictionaries[INDEX_NAMES + kind], text);
    }
    word->slices[MATCH_SLICES - 1] = match_find(&dictionaries[INDEX_METHODS], text);
    word->slices[MATCH_SLICES - 1].count = word->slices[MATCH_SLICES - 1].exact; /* "p" is no method */
}

static void match_mark(struct search_scratch *search, unsigned number)
{
    match_mask bit = (match_mask)(1U << number);
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &search->words[number].slices[i];
        for (uint32_t at = 0; at < slice->count; at++) search->in_name[slice->groups[at]] |= bit;
        for (uint32_t at = 0; at < slice->exact; at++) search->in_name_exactly[slice->groups[at]] |= bit;
    }
}

static void match_unmark(struct search_scratch *search, unsigned number)
{
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &search->words[number].slices[i];
        for (uint32_t at = 0; at < slice->count; at++) {
            search->in_name[slice->groups[at]] = 0;
            search->in_name_exactly[slice->groups[at]] = 0;
        }
    }
}

/* The groups of APIs are few; their elements are the APIs themselves. */
static void match_mark_apis(struct search_scratch *search)
{
    const struct index *index = search->index;
    search->in_some_api = 0;
    memset(search->in_api, 0, search->catalogue->api_count * sizeof *search->in_api);
    for (uint32_t group = index->head->kind_first[CATALOGUE_API]; group < index->head->kind_first[CATALOGUE_API + 1];
         group++) {
        match_mask mask = search->in_name[group];
        if (mask == 0) continue;
        search->in_some_api |= mask;
        for (uint32_t i = index->groups[group].first_member; i < index->groups[group + 1].first_member; i++)
            search->in_api[catalogue_api_of(search->catalogue, index->members[i])] |= mask;
    }
}

void match_words_begin(struct search_scratch *search)
{
    unsigned count = search->query.word_count;
    search->all = (match_mask)((1U << count) - 1);
    for (unsigned i = 0; i < count; i++) match_find_word(search, i);
    if (count < 2) return;
    for (unsigned i = 0; i < count; i++) match_mark(search, i);
    match_mark_apis(search);
}

void match_words_end(struct search_scratch *search)
{
    for (unsigned i = 0; i < search->query.word_count && search->query.word_count > 1; i++) match_unmark(search, i);
}

static void match_refine_name(const struct search_scratch *search, struct rank_facts *facts)
{
    facts->loose = match_loose(search, facts->group, search->all);
    facts->rest = match_rest(search, facts->group, search->all);
}

uint64_t match_postings(const struct match_word *word)
{
    uint64_t count = 0;
    for (unsigned i = 0; i < MATCH_SLICES; i++) count += word->slices[i].count;
    return count;
}

void match_words(struct search_scratch *search)
{
    if (search->query.word_count == 1) match_single(search);
    if (search->query.word_count < 2) return;
    const struct match_word *rarest = &search->words[0];
    for (unsigned i = 1; i < search->query.word_count; i++)
        if (match_postings(&search->words[i]) < match_postings(rarest)) rarest = &search->words[i];
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &rarest->slices[i];
        for (uint32_t at = 0; at < slice->count; at++)
            if (search->in_name[slice->groups[at]] == search->all) bitmap_set(search->fresh, slice->groups[at]);
    }
    match_take(search, &(struct rank_facts){ .place = RANK_NAME }, match_refine_name);
}
