#include "str.h"

#include <ctype.h>
#include <strings.h>

struct str str_from(const char *text)
{
    return text ? (struct str){ text, strlen(text) } : STR_EMPTY;
}

bool str_equal_nocase(struct str a, struct str b)
{
    return a.size == b.size && (a.size == 0 || strncasecmp(a.at, b.at, a.size) == 0);
}

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    if (order != 0) return order;
    return (a.size > b.size) - (a.size < b.size);
}

bool str_ends(struct str text, struct str suffix)
{
    return text.size >= suffix.size && str_equal(str_cut(text, text.size - suffix.size, text.size), suffix);
}

size_t str_find_byte(struct str text, char byte)
{
    const char *found = text.size ? memchr(text.at, byte, text.size) : NULL;
    return found ? (size_t)(found - text.at) : STR_NONE;
}

size_t str_find_last_byte(struct str text, char byte)
{
    for (size_t at = text.size; at > 0; at--)
        if (text.at[at - 1] == byte) return at - 1;
    return STR_NONE;
}

size_t str_find(struct str text, struct str needle)
{
    if (needle.size == 0) return 0;
    const char *found = text.size ? memmem(text.at, text.size, needle.at, needle.size) : NULL;
    return found ? (size_t)(found - text.at) : STR_NONE;
}

struct str str_trim(struct str text)
{
    while (text.size && isspace((unsigned char)text.at[0])) text = str_cut(text, 1, text.size);
    while (text.size && isspace((unsigned char)text.at[text.size - 1])) text.size--;
    return text;
}

bool str_split(struct str *rest, char separator, struct str *part)
{
    if (rest->at == NULL) return false;
    size_t found = str_find_byte(*rest, separator);
    if (found == STR_NONE) {
        *part = *rest;
        *rest = (struct str){ NULL, 0 };
    } else {
        *part = str_cut(*rest, 0, found);
        *rest = str_cut(*rest, found + 1, rest->size);
    }
    return true;
}
