#include "scan.h"

#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>

enum { SCAN_STEP = 16 };

/* Of 16 places from `at` on those where the first and the last byte of the needle agree. */
static inline unsigned scan_places(const char *at, size_t size, __m128i first, __m128i last)
{
    __m128i starts = _mm_cmpeq_epi8(first, _mm_loadu_si128((const __m128i *)(const void *)at));
    __m128i ends = _mm_cmpeq_epi8(last, _mm_loadu_si128((const __m128i *)(const void *)(at + size - 1)));
    return (unsigned)_mm_movemask_epi8(_mm_and_si128(starts, ends));
}

/* As far as 16 places at a time can be looked at; *from is where the rest begins. */
static size_t scan_steps(struct str text, size_t *from, struct str needle)
{
    const __m128i first = _mm_set1_epi8(needle.at[0]), last = _mm_set1_epi8(needle.at[needle.size - 1]);
    for (; *from + needle.size + SCAN_STEP <= text.size; *from += SCAN_STEP)
        for (unsigned places = scan_places(text.at + *from, needle.size, first, last); places; places &= places - 1) {
            size_t place = *from + (unsigned)__builtin_ctz(places);
            if (memcmp(text.at + place, needle.at, needle.size) == 0) return place;
        }
    return STR_NONE;
}
#else
static size_t scan_steps(struct str text, size_t *from, struct str needle)
{
    (void)text, (void)from, (void)needle;
    return STR_NONE;
}
#endif

size_t scan_next(struct str text, size_t from, struct str needle)
{
    size_t place = scan_steps(text, &from, needle);
    if (place != STR_NONE || from >= text.size) return place;
    const char *found = memmem(text.at + from, text.size - from, needle.at, needle.size);
    return found ? (size_t)(found - text.at) : STR_NONE;
}
