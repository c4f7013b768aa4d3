/* import_run.h - the files of one import on their way into a catalogue_union; for the files of the facade. */
#ifndef ENGINE_IMPORT_RUN_H
#define ENGINE_IMPORT_RUN_H

#include "catalogue_union.h"
#include "engine_state.h"
#include "import_files.h"

#include <pthread.h>
#include <stdatomic.h>

struct import_run {
    const struct engine_import *import;
    const struct engine *old; /* what need not be read again is in it; NULL: there is none */
    struct catalogue_union *all;
    struct import_files files;
    struct import_file **by_size; /* the largest first */
    atomic_size_t next;           /* in by_size */
    pthread_mutex_t lock;         /* of progress and its callback */
    struct engine_progress progress;
};

/* Reads all files that changed into `run->all`, on so many threads. ENGINE_OK, ENGINE_ENOMEM: what is wrong with a file
 * is its fault. */
int import_run_read(struct import_run *run, unsigned threads);

/* How many threads an import or compaction runs on when `asked`, 0 for one a processor. */
unsigned import_run_threads(unsigned asked);

#endif
