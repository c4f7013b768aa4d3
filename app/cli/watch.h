/* watch.h - the thread beside the loops: it waits for signals, and for another index in the place of the one in use.
 *
 *     SIGINT, SIGTERM   the server is stopped
 *     SIGHUP            the index is opened anew at once
 *     another file      opened here, then laid before the workers, each of which takes it between two events; the old
 *                       one is closed here when the last has left it
 *
 * The signals are blocked in all threads and taken here with signalfd, so that no handler runs and no global variable
 * is needed. inotify tells of another file at once; every few seconds it is looked for, too, as not every file system
 * tells. A new file that cannot be used is told on stderr once; the old index goes on answering.
 *
 * An index that consists of too many segments is made one by a thread of low priority. */
#ifndef WATCH_H
#define WATCH_H

#include "handlers.h"
#include "sio.h"

struct watch;

/* Blocks the signals for the calling thread and those it will start. Call it before any thread is there. */
void watch_block_signals(void);
/* Starts the thread. `path` is the index that `handlers` answers from; all outlive the watch. 0 or an errno. */
int watch_start(struct watch **watch, const char *path, sio_server *server, struct handlers *handlers);
/* Ends the thread and frees all. Call it when the server no longer runs. NULL is fine. */
void watch_stop(struct watch *watch);

#endif
