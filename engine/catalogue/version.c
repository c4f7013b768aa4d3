#include "version.h"

#include "ascii.h"

#include <stdint.h>

static size_t version_digits(struct str text, size_t at)
{
    while (at < text.size && ascii_is_digit(text.at[at])) at++;
    return at;
}

static bool version_is_part(struct str part)
{
    if (part.size < 2 || (part.at[0] | 0x20) != 'v' || !ascii_is_digit(part.at[1])) return false;
    struct str rest = str_cut(part, version_digits(part, 1), part.size);
    if (rest.size == 0) return true;
    size_t word = str_starts(rest, STR("alpha")) ? 5 : str_starts(rest, STR("beta")) ? 4 : 0;
    return word && version_digits(rest, word) == rest.size;
}

struct str version_part(struct str name)
{
    struct str part;
    while (str_split(&name, '.', &part))
        if (name.at != NULL && version_is_part(part)) return part;
    return STR_EMPTY;
}

size_t version_stem(struct str name, char *stem)
{
    size_t size = 0;
    struct str part;
    while (str_split(&name, '.', &part)) {
        bool is_last = name.at == NULL;
        if (!is_last && version_is_part(part)) continue;
        memmove(stem + size, part.at, part.size);
        size += part.size;
        if (!is_last) stem[size++] = '.';
    }
    return size;
}

/* ---- Which is newer ---------------------------------------------------------------------------------------------- */

static bool version_says(struct str text, size_t at, struct str word)
{
    return str_equal_nocase(str_cut(text, at, at + word.size), word);
}

/* A version is compared with many others, so it is looked through once. */
int version_unripe(struct str version)
{
    int unripe = 0;
    for (size_t at = 0; at < version.size; at++) {
        switch (version.at[at] | 0x20) {
        case 'a':
            if (version_says(version, at, STR("alpha"))) return 2;
            break;
        case 'b': unripe |= version_says(version, at, STR("beta")); break;
        case 'p': unripe |= version_says(version, at, STR("preview")); break;
        case 'r': unripe |= version_says(version, at, STR("rc")); break;
        default: break;
        }
    }
    return unripe;
}

/* The next number at or behind `*at`, with a ceiling; -1 when there is none. */
static int64_t version_number(struct str text, size_t *at)
{
    int64_t number = 0;
    while (*at < text.size && !ascii_is_digit(text.at[*at])) ++*at;
    if (*at == text.size) return -1;
    for (; *at < text.size && ascii_is_digit(text.at[*at]); ++*at)
        if (number < INT64_MAX / 20) number = number * 10 + (text.at[*at] - '0');
    return number;
}

int version_compare(struct str a, struct str b)
{
    size_t at_a = 0, at_b = 0;
    int unripe = version_unripe(a) - version_unripe(b);
    if (unripe) return unripe;
    for (int64_t left = 0, right = 0; left >= 0 || right >= 0;) {
        left = version_number(a, &at_a);
        right = version_number(b, &at_b);
        if (left != right) return left > right ? -1 : 1;
    }
    return 0;
}
