/* backlog.h - what the kernel has not taken yet: a queue of chunks, each its own bytes or a reference to shared ones.
 */
#ifndef NET_BACKLOG_H
#define NET_BACKLOG_H

#include "shared.h"
#include "str.h"

#include <sys/uio.h>

enum {
    /* The smallest chunk of own bytes: a flood of tiny messages must not cost an allocation each. */
    BACKLOG_CHUNK_BYTES = 4096,
    BACKLOG_PARTS = 64,
};

struct backlog_chunk {
    struct backlog_chunk *next;
    struct shared *shared; /* NULL: own bytes */
    size_t start, end, capacity;
    size_t all; /* of the last one: the bytes of the whole backlog */
    char bytes[];
};

/* All zero is an empty backlog: a pointer is all that a connection has of one while nothing waits. */
struct backlog {
    struct backlog_chunk *last; /* its successor is the first */
};

static inline size_t backlog_size(const struct backlog *backlog)
{
    return backlog->last ? backlog->last->all : 0;
}

/* Copies `bytes` to the end. 0, or -1: no memory. */
int backlog_append(struct backlog *backlog, struct str bytes);
/* Puts `shared` from `offset` on at the end, with a reference of its own. 0, or -1: no memory. */
int backlog_append_shared(struct backlog *backlog, struct shared *shared, size_t offset);
/* The bytes at the front, for writev(2): returns how many parts were filled, at most BACKLOG_PARTS. */
int backlog_parts(const struct backlog *backlog, struct iovec parts[BACKLOG_PARTS]);
/* Drops `size` bytes at the front. */
void backlog_consume(struct backlog *backlog, size_t size);
void backlog_clear(struct backlog *backlog);

#endif
