/* match_typos.c - names and words that were mistyped: found through the spelling tree. */
#include "match.h"

enum {
    MATCH_TYPO_ENOUGH = 3,    /* better hits, with which none are looked for */
    MATCH_TYPO_STEPS = 60000, /* nodes and terms of the tree: twice what the widest walk for two errors took */
};

uint64_t match_found_count(const struct search_scratch *search)
{
    uint64_t count = 0;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        if (search->kinds >> kind & 1) count += search->totals[kind];
    return count;
}

/* True when they differ by one letter, or by two in the wrong order. */
static bool match_is_one_typo(struct str a, struct str b)
{
    size_t front = 0, back = 0, least = a.size < b.size ? a.size : b.size;
    while (front < least && a.at[front] == b.at[front]) front++;
    while (back < least - front && a.at[a.size - 1 - back] == b.at[b.size - 1 - back]) back++;
    if (a.size != b.size) return a.size + b.size - 2 * least == 1 && front + back == least;
    bool is_swapped = front + back + 2 == a.size && a.at[front] == b.at[front + 1] && a.at[front + 1] == b.at[front];
    return front + back + 1 >= a.size || is_swapped;
}

void match_find_typos(struct search_scratch *search, struct str text, unsigned errors, bool is_whole_only,
                      bool is_anywhere)
{
    typo_compile(&search->typo, text, errors, is_anywhere);
    search->typos.spelling = search->spelling;
    search->typos.dictionaries = search->dictionaries;
    search->typos.pattern = &search->typo;
    search->typos.is_whole_only = is_whole_only;
    search->typos.steps = MATCH_TYPO_STEPS;
    typo_find(&search->typos);
    search->steps += MATCH_TYPO_STEPS - search->typos.steps;
}

static void match_add_typo(struct search_scratch *search, uint32_t term, bool is_name)
{
    const struct spelling *spelling = search->spelling;
    uint32_t number = spelling_dictionary(spelling, term), entry = spelling_entry(spelling, term);
    search->steps++;
    if ((number < INDEX_WORDS) != is_name) return;
    const struct dictionary *dictionary = &search->dictionaries[number];
    struct dictionary_cursor *cursor = &search->typos.cursor;
    dictionary_seek(cursor, dictionary, entry);
    if (search->query.squashed.size > TYPO_LETTERS &&
        !match_is_one_typo(search->query.squashed, dictionary_term(cursor)))
        return;
    for (uint32_t at = cursor->start; at < cursor->end; at++) match_set_fresh(search, dictionary->postings[at]);
}

static bool match_is_mistyped(const struct search_scratch *search, struct str folded)
{
    return typo_distance(&search->typo_as_typed, folded) <= TYPO_ERRORS;
}

/* payment_mpthod is payment_method rather than paymentMethod. */
static void match_refine_typo(struct search_scratch *search, struct rank_facts *facts)
{
    match_refine_respelled(search, facts, match_is_mistyped);
}

/* One class: the matches that agree in these. */
static void match_take_typos(struct search_scratch *search, unsigned errors, bool is_whole, bool is_name)
{
    for (uint32_t i = 0; i < search->typos.count; i++) {
        const struct typo_match *match = &search->typos.matches[i];
        if (match->errors != errors || match->is_whole != is_whole) continue;
        for (uint32_t term = match->first; term < match->end; term++) match_add_typo(search, term, is_name);
    }
    struct rank_facts facts = { .errors = errors, .place = RANK_NAME, .loose = !is_whole };
    if (is_name) facts.place = is_whole ? RANK_WHOLE : RANK_START;
    if (is_name && is_whole) typo_compile(&search->typo_as_typed, search->query.typed, errors, true);
    match_take(search, &facts, is_name && is_whole ? match_refine_typo : NULL);
}

/* The query in one piece, with one error. */
static void match_mistyped_once(struct search_scratch *search, struct str text)
{
    match_find_typos(search, text, 1, false, false);
    match_take_typos(search, 1, true, true);
    match_take_typos(search, 1, false, true);
    match_take_typos(search, 1, true, false);
    match_take_typos(search, 1, false, false);
}

/* With two: whole names and words alone, for what a long name may begin with is too much. */
static void match_mistyped_twice(struct search_scratch *search, struct str text, bool is_anywhere)
{
    match_find_typos(search, text, 2, true, is_anywhere);
    match_take_typos(search, 2, true, true);
    match_take_typos(search, 2, true, false);
}

void match_typos(struct search_scratch *search, uint64_t better)
{
    struct str text = search->query.squashed;
    search->is_unknown = match_found_count(search) == 0;
    if (better >= MATCH_TYPO_ENOUGH || text.size < MATCH_TYPO_LETTERS) return;
    match_mistyped_once(search, text);
    if (search->query.word_count > 1 && match_found_count(search) < MATCH_TYPO_ENOUGH) match_respelled(search);
    if (text.size < MATCH_TYPO_TWO_LETTERS || text.size > TYPO_LETTERS) return;
    /* Words that are all known were meant, though they are in no name together. */
    if (search->query.term_count > 1 && !match_has_unknown(search)) return;
    if (match_found_count(search) < MATCH_TYPO_ENOUGH) match_mistyped_twice(search, text, false);
    if (match_found_count(search) == 0) match_mistyped_twice(search, text, true);
}
