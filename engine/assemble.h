/* assemble.h - from APIs to an index file; for the files of the facade. */
#ifndef ENGINE_ASSEMBLE_H
#define ENGINE_ASSEMBLE_H

#include "catalogue_union.h"
#include "engine_state.h"
#include "store.h"

/* An API of an open segment. */
struct assemble_api {
    const struct segment *segment;
    uint32_t number;
};
/* Copies these APIs into `all`, on so many threads. FILE_OK, FILE_NO_MEMORY. */
int assemble_copy(struct catalogue_union *all, const struct assemble_api *apis, size_t count, unsigned threads);

/* Finishes the union, builds its search index, and writes both. The caller commits or abandons the writer.
 * `catalogue`, which may be NULL, is then a view of it, good as long as the union. FILE_OK, FILE_NO_MEMORY,
 * FILE_SYSTEM.
 */
int assemble_write(struct catalogue_union *all, unsigned threads, struct file_writer *writer,
                   struct catalogue *catalogue);
/* The same as a new segment of a change, which then is in `segment`; *bytes may be NULL. */
int assemble_segment(struct catalogue_union *all, unsigned threads, struct store_change *change,
                     struct manifest_segment *segment, uint64_t *bytes);

#endif
