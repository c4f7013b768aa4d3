/* utf8_wide.h - the same question as utf8_check, answered for 32 bytes at a time where the processor can (AVX2).
 *
 * After Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2021): whatever is wrong with two
 * bytes that follow each other is found by three tables with 16 entries each, asked for the upper and the lower half of
 * the first byte and the upper half of the second. What is left is whether the third and the fourth byte of a sequence
 * are there. */
#ifndef BASE_UTF8_WIDE_H
#define BASE_UTF8_WIDE_H

#include "str.h"

/* `text` begins at a boundary. Returns how many bytes of it are known to be good, up to a boundary: 0 when the first 32
 * are not, when they are not there, or when the processor has no such instructions. */
size_t utf8_wide_skip(struct str text);

#endif
