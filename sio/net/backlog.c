#include "backlog.h"

#include <stdlib.h>

static void backlog_push(struct backlog *backlog, struct backlog_chunk *chunk)
{
    struct backlog_chunk *last = backlog->last;
    chunk->next = last ? last->next : chunk;
    chunk->all = backlog_size(backlog) + chunk->end - chunk->start;
    if (last) last->next = chunk;
    backlog->last = chunk;
}

static bool backlog_append_to_last(struct backlog *backlog, struct str bytes)
{
    struct backlog_chunk *last = backlog->last;
    if (last == NULL || last->shared || last->capacity - last->end < bytes.size) return false;
    memcpy(last->bytes + last->end, bytes.at, bytes.size);
    last->end += bytes.size;
    last->all += bytes.size;
    return true;
}

int backlog_append(struct backlog *backlog, struct str bytes)
{
    if (bytes.size == 0 || backlog_append_to_last(backlog, bytes)) return 0;
    size_t capacity = bytes.size < BACKLOG_CHUNK_BYTES ? BACKLOG_CHUNK_BYTES : bytes.size;
    struct backlog_chunk *chunk = malloc(sizeof *chunk + capacity);
    if (chunk == NULL) return -1;
    *chunk = (struct backlog_chunk){ .end = bytes.size, .capacity = capacity };
    memcpy(chunk->bytes, bytes.at, bytes.size);
    backlog_push(backlog, chunk);
    return 0;
}

int backlog_append_shared(struct backlog *backlog, struct shared *shared, size_t offset)
{
    if (offset >= shared->size) return 0;
    struct backlog_chunk *chunk = malloc(sizeof *chunk);
    if (chunk == NULL) return -1;
    *chunk = (struct backlog_chunk){ .shared = shared_take(shared), .start = offset, .end = shared->size };
    backlog_push(backlog, chunk);
    return 0;
}

int backlog_parts(const struct backlog *backlog, struct iovec parts[BACKLOG_PARTS])
{
    int count = 0;
    struct backlog_chunk *chunk = backlog->last;
    if (chunk == NULL) return 0;
    do {
        chunk = chunk->next;
        char *bytes = chunk->shared ? chunk->shared->bytes : chunk->bytes;
        parts[count++] = (struct iovec){ bytes + chunk->start, chunk->end - chunk->start };
    } while (chunk != backlog->last && count < BACKLOG_PARTS);
    return count;
}

static void backlog_drop_first(struct backlog *backlog)
{
    struct backlog_chunk *first = backlog->last->next;
    if (first == backlog->last)
        backlog->last = NULL;
    else
        backlog->last->next = first->next;
    shared_drop(first->shared);
    free(first);
}

void backlog_consume(struct backlog *backlog, size_t size)
{
    while (size && backlog->last) {
        struct backlog_chunk *first = backlog->last->next;
        size_t part = first->end - first->start;
        if (part > size) part = size;
        first->start += part;
        backlog->last->all -= part;
        size -= part;
        if (first->start == first->end) backlog_drop_first(backlog);
    }
}

void backlog_clear(struct backlog *backlog)
{
    backlog_consume(backlog, backlog_size(backlog));
}
