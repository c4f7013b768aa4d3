/* manifest.h - the small file that says of which index files a catalogue is made.
 *
 *     struct manifest_header   magic, version, number of segments, generation, checksum (XXH3) of all that follows
 *                              and of the header with this member zero
 *     each segment             size of its name (4 bytes), number of APIs removed from it (4), checksum of its header
 * (8), its name, then each API's id: size (4) and bytes
 *
 * A catalogue grows by a small segment, and APIs that a later segment has anew, or that were removed, stay in theirs
 * until segments are merged: the manifest names them. A segment is an index file (format.h) in the manifest's folder.
 * All numbers are little-endian; nothing is aligned. */
#ifndef ENGINE_MANIFEST_H
#define ENGINE_MANIFEST_H

#include "arena.h"
#include "buf.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

#define MANIFEST_MAGIC "APIBLZMF"
enum { MANIFEST_VERSION = 1, MANIFEST_SEGMENTS_MAX = 64, MANIFEST_NAME_BYTES = 255 };

struct manifest_header {
    char magic[8];
    uint32_t version;
    uint32_t segment_count;
    uint64_t generation; /* one more each time */
    uint64_t checksum;
};

struct manifest_segment {
    struct str name;     /* of a file beside the manifest: no slash in it */
    uint64_t checksum;   /* that of its header: another file of this name is not meant */
    struct str *removed; /* ids of APIs */
    uint32_t removed_count;
};

struct manifest {
    uint64_t generation;
    struct manifest_segment segments[MANIFEST_SEGMENTS_MAX]; /* the first is the oldest */
    uint32_t segment_count;
};

/* True when these bytes begin as a manifest does; then they are no index file. */
bool manifest_is(struct str bytes);
/* Reads a manifest; lists go into `arena`, texts stay in `bytes`. NULL, or a constant sentence that says what is wrong;
 * arena->failed tells whether it is memory. */
const char *manifest_read(struct manifest *manifest, struct str bytes, struct arena *arena);
/* Appends a manifest's bytes. What is wrong stays in the buf. */
void manifest_write(const struct manifest *manifest, struct buf *bytes);

#endif
