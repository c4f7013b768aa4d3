#include "match.h"

#include "postings.h"

/* A word of fewer letters begins so many words that it says nothing about a description. */
enum { MATCH_TEXT_PREFIX_BYTES = 3 };

static struct dictionary_range match_text_range(const struct search_scratch *search, unsigned word)
{
    const struct dictionary *dictionary = &search->index->dictionaries[INDEX_TEXTS];
    struct str text = search->query.words[word];
    if (text.size < MATCH_TEXT_PREFIX_BYTES) return dictionary_exact(dictionary, text);
    return dictionary_prefix(dictionary, text);
}

static struct postings match_text_postings(const struct search_scratch *search, uint32_t term)
{
    const struct dictionary *dictionary = &search->index->dictionaries[INDEX_TEXTS];
    const uint32_t *starts = dictionary->posting_starts;
    return postings_read(str_cut(dictionary->packed, starts[term], starts[term + 1]), search->index->head->entry_count);
}

/* Calls `use` for each entry that has the word. */
typedef void match_entry_use(struct search_scratch *search, uint32_t entry, match_mask bit, bool is_exact);
static void match_each_entry(struct search_scratch *search, unsigned word, match_entry_use *use)
{
    const struct dictionary *dictionary = &search->index->dictionaries[INDEX_TEXTS];
    struct dictionary_range range = match_text_range(search, word);
    for (uint32_t term = range.first; term < range.last; term++) {
        bool is_exact = dictionary_term(dictionary, term).size == search->query.words[word].size;
        struct postings postings = match_text_postings(search, term);
        for (uint32_t entry; postings_next(&postings, &entry);) use(search, entry, (match_mask)(1U << word), is_exact);
    }
}

/* An element of the API asked for that has the texts of an entry; CATALOGUE_NONE when there is none. */
static uint32_t match_entry_element(const struct search_scratch *search, uint32_t entry)
{
    const struct index *index = search->index;
    uint32_t element = index->entries[entry], first, end;
    if (element >= search->low && element < search->high) return element;
    const struct format_element *wanted = &search->catalogue->elements[element];
    index_members(index, index->entry_groups[entry], search->low, search->high, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const struct format_element *at = &search->catalogue->elements[index->members[i]];
        if (at->text == wanted->text && (at->kind != CATALOGUE_ENDPOINT || at->type == wanted->type))
            return index->members[i];
    }
    return CATALOGUE_NONE;
}

static void match_offer_entry(struct search_scratch *search, uint32_t entry, struct rank_facts *facts)
{
    uint32_t element = match_entry_element(search, entry);
    if (element == CATALOGUE_NONE) return;
    facts->place = RANK_TEXT;
    facts->length = search->index->entry_words[entry];
    match_offer(search, element, facts);
}

/* ---- One word ------------------------------------------------------------------------------------------------ */

static void match_count_entry(struct search_scratch *search, uint32_t entry, match_mask bit, bool is_exact)
{
    (void)bit;
    (void)is_exact;
    bitmap_set(search->fresh, search->index->entry_groups[entry]);
}

static void match_rank_entry(struct search_scratch *search, uint32_t entry, match_mask bit, bool is_exact)
{
    (void)bit;
    struct rank_facts facts = { .text_words = 1, .loose = !is_exact };
    if (match_is_open(search, search->index->entry_groups[entry])) match_offer_entry(search, entry, &facts);
}

static void match_single_text(struct search_scratch *search)
{
    struct rank_facts least = { .place = RANK_TEXT };
    /* With enough better hits it remains to count, which needs no look at the elements. */
    if (!search->is_filtered && !collect_wants(&search->collect, rank_key(&least))) {
        match_each_entry(search, 0, match_count_entry);
        match_take(search, &least, NULL);
        return;
    }
    match_each_entry(search, 0, match_rank_entry);
    match_take_best(search);
}

/* ---- Several words ------------------------------------------------------------------------------------------- */

static void match_mark_entry(struct search_scratch *search, uint32_t entry, match_mask bit, bool is_exact)
{
    (void)is_exact;
    search->in_text[entry] |= bit;
}

static void match_unmark_entry(struct search_scratch *search, uint32_t entry, match_mask bit, bool is_exact)
{
    (void)bit;
    (void)is_exact;
    search->in_text[entry] = 0;
}

/* Words that the owner and the API of an element have. */
static match_mask match_around(const struct search_scratch *search, uint32_t element)
{
    const struct format_element *at = &search->catalogue->elements[element];
    match_mask mask = search->in_some_api ? search->in_api[catalogue_api_of(search->catalogue, element)] : 0;
    bool is_owned = at->kind == CATALOGUE_PROPERTY || at->kind == CATALOGUE_PARAMETER;
    return is_owned ? mask | search->in_name[search->index->group_of[at->parent]] : mask;
}

/* An entry counts when all words are in its text, the group's name, or around the element. */
static void match_several_entry(struct search_scratch *search, uint32_t entry)
{
    uint32_t group = search->index->entry_groups[entry];
    match_mask in_name = search->in_name[group], in_text = search->in_text[entry];
    if (in_text == 0 || !match_is_open(search, group)) return;
    match_mask missing = search->all & (match_mask) ~(in_text | in_name);
    if (missing) missing &= (match_mask)~match_around(search, search->index->entries[entry]);
    if (missing) return;
    struct rank_facts facts = { .text_words = (unsigned)__builtin_popcount(in_text & (unsigned)~in_name) };
    match_offer_entry(search, entry, &facts);
}

static void match_use_entry(struct search_scratch *search, uint32_t entry, match_mask bit, bool is_exact)
{
    (void)bit;
    (void)is_exact;
    match_several_entry(search, entry);
}

/* Every entry that has the word in its text or in its group's name. */
static void match_driven_entries(struct search_scratch *search, unsigned word)
{
    match_each_entry(search, word, match_use_entry);
    const struct format_group *groups = search->index->groups;
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &search->words[word].slices[i];
        for (uint32_t at = 0; at < slice->count; at++)
            for (uint32_t entry = groups[slice->groups[at]].first_entry;
                 entry < groups[slice->groups[at] + 1].first_entry; entry++)
                match_several_entry(search, entry);
    }
}

static uint64_t match_text_cost(const struct search_scratch *search, unsigned word)
{
    const struct dictionary *dictionary = &search->index->dictionaries[INDEX_TEXTS];
    struct dictionary_range range = match_text_range(search, word);
    return dictionary->posting_starts[range.last] - dictionary->posting_starts[range.first] +
           match_postings(&search->words[word]);
}

/* The word, other than `but`, that leads to the fewest entries. */
static unsigned match_rarest(const struct search_scratch *search, unsigned but)
{
    unsigned rarest = LIMIT_QUERY_WORDS;
    uint64_t least = UINT64_MAX;
    for (unsigned i = 0; i < search->query.word_count; i++) {
        uint64_t cost = match_text_cost(search, i);
        if (i == but || cost >= least) continue;
        least = cost;
        rarest = i;
    }
    return rarest;
}

/* The rarest word is in the text or the name of nearly every result; where it is around it ("stripe" of "stripe refund
 * reason"), the second rarest is. */
static void match_several_texts(struct search_scratch *search)
{
    for (unsigned i = 0; i < search->query.word_count; i++) match_each_entry(search, i, match_mark_entry);
    unsigned rarest = match_rarest(search, LIMIT_QUERY_WORDS);
    match_driven_entries(search, rarest);
    match_driven_entries(search, match_rarest(search, rarest));
    match_take_best(search);
    for (unsigned i = 0; i < search->query.word_count; i++) match_each_entry(search, i, match_unmark_entry);
}

void match_texts(struct search_scratch *search)
{
    if (search->query.word_count == 1)
        match_single_text(search);
    else if (search->query.word_count > 1)
        match_several_texts(search);
}
