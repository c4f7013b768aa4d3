/* pattern_syntax.h - where the parts of a regular expression end (ECMA-262 §22.2.1); for sample_pattern.c only. */
#ifndef ENGINE_PATTERN_SYNTAX_H
#define ENGINE_PATTERN_SYNTAX_H

#include "str.h"

#include <stdbool.h>

enum { PATTERN_ENDLESS = 1 << 20 }; /* of a quantifier */

struct pattern_times {
    size_t least, most;
};

/* Behind the group, class, escape or character that begins at `at`: what a quantifier may stand behind. STR_NONE: it
 * has no end. */
size_t pattern_syntax_skip(struct str pattern, size_t at);
/* Reads a quantifier at `*at`, with the mark behind that makes it lazy or possessive, and goes behind it; once where
 * there is none. */
struct pattern_times pattern_syntax_times(struct str pattern, size_t *at);
/* Where the content of a group begins, `at` being behind its '(': behind "?:", "?<name>" or "?i:"; STR_NONE for what
 * looks around, and for flags. */
size_t pattern_syntax_content(struct str pattern, size_t at, bool *is_captured);

#endif
