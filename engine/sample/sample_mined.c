#include "sample_mined.h"

#include "ascii.h"
#include "mined.h"

enum { MINED_DEFAULT_BYTES = 24 }; /* between the word default and its value */

static bool mined_is_word(struct str text, size_t at)
{
    char byte = (char)(at < text.size ? text.at[at] : ' ');
    return ascii_is_letter_or_digit(byte) || byte == '_';
}

/* Where the value stands as a word of its own; STR_NONE: nowhere. */
static size_t mined_find_word(struct str text, struct str value)
{
    for (size_t from = 0; from < text.size;) {
        size_t at = str_find(str_cut(text, from, text.size), value);
        if (at == STR_NONE) return STR_NONE;
        at += from;
        if ((at == 0 || !mined_is_word(text, at - 1)) && !mined_is_word(text, at + value.size)) return at;
        from = at + 1;
    }
    return STR_NONE;
}

/* "Valid options are ExternalName, ClusterIP … Defaults to ClusterIP": that one of the list. */
static struct str mined_default(struct str description)
{
    size_t word = str_find(description, STR("efault")), nearest = STR_NONE;
    struct str value, found = STR_EMPTY;
    if (word == STR_NONE) return found;
    struct str rest = str_cut(description, word, word + (size_t)2 * MINED_DEFAULT_BYTES);
    for (struct mined mined = mined_begin(description); mined_next(&mined, &value);) {
        size_t at = mined_find_word(rest, value);
        if (at > MINED_DEFAULT_BYTES || at >= nearest) continue;
        nearest = at;
        found = value;
    }
    return found;
}

struct str sample_mined(struct str description, unsigned number)
{
    struct str value, last = STR_EMPTY, by_default = STR_EMPTY;
    unsigned seen = 0;
    for (struct mined mined = mined_begin(description); mined_next(&mined, &value); seen++) {
        last = value;
        if (seen == number) break;
    }
    if (number == 0 && last.size) by_default = mined_default(description);
    return by_default.size ? by_default : last;
}
