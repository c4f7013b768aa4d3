/* store.h - a catalogue on disk: at its path either one index file, or a manifest (manifest.h) and its segments.
 *
 *     catalogue.apiblaze            the manifest; before the first change the index file itself
 *     catalogue.apiblaze.1.segment  index files that it lists, each written once
 *     catalogue.apiblaze.7.segment
 *     catalogue.apiblaze.new        the next one while it is written, and the lock of whoever writes it
 *
 * Only the manifest ever changes, by being renamed over: so a kill at any moment leaves the old catalogue or the new
 * one. Files that no manifest lists are removed by the next writer. */
#ifndef ENGINE_STORE_H
#define ENGINE_STORE_H

#include "arena.h"
#include "buf.h"
#include "file.h"
#include "manifest.h"

struct store {
    struct manifest manifest; /* of a single index file: one segment without a name */
    bool is_single;
    const char *why; /* after FILE_CORRUPT */
    struct buf bytes;
    struct arena arena; /* what a new manifest is made of may be put here */
};

/* Reads what is at `path`. FILE_OK, FILE_SYSTEM, FILE_CORRUPT, FILE_NO_MEMORY; to be freed in all cases. */
int store_read(struct store *store, const char *path);
void store_free(struct store *store);
/* The path of a segment, malloced; NULL: no memory. That without a name is at `path` itself. */
char *store_segment_path(const char *path, struct str name);

/* A change. Begin takes the lock, waiting for as many milliseconds if somebody has it (FILE_SYSTEM and EWOULDBLOCK
 * then), and reads the catalogue into `store`, which is good until the change is ended by commit or abandon. A
 * catalogue that is not there yet gives FILE_SYSTEM and ENOENT. */
struct store_change {
    const char *path;
    struct store store;
    struct file_writer *writer;
};
int store_begin(struct store_change *change, const char *path, unsigned milliseconds);
/* Names the segment that comes with the change; in the store's arena. The empty str: no memory. */
struct str store_new_segment(struct store_change *change);
/* Makes `manifest`, whose generation is set here, the catalogue; then removes what is not listed any more. */
int store_commit(struct store_change *change, struct manifest *manifest);
void store_abandon(struct store_change *change);

/* Removes segments that are not listed, unless somebody is writing: after a catalogue became a single file. */
void store_clean(const char *path);

#endif
