#include "match.h"

#include "match_postings.h"

/* Of all elements of a group that is in thousands of APIs so many are looked at for one query, where a filter leaves
 * out the one that an entry stands for. */
enum { MATCH_ENTRY_LOOKS = 200000 };

/* An element that counts and has the texts of an entry; CATALOGUE_NONE when there is none. */
static uint32_t match_entry_element(struct search_scratch *search, uint32_t entry)
{
    const struct index *index = search->index;
    uint32_t element = index->entries[entry].element, first, end;
    if (element >= search->low && element < search->high && match_is_wanted(search, element)) return element;
    const struct format_element *wanted = &search->catalogue->elements[element];
    index_members(index, index->entries[entry].group, search->low, search->high, &first, &end);
    for (uint32_t i = first; i < end && search->entry_looks < MATCH_ENTRY_LOOKS; i++) {
        search->entry_looks += search->is_narrowed;
        if (!match_is_wanted(search, index->members[i])) continue;
        const struct format_element *at = &search->catalogue->elements[index->members[i]];
        if (at->text == wanted->text && (at->kind != CATALOGUE_ENDPOINT || at->type == wanted->type))
            return index->members[i];
    }
    search->is_lower_bound |= search->entry_looks >= MATCH_ENTRY_LOOKS;
    return CATALOGUE_NONE;
}

void match_offer_entry(struct search_scratch *search, uint32_t entry, struct rank_facts *facts)
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

/* The same where only some elements count. */
static inline void match_count_wanted_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    uint32_t group = search->index->entries[entry].group;
    (void)word;
    (void)is_exact;
    if (bitmap_has(search->fresh, group) || !match_is_open(search, group)) return;
    if (match_entry_element(search, entry) != CATALOGUE_NONE) match_set_fresh(search, group);
}

static inline void match_rank_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    (void)word;
    struct rank_facts facts = { .text_words = 1, .loose = !is_exact };
    if (match_is_open(search, search->index->entries[entry].group)) match_offer_entry(search, entry, &facts);
}

/* With enough better hits it remains to count, which needs no look at the elements; nor is it worth more than finding
 * them took. */
static void match_count_text(struct search_scratch *search)
{
    static const struct rank_facts least = { .place = RANK_TEXT };
    if (search->text_words[0].cost > MATCH_TEXT_COUNTED) {
        search->is_lower_bound = true;
        return;
    }
    if (search->is_filtered)
        match_each_entry(search, 0, match_count_wanted_entry);
    else
        match_each_entry(search, 0, match_count_entry);
    match_take(search, &least, NULL);
}

static void match_single_text(struct search_scratch *search)
{
    struct rank_facts least = { .place = RANK_TEXT };
    if (!collect_wants(&search->collect, rank_key(&least), 0)) {
        match_count_text(search);
        return;
    }
    match_each_entry(search, 0, match_rank_entry);
    match_take_best(search);
}

void match_texts(struct search_scratch *search)
{
    match_text_words(search);
    if (search->query.word_count == 1)
        match_single_text(search);
    else if (search->query.word_count > 1)
        match_several_texts(search);
}
