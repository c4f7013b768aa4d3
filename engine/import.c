/* import.c - specification files in, an index out.
 *
 *     files ──┬─ thread: read → document → openapi3_read → catalogue_builder ─┬─ catalogue_union → index → file
 *             └─ thread: …                                                   ─┘
 *
 * Threads take the largest files first, so that none is left with a large one at the end. What comes out does
 * not depend on which thread read what (catalogue_union.h).
 *
 * Files that the index has already are not read again. When little has changed, that alone becomes a segment beside the
 * old ones (store.h), and the APIs that it replaces stay where they are and do not count any more. When much has, all
 * is written to one file, the unchanged APIs copied from the old index. */
#include "engine.h"

#include "amend.h"
#include "assemble.h"
#include "clock.h"
#include "import_run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

/* One part in so many of an index that may change before all of it is written anew. */
enum { IMPORT_SHARE = 8 };

static int import_fault(struct engine_fault *fault, int error, const char *what, const char *where)
{
    if (fault) snprintf(fault->text, sizeof fault->text, "%s%s%s", where, *where ? ": " : "", what);
    return error;
}

/* ---- What came of the files ------------------------------------------------------------------------------------ */

static void import_tell_fault(const struct import_run *run, const struct import_file *file)
{
    char *line = NULL;
    if (run->import->on_fault == NULL) return;
    /* A place follows the path without a space, as compilers write it, so that editors find it. */
    bool has_place = *file->fault >= '0' && *file->fault <= '9';
    bool has_line = asprintf(&line, "%s:%s%s", file->path, has_place ? "" : " ", file->fault) >= 0;
    run->import->on_fault(has_line ? line : file->path, run->import->context);
    if (has_line) free(line);
}

static void import_report_files(const struct import_run *run, struct engine_report *report)
{
    for (size_t i = 0; i < run->files.count; i++) {
        const struct import_file *file = &run->files.at[i];
        if (file->fault) {
            report->failed++;
            import_tell_fault(run, file);
        } else if (file->is_unchanged) {
            report->unchanged++;
        } else {
            report->imported++;
            report->bytes += file->size;
        }
    }
}

static int import_id_order(const void *key, const void *file)
{
    return str_compare(*(const struct str *)key, ((const struct import_file *)file)->id);
}

/* The good file that an API is in; NULL: none. Of two files with one id, the second has a fault. */
static const struct import_file *import_file_of(const struct import_run *run, struct str id)
{
    const struct import_files *files = &run->files;
    const struct import_file *found =
        files->count ? bsearch(&id, files->at, files->count, sizeof *files->at, import_id_order) : NULL;
    while (found && found > files->at && str_equal(found[-1].id, id)) found--;
    while (found && found->fault && found + 1 < files->at + files->count && str_equal(found[1].id, id)) found++;
    return found && !found->fault ? found : NULL;
}

/* What becomes of each API of the old index. */
struct import_fate {
    struct assemble_api *kept; /* as they are */
    struct assemble_api *gone; /* replaced, or in no file any more */
    size_t kept_count, gone_count;
    uint64_t kept_bytes, gone_bytes; /* of their specifications */
};

static void import_judge(const struct import_run *run, struct import_fate *fate, const struct segment *segment,
                         uint32_t number, struct engine_report *report)
{
    const struct format_api *api = &segment->catalogue.apis[number];
    const struct import_file *file = import_file_of(run, catalogue_string(&segment->catalogue, api->id));
    if (file ? file->is_unchanged : run->import->keeps) {
        fate->kept[fate->kept_count++] = (struct assemble_api){ segment, number };
        fate->kept_bytes += api->text_bytes;
        return;
    }
    fate->gone[fate->gone_count++] = (struct assemble_api){ segment, number };
    fate->gone_bytes += api->text_bytes;
    report->removed += file == NULL;
}

static int import_find_fate(const struct import_run *run, struct import_fate *fate, struct engine_report *report)
{
    size_t most = 0;
    *fate = (struct import_fate){ .kept = NULL };
    for (uint32_t i = 0; run->old && i < run->old->segment_count; i++)
        most += run->old->segments[i].catalogue.api_count;
    fate->kept = malloc((most + 1) * sizeof *fate->kept);
    fate->gone = malloc((most + 1) * sizeof *fate->gone);
    if (fate->kept == NULL || fate->gone == NULL) return ENGINE_ENOMEM;
    for (uint32_t i = 0; run->old && i < run->old->segment_count; i++)
        for (uint32_t api = 0; api < run->old->segments[i].catalogue.api_count; api++)
            if (segment_has_api(&run->old->segments[i], api))
                import_judge(run, fate, &run->old->segments[i], api, report);
    return ENGINE_OK;
}

/* ---- Writing --------------------------------------------------------------------------------------------------- */

static void import_count_apis(const struct catalogue *catalogue, struct engine_report *report)
{
    for (uint32_t i = 0; i < catalogue->api_count; i++) {
        for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) report->elements[kind] += catalogue->apis[i].counts[kind];
        report->path_parameters += catalogue->apis[i].path_parameters;
    }
}

static void import_count_engine(const struct engine *old, struct engine_report *report)
{
    struct engine_counts counts;
    engine_counts(old, &counts);
    memcpy(report->elements, counts.elements, sizeof report->elements);
    report->path_parameters = counts.path_parameters;
}

/* All in one file, in the place of what was there. */
static int import_write_all(struct import_run *run, struct store_change *change, const struct import_fate *fate,
                            unsigned threads, struct engine_report *report)
{
    int error = assemble_copy(run->all, fate->kept, fate->kept_count, threads);
    if (error == FILE_OK && change->writer == NULL) error = file_writer_create(&change->writer, change->path);
    struct catalogue made;
    if (error == FILE_OK) error = assemble_write(run->all, threads, change->writer, &made);
    if (error) return error;
    import_count_apis(&made, report);
    struct file_writer *writer = change->writer;
    change->writer = NULL;
    error = file_writer_commit(writer, &report->index_bytes);
    if (error == FILE_OK) store_clean(change->path);
    return error;
}

static int import_write_segment(struct import_run *run, struct store_change *change, const struct import_fate *fate,
                                unsigned threads, struct engine_report *report)
{
    struct amend amend;
    struct manifest_segment made;
    int error = amend_start(&amend, change, run->old, fate->gone_count);
    for (size_t i = 0; error == FILE_OK && i < fate->gone_count; i++) {
        const struct catalogue *catalogue = &fate->gone[i].segment->catalogue;
        amend_remove(&amend, catalogue_string(catalogue, catalogue->apis[fate->gone[i].number].id));
    }
    if (error == FILE_OK && report->imported > 0) {
        error = assemble_segment(run->all, threads, change, &made, &report->index_bytes);
        if (error == FILE_OK) amend_add(&amend, &made);
    }
    if (error == FILE_OK) error = store_commit(change, &amend.next);
    if (error) return error;
    /* What was open already is not read again. */
    struct engine *now;
    error = engine_reopen(&now, run->old, change->path, NULL);
    if (error) return error;
    import_count_engine(now, report);
    engine_close(now);
    return ENGINE_OK;
}

static int import_write_changes(struct import_run *run, struct store_change *change, const struct import_fate *fate,
                                unsigned threads, struct engine_report *report)
{
    const struct engine *old = run->old;
    bool is_changed = report->imported > 0 || fate->gone_count > 0;
    bool is_small = fate->kept_count > 0 && report->bytes + fate->gone_bytes <= fate->kept_bytes / IMPORT_SHARE;
    bool is_added = old && run->import->keeps && old->segment_count < MANIFEST_SEGMENTS_MAX;
    if (!is_added && (old == NULL || !is_small || engine_wants_compaction(old)))
        return import_write_all(run, change, fate, threads, report);
    if (is_changed) return import_write_segment(run, change, fate, threads, report);
    import_count_engine(old, report);
    return ENGINE_OK;
}

static int import_write(struct import_run *run, struct store_change *change, unsigned threads,
                        struct engine_report *report)
{
    struct import_fate fate;
    int error = import_find_fate(run, &fate, report);
    if (error == ENGINE_OK && report->imported == 0 && report->unchanged == 0) error = ENGINE_ENOTHING;
    if (error == ENGINE_OK) error = import_write_changes(run, change, &fate, threads, report);
    free(fate.kept);
    free(fate.gone);
    return error;
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

static int import_told(const struct import_run *run, int error, struct engine_fault *fault)
{
    switch (error) {
    case ENGINE_OK: return ENGINE_OK;
    case ENGINE_ESYS:
        return import_fault(fault, error, errno == EWOULDBLOCK ? "another import is writing it" : strerror(errno),
                            run->import->output);
    case ENGINE_ENOTHING:
        return import_fault(fault, error, "no specification could be imported; the index was left as it was", "");
    default: return import_fault(fault, error, "out of memory", "");
    }
}

static int import_files_to_index(struct import_run *run, struct store_change *change, struct engine_report *report,
                                 struct engine_fault *fault)
{
    unsigned threads = import_run_threads(run->import->threads);
    int error = catalogue_union_create(&run->all) == FILE_OK ? ENGINE_OK : ENGINE_ENOMEM;
    if (error == ENGINE_OK) error = import_run_read(run, threads);
    if (error == ENGINE_OK) {
        import_report_files(run, report);
        error = import_write(run, change, threads, report);
    }
    int reason = errno;
    catalogue_union_destroy(run->all);
    errno = reason;
    return import_told(run, error, fault);
}

/* What is there and can be used, under the lock. An index that is damaged or of another version is made anew. */
static int import_begin(struct import_run *run, struct store_change *change, struct engine **old)
{
    const struct engine_import *import = run->import;
    *old = NULL;
    int error = store_begin(change, import->output, import->keeps ? AMEND_WAIT_MS : 0);
    bool is_there = error == FILE_OK;
    /* No index yet, or none that can be read: it is locked when it is written. */
    if (error == FILE_CORRUPT || (error == FILE_SYSTEM && errno == ENOENT)) error = FILE_OK;
    if (error) return error;
    if (is_there && !import->is_fresh) {
        error = engine_open(old, import->output, NULL);
        if (error == ENGINE_ECORRUPT || error == ENGINE_ESYS) error = ENGINE_OK;
    }
    run->old = *old;
    return error;
}

static int import_run_all(struct import_run *run, struct engine_report *report, struct engine_fault *fault)
{
    struct store_change change = { .path = run->import->output };
    struct engine *old;
    int error = import_begin(run, &change, &old);
    if (error)
        error = import_told(run, error, fault);
    else
        error = import_files_to_index(run, &change, report, fault);
    store_abandon(&change);
    engine_close(old);
    return error;
}

static uint64_t import_peak(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss * 1024 : 0;
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
        error = import_run_all(&run, report, fault);
    else
        import_fault(fault, error, "out of memory", "");
    import_files_free(&run.files);
    free(run.by_size);
    report->microseconds = clock_us() - start;
    report->peak_bytes = import_peak();
    return error;
}
