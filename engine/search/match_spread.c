/* match_spread.c - how near each other the words of a query stand in a description. */
#include "match.h"

#include "tokenize.h"

enum {
    MATCH_SPREAD_BYTES = 2048, /* of a text are read */
    MATCH_SPREAD_MISSING = 4,  /* a word that is in the name instead is as good as so many words between */
};

/* True when a word of the text is the query's word number `word`, begins with it, or is a form of it. */
static bool match_spread_is(const struct search_scratch *search, struct str text, unsigned word)
{
    const struct match_text_word *at = &search->text_words[word];
    struct str wanted = search->query.words[word];
    if (text.at[0] != wanted.at[0]) return false;
    bool may_begin = at->range.last - at->range.first > 1 || at->exact == UINT32_MAX;
    if (may_begin ? str_starts(text, wanted) : str_equal(text, wanted)) return true;
    for (unsigned i = 0; i < at->form_count; i++)
        if (str_equal(text, (struct str){ at->forms[i].bytes, at->forms[i].size })) return true;
    return false;
}

struct match_window {
    unsigned at[LIMIT_QUERY_WORDS]; /* where a word of the query was seen last, plus one */
    unsigned seen;                  /* how many were */
    unsigned least;
};

/* The words between the first and the last of the latest of each, and one more when they stand in another order. */
static unsigned match_window_spread(const struct match_window *window, unsigned count)
{
    unsigned low = UINT32_MAX, high = 0, last = 0;
    bool is_in_order = true;
    for (unsigned i = 0; i < count; i++) {
        if (window->at[i] == 0) continue;
        if (window->at[i] < low) low = window->at[i];
        if (window->at[i] > high) high = window->at[i];
        is_in_order &= window->at[i] >= last;
        last = window->at[i];
    }
    unsigned width = high - low + 1;
    return (width > window->seen ? width - window->seen : 0) + !is_in_order;
}

static unsigned match_spread_in(const struct search_scratch *search, struct str text)
{
    char plain[MATCH_SPREAD_BYTES];
    struct match_window window = { .least = 0 };
    unsigned count = search->query.word_count, place = 0;
    text = str_cut(text, 0, sizeof plain);
    struct tokenizer tokenizer = { .text = text, .is_prose = true };
    for (size_t start, end; tokenize_next(&tokenizer, &start, &end);) {
        place++;
        bool is_one = false;
        struct str found = { plain, tokenize_plain(str_cut(text, start, end), plain) };
        for (unsigned word = 0; word < count; word++) {
            if (!match_spread_is(search, found, word)) continue;
            bool is_first = window.at[word] == 0;
            window.at[word] = place;
            window.seen += is_first;
            if (is_first) window.least = RANK_SPREAD_MOST;
            is_one = true;
        }
        unsigned spread = is_one ? match_window_spread(&window, count) : RANK_SPREAD_MOST;
        if (spread < window.least) window.least = spread;
    }
    return window.least + (count - window.seen) * MATCH_SPREAD_MISSING;
}

unsigned match_spread(const struct search_scratch *search, uint32_t entry)
{
    const struct catalogue *catalogue = search->catalogue;
    const struct format_element *at = &catalogue->elements[search->index->entries[entry].element];
    unsigned spread = match_spread_in(search, catalogue_string(catalogue, at->text));
    if (at->kind != CATALOGUE_ENDPOINT || at->type == 0) return spread;
    unsigned of_summary = match_spread_in(search, catalogue_string(catalogue, at->type));
    return of_summary < spread ? of_summary : spread;
}
