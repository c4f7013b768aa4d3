#include "match.h"

#include "postings.h"

/* A word of fewer letters begins so many words that it says nothing about a description. */
enum { MATCH_TEXT_PREFIX_BYTES = 4 };

/* The terms of the dictionary that a word of the query stands for; an exact one is the first. */
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

/* Calls `use` for each entry that has the word. Inlined, so that each use becomes a loop of its own: common words have
 * hundreds of thousands of entries. */
typedef void match_entry_use(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact);
static inline __attribute__((always_inline)) void match_each_entry(struct search_scratch *search, unsigned word,
                                                                   match_entry_use *use)
{
    const struct dictionary *dictionary = &search->index->dictionaries[INDEX_TEXTS];
    struct dictionary_range range = match_text_range(search, word);
    for (uint32_t term = range.first; term < range.last; term++) {
        bool is_exact = dictionary_term(dictionary, term).size == search->query.words[word].size;
        struct postings postings = match_text_postings(search, term);
        for (uint32_t entry; postings_next(&postings, &entry);) use(search, entry, word, is_exact);
    }
}

/* An element of the API asked for that has the texts of an entry; CATALOGUE_NONE when there is none. */
static uint32_t match_entry_element(const struct search_scratch *search, uint32_t entry)
{
    const struct index *index = search->index;
    uint32_t element = index->entries[entry].element, first, end;
    if (element >= search->low && element < search->high && match_is_wanted(search, element)) return element;
    const struct format_element *wanted = &search->catalogue->elements[element];
    index_members(index, index->entries[entry].group, search->low, search->high, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const struct format_element *at = &search->catalogue->elements[index->members[i]];
        if (at->text == wanted->text && match_is_wanted(search, index->members[i]) &&
            (at->kind != CATALOGUE_ENDPOINT || at->type == wanted->type))
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
    match_offer(search, element, search->index->entries[entry].group, facts);
}

/* ---- One word ------------------------------------------------------------------------------------------------ */

static inline void match_count_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    (void)word;
    (void)is_exact;
    match_set_fresh(search, search->index->entries[entry].group);
}

static inline void match_rank_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    (void)word;
    struct rank_facts facts = { .text_words = 1, .loose = !is_exact };
    if (match_is_open(search, search->index->entries[entry].group)) match_offer_entry(search, entry, &facts);
}

static void match_single_text(struct search_scratch *search)
{
    struct rank_facts least = { .place = RANK_TEXT };
    /* With enough better hits it remains to count, which needs no look at the elements. */
    if (!search->is_filtered && !collect_wants(&search->collect, rank_key(&least), 0)) {
        match_each_entry(search, 0, match_count_entry);
        match_take(search, &least, NULL);
        return;
    }
    match_each_entry(search, 0, match_rank_entry);
    match_take_best(search);
}

/* ---- Several words ------------------------------------------------------------------------------------------- */

/* Terms that the owner and the API of an entry's element have; the API's only where they complete what is missing. */
static match_terms match_around(const struct search_scratch *search, uint32_t entry, match_terms missing)
{
    uint32_t owner = search->index->entries[entry].owner;
    match_terms around = owner == FORMAT_NO_OWNER || search->in_name[owner] == 0 ? 0 : match_named(search, owner);
    missing &= (match_terms)~around;
    if (missing == 0 || missing & (match_terms)~search->in_some_api) return around;
    return around | search->in_api[search->index->entries[entry].api];
}

/* An entry counts when all terms are in its text, the group's name, or around the element. */
static void match_entry(struct search_scratch *search, uint32_t entry)
{
    uint32_t group = search->index->entries[entry].group;
    if (!match_is_open(search, group)) return;
    match_marks marks = search->in_text[entry];
    match_terms in_text = match_complete(search, marks & ((1U << MATCH_MARK_EXACT) - 1));
    if (in_text == 0) return;
    match_terms in_name = search->in_name[group] ? match_named(search, group) : 0;
    match_terms missing = search->all & (match_terms) ~(in_text | in_name);
    if (missing) missing &= (match_terms)~match_around(search, entry, missing);
    if (missing) return;
    in_text &= (match_terms)~in_name;
    match_terms exact = match_complete(search, marks >> MATCH_MARK_EXACT);
    struct rank_facts facts = { .text_words = (unsigned)__builtin_popcount(in_text),
                                .loose = (unsigned)__builtin_popcount(in_text & (unsigned)~exact) };
    match_offer_entry(search, entry, &facts);
}

static inline void match_mark_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    search->in_text[entry] |= ((match_marks)is_exact << MATCH_MARK_EXACT | 1U) << word;
}

static inline void match_mark_and_use(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    match_mark_entry(search, entry, word, is_exact);
    match_entry(search, entry);
}

static inline void match_use_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    (void)word;
    (void)is_exact;
    match_entry(search, entry);
}

/* Bytes of postings: what going through a word's entries costs. */
static uint64_t match_text_cost(const struct search_scratch *search, unsigned word)
{
    const struct dictionary *dictionary = &search->index->dictionaries[INDEX_TEXTS];
    struct dictionary_range range = match_text_range(search, word);
    return dictionary->posting_starts[range.last] - dictionary->posting_starts[range.first];
}

/* For each term the word of it that the fewest descriptions have; and of these the one that the most have. */
struct match_text_plan {
    unsigned rarest[LIMIT_QUERY_WORDS]; /* by term */
    unsigned last;
};

static struct match_text_plan match_plan(const struct search_scratch *search)
{
    struct match_text_plan plan = { .last = 0 };
    uint64_t most = 0;
    for (unsigned i = 0; i < search->query.term_count; i++) {
        const struct query_term *term = &search->query.terms[i];
        uint64_t least = UINT64_MAX;
        for (unsigned word = term->first_word; word < term->first_word + term->word_count; word++) {
            uint64_t cost = match_text_cost(search, word);
            if (cost >= least) continue;
            least = cost;
            plan.rarest[i] = word;
        }
        if (least < most) continue;
        most = least;
        plan.last = i;
    }
    return plan;
}

/* Every result has a term in its text, so going through the entries of each term's rarest word finds all. All words are
 * marked before that, the most common of these while its entries are gone through. */
static void match_several_texts(struct search_scratch *search)
{
    struct match_text_plan plan = match_plan(search);
    unsigned last = plan.rarest[plan.last];
    for (unsigned word = 0; word < search->query.word_count; word++)
        if (word != last) match_each_entry(search, word, match_mark_entry);
    match_each_entry(search, last, match_mark_and_use);
    for (unsigned i = 0; i < search->query.term_count; i++)
        if (i != plan.last) match_each_entry(search, plan.rarest[i], match_use_entry);
    match_take_best(search);
    memset(search->in_text, 0, search->index->head->entry_count * sizeof *search->in_text);
}

void match_texts(struct search_scratch *search)
{
    if (search->query.word_count == 1)
        match_single_text(search);
    else if (search->query.word_count > 1)
        match_several_texts(search);
}
