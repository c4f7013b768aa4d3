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

/* A name without what separates its words, and where each byte of it was. */
struct highlight_squashed {
    char bytes[HIGHLIGHT_NAME_BYTES];
    uint16_t places[HIGHLIGHT_NAME_BYTES];
    bool is_start[HIGHLIGHT_NAME_BYTES]; /* of a word */
    size_t size;
};

/* False when the name is too long. */
static bool highlight_squash(struct str name, struct highlight_squashed *squashed)
{
    char folded[HIGHLIGHT_NAME_BYTES];
    squashed->size = 0;
    if (name.size > sizeof folded) return false;
    tokenize_fold(name, folded);
    struct tokenizer tokenizer = { .text = name };
    for (size_t start, end; tokenize_next(&tokenizer, &start, &end);)
        for (size_t at = start; at < end; at++) {
            squashed->is_start[squashed->size] = at == start;
            squashed->places[squashed->size] = (uint16_t)at;
            squashed->bytes[squashed->size++] = folded[at];
        }
    return true;
}

/* The range of the squashed bytes [at, at + size). */
static struct highlight_range highlight_place(const struct highlight_squashed *squashed, size_t at, size_t size)
{
    return (struct highlight_range){ squashed->places[at], squashed->places[at + size - 1] + 1U };
}

size_t highlight_mistyped(const struct typo_pattern *pattern, struct str name, struct highlight_range *range)
{
    struct highlight_squashed squashed;
    if (!highlight_squash(name, &squashed)) return 0;
    for (size_t at = 0; at < squashed.size; at++) {
        struct str rest = { squashed.bytes + at, squashed.size - at };
        size_t size = squashed.is_start[at] ? typo_prefix(pattern, rest) : 0;
        if (size == 0) continue;
        *range = highlight_place(&squashed, at, size);
        return 1;
    }
    return 0;
}

size_t highlight_inside(const struct query *query, struct str name, struct highlight_range *range)
{
    struct highlight_squashed squashed;
    if (query->squashed.size == 0 || !highlight_squash(name, &squashed)) return 0;
    size_t at = str_find((struct str){ squashed.bytes, squashed.size }, query->squashed);
    if (at == STR_NONE) return 0;
    *range = highlight_place(&squashed, at, query->squashed.size);
    return 1;
}

size_t highlight_initials(const struct query *query, struct str name, struct highlight_range *ranges)
{
    struct highlight_squashed squashed;
    size_t count = 0;
    if (query->squashed.size > HIGHLIGHT_RANGES || !highlight_squash(name, &squashed)) return 0;
    for (size_t at = 0; at < squashed.size && count < query->squashed.size; at++) {
        if (!squashed.is_start[at]) continue;
        if (squashed.bytes[at] != query->squashed.at[count]) count = 0;
        if (squashed.bytes[at] == query->squashed.at[count]) ranges[count++] = highlight_place(&squashed, at, 1);
    }
    return count == query->squashed.size ? count : 0;
}
