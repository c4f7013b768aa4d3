#include "msgpack.h"

#include "utf8.h"

#include <math.h>

static uint64_t msgpack_big_endian(const char *at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++) number = number << 8 | (uint8_t)at[i];
    return number;
}

/* The next `size` bytes, as a number. */
static bool msgpack_take_number(const char **at, const char *end, size_t size, uint64_t *number)
{
    if ((size_t)(end - *at) < size) return false;
    *number = msgpack_big_endian(*at, size);
    *at += size;
    return true;
}

static bool msgpack_take_data(const char **at, const char *end, uint64_t size, struct str *data)
{
    if ((uint64_t)(end - *at) < size) return false;
    *data = (struct str){ *at, (size_t)size };
    *at += size;
    return true;
}

/* The two's complement of `size` bytes. */
static struct msgpack_token msgpack_signed(uint64_t bits, size_t size)
{
    uint64_t sign = (uint64_t)1 << (8 * size - 1);
    bool is_negative = (bits & sign) != 0;
    /* Written so that no step leaves the range: -2^63 has no positive counterpart in 64 bits with a sign. */
    uint64_t magnitude = is_negative ? (sign - 1 - (bits & (sign - 1))) + 1 : bits;
    return (struct msgpack_token){ .kind = MSGPACK_WHOLE, .whole = { is_negative, magnitude } };
}

static struct msgpack_token msgpack_float(uint64_t bits, size_t size)
{
    struct msgpack_token token = { .kind = MSGPACK_FLOAT };
    if (size == 8) {
        memcpy(&token.number, &bits, 8);
    } else {
        uint32_t half = (uint32_t)bits;
        float number;
        memcpy(&number, &half, 4);
        token.number = (double)number;
    }
    return token;
}

/* ---- Dates --------------------------------------------------------------------------------------------------- */

static double msgpack_signed_number(uint64_t bits, size_t size)
{
    struct msgpack_token token = msgpack_signed(bits, size);
    return token.whole.is_negative ? -(double)token.whole.size : (double)token.whole.size;
}

/* Milliseconds; what JavaScript's Date cannot hold (ECMA-262 §21.4.1.1) is none. */
static struct msgpack_token msgpack_date(double ms)
{
    return (struct msgpack_token){ .kind = MSGPACK_DATE, .number = fabs(ms) <= 8.64e15 ? floor(ms) : (double)NAN };
}

/* The three forms of the timestamp extension in MessagePack's specification; seconds with 32, 34 and 64 bits. */
static struct msgpack_token msgpack_timestamp(struct str data)
{
    static const double ms_of_ns = 1e6;
    if (data.size == 4) return msgpack_date((double)msgpack_big_endian(data.at, 4) * 1000);
    if (data.size == 8) {
        uint64_t bits = msgpack_big_endian(data.at, 8);
        return msgpack_date((double)(bits & 0x3FFFFFFFFu) * 1000 + floor((double)(bits >> 34) / ms_of_ns));
    }
    double seconds = msgpack_signed_number(msgpack_big_endian(data.at + 4, 8), 8);
    return msgpack_date(seconds * 1000 + floor((double)msgpack_big_endian(data.at, 4) / ms_of_ns));
}

static struct msgpack_token msgpack_extension(uint8_t first, int8_t type, struct str data)
{
    enum { FIXEXT1 = 0xD4, FIXEXT8 = 0xD7, EXT8 = 0xC7, EXT32 = 0xC9 };
    bool is_timestamp = type == -1 && (data.size == 4 || data.size == 8 || data.size == 12);
    if (is_timestamp) return msgpack_timestamp(data);
    if (type == 0 && first == FIXEXT1) return (struct msgpack_token){ .kind = MSGPACK_NIL };
    if (type == 0 && first == FIXEXT8) return msgpack_date(msgpack_signed_number(msgpack_big_endian(data.at, 8), 8));
    if (type == 0 && first >= EXT8 && first <= EXT32)
        return (struct msgpack_token){ .kind = MSGPACK_BYTES, .data = data };
    return (struct msgpack_token){ .kind = MSGPACK_OTHER, .data = data, .type = type };
}

/* ---- Tokens -------------------------------------------------------------------------------------------------- */

static bool msgpack_read_extension(const char **at, const char *end, uint8_t first, uint64_t size,
                                   struct msgpack_token *token)
{
    uint64_t type;
    struct str data;
    if (!msgpack_take_number(at, end, 1, &type) || !msgpack_take_data(at, end, size, &data)) return false;
    *token = msgpack_extension(first, (int8_t)(uint8_t)type, data);
    return true;
}

static bool msgpack_read_data(const char **at, const char *end, enum msgpack_kind kind, uint64_t size,
                              struct msgpack_token *token)
{
    *token = (struct msgpack_token){ .kind = kind };
    return msgpack_take_data(at, end, size, &token->data) && (kind != MSGPACK_TEXT || utf8_valid(token->data));
}

/* Those whose first byte holds all there is, or a size. */
static bool msgpack_read_short(const char **at, const char *end, uint8_t first, struct msgpack_token *token)
{
    if (first < 0x80 || first >= 0xE0) {
        *token = msgpack_signed(first, 1);
        return true;
    }
    if (first >= 0xA0) return msgpack_read_data(at, end, MSGPACK_TEXT, first & 0x1F, token);
    *token = (struct msgpack_token){ .kind = first < 0x90 ? MSGPACK_MAP : MSGPACK_ARRAY, .count = first & 0x0F };
    return true;
}

/* Those from 0xC0 to 0xDF, without the extensions of fixed size. `size` is how many bytes the number behind the first
 * byte has: a value, or a size. */
static bool msgpack_read_long(const char **at, const char *end, uint8_t first, size_t size, struct msgpack_token *token)
{
    uint64_t number;
    if (!msgpack_take_number(at, end, size, &number)) return false;
    switch (first) {
    case 0xC0: *token = (struct msgpack_token){ .kind = MSGPACK_NIL }; return true;
    case 0xC2:
    case 0xC3: *token = (struct msgpack_token){ .kind = MSGPACK_BOOL, .boolean = first == 0xC3 }; return true;
    case 0xC4:
    case 0xC5:
    case 0xC6: return msgpack_read_data(at, end, MSGPACK_BYTES, number, token);
    case 0xC7:
    case 0xC8:
    case 0xC9: return msgpack_read_extension(at, end, first, number, token);
    case 0xCA:
    case 0xCB: *token = msgpack_float(number, size); return true;
    case 0xCC:
    case 0xCD:
    case 0xCE:
    case 0xCF: *token = (struct msgpack_token){ .kind = MSGPACK_WHOLE, .whole = { false, number } }; return true;
    case 0xD0:
    case 0xD1:
    case 0xD2:
    case 0xD3: *token = msgpack_signed(number, size); return true;
    case 0xD9:
    case 0xDA:
    case 0xDB: return msgpack_read_data(at, end, MSGPACK_TEXT, number, token);
    default:
        *token =
            (struct msgpack_token){ .kind = first < 0xDE ? MSGPACK_ARRAY : MSGPACK_MAP, .count = (uint32_t)number };
        return true;
    }
}

bool msgpack_read(const char **at, const char *end, struct msgpack_token *token)
{
    /* The bytes of the number behind 0xC0 to 0xDF; 0xC1 is not defined. */
    static const uint8_t sizes[] = { 0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 4, 8, 1, 2, 4, 8,
                                     1, 2, 4, 8, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4 };
    if (*at == end) return false;
    uint8_t first = (uint8_t) * (*at)++;
    if (first < 0xC0 || first >= 0xE0) return msgpack_read_short(at, end, first, token);
    if (first == 0xC1) return false;
    if (first >= 0xD4 && first <= 0xD8) return msgpack_read_extension(at, end, first, 1u << (first - 0xD4), token);
    return msgpack_read_long(at, end, first, sizes[first - 0xC0], token);
}

bool msgpack_skip(const char **at, const char *end)
{
    struct msgpack_token token;
    /* What is announced never exceeds what fits: 2^33 for each byte of input. */
    for (uint64_t left = 1; left > 0; left--) {
        if (!msgpack_read(at, end, &token)) return false;
        if (token.kind == MSGPACK_ARRAY) left += token.count;
        if (token.kind == MSGPACK_MAP) left += 2 * (uint64_t)token.count;
    }
    return true;
}
