/* segment.h - one index file of a catalogue, open, and what of it still counts. */
#ifndef ENGINE_SEGMENT_H
#define ENGINE_SEGMENT_H

#include "catalogue.h"
#include "engine.h"
#include "file.h"
#include "gaps.h"
#include "index.h"
#include "manifest.h"
#include "number_map.h"
#include "search.h"

#include <stdatomic.h>

/* A mapping that the engines of two generations may share. */
struct segment_file {
    atomic_uint users;
    struct file file;
};

struct segment {
    struct segment_file *file;
    struct catalogue catalogue;
    struct index index; /* index.weights: one byte an element, the importance that short ids are resolved by */
    struct gaps gaps;

    /* Groups of one name in several segments are one row. Each of all but the first segment knows by what they are
     * told from others: the segment and the group that came first (twins.h). */
    uint64_t *twins;            /* by group; NULL in the first segment */
    struct number_map of_twins; /* the other way */
};

struct details_cache; /* details_cache.h: opened documents */
struct summaries;
struct segment_scratch {
    struct search_scratch *search;
    struct summaries *summaries; /* may be NULL */
    struct details_cache *details;
};

/* Opens the file at `path`, or shares `same`, which may be NULL and is the same file, and leaves out what `listed` says
 * was removed. FILE_OK, FILE_SYSTEM, FILE_NO_MEMORY, FILE_CORRUPT and *why. */
int segment_open(struct segment *segment, const char *path, const struct manifest_segment *listed,
                 const struct segment *same, const char **why);
void segment_close(struct segment *segment); /* one that was zeroed is fine */

bool segment_has_api(const struct segment *segment, uint32_t api); /* and it was not removed */

/* What apis.c does in one segment; see engine.h. */
void segment_api(const struct segment *segment, uint32_t number, struct engine_api *api);

#endif
