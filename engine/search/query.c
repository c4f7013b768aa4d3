#include "query.h"

#include "ascii.h"
#include "tokenize.h"
#include "utf8.h"

static bool query_is_space(char byte)
{
    return (unsigned char)byte <= ' ';
}

static bool query_separates(char byte, bool is_split)
{
    if (query_is_space(byte)) return true;
    bool is_alnum = ascii_is_letter_or_digit(byte);
    return is_split && (unsigned char)byte < 0x80 && !is_alnum && byte != '_' && byte != '-';
}

static bool query_has(const struct query *query, struct str squashed)
{
    for (unsigned i = 0; i < query->term_count; i++)
        if (str_equal(query->terms[i].squashed, squashed)) return true;
    return false;
}

/* Appends the words of a term, as far as there is room. */
static void query_add_words(struct query *query, struct str term)
{
    struct tokenizer tokenizer = { .text = term };
    size_t start, end;
    while (query->word_count < LIMIT_QUERY_WORDS && tokenize_next(&tokenizer, &start, &end)) {
        struct str *last = query->word_count ? &query->words[query->word_count - 1] : NULL;
        char *at = last ? query->word_bytes + (last->at - query->word_bytes) + last->size : query->word_bytes;
        struct str word = str_cut(term, start, end - start > TOKENIZE_WORD_BYTES ? start + TOKENIZE_WORD_BYTES : end);
        query->words[query->word_count++] = (struct str){ at, tokenize_plain(word, at) };
    }
}

/* Adds a term; `at` is where its squashed form goes. Returns the bytes used there. */
static size_t query_add_term(struct query *query, struct str text, char *at)
{
    unsigned first = query->word_count;
    struct str squashed = { at, tokenize_squash(text, at) };
    if (query_has(query, squashed)) return 0;
    query_add_words(query, text);
    if (query->word_count == first) return 0;
    query->terms[query->term_count++] = (struct query_term){ squashed, first, query->word_count - first };
    return squashed.size;
}

bool query_can_split(struct str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (query_separates(text.at[i], true) && !query_is_space(text.at[i])) return true;
    return false;
}

void query_parse(struct query *query, struct str text, bool is_split)
{
    text = utf8_cut(str_trim(text), LIMIT_QUERY_BYTES);
    query->word_count = query->term_count = 0;
    query->typed = (struct str){ query->typed_bytes, text.size };
    tokenize_fold(text, query->typed_bytes);
    query->squashed = (struct str){ query->squashed_bytes, tokenize_squash(text, query->squashed_bytes) };
    char *at = query->term_bytes;
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        for (end = start; end < text.size && !query_separates(text.at[end], is_split);) end++;
        if (end > start) at += query_add_term(query, str_cut(text, start, end), at);
    }
}
