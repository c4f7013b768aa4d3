#include "sample_mined.h"

enum { MINED_VALUE_BYTES = 48, MINED_READ_BYTES = 1024 };

static bool mined_is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '-';
}

static bool mined_is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static size_t mined_find_nocase(struct str text, struct str needle)
{
    for (size_t i = 0; i + needle.size <= text.size; i++) {
        if ((text.at[i] | 0x20) != needle.at[0]) continue; /* the needles begin with small letters */
        if (str_equal_nocase(str_cut(text, i, i + needle.size), needle)) return i;
    }
    return STR_NONE;
}

/* Where the list behind `words` begins: past "are", "the following", colons, bullets and spaces. */
static struct str mined_list(struct str text)
{
    static const char *const fillers[] = { "are",     "is",      "of",     "the following", "values", "value",
                                           "options", "include", "either", "one",           "set to", "any" };
    for (bool moved = true; moved;) {
        moved = false;
        while (text.size && memchr(" :\n\r\t-(", text.at[0], 8)) {
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

/* What stands between the quote that `text` begins with and its like. */
static struct str mined_quoted(struct str text)
{
    static const struct {
        const char *open, *close;
    } quotes[] = { { "`", "`" },
                   { "\"", "\"" },
                   { "'", "'" },
                   { "**", "**" },
                   { "*", "*" },
                   { "<code>", "</code>" },
                   { "\xe2\x80\x9c", "\xe2\x80\x9d" } };
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        struct str open = str_from(quotes[i].open);
        if (!str_starts(text, open)) continue;
        struct str inner = str_cut(text, open.size, text.size);
        size_t end = str_find(inner, str_from(quotes[i].close));
        struct str value = end == STR_NONE ? STR_EMPTY : str_trim(str_cut(inner, 0, end));
        if (value.size && value.size <= MINED_VALUE_BYTES && str_find_byte(value, '\n') == STR_NONE) return value;
    }
    return STR_EMPTY;
}

/* A bare word counts when it looks like a constant and a list goes on behind it. */
static struct str mined_constant(struct str text)
{
    size_t size = 0;
    while (size < text.size && mined_is_word(text.at[size])) size++;
    struct str word = str_cut(text, 0, size);
    struct str rest = str_cut(text, size, text.size);
    bool is_listed = str_starts(rest, STR(",")) || str_starts(rest, STR(" or ")) || str_starts(rest, STR("|")) ||
                     str_starts(rest, STR(" |")) || str_starts(rest, STR("/"));
    if (!is_listed || size < 2 || size > MINED_VALUE_BYTES || !mined_is_upper(word.at[0])) return STR_EMPTY;
    return word;
}

static struct str mined_behind(struct str text)
{
    struct str list = mined_list(text);
    struct str value = mined_quoted(list);
    return value.size ? value : mined_constant(list);
}

struct str sample_mined_value(struct str description)
{
    static const char *const words[] = { "possible enum values",
                                         "valid values",
                                         "possible values",
                                         "allowed values",
                                         "acceptable values",
                                         "supported values",
                                         "valid options",
                                         "one of",
                                         "can be",
                                         "must be",
                                         "may be",
                                         "either" };
    struct str text = str_cut(description, 0, MINED_READ_BYTES);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct str word = str_from(words[i]);
        size_t at = mined_find_nocase(text, word);
        struct str value = at == STR_NONE ? STR_EMPTY : mined_behind(str_cut(text, at + word.size, text.size));
        if (value.size) return value;
    }
    return STR_EMPTY;
}
