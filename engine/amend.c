#include "amend.h"

#include <errno.h>

int amend_begin(struct store_change *change, const char *path, unsigned milliseconds, struct engine **old,
                struct engine_fault *fault)
{
    int error = store_begin(change, path, milliseconds);
    if (error) {
        bool is_busy = error == FILE_SYSTEM && errno == EWOULDBLOCK;
        engine_fault_set(fault, "%s: %s", path,
                         is_busy                ? "another import is writing it"
                         : error == FILE_SYSTEM ? strerror(errno)
                                                : engine_strerror(error));
        return error;
    }
    error = engine_open(old, path, fault);
    if (error) store_abandon(change);
    return error;
}

int amend_start(struct amend *amend, struct store_change *change, const struct engine *old, size_t most)
{
    struct arena *arena = &change->store.arena;
    *amend = (struct amend){ .old = old, .next = change->store.manifest };
    for (uint32_t i = 0; i < amend->next.segment_count; i++) {
        struct manifest_segment *segment = &amend->next.segments[i];
        const struct str *removed = segment->removed;
        segment->checksum = file_checksum(&old->segments[i].file->file);
        segment->removed = arena_calloc(arena, segment->removed_count + most + 1, sizeof *segment->removed);
        if (segment->removed == NULL) return FILE_NO_MEMORY;
        if (segment->removed_count) memcpy(segment->removed, removed, segment->removed_count * sizeof *removed);
    }
    return FILE_OK;
}

bool amend_remove(struct amend *amend, struct str id)
{
    for (uint32_t i = 0; i < amend->old->segment_count; i++) {
        const struct segment *segment = &amend->old->segments[i];
        struct manifest_segment *next = &amend->next.segments[i];
        if (!segment_has_api(segment, catalogue_api_find(&segment->catalogue, id))) continue;
        next->removed[next->removed_count++] = id;
        return true; /* an API that counts is in one segment */
    }
    return false;
}

bool amend_add(struct amend *amend, const struct manifest_segment *segment)
{
    if (amend->next.segment_count == MANIFEST_SEGMENTS_MAX) return false;
    amend->next.segments[amend->next.segment_count++] = *segment;
    return true;
}
