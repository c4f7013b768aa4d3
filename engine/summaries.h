/* summaries.h - the first sentences of descriptions that were shown last: one with markup takes as long to make as
 * finding its row did, and the next keystroke shows mostly the same rows. */
#ifndef ENGINE_SUMMARIES_H
#define ENGINE_SUMMARIES_H

#include "arena.h"
#include "catalogue.h"

struct summaries;

/* NULL when there is no memory: then they are made each time. */
struct summaries *summaries_create(void);
void summaries_destroy(struct summaries *summaries); /* NULL is fine */

/* The first sentence of the text with string id `text` (plain.h), in the arena or in the catalogue. `summaries` may be
 * NULL. Out of memory: the empty str, and arena->failed. */
struct str summaries_sentence(struct summaries *summaries, const struct catalogue *catalogue, uint32_t text,
                              struct arena *arena);

#endif
