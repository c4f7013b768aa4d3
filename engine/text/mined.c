#include "mined.h"

#include "ascii.h"

#include <stdint.h>

enum { MINED_VALUE_BYTES = 48, MINED_READ_BYTES = 1024, MINED_EXPLAINED_BYTES = 400 };

static bool mined_is_word(char byte)
{
    return ascii_is_letter_or_digit(byte) || byte == '_' || byte == '-';
}

/* Where the list behind `words` begins: past "are", "the following", colons, bullets and spaces. */
static struct str mined_list(struct str text)
{
    static const char *const fillers[] = { "are",     "is",      "of",     "the following", "values", "value",
                                           "options", "include", "either", "one",           "set to", "any" };
    for (bool moved = true; moved;) {
        moved = false;
        while (text.size && (memchr(" :\n\r\t-(", text.at[0], 8) || str_starts(text, STR("* ")))) {
            text = str_cut(text, 1, text.size);
            moved = true;
        }
        for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
            struct str filler = str_from(fillers[i]);
            struct str front = str_cut(text, 0, filler.size);
            bool is_whole = text.size > filler.size && !mined_is_word(text.at[filler.size]);
            if (!is_whole || !str_equal_nocase(front, filler)) continue;
            text = str_cut(text, filler.size, text.size);
            moved = true;
        }
    }
    return text;
}

/* A value and the text behind it. */
struct mined_item {
    struct str value, rest;
};

/* `"Always"` is Always. */
static struct str mined_unquoted(struct str value)
{
    value = str_trim(value);
    bool is_quoted =
        value.size > 2 && (value.at[0] == '"' || value.at[0] == '\'') && value.at[value.size - 1] == value.at[0];
    return is_quoted ? str_cut(value, 1, value.size - 1) : value;
}

/* What stands between the quote that `text` begins with and its like. */
static bool mined_quoted(struct str text, struct mined_item *item)
{
    static const struct {
        struct str open, close;
    } quotes[] = { { STR_INIT("`"), STR_INIT("`") },
                   { STR_INIT("\""), STR_INIT("\"") },
                   { STR_INIT("'"), STR_INIT("'") },
                   { STR_INIT("**"), STR_INIT("**") },
                   { STR_INIT("*"), STR_INIT("*") },
                   { STR_INIT("<code>"), STR_INIT("</code>") },
                   { STR_INIT("\xe2\x80\x9c"), STR_INIT("\xe2\x80\x9d") } };
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        if (!str_starts(text, quotes[i].open)) continue;
        struct str inner = str_cut(text, quotes[i].open.size, text.size);
        size_t end = str_find(str_cut(inner, 0, 2 * MINED_VALUE_BYTES), quotes[i].close);
        struct str value = end == STR_NONE ? STR_EMPTY : mined_unquoted(str_cut(inner, 0, end));
        if (value.size == 0 || value.size > MINED_VALUE_BYTES || str_find_byte(value, '\n') != STR_NONE) continue;
        *item = (struct mined_item){ value, str_cut(inner, end + quotes[i].close.size, inner.size) };
        return true;
    }
    return false;
}

/* Where the next item of a list begins behind what explains the value before it, at the space before its bullet:
 * "Exact: matches it exactly. * Prefix: …", each in a line of its own or not. STR_NONE: nowhere near. */
static size_t mined_find_bullet(struct str text)
{
    struct str near = str_cut(text, 0, MINED_EXPLAINED_BYTES);
    size_t in_place = str_find(near, STR(" * ")), line = str_find(near, STR("\n* "));
    size_t at = in_place < line ? in_place : line;
    return at != STR_NONE && at + 3 < near.size && ascii_is_upper(near.at[at + 3]) ? at : STR_NONE;
}

/* A bare word counts when it looks like a constant; the first of a list only when the list goes on behind it. */
static bool mined_constant(struct str text, bool is_first, struct mined_item *item)
{
    size_t size = 0;
    while (size < text.size && mined_is_word(text.at[size])) size++;
    struct str word = str_cut(text, 0, size), rest = str_cut(text, size, text.size);
    bool is_listed = str_starts(rest, STR(",")) || str_starts(rest, STR(" or ")) || str_starts(rest, STR(" and ")) ||
                     str_starts(rest, STR("|")) || str_starts(rest, STR(" |")) || str_starts(rest, STR("/")) ||
                     (str_starts(rest, STR(": ")) && mined_find_bullet(rest) != STR_NONE);
    if ((is_first && !is_listed) || size < 2 || size > MINED_VALUE_BYTES || !ascii_is_upper(word.at[0])) return false;
    *item = (struct mined_item){ word, rest };
    return true;
}

static bool mined_item(struct str text, bool is_first, struct mined_item *item)
{
    return mined_quoted(text, item) || mined_constant(text, is_first, item);
}

/* ---- Where a list begins --------------------------------------------------------------------------------------- */

/* The words that lists stand behind; where there are several the first here counts. */
static const struct str mined_words[] = {
    STR_INIT("possible enum values"),
    STR_INIT("valid values"),
    STR_INIT("possible values"),
    STR_INIT("allowed values"),
    STR_INIT("acceptable values"),
    STR_INIT("supported values"),
    STR_INIT("valid options"),
    STR_INIT("one of"),
    STR_INIT("can be"),
    STR_INIT("must be"),
    STR_INIT("may be"),
    STR_INIT("either"),
};
enum { MINED_WORDS = sizeof mined_words / sizeof *mined_words };

/* True of a byte that one of these may begin with, in either case. */
static const bool mined_first[256] = {
    ['p'] = true, ['P'] = true, ['v'] = true, ['V'] = true, ['a'] = true, ['A'] = true, ['s'] = true, ['S'] = true,
    ['o'] = true, ['O'] = true, ['c'] = true, ['C'] = true, ['m'] = true, ['M'] = true, ['e'] = true, ['E'] = true,
};

/* Where each of the words stands first, STR_NONE where it does not. Every description of a catalogue is gone through.
 */
static void mined_find_words(struct str text, size_t places[MINED_WORDS])
{
    for (size_t i = 0; i < MINED_WORDS; i++) places[i] = STR_NONE;
    for (size_t at = 0; at < text.size; at++) {
        if (!mined_first[(uint8_t)text.at[at]] || (at && mined_is_word(text.at[at - 1]))) continue;
        /* The second letter leaves next to nothing of what has the right first one. */
        char first = text.at[at] | 0x20, second = at + 1 < text.size ? text.at[at + 1] | 0x20 : 0;
        for (size_t i = 0; i < MINED_WORDS; i++) {
            struct str word = mined_words[i];
            if (first != word.at[0] || second != word.at[1] || places[i] != STR_NONE) continue;
            if (str_equal_nocase(str_cut(text, at, at + word.size), word)) places[i] = at;
        }
    }
}

struct mined mined_begin(struct str description)
{
    struct str text = str_cut(description, 0, MINED_READ_BYTES);
    size_t places[MINED_WORDS];
    struct mined_item item;
    mined_find_words(text, places);
    for (size_t i = 0; i < MINED_WORDS; i++) {
        if (places[i] == STR_NONE) continue;
        struct str list = mined_list(str_cut(text, places[i] + mined_words[i].size, text.size));
        if (!mined_item(list, true, &item)) continue;
        /* What begins in the first kilobyte may go on behind it. */
        size_t start = (size_t)(list.at - description.at);
        return (struct mined){ .rest = str_cut(description, start, start + 2 * MINED_READ_BYTES) };
    }
    return (struct mined){ .rest = STR_EMPTY };
}

/* ---- From one value to the next ---------------------------------------------------------------------------------- */

static struct str mined_skip(struct str text, const char *what)
{
    size_t at = 0;
    while (at < text.size && strchr(what, text.at[at]) && text.at[at]) at++;
    return str_cut(text, at, text.size);
}

/* Past " (the default)". */
static struct str mined_past_remark(struct str text)
{
    struct str inner = mined_skip(text, " ");
    if (!str_starts(inner, STR("("))) return text;
    size_t close = str_find_byte(str_cut(inner, 0, MINED_EXPLAINED_BYTES), ')');
    return close == STR_NONE ? text : str_cut(inner, close + 1, inner.size);
}

/* Past "or " and "and ". */
static struct str mined_past_word(struct str text, bool *moved)
{
    static const struct str words[] = { STR_INIT("or "), STR_INIT("and ") };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(text, words[i])) {
            *moved = true;
            return mined_skip(str_cut(text, words[i].size, text.size), " ");
        }
    return text;
}

/* The next line, when it is an item of a list: past what explains the value, and past the bullet. */
static bool mined_next_bullet(struct str *text)
{
    size_t line = str_find_byte(str_cut(*text, 0, MINED_EXPLAINED_BYTES), '\n');
    size_t bullet = str_starts(*text, STR(": ")) ? mined_find_bullet(*text) : STR_NONE;
    if (bullet != STR_NONE) line = bullet;
    if (line == STR_NONE) return false;
    struct str next = mined_skip(str_cut(*text, line, text->size), " \r\n\t");
    if (next.size < 2 || strchr("-*+", next.at[0]) == NULL || next.at[1] != ' ') return false;
    *text = mined_skip(str_cut(next, 1, next.size), " ");
    return true;
}

static bool mined_next_place(struct str *text)
{
    struct str rest = mined_skip(mined_past_remark(*text), " "), behind = mined_skip(rest, ",|/");
    bool moved = behind.size < rest.size;
    behind = mined_past_word(mined_skip(behind, " "), &moved);
    if (!moved) return mined_next_bullet(text);
    /* "Always,\n- Never" */
    *text = mined_skip(behind, " \r\n\t-");
    if (str_starts(*text, STR("* "))) *text = mined_skip(str_cut(*text, 1, text->size), " ");
    return true;
}

bool mined_next(struct mined *mined, struct str *value)
{
    struct mined_item item;
    struct str text = mined->rest;
    if (text.size == 0) return false;
    if ((mined->has_begun && !mined_next_place(&text)) || !mined_item(text, !mined->has_begun, &item)) {
        mined->rest = STR_EMPTY;
        return false;
    }
    *mined = (struct mined){ .rest = item.rest, .has_begun = true };
    *value = item.value;
    return true;
}

struct str mined_value(struct str description)
{
    struct mined mined = mined_begin(description);
    struct str value;
    return mined_next(&mined, &value) ? value : STR_EMPTY;
}
