/* bitmap.h - sets of small numbers, one bit each. */
#ifndef ENGINE_BITMAP_H
#define ENGINE_BITMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BITMAP_BITS = 64 };

/* The 64-bit words that `count` numbers need. */
static inline size_t bitmap_words(size_t count)
{
    return (count + BITMAP_BITS - 1) / BITMAP_BITS;
}

static inline bool bitmap_has(const uint64_t *bitmap, uint32_t number)
{
    return bitmap[number / BITMAP_BITS] >> (number % BITMAP_BITS) & 1;
}

static inline void bitmap_set(uint64_t *bitmap, uint32_t number)
{
    bitmap[number / BITMAP_BITS] |= (uint64_t)1 << (number % BITMAP_BITS);
}

static inline void bitmap_clear(uint64_t *bitmap, uint32_t number)
{
    bitmap[number / BITMAP_BITS] &= ~((uint64_t)1 << number % BITMAP_BITS);
}

/* How many bits are set. The builtin is a call of a function where the processor is not known to have an instruction.
 */
static inline uint32_t bitmap_count(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555;
    bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return (uint32_t)(bits * 0x0101010101010101 >> 56);
}

/* The bits of word `word` that stand for numbers in [first, end). */
static inline uint64_t bitmap_edge(size_t word, uint32_t first, uint32_t end)
{
    uint64_t mask = UINT64_MAX;
    size_t low = word * BITMAP_BITS;
    if (low < first) mask &= UINT64_MAX << (first - low);
    if (end - low < BITMAP_BITS) mask &= ~(UINT64_MAX << (end - low));
    return mask;
}

#endif
