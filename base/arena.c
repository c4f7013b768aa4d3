#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BLOCK_MIN = 4096, ARENA_BLOCK_MAX = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t capacity;
    alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *arena, size_t limit)
{
    *arena = (struct arena){ .limit = limit };
}

static void arena_free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_reset(struct arena *arena)
{
    struct arena_block *newest = arena->blocks;
    if (newest) {
        arena_free_blocks(newest->older);
        newest->older = NULL;
        arena->total = newest->capacity;
    }
    arena->used = 0;
    arena->failed = false;
}

void arena_free(struct arena *arena)
{
    arena_free_blocks(arena->blocks);
    arena_init(arena, arena->limit);
}

/* Blocks double with the arena, so that a small request stays small and a large one makes few calls. */
static bool arena_grow(struct arena *arena, size_t size)
{
    size_t capacity = arena->total < ARENA_BLOCK_MIN ? ARENA_BLOCK_MIN : arena->total;
    if (capacity > ARENA_BLOCK_MAX) capacity = ARENA_BLOCK_MAX;
    if (capacity < size) capacity = size;
    if (size > arena->limit - arena->total) return false;
    if (capacity > arena->limit - arena->total) capacity = arena->limit - arena->total;
    struct arena_block *block = malloc(sizeof *block + capacity);
    if (block == NULL) return false;
    block->older = arena->blocks;
    block->capacity = capacity;
    arena->blocks = block;
    arena->total += capacity;
    arena->used = 0;
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        arena->failed = true;
        return NULL;
    }
    size = (size + align - 1) / align * align;
    if (arena->blocks == NULL || size > arena->blocks->capacity - arena->used) {
        if (!arena_grow(arena, size)) {
            arena->failed = true;
            return NULL;
        }
    }
    void *at = arena->blocks->bytes + arena->used;
    arena->used += size;
    return at;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        arena->failed = true;
        return NULL;
    }
    void *at = arena_alloc(arena, bytes);
    if (at) memset(at, 0, bytes);
    return at;
}

struct str arena_copy(struct arena *arena, struct str text)
{
    char *at = arena_alloc(arena, text.size + 1);
    if (at == NULL) return STR_EMPTY;
    if (text.size) memcpy(at, text.at, text.size);
    at[text.size] = '\0';
    return (struct str){ at, text.size };
}

struct str arena_join(struct arena *arena, const struct str *texts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += texts[i].size;
    char *at = arena_alloc(arena, size + 1);
    if (at == NULL) return STR_EMPTY;
    size = 0;
    for (size_t i = 0; i < count; i++) {
        if (texts[i].size) memcpy(at + size, texts[i].at, texts[i].size);
        size += texts[i].size;
    }
    at[size] = '\0';
    return (struct str){ at, size };
}

struct str arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *at = size < 0 ? NULL : arena_alloc(arena, (size_t)size + 1);
    if (at == NULL) return STR_EMPTY;
    va_start(arguments, format);
    vsnprintf(at, (size_t)size + 1, format, arguments);
    va_end(arguments);
    return (struct str){ at, (size_t)size };
}
