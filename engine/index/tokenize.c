#include "tokenize.h"

#include "letters.h"
#include "utf8.h"

#include <stdint.h>

enum tokenize_class {
    CLASS_OTHER = '.',
    CLASS_LOWER = 'a',
    CLASS_UPPER = 'A',
    CLASS_DIGIT = '0',
    CLASS_ALONE = '#',
    CLASS_MARK = '~'
};

/* How many bytes a tag or an address may have: an unclosed '<' must not swallow the text. */
enum { TOKENIZE_TAG_BYTES = 400, TOKENIZE_BAD_BYTE = 0xFFFD };

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
    switch (letters_class(code_point)) {
    case LETTERS_LOWER: return CLASS_LOWER;
    case LETTERS_UPPER: return CLASS_UPPER;
    case LETTERS_DIGIT: return CLASS_DIGIT;
    case LETTERS_ALONE: return CLASS_ALONE;
    case LETTERS_MARK: return CLASS_MARK;
    default: return CLASS_OTHER;
    }
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
    case CLASS_DIGIT:
    case CLASS_MARK: return false; /* an accent belongs to the letter before it */
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
        if (class != CLASS_OTHER && class != CLASS_MARK) return class;
        if (tokenizer->is_prose) {
            size_t behind = tokenize_skip_prose(text, *start);
            if (behind > tokenizer->at) tokenizer->at = behind;
        }
    }
    return CLASS_OTHER;
}

static inline void tokenize_skip_lower(struct tokenizer *tokenizer, struct tokenize_word *word)
{
    struct str text = tokenizer->text;
    size_t at = tokenizer->at;
    while (at < text.size && text.at[at] >= 'a' && text.at[at] <= 'z') at++;
    if (at > tokenizer->at) word->last = CLASS_LOWER;
    tokenizer->at = at;
}

bool tokenize_next(struct tokenizer *tokenizer, size_t *start, size_t *end)
{
    struct str text = tokenizer->text;
    enum tokenize_class class = tokenize_start(tokenizer, start);
    if (class == CLASS_OTHER) return false;
    struct tokenize_word word = { class, class != CLASS_DIGIT };
    while (class != CLASS_ALONE) {
        /* Small letters behind a letter begin nothing new: most words are made of them. */
        if (word.last == CLASS_LOWER || word.last == CLASS_UPPER) tokenize_skip_lower(tokenizer, &word);
        size_t behind = tokenizer->at;
        enum tokenize_class next = tokenize_read(text, &behind);
        if (tokenize_breaks(&word, text, tokenizer->at, next)) break;
        if (next != CLASS_MARK) word.last = next;
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

/* One character at `*at`, which advances behind it, as it is compared; how many bytes that are. */
static inline size_t tokenize_plain_letter(struct str text, size_t *at, char *plain)
{
    unsigned char byte = (unsigned char)text.at[*at];
    size_t start = *at;
    if (byte < 0x80) {
        *plain = tokenize_fold_byte(byte);
        ++*at;
        return 1;
    }
    uint32_t letter = utf8_next(text, at);
    if (letter != TOKENIZE_BAD_BYTE) return letters_plain(letter, *at - start, plain);
    memcpy(plain, text.at + start, *at - start);
    return *at - start;
}

size_t tokenize_plain(struct str word, char *plain)
{
    size_t at = 0;
    for (; at < word.size && (unsigned char)word.at[at] < 0x80; at++)
        plain[at] = tokenize_fold_byte((unsigned char)word.at[at]);
    size_t size = at;
    while (at < word.size) size += tokenize_plain_letter(word, &at, plain + size);
    return size;
}

size_t tokenize_reach(struct str word, size_t size)
{
    size_t at = 0, done = 0;
    char plain[4];
    while (at < word.size && done < size) done += tokenize_plain_letter(word, &at, plain);
    while (at < word.size && tokenize_peek(word, at) == CLASS_MARK) tokenize_read(word, &at);
    return at;
}

size_t tokenize_squash(struct str text, char *squashed)
{
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 0x80) {
            squashed[size] = tokenize_fold_byte(byte);
            size += tokenize_classes[byte] != CLASS_OTHER;
            at++;
            continue;
        }
        bool is_letter = tokenize_peek(text, at) != CLASS_OTHER;
        size_t used = tokenize_plain_letter(text, &at, squashed + size);
        if (is_letter) size += used;
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
