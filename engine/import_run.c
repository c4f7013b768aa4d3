#include "import_run.h"

#include "buf.h"
#include "catalogue_builder.h"
#include "document.h"
#include "limits.h"
#include "openapi3.h"
#include "outline.h"
#include "parallel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { IMPORT_THREADS_MAX = 256 };

struct import_worker {
    struct import_run *run;
    struct catalogue_builder *builder; /* of the file being read */
    struct buf text;
    struct outline outline;
};

/* ---- One file ------------------------------------------------------------------------------------------- */

/* Reads to the end, which may be further than `size`: the file may be growing. */
static int import_read_all(int fd, size_t size, struct buf *text)
{
    for (;;) {
        char *at = buf_reserve(text, size > text->size ? size - text->size + 1 : 65536);
        if (at == NULL) return text->error == BUF_FULL ? EFBIG : ENOMEM;
        ssize_t got = read(fd, at, text->capacity - text->size);
        if (got == 0) return 0;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno;
        text->size += (size_t)got;
    }
}

/* Returns 0 or an errno. */
static int import_read_file(const char *path, struct buf *text)
{
    struct stat status;
    buf_clear(text);
    /* What was a regular file when it was found may be a FIFO now, whose writer never comes. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return errno;
    int error = fstat(fd, &status) == 0 ? 0 : errno;
    if (error == 0 && status.st_size > LIMIT_SPEC_BYTES) error = EFBIG;
    if (error == 0) error = import_read_all(fd, (size_t)status.st_size, text);
    close(fd);
    return error;
}

/* What the catalogue has of this file, or NULL. Another file of the same id is another API. */
static const struct format_api *import_old_api(const struct import_run *run, const struct import_file *file)
{
    uint32_t number;
    const struct segment *segment = run->old ? engine_find_api(run->old, file->id, &number) : NULL;
    if (segment == NULL) return NULL;
    const struct format_api *api = &segment->catalogue.apis[number];
    bool is_same_file = str_equal(catalogue_string(&segment->catalogue, api->source), str_from(file->path));
    return is_same_file && api->source_hash ? api : NULL;
}

/* Stores the text, and hands all that is known of the API to the others. */
static int import_pack(struct import_worker *worker, const struct document *document)
{
    struct str text = buf_str(&worker->text);
    if (outline_make(&worker->outline, document, text) != DOCUMENT_OK) return DOCUMENT_NO_MEMORY;
    struct pack_outline outline = outline_pack(&worker->outline);
    if (catalogue_builder_pack(worker->builder, text, &outline) != FILE_OK) return DOCUMENT_NO_MEMORY;
    return catalogue_union_add(worker->run->all, worker->builder) == FILE_OK ? DOCUMENT_OK : DOCUMENT_NO_MEMORY;
}

static int import_parse(struct import_worker *worker, struct import_file *file, uint64_t hash,
                        struct document_fault *fault)
{
    struct document document;
    int error = document_read(&document, buf_str(&worker->text), fault);
    if (error) return error;
    catalogue_builder_reset(worker->builder);
    error = openapi3_read(&document, file->id, str_from(file->path), worker->builder, fault);
    if (error == DOCUMENT_OK) {
        catalogue_builder_source(worker->builder, hash, file->time);
        error = import_pack(worker, &document);
    }
    document_close(&document);
    return error;
}

/* Returns -1 when there is no memory. A bad file is no error: its fault tells. */
static int import_one(struct import_worker *worker, struct import_file *file)
{
    struct document_fault fault;
    const struct format_api *old = import_old_api(worker->run, file);
    if (old && old->text_bytes == file->size && old->source_time == file->time) {
        file->is_unchanged = true;
        return 0;
    }
    int reason = import_read_file(file->path, &worker->text);
    if (reason == ENOMEM) return -1;
    if (reason == EFBIG) return import_file_fault(file, "it is larger than %d bytes", LIMIT_SPEC_BYTES);
    if (reason) return import_file_fault(file, "%s", strerror(reason));
    uint64_t hash = XXH3_64bits(worker->text.at, worker->text.size);
    if (old && old->text_bytes == worker->text.size && old->source_hash == hash) {
        file->is_unchanged = true;
        return 0;
    }
    switch (import_parse(worker, file, hash, &fault)) {
    case DOCUMENT_OK: return 0;
    case DOCUMENT_NO_MEMORY: return -1;
    default:
        if (fault.line == 0) return import_file_fault(file, "%s", fault.what);
        return import_file_fault(file, "%u:%u: %s", fault.line, fault.column, fault.what);
    }
}

/* ---- Threads --------------------------------------------------------------------------------------------- */

static void import_progress(struct import_run *run, const struct import_file *file)
{
    pthread_mutex_lock(&run->lock);
    run->progress.files++;
    run->progress.bytes += file->size;
    if (run->import->on_progress) run->import->on_progress(&run->progress, run->import->context);
    pthread_mutex_unlock(&run->lock);
}

/* Reads files until none is left. */
static int import_work(void *context, size_t number)
{
    struct import_worker *worker = (struct import_worker *)context + number;
    struct import_run *run = worker->run;
    for (size_t at; (at = atomic_fetch_add(&run->next, 1)) < run->files.count;) {
        struct import_file *file = run->by_size[at];
        if (file->fault == NULL && import_one(worker, file) != 0) {
            atomic_store(&run->next, run->files.count); /* all threads end */
            return ENGINE_ENOMEM;
        }
        import_progress(run, file);
    }
    return ENGINE_OK;
}

static int import_size_order(const void *a, const void *b)
{
    const struct import_file *left = *(struct import_file *const *)a, *right = *(struct import_file *const *)b;
    return left->size > right->size ? -1 : left->size < right->size;
}

static bool import_sort_by_size(struct import_run *run)
{
    run->by_size = calloc(run->files.count + 1, sizeof(struct import_file *));
    if (run->by_size == NULL) return false;
    for (size_t i = 0; i < run->files.count; i++) {
        run->by_size[i] = &run->files.at[i];
        run->progress.bytes_total += run->files.at[i].size;
    }
    run->progress.files_total = (uint32_t)run->files.count;
    qsort(run->by_size, run->files.count, sizeof(struct import_file *), import_size_order);
    return true;
}

static void import_free_workers(struct import_worker *workers, unsigned count)
{
    for (unsigned i = 0; workers && i < count; i++) {
        catalogue_builder_destroy(workers[i].builder);
        buf_free(&workers[i].text);
        outline_free(&workers[i].outline);
    }
    free(workers);
}

static struct import_worker *import_make_workers(struct import_run *run, unsigned count)
{
    struct import_worker *workers = calloc(count, sizeof *workers);
    for (unsigned i = 0; workers && i < count; i++) {
        workers[i].run = run;
        buf_init(&workers[i].text, (size_t)LIMIT_SPEC_BYTES + 1);
        outline_init(&workers[i].outline);
        if (catalogue_builder_create(&workers[i].builder) == FILE_OK) continue;
        import_free_workers(workers, count);
        return NULL;
    }
    return workers;
}

int import_run_read(struct import_run *run, unsigned threads)
{
    struct import_worker *workers = import_make_workers(run, threads);
    int error = workers && import_sort_by_size(run) ? ENGINE_OK : ENGINE_ENOMEM;
    if (error == ENGINE_OK) error = parallel_run(threads, threads, import_work, workers);
    import_free_workers(workers, threads);
    return error;
}

unsigned import_run_threads(unsigned asked)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = asked ? asked : processors > 0 ? (size_t)processors : 1;
    if (threads > IMPORT_THREADS_MAX) threads = IMPORT_THREADS_MAX;
    return threads ? (unsigned)threads : 1;
}
