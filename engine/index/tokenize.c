#include "tokenize.h"

#include "utf8.h"

#include <stdint.h>

enum tokenize_class { CLASS_OTHER = '.', CLASS_LOWER = 'a', CLASS_UPPER = 'A', CLASS_DIGIT = '0', CLASS_ALONE = '#' };

/* How many bytes a tag or an address may have: an unclosed '<' must not swallow the text. */
enum { TOKENIZE_TAG_BYTES = 400 };

struct tokenize_range {
    uint32_t first, last;
};

/* Above U+00BF nearly everything is a letter; these blocks are punctuation, symbols or not assigned to letters. */
static const struct tokenize_range tokenize_others[] = {
    { 0x0080, 0x00A9 }, { 0x00AB, 0x00B4 },   { 0x00B6, 0x00B9 }, { 0x00BB, 0x00BF }, { 0x00D7, 0x00D7 },
    { 0x00F7, 0x00F7 }, { 0x2000, 0x206F },   { 0x20A0, 0x20CF }, { 0x2190, 0x2BFF }, { 0x3000, 0x3004 },
    { 0x3008, 0x3020 }, { 0xE000, 0xF8FF },   { 0xFE10, 0xFE6F }, { 0xFF00, 0xFF0F }, { 0xFF1A, 0xFF20 },
    { 0xFFF0, 0xFFFF }, { 0x1F000, 0x1FAFF },
};

/* Kana, the CJK blocks, and their supplements. */
static const struct tokenize_range tokenize_alone[] = {
    { 0x3005, 0x3007 }, { 0x3040, 0x30FF }, { 0x3400, 0x9FFF }, { 0xF900, 0xFAFF }, { 0x20000, 0x3FFFF },
};

static bool tokenize_in(const struct tokenize_range *ranges, size_t count, uint32_t code_point)
{
    for (size_t i = 0; i < count; i++)
        if (code_point >= ranges[i].first && code_point <= ranges[i].last) return true;
    return false;
}

/* The small letter of a capital, where both have two bytes in UTF-8; else the letter itself. */
static uint32_t tokenize_lower(uint32_t letter)
{
    if (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) return letter + 32;
    if ((letter >= 0x100 && letter <= 0x12F) || (letter >= 0x132 && letter <= 0x137) ||
        (letter >= 0x14A && letter <= 0x177))
        return letter | 1;
    if ((letter >= 0x139 && letter <= 0x148) || (letter >= 0x179 && letter <= 0x17E)) return (letter + 1) & ~1U;
    if (letter == 0x178) return 0xFF;
    if (letter >= 0x391 && letter <= 0x3AB && letter != 0x3A2) return letter + 32;
    if (letter >= 0x410 && letter <= 0x42F) return letter + 32;
    if (letter >= 0x400 && letter <= 0x40F) return letter + 80;
    return letter;
}

static enum tokenize_class tokenize_class_wide(uint32_t code_point)
{
    if (tokenize_in(tokenize_others, sizeof tokenize_others / sizeof *tokenize_others, code_point)) return CLASS_OTHER;
    if (tokenize_in(tokenize_alone, sizeof tokenize_alone / sizeof *tokenize_alone, code_point)) return CLASS_ALONE;
    return tokenize_lower(code_point) == code_point ? CLASS_LOWER : CLASS_UPPER;
}

/* ASCII, which nearly all of the text is. */
static const char tokenize_classes[] = "................................"
                                       "................0000000000......"
                                       ".AAAAAAAAAAAAAAAAAAAAAAAAAA....."
                                       ".aaaaaaaaaaaaaaaaaaaaaaaaaa.....";

/* The class of the character at `*at`, which advances behind it; CLASS_OTHER at the end of the text. */
static inline enum tokenize_class tokenize_read(struct str text, size_t *at)
{
    if (*at >= text.size) return CLASS_OTHER;
    unsigned char byte = (unsigned char)text.at[*at];
    if (byte >= 0x80) return tokenize_class_wide(utf8_next(text, at));
    *at += 1;
    return (enum tokenize_class)tokenize_classes[byte];
}

static enum tokenize_class tokenize_peek(struct str text, size_t at)
{
    return tokenize_read(text, &at);
}

/* A capital at `at` that begins a word although capitals stand before it: "R" of HTTPRoute, not "P" of podIPs. */
static bool tokenize_ends_acronym(struct str text, size_t at)
{
    tokenize_read(text, &at);
    if (tokenize_peek(text, at) != CLASS_LOWER) return false;
    return text.at[at] != 's' || tokenize_peek(text, at + 1) == CLASS_LOWER;
}

/* Three small letters or more from `at` on. */
static bool tokenize_is_run(struct str text, size_t at)
{
    for (int i = 0; i < 3; i++)
        if (tokenize_read(text, &at) != CLASS_LOWER) return false;
    return true;
}

struct tokenize_word {
    enum tokenize_class last;
    bool has_letter;
};

/* True when the character of class `next` at `at` begins a new word behind `word`. */
static bool tokenize_breaks(const struct tokenize_word *word, struct str text, size_t at, enum tokenize_class next)
{
    switch (next) {
    case CLASS_UPPER:
        if (word->last == CLASS_UPPER) return tokenize_ends_acronym(text, at);
        return word->has_letter || tokenize_ends_acronym(text, at);
    case CLASS_LOWER: return word->last == CLASS_DIGIT && word->has_letter && tokenize_is_run(text, at);
    case CLASS_DIGIT: return false;
    default: return true;
    }
}

/* The end of a tag "<…>" at `at`, or `at` when there is none. */
static size_t tokenize_skip_tag(struct str text, size_t at)
{
    size_t inside = at + 1 < text.size && text.at[at + 1] == '/' ? at + 2 : at + 1;
    enum tokenize_class class = tokenize_peek(text, inside);
    if (class != CLASS_LOWER && class != CLASS_UPPER) return at;
    size_t close = str_find_byte(str_cut(text, inside, inside + TOKENIZE_TAG_BYTES), '>');
    return close == STR_NONE ? at : inside + close + 1;
}

/* The end of the host of an address whose "://" is at `at`: the path says what the page is about. */
static size_t tokenize_skip_host(struct str text, size_t at)
{
    for (at += 3; at < text.size && (unsigned char)text.at[at] > ' ' && strchr("/<>\"')]|`", text.at[at]) == NULL;)
        at++;
    return at;
}

static size_t tokenize_skip_prose(struct str text, size_t at)
{
    if (text.at[at] == '<') return tokenize_skip_tag(text, at);
    if (text.at[at] == ':' && str_starts(str_cut(text, at, at + 3), STR("://"))) return tokenize_skip_host(text, at);
    return at;
}

/* Advances to the first character of a word; its class, or CLASS_OTHER at the end. */
static enum tokenize_class tokenize_start(struct tokenizer *tokenizer, size_t *start)
{
    struct str text = tokenizer->text;
    while (tokenizer->at < text.size) {
        *start = tokenizer->at;
        enum tokenize_class class = tokenize_read(text, &tokenizer->at);
        if (class != CLASS_OTHER) return class;
        if (tokenizer->is_prose) {
            size_t behind = tokenize_skip_prose(text, *start);
            if (behind > tokenizer->at) tokenizer->at = behind;
        }
    }
    return CLASS_OTHER;
}

bool tokenize_next(struct tokenizer *tokenizer, size_t *start, size_t *end)
{
    struct str text = tokenizer->text;
    enum tokenize_class class = tokenize_start(tokenizer, start);
    if (class == CLASS_OTHER) return false;
    struct tokenize_word word = { class, class != CLASS_DIGIT };
    while (class != CLASS_ALONE) {
        size_t behind = tokenizer->at;
        enum tokenize_class next = tokenize_read(text, &behind);
        if (tokenize_breaks(&word, text, tokenizer->at, next)) break;
        word.last = next;
        word.has_letter |= next != CLASS_DIGIT;
        tokenizer->at = behind;
    }
    *end = tokenizer->at;
    return true;
}

static inline char tokenize_fold_byte(unsigned char byte)
{
    return (char)(byte | (byte >= 'A' && byte <= 'Z') << 5);
}

void tokenize_fold(struct str text, char *folded)
{
    for (size_t at = 0; at < text.size;) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 0x80) {
            folded[at++] = tokenize_fold_byte(byte);
            continue;
        }
        size_t behind = at;
        uint32_t letter = utf8_next(text, &behind), lower = tokenize_lower(letter);
        if (lower == letter)
            memcpy(folded + at, text.at + at, behind - at);
        else
            utf8_write(lower, folded + at);
        at = behind;
    }
}

size_t tokenize_squash(struct str text, char *squashed)
{
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        unsigned char byte = (unsigned char)text.at[at];
        size_t start = at;
        if (byte < 0x80) {
            squashed[size] = tokenize_fold_byte(byte);
            size += tokenize_classes[byte] != CLASS_OTHER;
            at++;
        } else if (tokenize_read(text, &at) != CLASS_OTHER) {
            tokenize_fold(str_cut(text, start, at), squashed + size);
            size += at - start;
        }
    }
    if (size == 0 && text.size) memcpy(squashed, text.at, size = text.size);
    return size;
}

size_t tokenize_count(struct str text)
{
    struct tokenizer tokenizer = { .text = text };
    size_t count = 0, start, end;
    while (tokenize_next(&tokenizer, &start, &end)) count++;
    return count;
}
