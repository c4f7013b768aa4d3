/* engine_compact: segments become one. Their APIs are copied as they are in the catalogue; no specification is read. */
#include "amend.h"
#include "assemble.h"
#include "import_run.h"

#include <stdlib.h>

enum {
    COMPACT_SEGMENTS = 8, /* every search goes through each */
    COMPACT_SHARE = 4,    /* one part in so many of the whole that is in small segments, or does not count any more */
};

static uint64_t compact_gone_bytes(const struct segment *segment)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < segment->catalogue.api_count; i++)
        if (!segment_has_api(segment, i)) bytes += segment->catalogue.apis[i].text_bytes;
    return bytes;
}

/* Whether the first segment should be written anew, too. */
static bool compact_wants_all(const struct engine *self)
{
    uint64_t first = self->segments[0].file->file.size, others = 0, gone = 0;
    struct engine_counts counts;
    engine_counts(self, &counts);
    for (uint32_t i = 0; i < self->segment_count; i++) gone += compact_gone_bytes(&self->segments[i]);
    for (uint32_t i = 1; i < self->segment_count; i++) others += self->segments[i].file->file.size;
    return others > first / COMPACT_SHARE || gone > counts.text_bytes / COMPACT_SHARE;
}

bool engine_wants_compaction(const struct engine *self)
{
    return self->segment_count > COMPACT_SEGMENTS || compact_wants_all(self);
}

static struct assemble_api *compact_apis(const struct engine *self, uint32_t first, size_t *count)
{
    size_t most = 0;
    for (uint32_t i = first; i < self->segment_count; i++) most += self->segments[i].catalogue.api_count;
    struct assemble_api *apis = malloc((most + 1) * sizeof *apis);
    *count = 0;
    for (uint32_t i = first; apis && i < self->segment_count; i++)
        for (uint32_t api = 0; api < self->segments[i].catalogue.api_count; api++)
            if (segment_has_api(&self->segments[i], api))
                apis[(*count)++] = (struct assemble_api){ &self->segments[i], api };
    return apis;
}

static int compact_into(struct catalogue_union *all, struct store_change *change, const struct engine *old,
                        uint32_t first, unsigned threads)
{
    struct amend amend;
    struct manifest_segment made;
    size_t count;
    struct assemble_api *apis = compact_apis(old, first, &count);
    int error = apis ? assemble_copy(all, apis, count, threads) : FILE_NO_MEMORY;
    free(apis);
    if (error == FILE_OK) error = amend_start(&amend, change, old, 0);
    if (error == FILE_OK) error = assemble_segment(all, threads, change, &made, NULL);
    if (error) return error;
    amend.next.segment_count = first;
    amend_add(&amend, &made);
    return store_commit(change, &amend.next);
}

int engine_compact(const char *path, unsigned threads, struct engine_fault *fault)
{
    struct store_change change;
    struct engine *old;
    struct catalogue_union *all;
    int error = amend_begin(&change, path, AMEND_WAIT_MS, &old, fault);
    if (error) return error;
    uint32_t first = compact_wants_all(old) ? 0 : 1;
    error = catalogue_union_create(&all);
    if (error == FILE_OK && old->segment_count - first > 0)
        error = compact_into(all, &change, old, first, import_run_threads(threads));
    catalogue_union_destroy(all);
    engine_close(old);
    store_abandon(&change);
    if (error) engine_fault_set(fault, "%s: %s", path, engine_strerror(error));
    return error;
}
