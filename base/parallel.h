/* parallel.h - numbered tasks, shared out among threads. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stddef.h>

/* Does task `number`; returns 0, or a code that tells what failed. */
typedef int parallel_task(void *context, size_t number);

/* Does tasks 0, 1, 2 … `count` - 1, begun in this order, on this thread and up to `threads` - 1 others (0 counts as 1);
 * on fewer when the system refuses them. Returns when all are done: 0, or the code of one that failed, after which no
 * further ones are begun. */
int parallel_run(unsigned threads, size_t count, parallel_task *task, void *context);

#endif
