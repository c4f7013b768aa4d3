/* str.h - borrowed text: a pointer and a size.
 *
 * A str never owns its bytes and is not NUL-terminated: a NUL is legal inside JSON text.
 * It is valid as long as what it was cut from (a buf, an arena, a mapped file). */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *at;
    size_t size;
};

/* A str over a string literal. STR_INIT is the form for static initialisers. */
#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal)                                                                                              \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }
#define STR_EMPTY ((struct str){ "", 0 })
/* The two arguments that printf's "%.*s" takes. */
#define STR_FORMAT(text) (int)(text).size, (text).at

/* The str over a NUL-terminated string, which it borrows; NULL gives the empty str. */
struct str str_from(const char *text);

/* Bytes [start, end) of `text`; both are clamped to its size. A struct of zeros is an empty text, too. */
static inline struct str str_cut(struct str text, size_t start, size_t end)
{
    if (end > text.size) end = text.size;
    if (start > end) start = end;
    return (struct str){ start ? text.at + start : text.at, end - start };
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}
/* Equality that takes A-Z and a-z as the same letter (ASCII only: HTTP tokens, file endings). */
bool str_equal_nocase(struct str a, struct str b);
/* Order by unsigned bytes, the shorter first: <0, 0, >0. For UTF-8 this is code point order. */
int str_compare(struct str a, struct str b);
static inline bool str_starts(struct str text, struct str prefix)
{
    return str_equal(str_cut(text, 0, prefix.size), prefix);
}
bool str_ends(struct str text, struct str suffix);

#define STR_NONE ((size_t)-1)
/* The position of the first `byte`, or STR_NONE. */
size_t str_find_byte(struct str text, char byte);
/* The position of the last `byte`, or STR_NONE. */
size_t str_find_last_byte(struct str text, char byte);
/* The position of the first `needle`, or STR_NONE. The empty needle is found at 0. */
size_t str_find(struct str text, struct str needle);

/* Without the spaces, tabs and line ends at both ends. */
struct str str_trim(struct str text);

/* Splits off what stands before the first `separator`: returns it and advances `rest` behind the
 * separator. Returns false when `rest` is used up (its `at` is then NULL). */
bool str_split(struct str *rest, char separator, struct str *part);

#endif
