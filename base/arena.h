/* arena.h - memory for one request or one document, freed in one go.
 *
 * Blocks are chained and never move, so pointers stay good until arena_reset or arena_free.
 * An arena belongs to one thread. Running out of memory, or over the ceiling, gives NULL and is
 * remembered in `failed`, so that a long build may look once at the end. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "str.h"

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* the newest first */
    size_t used;                /* bytes taken from the newest block */
    size_t total;               /* bytes of all blocks */
    size_t limit;               /* most bytes of all blocks */
    bool failed;
};

/* An empty arena that holds at most `limit` bytes in all. Holds no memory until the first call. */
void arena_init(struct arena *arena, size_t limit);
/* Forgets all content; keeps one block for the next use. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

/* `size` bytes, aligned for any type, not zeroed; NULL when there is no memory. */
void *arena_alloc(struct arena *arena, size_t size);
/* `count` * `size` bytes, zeroed; NULL when there is no memory or the product overflows. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);
/* A copy of `text`, with a NUL behind it that its size does not count; the empty str on failure. */
struct str arena_copy(struct arena *arena, struct str text);
/* The texts behind one another, as arena_copy; unlike arena_format it takes a NUL in them. */
struct str arena_join(struct arena *arena, const struct str *texts, size_t count);
/* As printf; the empty str on failure. */
struct str arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
