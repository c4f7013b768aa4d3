#include "engine.h"

#include "details_cache.h"
#include "engine_state.h"

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

static int engine_open_parts(struct engine *self)
{
    int error = catalogue_open(&self->catalogue, &self->file);
    return error ? error : index_open(&self->index, &self->file, &self->catalogue);
}

int engine_open(struct engine **opened, const char *path, struct engine_fault *fault)
{
    *opened = NULL;
    struct engine *self = calloc(1, sizeof *self);
    if (self == NULL) return engine_open_error(FILE_NO_MEMORY, path, NULL, fault);
    int error = file_open(&self->file, path);
    if (error) {
        error = engine_open_error(error, path, self->file.why, fault);
        free(self);
        return error;
    }
    error = engine_open_parts(self);
    if (error) {
        error = engine_open_error(error, path, self->file.why, fault);
        engine_close(self);
        return error;
    }
    *opened = self;
    return ENGINE_OK;
}

void engine_close(struct engine *self)
{
    if (self == NULL) return;
    file_close(&self->file);
    free(self);
}

uint64_t engine_generation(const struct engine *self)
{
    return file_checksum(&self->file);
}

void engine_counts(const struct engine *self, struct engine_counts *counts)
{
    *counts = (struct engine_counts){ .index_bytes = self->file.size };
    for (uint32_t i = 0; i < self->catalogue.api_count; i++) {
        const struct format_api *api = &self->catalogue.apis[i];
        for (unsigned kind = 0; kind < ENGINE_KINDS; kind++) counts->elements[kind] += api->counts[kind];
        counts->path_parameters += api->path_parameters;
        counts->text_bytes += api->text_bytes;
    }
}

int engine_scratch_create(struct engine_scratch **created, const struct engine *self)
{
    struct engine_scratch *scratch = *created = calloc(1, sizeof *scratch);
    if (scratch == NULL) return ENGINE_ENOMEM;
    if (search_scratch_create(&scratch->search, &self->index, &self->catalogue) == FILE_OK) return ENGINE_OK;
    engine_scratch_destroy(scratch);
    *created = NULL;
    return ENGINE_ENOMEM;
}

void engine_scratch_destroy(struct engine_scratch *scratch)
{
    if (scratch == NULL) return;
    search_scratch_destroy(scratch->search);
    details_cache_destroy(scratch->details);
    free(scratch);
}
