/* match_spread.c - how near each other the words of a query stand in a description. */
#include "match.h"

#include "tokenize.h"

enum {
    MATCH_SPREAD_BYTES = 2048,  /* of a text are read */
    MATCH_SPREAD_MISSING = 4,   /* a word that is in the name instead is as good as so many words between */
    MATCH_SPREAD_BYTES_MIN = 4, /* shorter words between ("of the") say nothing, and do not count */
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

/* Notes that the words of the query which `text` is stand at `place`; whether it is any. */
static bool match_window_note(const struct search_scratch *search, struct match_window *window, struct str text,
                              unsigned place)
{
    bool is_one = false;
    for (unsigned word = 0; word < search->query.word_count; word++) {
        if (!match_spread_is(search, text, word)) continue;
        bool is_first = window->at[word] == 0;
        window->at[word] = place;
        window->seen += is_first;
        if (is_first) window->least = RANK_SPREAD_MOST;
        is_one = true;
    }
    return is_one;
}

/* The words that a text is read by: "custom" and "Fields", and then both as one, "customfields". */
struct match_reader {
    struct tokenizer tokenizer;
    size_t end; /* of the last word */
    size_t size;
    char joined[MATCH_SPREAD_BYTES]; /* the last words, as far as nothing separates them */
};

static bool match_reader_next(struct match_reader *reader, struct str *word)
{
    size_t start, end;
    if (!tokenize_next(&reader->tokenizer, &start, &end)) return false;
    if (start != reader->end) reader->size = 0;
    char *plain = reader->joined + reader->size;
    *word = (struct str){ plain, tokenize_plain(str_cut(reader->tokenizer.text, start, end), plain) };
    reader->size += word->size;
    reader->end = end;
    return true;
}

static unsigned match_spread_in(const struct search_scratch *search, struct str text, size_t *bytes)
{
    struct match_reader reader;
    struct match_window window = { .least = 0 };
    struct str word;
    unsigned count = search->query.word_count, place = 0;
    reader.tokenizer = (struct tokenizer){ .text = str_cut(text, 0, sizeof reader.joined), .is_prose = true };
    reader.end = reader.size = 0;
    while (match_reader_next(&reader, &word)) {
        /* A short word counts when it was asked for. */
        bool is_short = word.size < MATCH_SPREAD_BYTES_MIN;
        bool is_one = match_window_note(search, &window, word, place + 1);
        place += !is_short || is_one;
        struct str joined = { reader.joined, reader.size };
        if (joined.size > word.size) is_one |= match_window_note(search, &window, joined, place);
        unsigned spread = is_one ? match_window_spread(&window, count) : RANK_SPREAD_MOST;
        if (spread < window.least) window.least = spread;
        if (window.seen == count && window.least == 0) break; /* nearer than side by side they cannot be */
    }
    *bytes += reader.tokenizer.at;
    return window.least + (count - window.seen) * MATCH_SPREAD_MISSING;
}

unsigned match_spread(const struct search_scratch *search, uint32_t entry, size_t *bytes)
{
    const struct catalogue *catalogue = search->catalogue;
    const struct format_element *at = &catalogue->elements[search->index->entries[entry].element];
    unsigned spread = match_spread_in(search, catalogue_string(catalogue, at->text), bytes);
    if (at->kind != CATALOGUE_ENDPOINT || at->type == 0) return spread;
    unsigned of_summary = match_spread_in(search, catalogue_string(catalogue, at->type), bytes);
    return of_summary < spread ? of_summary : spread;
}
