#include "utf8_wide.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

/* What may be wrong, a bit each. A pair of bytes is bad when a bit is set in all three entries. */
enum {
    TOO_SHORT = 1 << 0, /* a first byte, and no continuation behind it */
    TOO_LONG = 1 << 1,  /* ASCII, and a continuation behind it */
    OVERLONG_3 = 1 << 2,
    TOO_LARGE = 1 << 3,
    SURROGATE = 1 << 4,
    OVERLONG_2 = 1 << 5,
    TOO_LARGE_MORE = 1 << 6, /* F5 and above with a second byte of 80 to 8F; shares its bit with */
    OVERLONG_4 = 1 << 6,
    TWO_MORE = 1 << 7, /* two continuations: right where a sequence has three bytes or four */
    ANY = TOO_SHORT | TOO_LONG | TWO_MORE,
};

#define UTF8_TABLE(...)                                                                                                \
    {                                                                                                                  \
        __VA_ARGS__, __VA_ARGS__                                                                                       \
    } /* both halves of a register look into one of their own */

static const uint8_t utf8_first_upper[32] =
    UTF8_TABLE(TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TWO_MORE, TWO_MORE,
               TWO_MORE, TWO_MORE, TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
               TOO_SHORT | TOO_LARGE | TOO_LARGE_MORE | OVERLONG_4);

#define UTF8_LARGE (ANY | TOO_LARGE | TOO_LARGE_MORE)
static const uint8_t utf8_first_lower[32] =
    UTF8_TABLE(ANY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, ANY | OVERLONG_2, ANY, ANY, ANY | TOO_LARGE, UTF8_LARGE,
               UTF8_LARGE, UTF8_LARGE, UTF8_LARGE, UTF8_LARGE, UTF8_LARGE, UTF8_LARGE, UTF8_LARGE,
               UTF8_LARGE | SURROGATE, UTF8_LARGE, UTF8_LARGE);

#define UTF8_MORE (TOO_LONG | OVERLONG_2 | TWO_MORE)
static const uint8_t utf8_second_upper[32] = UTF8_TABLE(
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    UTF8_MORE | OVERLONG_3 | TOO_LARGE_MORE | OVERLONG_4, UTF8_MORE | OVERLONG_3 | TOO_LARGE,
    UTF8_MORE | SURROGATE | TOO_LARGE, UTF8_MORE | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);

#define UTF8_AVX2 __attribute__((target("avx2")))

UTF8_AVX2 static inline __m256i utf8_wide_look_up(const uint8_t table[32], __m256i halves)
{
    return _mm256_shuffle_epi8(_mm256_loadu_si256((const __m256i *)table), halves);
}

UTF8_AVX2 static inline __m256i utf8_wide_upper(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}

/* Not zero where something is wrong with `bytes`, which follow `before`. */
UTF8_AVX2 static inline __m256i utf8_wide_faults(__m256i bytes, __m256i before)
{
    __m256i middle = _mm256_permute2x128_si256(before, bytes, 0x21);
    __m256i first = _mm256_alignr_epi8(bytes, middle, 15); /* the byte before each */
    __m256i faults = utf8_wide_look_up(utf8_first_upper, utf8_wide_upper(first));
    faults =
        _mm256_and_si256(faults, utf8_wide_look_up(utf8_first_lower, _mm256_and_si256(first, _mm256_set1_epi8(0x0F))));
    faults = _mm256_and_si256(faults, utf8_wide_look_up(utf8_second_upper, utf8_wide_upper(bytes)));
    /* Two bytes behind E0 or above, three behind F0 or above a second continuation has to stand: TWO_MORE, 80. */
    __m256i third = _mm256_subs_epu8(_mm256_alignr_epi8(bytes, middle, 14), _mm256_set1_epi8(0xE0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(_mm256_alignr_epi8(bytes, middle, 13), _mm256_set1_epi8(0xF0 - 0x80));
    __m256i wanted = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
    return _mm256_xor_si256(wanted, faults);
}

UTF8_AVX2 static size_t utf8_wide_skip_blocks(struct str text)
{
    __m256i before = _mm256_setzero_si256();
    size_t at = 0;
    for (; text.size - at >= 32; at += 32) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(text.at + at));
        __m256i faults = utf8_wide_faults(bytes, before);
        if (!_mm256_testz_si256(faults, faults)) break;
        before = bytes;
    }
    return at;
}

/* The last sequence may not be whole: it begins in the last three bytes then. */
static size_t utf8_wide_boundary(struct str text, size_t size)
{
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        uint8_t byte = (uint8_t)text.at[size - back];
        if (byte >= 0xC0) return size - back;
        if (byte < 0x80) return size;
    }
    return size;
}

size_t utf8_wide_skip(struct str text)
{
    if (text.size < 32 || !__builtin_cpu_supports("avx2")) return 0;
    return utf8_wide_boundary(text, utf8_wide_skip_blocks(text));
}
#else
size_t utf8_wide_skip(struct str text)
{
    (void)text;
    return 0;
}
#endif
