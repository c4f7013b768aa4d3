/* pattern_literal.c - letters that every match of a pattern has, so far as they can be told by looking at what stands
 * on its outermost level: groups and classes are passed over, and what has rules of its own tells nothing. */
#include "pattern.h"

#include "ascii.h"

static bool pattern_is_plain(char byte)
{
    return ascii_is_letter_or_digit(byte);
}

/* Escapes that stand for one character or none, and are done after one letter: "\d", "\b", "\.". */
static bool pattern_is_simple_escape(char byte)
{
    return !pattern_is_plain(byte) || memchr("bBdDwWsSAzZhHvVR", byte, 16) != NULL;
}

/* The end of "[…]" that begins at `at`. */
static size_t pattern_class_end(struct str text, size_t at)
{
    size_t start = ++at;
    if (at < text.size && text.at[at] == '^') start = ++at;
    for (; at < text.size; at++) {
        if (text.at[at] == '\\')
            at++;
        else if (text.at[at] == ']' && at > start)
            return at + 1;
    }
    return text.size;
}

/* The end of "(…)" that begins at `at`. */
static size_t pattern_group_end(struct str text, size_t at)
{
    unsigned depth = 0;
    while (at < text.size) {
        char byte = text.at[at];
        if (byte == '(') depth++;
        if (byte == ')' && --depth == 0) return at + 1;
        at = byte == '[' ? pattern_class_end(text, at) : byte == '\\' ? at + 2 : at + 1;
    }
    return text.size;
}

/* The end of what begins at `at` and is no letter. */
static size_t pattern_other_end(struct str text, size_t at)
{
    switch (text.at[at]) {
    case '[': return pattern_class_end(text, at);
    case '(': return pattern_group_end(text, at);
    case '\\': return at + 2;
    case '{': {
        size_t close = str_find_byte(str_cut(text, at, text.size), '}');
        return close == STR_NONE ? at + 1 : at + close + 1;
    }
    default: return at + 1;
    }
}

/* What has rules of its own: options and verbs, quoting, letters by number. */
static bool pattern_is_intricate(struct str text)
{
    if (str_find(text, STR("(?")) != STR_NONE || str_find(text, STR("(*")) != STR_NONE) return true;
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.at[i] >= 0x80) return true;
        if (text.at[i] == '\\' && (++i == text.size || !pattern_is_simple_escape(text.at[i]))) return true;
    }
    return false;
}

struct str pattern_literal(struct str text)
{
    struct str longest = STR_EMPTY;
    if (pattern_is_intricate(text)) return longest;
    for (size_t at = 0; at < text.size;) {
        if (text.at[at] == '|') return STR_EMPTY;
        if (!pattern_is_plain(text.at[at])) {
            at = pattern_other_end(text, at);
            continue;
        }
        size_t end = at;
        while (end < text.size && pattern_is_plain(text.at[end])) end++;
        /* The last one may be left out or repeated. */
        bool is_open = end < text.size && memchr("?*+{", text.at[end], 4) != NULL;
        struct str letters = str_cut(text, at, is_open ? end - 1 : end);
        if (letters.size > longest.size) longest = letters;
        at = end;
    }
    return longest;
}
