/* engine_state.h - what stands behind the handles of engine.h; for the files of the facade only.
 *
 * A catalogue is one index file, or several, its segments (store.h). Searching, reading and telling is done in one
 * segment at a time; segments.c brings together what they answer. */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "catalogue.h"
#include "engine.h"
#include "segment.h"
#include "store.h"

struct engine {
    struct segment segments[MANIFEST_SEGMENTS_MAX]; /* the first is the oldest, and mostly the largest */
    uint32_t segment_count;                         /* at least 1 */
    struct store store;                             /* of which it was opened */
};

struct engine_scratch {
    struct segment_scratch *segments; /* one for each */
    uint32_t segment_count;
};

/* Differs from that of every other catalogue. */
uint64_t engine_generation(const struct engine *self);

/* The segment that has this API, and its number there; NULL: none has. */
const struct segment *engine_find_api(const struct engine *self, struct str id, uint32_t *api);

/* Fills `fault`, which may be NULL, as printf would. */
void engine_fault_set(struct engine_fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
