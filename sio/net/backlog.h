/* backlog.h - what the kernel has not taken yet: a queue of chunks, each its own bytes or a reference to shared ones.
 */
#ifndef NET_BACKLOG_H
#define NET_BACKLOG_H

#include "counter.h"
#include "shared.h"
#include "str.h"

#include <sys/uio.h>

enum {
    /* The smallest chunk of own bytes: a flood of tiny messages must not cost an allocation each. */
    BACKLOG_CHUNK_BYTES = 4096,
    BACKLOG_PARTS = 64,
};

struct backlog_chunk;

/* All zero is an empty backlog. */
struct backlog {
    struct backlog_chunk *last; /* its successor is the first */
    size_t size;
    struct counter *total; /* counts the bytes of this backlog too; NULL: nothing does */
};

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
