/* import.c - specification files in, one index file out.
 *
 *     files ──┬─ thread: read → document → openapi3_read → catalogue_builder ─┬─ catalogue_union → index → file
 *             └─ thread: …                                                   ─┘
 *
 * Threads take the largest files first, so that none is left with a large one at the end. What comes out does
 * not depend on which thread read what (catalogue_union.h). */
#include "engine.h"

#include "buf.h"
#include "catalogue_builder.h"
#include "catalogue_union.h"
#include "clock.h"
#include "document.h"
#include "import_files.h"
#include "index_builder.h"
#include "limits.h"
#include "openapi3.h"
#include "parallel.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { IMPORT_THREADS_MAX = 256 };

struct import_run {
    const struct engine_import *import;
    struct catalogue_union *all;
    struct import_files files;
    struct import_file **by_size; /* the largest first */
    atomic_size_t next;           /* in by_size */
    pthread_mutex_t lock;         /* of progress and its callback */
    struct engine_progress progress;
};

struct import_worker {
    struct import_run *run;
    struct catalogue_builder *builder; /* of the file being read */
    struct buf text;
};

static int import_fault(struct engine_fault *fault, int error, const char *what, const char *where)
{
    if (fault) snprintf(fault->text, sizeof fault->text, "%s%s%s", where, *where ? ": " : "", what);
    return error;
}

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

static int import_parse(struct import_worker *worker, struct import_file *file, struct document_fault *fault)
{
    struct document document;
    int error = document_read(&document, buf_str(&worker->text), fault);
    if (error) return error;
    catalogue_builder_reset(worker->builder);
    error = openapi3_read(&document, file->id, str_from(file->path), worker->builder, fault);
    if (error == DOCUMENT_OK && (catalogue_builder_text(worker->builder, buf_str(&worker->text)) != FILE_OK ||
                                 catalogue_union_add(worker->run->all, worker->builder) != FILE_OK))
        error = DOCUMENT_NO_MEMORY;
    document_close(&document);
    return error;
}

/* Returns -1 when there is no memory. A bad file is no error: its fault tells. */
static int import_one(struct import_worker *worker, struct import_file *file)
{
    struct document_fault fault;
    int reason = import_read_file(file->path, &worker->text);
    if (reason == ENOMEM) return -1;
    if (reason == EFBIG) return import_file_fault(file, "it is larger than %d bytes", LIMIT_SPEC_BYTES);
    if (reason) return import_file_fault(file, "%s", strerror(reason));
    switch (import_parse(worker, file, &fault)) {
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

static unsigned import_thread_count(const struct engine_import *import)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = import->threads ? import->threads : processors > 0 ? (size_t)processors : 1;
    if (threads > IMPORT_THREADS_MAX) threads = IMPORT_THREADS_MAX;
    return threads ? (unsigned)threads : 1;
}

static void import_free_workers(struct import_worker *workers, unsigned count)
{
    for (unsigned i = 0; workers && i < count; i++) {
        catalogue_builder_destroy(workers[i].builder);
        buf_free(&workers[i].text);
    }
    free(workers);
}

static struct import_worker *import_make_workers(struct import_run *run, unsigned count)
{
    struct import_worker *workers = calloc(count, sizeof *workers);
    for (unsigned i = 0; workers && i < count; i++) {
        workers[i].run = run;
        buf_init(&workers[i].text, (size_t)LIMIT_SPEC_BYTES + 1);
        if (catalogue_builder_create(&workers[i].builder) == FILE_OK) continue;
        import_free_workers(workers, count);
        return NULL;
    }
    return workers;
}

/* Reads all files into the union. */
static int import_read(struct import_run *run, unsigned thread_count)
{
    struct import_worker *workers = import_make_workers(run, thread_count);
    if (workers == NULL) return ENGINE_ENOMEM;
    int error = parallel_run(thread_count, thread_count, import_work, workers);
    import_free_workers(workers, thread_count);
    return error;
}

/* ---- All of it ------------------------------------------------------------------------------------------ */

static void import_tell_faults(const struct import_run *run, struct engine_report *report)
{
    for (size_t i = 0; i < run->files.count; i++) {
        const struct import_file *file = &run->files.at[i];
        char *line = NULL;
        if (file->fault == NULL) {
            report->imported++;
            report->bytes += file->size;
            continue;
        }
        report->failed++;
        if (run->import->on_fault == NULL) continue;
        /* A place follows the path without a space, as compilers write it, so that editors find it. */
        bool has_place = *file->fault >= '0' && *file->fault <= '9';
        bool has_line = asprintf(&line, "%s:%s%s", file->path, has_place ? "" : " ", file->fault) >= 0;
        run->import->on_fault(has_line ? line : file->path, run->import->context);
        if (has_line) free(line);
    }
}

static void import_count(const struct catalogue *catalogue, struct engine_report *report)
{
    for (uint32_t i = 0; i < catalogue->api_count; i++) {
        for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) report->elements[kind] += catalogue->apis[i].counts[kind];
        report->path_parameters += catalogue->apis[i].path_parameters;
    }
}

/* The catalogue is written while the index is built from it. */
struct import_output {
    const struct import_run *run;
    unsigned threads;
    struct catalogue catalogue;
    struct index_builder *index;
    struct file_writer *writer;
};

static int import_output_task(void *context, size_t number)
{
    struct import_output *output = context;
    if (number == 0) return catalogue_union_write(output->run->all, output->writer);
    return index_builder_create(&output->index, &output->catalogue, output->threads);
}

static int import_write(struct import_run *run, unsigned threads, struct engine_report *report)
{
    struct import_output output = { .run = run, .threads = threads };
    if (catalogue_union_finish(run->all, threads, &output.catalogue) != FILE_OK) return ENGINE_ENOMEM;
    import_count(&output.catalogue, report);
    int error = file_writer_create(&output.writer, run->import->output);
    if (error) return error;
    error = parallel_run(threads, 2, import_output_task, &output);
    if (error == FILE_SYSTEM) error = file_writer_error(output.writer);
    if (error == FILE_OK) error = index_builder_write(output.index, output.writer);
    index_builder_destroy(output.index);
    if (error == FILE_OK) return file_writer_commit(output.writer, &report->index_bytes);
    file_writer_abandon(output.writer);
    return error;
}

static int import_files_to_index(struct import_run *run, struct engine_report *report, struct engine_fault *fault)
{
    if (!import_sort_by_size(run) || catalogue_union_create(&run->all) != FILE_OK)
        return import_fault(fault, ENGINE_ENOMEM, "out of memory", "");
    unsigned threads = import_thread_count(run->import);
    int error = import_read(run, threads);
    if (error == ENGINE_OK) {
        import_tell_faults(run, report);
        if (report->imported == 0) error = ENGINE_ENOTHING;
    }
    if (error == ENGINE_OK) error = import_write(run, threads, report);
    catalogue_union_destroy(run->all);
    if (error == ENGINE_ESYS)
        return import_fault(fault, error, errno == EWOULDBLOCK ? "another import is writing it" : strerror(errno),
                            run->import->output);
    if (error == ENGINE_ENOTHING)
        return import_fault(fault, error, "no specification could be imported; the index was left as it was", "");
    if (error) return import_fault(fault, error, "out of memory", "");
    return ENGINE_OK;
}

int engine_import(const struct engine_import *import, struct engine_report *report, struct engine_fault *fault)
{
    _Static_assert((int)ENGINE_KINDS == (int)FORMAT_KINDS, "the kinds of the engine are those of the file");
    _Static_assert((int)ENGINE_ENOMEM == (int)FILE_NO_MEMORY && (int)ENGINE_ESYS == (int)FILE_SYSTEM &&
                       (int)ENGINE_ECORRUPT == (int)FILE_CORRUPT,
                   "the engine passes the file's errors on");
    uint64_t start = clock_us();
    struct import_run run = { .import = import, .lock = PTHREAD_MUTEX_INITIALIZER };
    *report = (struct engine_report){ 0 };
    if (import->path_count == 0 || import->output == NULL || *import->output == '\0')
        return import_fault(fault, ENGINE_EINVAL, "an import needs files or folders to read and a file to write", "");
    int error = import_files_collect(&run.files, import->paths, import->path_count) == 0 ? ENGINE_OK : ENGINE_ENOMEM;
    if (error == ENGINE_OK)
        error = import_files_to_index(&run, report, fault);
    else
        import_fault(fault, error, "out of memory", "");
    import_files_free(&run.files);
    free(run.by_size);
    report->microseconds = clock_us() - start;
    return error;
}
