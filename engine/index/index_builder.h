/* index_builder.h - the catalogue in, the search index out: the sections from FORMAT_INDEX on (see format.h).
 *
 * The same catalogue gives the same bytes, whatever the number of threads. */
#ifndef ENGINE_INDEX_BUILDER_H
#define ENGINE_INDEX_BUILDER_H

#include "catalogue.h"
#include "file.h"

/* Builds the index of `catalogue` on up to `threads` threads (0 counts as 1) and appends its sections to `writer`,
 * which has none of them yet. FILE_OK, FILE_NO_MEMORY, FILE_SYSTEM. The caller commits or abandons the writer. */
int index_builder_write(const struct catalogue *catalogue, struct file_writer *writer, unsigned threads);

#endif
