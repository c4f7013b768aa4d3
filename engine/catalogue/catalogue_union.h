/* catalogue_union.h - the APIs of many builders become one catalogue.
 *
 *     builder ─┐  add: strings are interned in 64 parts,         finish: APIs in the order of their ids, strings
 *     builder ─┼─ each with a lock of its own ─────────────────▶ in the order of their first use ─▶ sections
 *     builder ─┘
 *
 * So a string is hashed once for each API that has it, and what comes out depends on the APIs alone: not on the
 * builders they came in, nor on which thread was first. */
#ifndef ENGINE_CATALOGUE_UNION_H
#define ENGINE_CATALOGUE_UNION_H

#include "catalogue.h"
#include "file.h"

struct catalogue_builder;
struct catalogue_union;

int catalogue_union_create(struct catalogue_union **made);
void catalogue_union_destroy(struct catalogue_union *all); /* NULL is fine */

/* Copies the APIs of `builder`, whose ids are new. Any number of threads may do so at the same time, each with a
 * builder of its own. FILE_OK, FILE_NO_MEMORY: then the union is of no further use. */
int catalogue_union_add(struct catalogue_union *all, const struct catalogue_builder *builder);

/* Makes the catalogue, on up to `threads` threads, and gives a view that is good as long as the union. The view has no
 * texts: these are put together when they are written, or by catalogue_union_join_texts. Once. */
int catalogue_union_finish(struct catalogue_union *all, unsigned threads, struct catalogue *catalogue);
/* Adds the texts to such a view. */
int catalogue_union_join_texts(struct catalogue_union *all, struct catalogue *catalogue);
/* Writes the catalogue's sections. After catalogue_union_finish. */
int catalogue_union_write(const struct catalogue_union *all, struct file_writer *writer);

#endif
