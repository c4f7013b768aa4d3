#include "buf.h"

#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf, size_t limit)
{
    *buf = (struct buf){ .limit = limit };
}

void buf_free(struct buf *buf)
{
    free(buf->at);
    buf_init(buf, buf->limit);
}

static size_t buf_next_capacity(const struct buf *buf, size_t wanted)
{
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity < wanted) capacity += capacity / 2;
    return capacity < buf->limit ? capacity : buf->limit;
}

char *buf_grow(struct buf *buf, size_t more)
{
    if (buf->error != BUF_OK) return NULL;
    if (more > buf->limit - buf->size) {
        buf->error = BUF_FULL;
        return NULL;
    }
    size_t wanted = buf->size + more;
    if (wanted > buf->capacity || buf->at == NULL) {
        size_t capacity = buf_next_capacity(buf, wanted);
        char *at = realloc(buf->at, capacity ? capacity : 1);
        if (at == NULL) {
            buf->error = BUF_NO_MEMORY;
            return NULL;
        }
        buf->at = at;
        buf->capacity = capacity;
    }
    return buf->at + buf->size;
}

void buf_append_format(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *at = size < 0 ? NULL : buf_reserve(buf, (size_t)size + 1); /* vsnprintf ends with a NUL */
    if (at == NULL) return;
    va_start(arguments, format);
    vsnprintf(at, (size_t)size + 1, format, arguments);
    va_end(arguments);
    buf->size += (size_t)size;
}

void buf_consume(struct buf *buf, size_t size)
{
    if (size >= buf->size) {
        buf->size = 0;
        return;
    }
    if (size == 0) return;
    memmove(buf->at, buf->at + size, buf->size - size);
    buf->size -= size;
}
