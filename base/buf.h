/* buf.h - owned bytes that grow up to a ceiling.
 *
 * A buf is born with its ceiling, so that nothing read from outside grows without bound.
 * The error stays in the buf: after a failed append the content is unchanged, every later append does
 * nothing, and `error` is looked at once at the end. Appends may move the bytes: a str cut from a buf
 * is good until the next append.
 *
 * What is called for every few bytes stands here, so that it is compiled into its callers. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "str.h"

#include <stdarg.h>
#include <stddef.h>

enum buf_error {
    BUF_OK = 0,
    BUF_NO_MEMORY,
    BUF_FULL, /* the ceiling is reached */
};

struct buf {
    char *at; /* NULL while empty and never grown */
    size_t size;
    size_t capacity;
    size_t limit; /* most bytes it may hold */
    enum buf_error error;
};

/* An empty buf that holds at most `limit` bytes. Holds no memory until the first append. */
void buf_init(struct buf *buf, size_t limit);
/* Frees the bytes; the buf is empty and usable again with the same limit. */
void buf_free(struct buf *buf);
/* Empties it and clears the error; keeps the memory. */
static inline void buf_clear(struct buf *buf)
{
    buf->size = 0;
    buf->error = BUF_OK;
}

/* The slow half of buf_reserve. */
char *buf_grow(struct buf *buf, size_t more);
/* Makes room for `more` bytes behind the content. Returns where they begin, NULL on error. */
static inline char *buf_reserve(struct buf *buf, size_t more)
{
    if (buf->error == BUF_OK && buf->at && more <= buf->capacity - buf->size) return buf->at + buf->size;
    return buf_grow(buf, more);
}

static inline void buf_append(struct buf *buf, const void *bytes, size_t size)
{
    char *at = buf_reserve(buf, size);
    if (at == NULL || size == 0) return;
    memcpy(at, bytes, size);
    buf->size += size;
}

static inline void buf_append_str(struct buf *buf, struct str text)
{
    buf_append(buf, text.at, text.size);
}

static inline void buf_append_byte(struct buf *buf, char byte)
{
    buf_append(buf, &byte, 1);
}

/* As printf. */
void buf_append_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Drops `size` bytes at the front. */
void buf_consume(struct buf *buf, size_t size);

/* The content, borrowed. */
static inline struct str buf_str(const struct buf *buf)
{
    return buf->at ? (struct str){ buf->at, buf->size } : STR_EMPTY;
}

#endif
