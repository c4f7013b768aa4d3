/* match_inside.c - names that have the text anywhere in them.
 *
 * What is inside one word is found by going through the words, of which there are few (400 KB for 400,000 names). What
 * goes over the end of a word ("pullsec") is inside the whole names alone: 12 MB, a millisecond or two, which is spent
 * only when nothing else was found. An index of trigrams would take as much room as the names (docs/decisions/013). */
#include "match.h"

#include "scan.h"

enum {
    MATCH_INSIDE_LETTERS = 3,
    MATCH_INSIDE_ENOUGH = 10, /* better hits, with which none are looked for */
};

/* The entry that the byte `at` of the terms is in, at or behind `low`. */
static uint32_t match_entry_at(const struct dictionary *dictionary, uint32_t low, size_t at)
{
    uint32_t high = dictionary->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (dictionary->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void match_add_inside(struct search_scratch *search, const struct dictionary *dictionary, struct str text)
{
    uint32_t entry = 0;
    for (size_t at = 0; (at = scan_next(dictionary->terms, at, text)) != STR_NONE;) {
        entry = match_entry_at(dictionary, entry, at);
        search->steps++;
        /* Where one term ends and the next begins it stands in neither. */
        bool is_inside = at + text.size <= dictionary->starts[entry + 1];
        uint32_t first = dictionary->posting_starts[entry], end = dictionary->posting_starts[entry + 1];
        for (uint32_t i = first; is_inside && i < end; i++) match_set_fresh(search, dictionary->postings[i]);
        at = is_inside ? dictionary->starts[entry + 1] : at + 1;
    }
}

static void match_refine_inside(struct search_scratch *search, struct rank_facts *facts)
{
    unsigned letters = search->index->groups[facts->group].letters, asked = (unsigned)search->query.squashed.size;
    facts->rest = letters > asked ? letters - asked : 0;
}

void match_inside(struct search_scratch *search)
{
    const struct dictionary *dictionaries = search->dictionaries;
    struct str text = search->query.squashed;
    if (search->query.term_count != 1 || text.size < MATCH_INSIDE_LETTERS) return;
    if (match_found_count(search) >= MATCH_INSIDE_ENOUGH) return;
    for (unsigned kind = 0; kind < FORMAT_KINDS && text.size <= TOKENIZE_WORD_BYTES; kind++)
        match_add_inside(search, &dictionaries[INDEX_WORDS + kind], text);
    match_take(search, &(struct rank_facts){ .place = RANK_INSIDE }, match_refine_inside);
}

void match_inside_names(struct search_scratch *search)
{
    const struct dictionary *dictionaries = search->index->dictionaries;
    struct str text = search->query.squashed;
    if (search->query.term_count != 1 || text.size < MATCH_INSIDE_LETTERS || match_found_count(search)) return;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        match_add_inside(search, &dictionaries[INDEX_NAMES + kind], text);
    match_take(search, &(struct rank_facts){ .place = RANK_INSIDE }, match_refine_inside);
}
