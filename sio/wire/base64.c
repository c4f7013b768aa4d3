#include "base64.h"

#include <stdint.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t base64_size(size_t size)
{
    return (size + 2) / 3 * 4;
}

static void base64_write_group(char out[4], uint32_t bits)
{
    for (int i = 3; i >= 0; i--) {
        out[i] = alphabet[bits & 63];
        bits >>= 6;
    }
}

void base64_write(struct buf *buf, struct str bytes)
{
    size_t size = base64_size(bytes.size);
    char *out = buf_reserve(buf, size);
    if (out == NULL) return;
    const uint8_t *in = (const uint8_t *)bytes.at;
    size_t left = bytes.size;
    for (; left >= 3; left -= 3, in += 3, out += 4)
        base64_write_group(out, (uint32_t)in[0] << 16 | (uint32_t)in[1] << 8 | in[2]);
    if (left > 0) {
        base64_write_group(out, (uint32_t)in[0] << 16 | (left > 1 ? (uint32_t)in[1] << 8 : 0));
        out[3] = '=';
        if (left == 1) out[2] = '=';
    }
    buf->size += size;
}

/* The value of each character plus one, so that 0 means: not in the alphabet. */
static const uint8_t values[256] = {
    ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,
    ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
    ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
    ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
    ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
    ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
    ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
    ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};

/* Four characters into `bits`; false when one is not in the alphabet. */
static bool base64_read_group(const char in[4], uint32_t *bits)
{
    *bits = 0;
    for (int i = 0; i < 4; i++) {
        uint8_t value = values[(uint8_t)in[i]];
        if (value == 0) return false;
        *bits = *bits << 6 | (uint32_t)(value - 1);
    }
    return true;
}

/* The last group with its padding; returns its bytes, STR_NONE when it is wrong. */
static size_t base64_read_last(const char in[4], char *out)
{
    size_t count = in[3] != '=' ? 3 : in[2] != '=' ? 2 : 1;
    char group[4] = { in[0], in[1], 'A', 'A' }; /* 'A' is 0 */
    if (count > 1) group[2] = in[2];
    if (count > 2) group[3] = in[3];
    uint32_t bits;
    if (!base64_read_group(group, &bits)) return STR_NONE;
    if (bits & (0xFFFFFFu >> (8 * count))) return STR_NONE;
    for (size_t i = 0; i < count; i++) out[i] = (char)(bits >> (16 - 8 * i));
    return count;
}

size_t base64_read(char *text, size_t size)
{
    if (size % 4 != 0) return STR_NONE;
    if (size == 0) return 0;
    char *out = text;
    for (size_t at = 0; at + 4 < size; at += 4, out += 3) {
        uint32_t bits;
        if (!base64_read_group(text + at, &bits)) return STR_NONE;
        out[0] = (char)(bits >> 16);
        out[1] = (char)(bits >> 8);
        out[2] = (char)bits;
    }
    size_t last = base64_read_last(text + size - 4, out);
    return last == STR_NONE ? STR_NONE : (size_t)(out - text) + last;
}
