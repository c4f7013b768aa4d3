/* cursor.h - the text that says where a page of results ended, so that the next one goes on there.
 *
 *     4f1c….9a3e….0007….0000…       hexadecimal: the catalogue, the question, the last row's key (rank.h) and group
 *
 * Both are the same as long as the catalogue is, so nothing is shown twice or left out. A cursor of another catalogue
 * or question would go on anywhere; so it tells what it belongs to. */
#ifndef ENGINE_CURSOR_H
#define ENGINE_CURSOR_H

#include "arena.h"
#include "engine.h"
#include "search.h"

/* The cursor behind a row. Out of memory: the empty str, and arena->failed. */
struct str cursor_write(uint64_t generation, const struct engine_query *query, const struct search_hit *last,
                        struct arena *arena);
/* Reads query->cursor. ENGINE_EINVAL: it is none, or belongs to another question; ENGINE_EOUTDATED: to another
 * catalogue. */
int cursor_read(uint64_t generation, const struct engine_query *query, struct collect_hit *last);

#endif
