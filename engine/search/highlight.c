#include "highlight.h"

#include "tokenize.h"
#include "typo.h"
#include "utf8.h"

/* Names are paths and identifiers; what would match beyond is not looked for. */
enum { HIGHLIGHT_NAME_BYTES = 512, HIGHLIGHT_TEXT_BYTES = 512 };

/* The plain form of one word of a name; beyond HIGHLIGHT_NAME_BYTES it is not looked at. */
struct highlight_plain {
    char bytes[HIGHLIGHT_NAME_BYTES];
    struct str word;
};

static struct str highlight_plain(struct highlight_plain *plain, struct str word)
{
    word = utf8_cut(word, sizeof plain->bytes);
    return plain->word = (struct str){ plain->bytes, tokenize_plain(word, plain->bytes) };
}

/* The end in `name` of `squashed` if it begins at `start`, where a word does; 0 when it does not. */
static size_t highlight_match(struct str name, size_t start, struct str squashed)
{
    struct tokenizer tokenizer = { .text = name, .at = start };
    struct highlight_plain plain;
    size_t first, end, done = 0;
    while (done < squashed.size && tokenize_next(&tokenizer, &first, &end)) {
        struct str word = str_cut(name, first, end);
        struct str wanted = str_cut(squashed, done, done + highlight_plain(&plain, word).size);
        if (wanted.size == 0 || !str_starts(plain.word, wanted)) return 0;
        done += wanted.size;
        if (done == squashed.size) return first + tokenize_reach(word, wanted.size);
    }
    return 0;
}

/* How many letters of `word`, the plain form of one, the longest word of the query has that it begins with; 0: none. */
static size_t highlight_word(const struct query *query, struct str word)
{
    size_t most = 0;
    for (unsigned i = 0; i < query->word_count; i++)
        if (query->words[i].size > most && str_starts(word, query->words[i])) most = query->words[i].size;
    return most;
}

size_t highlight_name(const struct query *query, struct str name, struct highlight_range *ranges)
{
    struct highlight_plain plain;
    if (name.size > HIGHLIGHT_NAME_BYTES || query->squashed.size == 0) return 0;
    struct tokenizer tokenizer = { .text = name };
    size_t start, end, count = 0;
    while (tokenize_next(&tokenizer, &start, &end)) {
        struct str word = str_cut(name, start, end);
        size_t whole = highlight_match(name, start, query->squashed);
        if (whole) {
            ranges[0] = (struct highlight_range){ (uint32_t)start, (uint32_t)whole };
            return 1;
        }
        size_t size = highlight_word(query, highlight_plain(&plain, word));
        if (size && count < HIGHLIGHT_RANGES)
            ranges[count++] =
                (struct highlight_range){ (uint32_t)start, (uint32_t)(start + tokenize_reach(word, size)) };
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
    struct highlight_plain plain;
    struct tokenizer tokenizer = { .text = utf8_cut(text, HIGHLIGHT_TEXT_BYTES), .is_prose = true };
    size_t start, end, count = 0;
    while (count < HIGHLIGHT_RANGES && tokenize_next(&tokenizer, &start, &end)) {
        struct str word = str_cut(text, start, end);
        size_t size = tokenize_reach(word, highlight_prose_word(query, highlight_plain(&plain, word)));
        struct highlight_range *last = count ? &ranges[count - 1] : NULL;
        if (size && last && last->end == start)
            last->end = (uint32_t)(start + size);
        else if (size)
            ranges[count++] = (struct highlight_range){ (uint32_t)start, (uint32_t)(start + size) };
    }
    return count;
}

/* A name without what separates its words, and where the letter of each byte was. */
struct highlight_squashed {
    char bytes[HIGHLIGHT_NAME_BYTES];
    uint16_t starts[HIGHLIGHT_NAME_BYTES], ends[HIGHLIGHT_NAME_BYTES];
    size_t size;
};

size_t highlight_mistyped(const struct typo_pattern *pattern, struct str name, struct highlight_range *range)
{
    struct highlight_squashed squashed = { .size = 0 };
    bool is_start[HIGHLIGHT_NAME_BYTES] = { false };
    struct highlight_plain plain;
    if (name.size > HIGHLIGHT_NAME_BYTES) return 0;
    struct tokenizer tokenizer = { .text = name };
    for (size_t start, end; tokenize_next(&tokenizer, &start, &end);) {
        struct str word = str_cut(name, start, end);
        is_start[squashed.size] = true;
        highlight_plain(&plain, word);
        for (size_t i = 0; i < plain.word.size; i++) {
            squashed.starts[squashed.size] = (uint16_t)(start + tokenize_reach(word, i));
            squashed.ends[squashed.size] = (uint16_t)(start + tokenize_reach(word, i + 1));
            squashed.bytes[squashed.size++] = plain.bytes[i];
        }
    }
    for (size_t at = 0; at < squashed.size; at++) {
        struct str rest = { squashed.bytes + at, squashed.size - at };
        size_t size = is_start[at] ? typo_prefix(pattern, rest) : 0;
        if (size == 0) continue;
        *range = (struct highlight_range){ squashed.starts[at], squashed.ends[at + size - 1] };
        return 1;
    }
    return 0;
}
