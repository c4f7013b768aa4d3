#include "assemble.h"

#include "catalogue_builder.h"
#include "index_builder.h"
#include "parallel.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Copying --------------------------------------------------------------------------------------------------- */

struct assemble_copies {
    struct catalogue_union *all;
    const struct assemble_api *apis;
    size_t count;
    atomic_size_t next;
};

/* Copies APIs until none is left. */
static int assemble_copy_task(void *context, size_t thread)
{
    struct assemble_copies *copies = context;
    struct catalogue_builder *builder;
    (void)thread;
    int error = catalogue_builder_create(&builder);
    for (size_t at; error == FILE_OK && (at = atomic_fetch_add(&copies->next, 1)) < copies->count;) {
        const struct assemble_api *api = &copies->apis[at];
        catalogue_builder_reset(builder);
        error = catalogue_builder_copy(builder, &api->segment->catalogue, api->number);
        if (error == FILE_OK) error = catalogue_union_add(copies->all, builder);
    }
    catalogue_builder_destroy(builder);
    return error;
}

int assemble_copy(struct catalogue_union *all, const struct assemble_api *apis, size_t count, unsigned threads)
{
    struct assemble_copies copies = { .all = all, .apis = apis, .count = count };
    return parallel_run(threads, threads, assemble_copy_task, &copies);
}

/* ---- Writing: the catalogue is written while the index is built from it ------------------------------------- */

struct assemble_output {
    struct catalogue_union *all;
    unsigned threads;
    struct catalogue catalogue;
    struct index_builder *index;
    struct file_writer *writer;
};

static int assemble_task(void *context, size_t number)
{
    struct assemble_output *output = context;
    if (number == 0) return catalogue_union_write(output->all, output->writer);
    return index_builder_create(&output->index, &output->catalogue, output->threads);
}

int assemble_write(struct catalogue_union *all, unsigned threads, struct file_writer *writer,
                   struct catalogue *catalogue)
{
    struct assemble_output output = { .all = all, .threads = threads, .writer = writer };
    int error = catalogue_union_finish(all, threads, &output.catalogue);
    if (error) return error;
    error = parallel_run(threads, 2, assemble_task, &output);
    if (error == FILE_SYSTEM) error = file_writer_error(writer);
    if (error == FILE_OK) error = index_builder_write(output.index, writer);
    index_builder_destroy(output.index);
    if (catalogue) *catalogue = output.catalogue;
    return error;
}

static int assemble_file(struct catalogue_union *all, unsigned threads, const char *path, uint64_t *bytes,
                         uint64_t *checksum)
{
    struct file_writer *writer;
    int error = file_writer_create(&writer, path);
    if (error) return error;
    error = assemble_write(all, threads, writer, NULL);
    if (error == FILE_OK) return file_writer_commit_checked(writer, bytes, checksum);
    file_writer_abandon(writer);
    return error;
}

int assemble_segment(struct catalogue_union *all, unsigned threads, struct store_change *change,
                     struct manifest_segment *segment, uint64_t *bytes)
{
    *segment = (struct manifest_segment){ .name = store_new_segment(change) };
    char *path = segment->name.size ? store_segment_path(change->path, segment->name) : NULL;
    if (path == NULL) return FILE_NO_MEMORY;
    int error = assemble_file(all, threads, path, bytes, &segment->checksum);
    int reason = errno;
    free(path);
    errno = reason;
    return error;
}
