/* scan.h - whether a few bytes stand in a few more: sixteen places at a time, by the first and the last byte of what is
 * looked for. For texts of one term or so, where a call of memmem costs more than the look itself. */
#ifndef ENGINE_SCAN_H
#define ENGINE_SCAN_H

#include "str.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* So many bytes behind the text must be readable; what they are does not count. */
enum { SCAN_PADDING = 16 };

#ifdef __SSE2__
/* Of the 16 places from `at` on those where the first and the last byte agree. */
static inline unsigned scan_places(const char *at, size_t size, __m128i first, __m128i last)
{
    __m128i starts = _mm_cmpeq_epi8(first, _mm_loadu_si128((const __m128i *)(const void *)at));
    __m128i ends = _mm_cmpeq_epi8(last, _mm_loadu_si128((const __m128i *)(const void *)(at + size - 1)));
    return (unsigned)_mm_movemask_epi8(_mm_and_si128(starts, ends));
}
#endif

/* The first place at or behind `from` where `needle`, which is not empty, stands in `text`; STR_NONE: nowhere. */
static inline size_t scan_find(struct str text, size_t from, struct str needle)
{
    if (text.size < needle.size) return STR_NONE;
    size_t end = text.size - needle.size + 1; /* of the places where it may begin */
#ifdef __SSE2__
    const __m128i first = _mm_set1_epi8(needle.at[0]), last = _mm_set1_epi8(needle.at[needle.size - 1]);
    for (; from < end; from += 16)
        for (unsigned places = scan_places(text.at + from, needle.size, first, last); places; places &= places - 1) {
            size_t place = from + (unsigned)__builtin_ctz(places);
            if (place < end && memcmp(text.at + place, needle.at, needle.size) == 0) return place;
        }
#else
    for (; from < end; from++)
        if (text.at[from] == needle.at[0] && memcmp(text.at + from, needle.at, needle.size) == 0) return from;
#endif
    return STR_NONE;
}

#endif
