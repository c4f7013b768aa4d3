/* index_builder.h - the catalogue in, the search index out: the sections from FORMAT_INDEX on (see format.h).
 *
 * The same catalogue gives the same bytes, whatever the number of threads. */
#ifndef ENGINE_INDEX_BUILDER_H
#define ENGINE_INDEX_BUILDER_H

#include "catalogue.h"
#include "file.h"

struct index_builder;

/* Builds the index of `catalogue`, which must outlive it, on up to `threads` threads (0 counts as 1). FILE_OK,
 * FILE_NO_MEMORY: then there may still be something to destroy. */
int index_builder_create(struct index_builder **builder, const struct catalogue *catalogue, unsigned threads);
void index_builder_destroy(struct index_builder *builder); /* NULL is fine */

/* Appends its sections to `writer`, which has none of them yet. FILE_OK, FILE_NO_MEMORY, FILE_SYSTEM. The caller
 * commits or abandons the writer. */
int index_builder_write(const struct index_builder *builder, struct file_writer *writer);

#endif
