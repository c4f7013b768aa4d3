/* pattern.h - a regular expression (PCRE2, without regard to case), bounded whatever it says.
 *
 * A pattern like (a+)+b may try exponentially many ways. So each look at a text may take so many steps; after
 * PATTERN_EXHAUSTED texts that used them up the pattern is worn out, and finds nothing any more. */
#ifndef ENGINE_PATTERN_H
#define ENGINE_PATTERN_H

#include "str.h"

#include <stdbool.h>
#include <stddef.h>

struct pattern;

enum { PATTERN_OK, PATTERN_NO_MEMORY, PATTERN_INVALID };
/* Reads a pattern of at most LIMIT_QUERY_BYTES. PATTERN_OK, PATTERN_NO_MEMORY, PATTERN_INVALID (also when it would
 * become too large). */
int pattern_create(struct pattern **created, struct str text);
void pattern_destroy(struct pattern *pattern); /* NULL is fine */

/* The longest run of letters and digits that every match has, as it stands in the pattern; empty when there is none to
 * be sure of (pattern_literal.c). */
struct str pattern_literal(struct str text);

enum {
    PATTERN_STEPS = 1000,        /* from each place of a text: a name and a pattern without nested repeats need few */
    PATTERN_SUBJECT_BYTES = 512, /* what is longer is cut */
    PATTERN_EXHAUSTED = 64,
};

/* True when there is a match in `text` that is not empty: bytes [*start, *end). */
bool pattern_find(struct pattern *pattern, struct str text, size_t *start, size_t *end);
/* True when a text used up its steps, so that more might have been found. */
bool pattern_is_exhausted(const struct pattern *pattern);
/* True when it finds nothing any more. */
bool pattern_is_worn_out(const struct pattern *pattern);

#endif
