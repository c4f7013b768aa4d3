#include "highlight.h"

#include "tokenize.h"
#include "typo.h"
#include "utf8.h"

/* Names are paths and identifiers; what would match beyond is not looked for. */
enum { HIGHLIGHT_NAME_BYTES = 512, HIGHLIGHT_TEXT_BYTES = 512 };

/* The end in `name` of `squashed` if it begins at `start`, where a word does; 0 when it does not. */
static size_t highlight_match(struct str name, const char *folded, size_t start, struct str squashed)
{
    struct tokenizer tokenizer = { .text = name, .at = start };
    size_t first, end, done = 0;
    while (done < squashed.size && tokenize_next(&tokenizer, &first, &end)) {
        size_t size = end - first < squashed.size - done ? end - first : squashed.size - done;
        if (memcmp(folded + first, squashed.at + done, size) != 0) return 0;
        done += size;
        if (done == squashed.size) return first + size;
    }
    return 0;
}

/* How many letters of `word`, a word of a name, the longest word of the query has that it begins with; 0: none. */
static size_t highlight_word(const struct query *query, struct str word)
{
    size_t most = 0;
    for (unsigned i = 0; i < query->word_count; i++)
        if (query->words[i].size > most && str_starts(word, query->words[i])) most = query->words[i].size;
    return most;
}

size_t highlight_name(const struct query *query, struct str name, struct highlight_range *ranges)
{
    char folded[HIGHLIGHT_NAME_BYTES];
    if (name.size > sizeof folded || query->squashed.size == 0) return 0;
    tokenize_fold(name, folded);
    struct tokenizer tokenizer = { .text = name };
    size_t start, end, count = 0;
    while (tokenize_next(&tokenizer, &start, &end)) {
        size_t whole = highlight_match(name, folded, start, query->squashed);
        if (whole) {
            ranges[0] = (struct highlight_range){ (uint32_t)start, (uint32_t)whole };
            return 1;
        }
        size_t size = highlight_word(query, (struct str){ folded + start, end - start });
        if (size && count < HIGHLIGHT_RANGES)
            ranges[count++] = (struct highlight_range){ (uint32_t)start, (uint32_t)(start + size) };
    }
    return count;
}

/* Fewer letters begin so many words that marking them says nothing. */
static size_t highlight_prose_word(const struct query *query, struct str word)
{
    size_t most = highlight_word(query, word);
    return most == word.size || most >= HIGHLIGHT_PREFIX_BYTES ? most : 0;
}

size_t highlight_text(const struct query *query, struct str text, struct highlight_range *ranges)
{
    char folded[HIGHLIGHT_TEXT_BYTES];
    text = utf8_cut(text, sizeof folded);
    tokenize_fold(text, folded);
    struct tokenizer tokenizer = { .text = text, .is_prose = true };
    size_t start, end, count = 0;
    while (count < HIGHLIGHT_RANGES && tokenize_next(&tokenizer, &start, &end)) {
        size_t size = highlight_prose_word(query, (struct str){ folded + start, end - start });
        struct highlight_range *last = count ? &ranges[count - 1] : NULL;
        if (size && last && last->end == start)
            last->end = (uint32_t)(start + size);
        else if (size)
            ranges[count++] = (struct highlight_range){ (uint32_t)start, (uint32_t)(start + size) };
    }
    return count;
}

/* A name without what separates its words, and where each byte of it was. */
struct highlight_squashed {
    char bytes[HIGHLIGHT_NAME_BYTES];
    uint16_t places[HIGHLIGHT_NAME_BYTES];
    size_t size;
};

size_t highlight_mistyped(const struct typo_pattern *pattern, struct str name, struct highlight_range *range)
{
    struct highlight_squashed squashed = { .size = 0 };
    bool is_start[HIGHLIGHT_NAME_BYTES] = { false };
    char folded[HIGHLIGHT_NAME_BYTES];
    if (name.size > sizeof folded) return 0;
    tokenize_fold(name, folded);
    struct tokenizer tokenizer = { .text = name };
    for (size_t start, end; tokenize_next(&tokenizer, &start, &end);) {
        is_start[squashed.size] = true;
        for (; start < end; start++) {
            squashed.places[squashed.size] = (uint16_t)start;
            squashed.bytes[squashed.size++] = folded[start];
        }
    }
    for (size_t at = 0; at < squashed.size; at++) {
        struct str rest = { squashed.bytes + at, squashed.size - at };
        size_t size = is_start[at] ? typo_prefix(pattern, rest) : 0;
        if (size == 0) continue;
        *range = (struct highlight_range){ squashed.places[at], squashed.places[at + size - 1] + 1U };
        return 1;
    }
    return 0;
}
