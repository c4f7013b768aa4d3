/* match_respelled.c - several words, some of which are in no name: each of these is corrected, and all are looked for
 * again.
 *
 * What a word may have been meant as is tried in order: first the corrections that most names have, then the second
 * ones of each word, then the third. The first that finds anything stays the query. */
#include "match.h"

enum {
    MATCH_CORRECTIONS = 3, /* of a word that are tried */
    MATCH_WEIGHED = 256,   /* groups with a correction that are looked at: more make it no better */
};

struct match_correction {
    char bytes[TOKENIZE_WORD_BYTES];
    size_t size;
    uint32_t count;  /* groups that have it in their name, up to MATCH_WEIGHED */
    unsigned misses; /* smaller is better: it only begins a word; its first letter is another one; its errors */
};

struct match_mistyped_word {
    unsigned word; /* of the query */
    struct match_correction corrections[MATCH_CORRECTIONS];
    unsigned count;
};

static struct str match_correction_text(const struct match_correction *correction)
{
    return (struct str){ correction->bytes, correction->size };
}

static uint32_t match_weigh(const struct search_scratch *search, const struct dictionary_cursor *term)
{
    uint32_t count = 0, first = term->start, end = term->end;
    if (end - first > MATCH_WEIGHED) end = first + MATCH_WEIGHED;
    for (uint32_t at = first; at < end; at++)
        count += !search->is_filtered || bitmap_has(search->api_groups, term->dictionary->postings[at]);
    return count;
}

static bool match_is_better_correction(const struct match_correction *a, const struct match_correction *b)
{
    if (a->misses != b->misses) return a->misses < b->misses;
    return a->count > b->count;
}

/* The best few are kept in order; a text that is there already grows heavier. */
static void match_keep_correction(struct match_mistyped_word *word, const struct match_correction *added)
{
    unsigned at = 0;
    struct str text = match_correction_text(added);
    while (at < word->count && !str_equal(match_correction_text(&word->corrections[at]), text)) at++;
    if (at < word->count) {
        word->corrections[at].count += added->count;
        if (added->misses < word->corrections[at].misses) word->corrections[at].misses = added->misses;
    } else if (word->count < MATCH_CORRECTIONS) {
        word->corrections[word->count++] = *added;
    } else if (match_is_better_correction(added, &word->corrections[--at])) {
        word->corrections[at] = *added;
    }
    for (; at > 0 && match_is_better_correction(&word->corrections[at], &word->corrections[at - 1]); at--) {
        struct match_correction better = word->corrections[at];
        word->corrections[at] = word->corrections[at - 1];
        word->corrections[at - 1] = better;
    }
}

static void match_weigh_typo(struct search_scratch *search, const struct typo_match *match, uint32_t term,
                             struct match_mistyped_word *word)
{
    const struct spelling *spelling = search->spelling;
    uint32_t number = spelling_dictionary(spelling, term), entry = spelling_entry(spelling, term);
    if (number < INDEX_WORDS) return;
    struct dictionary_cursor *cursor = &search->typos.cursor;
    dictionary_seek(cursor, &search->dictionaries[number], entry);
    struct match_correction correction = { .count = match_weigh(search, cursor) };
    if (correction.count == 0) return;
    struct str text = str_cut(dictionary_term(cursor), 0, match->size);
    correction.size = text.size < sizeof correction.bytes ? text.size : sizeof correction.bytes;
    memcpy(correction.bytes, text.at, correction.size);
    correction.misses = match->errors + (match->is_whole ? 0 : 1U);
    correction.misses += text.at[0] != search->query.words[word->word].at[0];
    match_keep_correction(word, &correction);
}

static void match_correct(struct search_scratch *search, struct match_mistyped_word *word)
{
    struct str text = search->query.words[word->word];
    unsigned most = text.size >= MATCH_TYPO_TWO_LETTERS && text.size <= TYPO_LETTERS ? 2 : 1;
    for (unsigned errors = 1; errors <= most && word->count == 0; errors++) {
        match_find_typos(search, text, errors, errors > 1, true);
        for (uint32_t i = 0; i < search->typos.count; i++) {
            const struct typo_match *match = &search->typos.matches[i];
            for (uint32_t term = match->first; term < match->end; term++) match_weigh_typo(search, match, term, word);
        }
    }
}

/* True when no name has it or a word that it begins, and no description where these count. */
static bool match_is_unknown(const struct search_scratch *search, unsigned word)
{
    const struct dictionary *texts = &search->dictionaries[INDEX_TEXTS];
    struct str text = search->query.words[word];
    if (text.size < MATCH_TYPO_LETTERS || text.size > TYPO_LETTERS) return false;
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &search->units[word].slices[i];
        uint32_t count = slice->count < MATCH_WEIGHED ? slice->count : MATCH_WEIGHED;
        for (uint32_t at = 0; at < count; at++)
            if (!search->is_filtered || bitmap_has(search->api_groups, slice->groups[at])) return false;
        if (count < slice->count) return false;
    }
    struct dictionary_range range = dictionary_prefix(texts, text);
    return !search->has_texts || range.first == range.last;
}

bool match_has_unknown(const struct search_scratch *search)
{
    for (unsigned word = 0; word < search->query.word_count; word++)
        if (match_is_unknown(search, word)) return true;
    return false;
}

/* The words that are unknown, with their corrections; 0 when there is none, or one that cannot be corrected. */
static unsigned match_collect_mistyped(struct search_scratch *search, struct match_mistyped_word *words)
{
    unsigned count = 0;
    for (unsigned word = 0; word < search->query.word_count; word++) {
        if (!match_is_unknown(search, word)) continue;
        if (count == MATCH_MISTYPED_MAX) return 0;
        words[count] = (struct match_mistyped_word){ .word = word };
        match_correct(search, &words[count]);
        if (words[count++].count == 0) return 0;
    }
    return count;
}

/* ---- The corrected query ---------------------------------------------------------------------------------------- */

static struct str match_join(char *into, const struct str *words, unsigned count)
{
    struct str joined = { into, 0 };
    for (unsigned i = 0; i < count; i++) {
        memcpy(into + joined.size, words[i].at, words[i].size);
        joined.size += words[i].size;
    }
    return joined;
}

/* Squashed texts anew: what separates words is not in them, so they are the words side by side. */
static void match_squash_again(struct search_scratch *search)
{
    struct query *query = &search->query;
    char *at = search->respelled_bytes[0];
    for (unsigned i = 0; i < query->term_count; i++) {
        struct query_term *term = &query->terms[i];
        term->squashed = match_join(at, &query->words[term->first_word], term->word_count);
        at += term->squashed.size;
    }
    query->squashed = match_join(search->respelled_bytes[1], query->words, query->word_count);
}

/* Sets the words to their corrections number `attempt`, or to the last there is, and looks for them: in names, and only
 * when they are in none, around them. */
static void match_respell(struct search_scratch *search, struct match_mistyped_word *words, unsigned count,
                          unsigned attempt)
{
    uint64_t before = match_found_count(search);
    match_units_unmark(search);
    for (unsigned i = 0; i < count; i++) {
        const struct match_mistyped_word *word = &words[i];
        const struct match_correction *correction =
            &word->corrections[attempt < word->count ? attempt : word->count - 1];
        struct str corrected = { search->corrected_bytes[i], correction->size };
        memcpy(search->corrected_bytes[i], correction->bytes, correction->size);
        search->query.words[word->word] = corrected;
        search->changes[i].corrected = corrected;
    }
    match_squash_again(search);
    match_units_find(search);
    match_names(search);
    match_units_mark(search);
    match_terms_in_names(search);
    if (match_found_count(search) == before) match_elements(search);
}

void match_respelled(struct search_scratch *search)
{
    struct match_mistyped_word words[MATCH_MISTYPED_MAX];
    uint64_t before = match_found_count(search);
    unsigned count = match_collect_mistyped(search, words), attempts = 0;
    for (unsigned i = 0; i < count; i++) {
        search->changes[i].word = search->query.words[words[i].word];
        if (words[i].count > attempts) attempts = words[i].count;
    }
    search->change_count = count;
    search->errors = count < TYPO_ERRORS ? count : TYPO_ERRORS;
    for (unsigned attempt = 0; attempt < attempts; attempt++) {
        match_respell(search, words, count, attempt);
        if (match_found_count(search) > before) return;
    }
    /* The words of descriptions are still to come. */
    if (attempts > 1) match_respell(search, words, count, 0);
    if (before) search->change_count = 0;
}
