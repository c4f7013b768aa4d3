/* highlight.h - which bytes of a name the words of a query match, for the page to show. */
#ifndef ENGINE_HIGHLIGHT_H
#define ENGINE_HIGHLIGHT_H

#include "query.h"
#include "str.h"

#include <stddef.h>
#include <stdint.h>

struct highlight_range {
    uint32_t start, end; /* bytes [start, end) */
};

struct typo_pattern;

enum { HIGHLIGHT_RANGES = 16, HIGHLIGHT_PREFIX_BYTES = 4 };

/* The parts of `name` that match, in order and apart from each other, at most HIGHLIGHT_RANGES; returns how many.
 * The whole query in one piece ("customer id" in customer_id) goes before its single words. */
size_t highlight_name(const struct query *query, struct str name, struct highlight_range *ranges);

/* The same for a line of prose: the words of the query in it, and from HIGHLIGHT_PREFIX_BYTES on the beginnings of
 * words. */
size_t highlight_text(const struct query *query, struct str text, struct highlight_range *ranges);

/* The part of `name` that was mistyped: from the first word on that begins with the pattern but for typing errors. 0
 * when there is none, else 1. */
size_t highlight_mistyped(const struct typo_pattern *pattern, struct str name, struct highlight_range *range);

/* The part of `name` that is the query in one piece, wherever it begins. 0 when there is none, else 1. */
size_t highlight_inside(const struct query *query, struct str name, struct highlight_range *range);
/* The first letters of words that are the query, one range each; 0 when there are none. */
size_t highlight_initials(const struct query *query, struct str name, struct highlight_range *ranges);

#endif
