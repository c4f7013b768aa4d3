#include "engine.h"

#include "details_cache.h"
#include "engine_state.h"
#include "limits.h"
#include "summaries.h"
#include "twins.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

_Static_assert(ENGINE_API == (int)CATALOGUE_API && ENGINE_ENDPOINT == (int)CATALOGUE_ENDPOINT &&
                   ENGINE_OBJECT == (int)CATALOGUE_OBJECT && ENGINE_PROPERTY == (int)CATALOGUE_PROPERTY &&
                   ENGINE_PARAMETER == (int)CATALOGUE_PARAMETER && ENGINE_KINDS == (int)FORMAT_KINDS,
               "kinds have the same numbers in the catalogue");
_Static_assert(ENGINE_REQUIRED == (int)CATALOGUE_REQUIRED && ENGINE_DEPRECATED == (int)CATALOGUE_DEPRECATED &&
                   ENGINE_READ_ONLY == (int)CATALOGUE_READ_ONLY && ENGINE_WRITE_ONLY == (int)CATALOGUE_WRITE_ONLY &&
                   ENGINE_NULLABLE == (int)CATALOGUE_NULLABLE,
               "flags have the same numbers in the catalogue");

const char *engine_strerror(int error)
{
    switch (error) {
    case ENGINE_OK: return "no error";
#define ENGINE_X(name, code, text)                                                                                     \
    case code: return text;
        ENGINE_ERRORS(ENGINE_X)
#undef ENGINE_X
    default: return "an unknown error";
    }
}

void engine_fault_set(struct engine_fault *fault, const char *format, ...)
{
    if (fault == NULL) return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
}

/* ---- Kinds ----------------------------------------------------------------------------------------------------- */

static const struct {
    struct str one, many;
} engine_kinds[ENGINE_KINDS] = {
    [ENGINE_API] = { STR_INIT("api"), STR_INIT("apis") },
    [ENGINE_ENDPOINT] = { STR_INIT("endpoint"), STR_INIT("endpoints") },
    [ENGINE_OBJECT] = { STR_INIT("object"), STR_INIT("objects") },
    [ENGINE_PROPERTY] = { STR_INIT("property"), STR_INIT("properties") },
    [ENGINE_PARAMETER] = { STR_INIT("parameter"), STR_INIT("parameters") },
};

struct str engine_kind_name(enum engine_kind kind)
{
    return (unsigned)kind < ENGINE_KINDS ? engine_kinds[kind].one : STR_EMPTY;
}

bool engine_kind_read(struct str name, enum engine_kind *kind)
{
    for (unsigned i = 0; i < ENGINE_KINDS; i++) {
        if (!str_equal(name, engine_kinds[i].one) && !str_equal(name, engine_kinds[i].many)) continue;
        *kind = (enum engine_kind)i;
        return true;
    }
    return false;
}

/* ---- Open and close -------------------------------------------------------------------------------------------- */

static int engine_open_error(int error, const char *path, const char *why, struct engine_fault *fault)
{
    switch (error) {
    case FILE_NO_MEMORY:
        engine_fault_set(fault, "%s: there is not enough memory to open it", path);
        return ENGINE_ENOMEM;
    case FILE_SYSTEM: engine_fault_set(fault, "%s: %s", path, strerror(errno)); return ENGINE_ESYS;
    default:
        engine_fault_set(fault, "%s: %s. Make it again with 'apiblaze import'.", path, why ? why : "it is damaged");
        return ENGINE_ECORRUPT;
    }
}

/* An open segment of `old`, which may be NULL, that is the same file. */
static const struct segment *engine_same_segment(const struct engine *old, const struct manifest_segment *listed)
{
    for (uint32_t i = 0; old && listed->name.size && i < old->segment_count; i++)
        if (file_checksum(&old->segments[i].file->file) == listed->checksum) return &old->segments[i];
    return NULL;
}

static int engine_open_segment(struct engine *self, const char *path, const struct engine *old, uint32_t number,
                               const char **why)
{
    const struct manifest_segment *listed = &self->store.manifest.segments[number];
    char *segment_path = store_segment_path(path, listed->name);
    if (segment_path == NULL) return FILE_NO_MEMORY;
    int error = segment_open(&self->segments[number], segment_path, listed, engine_same_segment(old, listed), why);
    int reason = errno;
    free(segment_path);
    if (error) {
        errno = reason;
        return error;
    }
    self->segment_count++;
    return twins_find(self->segments, number);
}

static int engine_open_store(struct engine *self, const char *path, const struct engine *old, const char **why)
{
    int error = store_read(&self->store, path);
    *why = self->store.why;
    for (uint32_t i = 0; error == FILE_OK && i < self->store.manifest.segment_count; i++)
        error = engine_open_segment(self, path, old, i, why);
    return error;
}

/* A writer may replace the list, and remove what it listed, between two steps here. */
enum { ENGINE_OPEN_TRIES = 5 };

int engine_reopen(struct engine **opened, const struct engine *old, const char *path, struct engine_fault *fault)
{
    *opened = NULL;
    for (unsigned tries = 1;; tries++) {
        const char *why = NULL;
        struct engine *self = calloc(1, sizeof *self);
        int error = self ? engine_open_store(self, path, old, &why) : FILE_NO_MEMORY;
        if (error == FILE_OK) {
            *opened = self;
            return ENGINE_OK;
        }
        int reason = errno;
        bool was_replaced = self && !self->store.is_single && error == FILE_SYSTEM && reason == ENOENT;
        engine_close(self);
        if (was_replaced && tries < ENGINE_OPEN_TRIES) continue;
        errno = reason;
        return engine_open_error(error, path, why, fault);
    }
}

int engine_open(struct engine **opened, const char *path, struct engine_fault *fault)
{
    return engine_reopen(opened, NULL, path, fault);
}

void engine_close(struct engine *self)
{
    if (self == NULL) return;
    for (uint32_t i = 0; i < MANIFEST_SEGMENTS_MAX; i++) segment_close(&self->segments[i]);
    store_free(&self->store);
    free(self);
}

uint64_t engine_generation(const struct engine *self)
{
    uint64_t generation = file_checksum(&self->segments[0].file->file);
    /* Each manifest has a number of its own, and the first segment tells this catalogue from others. */
    return generation + self->store.manifest.generation;
}

const struct segment *engine_find_api(const struct engine *self, struct str id, uint32_t *api)
{
    for (uint32_t i = 0; i < self->segment_count; i++) {
        *api = catalogue_api_find(&self->segments[i].catalogue, id);
        if (segment_has_api(&self->segments[i], *api)) return &self->segments[i];
    }
    return NULL;
}

static void engine_count_segment(const struct segment *segment, struct engine_counts *counts)
{
    counts->index_bytes += segment->file->file.size;
    for (uint32_t i = 0; i < segment->catalogue.api_count; i++) {
        const struct format_api *api = &segment->catalogue.apis[i];
        if (!segment_has_api(segment, i)) continue;
        for (unsigned kind = 0; kind < ENGINE_KINDS; kind++) counts->elements[kind] += api->counts[kind];
        counts->path_parameters += api->path_parameters;
        counts->text_bytes += api->text_bytes;
    }
}

void engine_counts(const struct engine *self, struct engine_counts *counts)
{
    *counts = (struct engine_counts){ .segments = self->segment_count, .generation = engine_generation(self) };
    for (uint32_t i = 0; i < self->segment_count; i++) engine_count_segment(&self->segments[i], counts);
}

static int engine_scratch_segment(struct segment_scratch *scratch, const struct segment *segment)
{
    if (search_scratch_create(&scratch->search, &segment->index, &segment->catalogue) != FILE_OK) return ENGINE_ENOMEM;
    scratch->summaries = summaries_create();
    return details_cache_create(&scratch->details, LIMIT_DETAILS_CACHE_BYTES);
}

static int engine_scratch_fill(struct engine_scratch *scratch, const struct engine *self)
{
    scratch->segments = calloc(self->segment_count, sizeof *scratch->segments);
    if (scratch->segments == NULL) return ENGINE_ENOMEM;
    while (scratch->segment_count < self->segment_count) {
        uint32_t number = scratch->segment_count++;
        int error = engine_scratch_segment(&scratch->segments[number], &self->segments[number]);
        if (error) return error;
    }
    return ENGINE_OK;
}

void engine_scratch_limit(struct engine_scratch *scratch, size_t bytes)
{
    for (uint32_t i = 0; i < scratch->segment_count; i++) details_cache_limit(scratch->segments[i].details, bytes);
}

int engine_scratch_create(struct engine_scratch **created, const struct engine *self)
{
    struct engine_scratch *scratch = *created = calloc(1, sizeof *scratch);
    if (scratch == NULL) return ENGINE_ENOMEM;
    int error = engine_scratch_fill(scratch, self);
    if (error == ENGINE_OK) return ENGINE_OK;
    engine_scratch_destroy(scratch);
    *created = NULL;
    return error;
}

void engine_scratch_destroy(struct engine_scratch *scratch)
{
    if (scratch == NULL) return;
    for (uint32_t i = 0; i < scratch->segment_count; i++) {
        search_scratch_destroy(scratch->segments[i].search);
        details_cache_destroy(scratch->segments[i].details);
        summaries_destroy(scratch->segments[i].summaries);
    }
    free(scratch->segments);
    free(scratch);
}
