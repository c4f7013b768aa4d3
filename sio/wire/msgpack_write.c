#include "msgpack.h"

#include "utf8.h"

#include <math.h>

static void msgpack_write_big_endian(struct buf *buf, uint8_t first, uint64_t number, size_t size)
{
    char bytes[9] = { (char)first };
    for (size_t i = 0; i < size; i++) bytes[1 + i] = (char)(number >> (8 * (size - 1 - i)));
    buf_append(buf, bytes, 1 + size);
}

/* A first byte, of the three for sizes of 1, 2 and 4 bytes the one that is enough, and the size. */
static void msgpack_write_size(struct buf *buf, uint8_t one, uint8_t two, uint8_t four, uint64_t size)
{
    if (one != 0 && size <= UINT8_MAX)
        msgpack_write_big_endian(buf, one, size, 1);
    else if (size <= UINT16_MAX)
        msgpack_write_big_endian(buf, two, size, 2);
    else if (size <= UINT32_MAX)
        msgpack_write_big_endian(buf, four, size, 4);
    else if (buf->error == BUF_OK)
        buf->error = BUF_FULL;
}

void msgpack_write_nil(struct buf *buf)
{
    buf_append_byte(buf, '\xC0');
}

void msgpack_write_bool(struct buf *buf, bool value)
{
    buf_append_byte(buf, value ? '\xC3' : '\xC2');
}

static void msgpack_write_positive(struct buf *buf, uint64_t number)
{
    if (number < 0x80)
        buf_append_byte(buf, (char)number);
    else if (number <= UINT32_MAX)
        msgpack_write_size(buf, 0xCC, 0xCD, 0xCE, number);
    else
        msgpack_write_big_endian(buf, 0xCF, number, 8);
}

/* -number, which is not 0. */
static void msgpack_write_negative(struct buf *buf, uint64_t number)
{
    uint64_t bits = ~number + 1;
    if (number <= 0x20)
        buf_append_byte(buf, (char)bits);
    else if (number <= 0x80)
        msgpack_write_big_endian(buf, 0xD0, bits, 1);
    else if (number <= 0x8000)
        msgpack_write_big_endian(buf, 0xD1, bits, 2);
    else if (number <= 0x80000000u)
        msgpack_write_big_endian(buf, 0xD2, bits, 4);
    else
        msgpack_write_big_endian(buf, 0xD3, bits, 8);
}

void msgpack_write_number(struct buf *buf, double number)
{
    double size = fabs(number);
    if (size < 9007199254740992.0 && size == trunc(size)) { /* 2^53 */
        if (number < 0)
            msgpack_write_negative(buf, (uint64_t)size);
        else
            msgpack_write_positive(buf, (uint64_t)size);
        return;
    }
    uint64_t bits;
    memcpy(&bits, &number, 8);
    msgpack_write_big_endian(buf, 0xCB, bits, 8);
}

static void msgpack_write_text_head(struct buf *buf, size_t size)
{
    if (size < 0x20)
        buf_append_byte(buf, (char)(0xA0 | size));
    else
        msgpack_write_size(buf, 0xD9, 0xDA, 0xDB, size);
}

/* Text with bad bytes: its size is known when all is replaced. */
static void msgpack_write_repaired(struct buf *buf, struct str text)
{
    char bytes[4];
    size_t size = 0;
    for (size_t at = 0; at < text.size;) size += utf8_write(utf8_next(text, &at), bytes);
    msgpack_write_text_head(buf, size);
    for (size_t at = 0; at < text.size;) buf_append(buf, bytes, utf8_write(utf8_next(text, &at), bytes));
}

void msgpack_write_text(struct buf *buf, struct str text)
{
    if (!utf8_valid(text)) {
        msgpack_write_repaired(buf, text);
        return;
    }
    msgpack_write_text_head(buf, text.size);
    buf_append_str(buf, text);
}

void msgpack_write_bytes(struct buf *buf, struct str bytes)
{
    msgpack_write_size(buf, 0xC4, 0xC5, 0xC6, bytes.size);
    buf_append_str(buf, bytes);
}

void msgpack_write_array(struct buf *buf, uint32_t count)
{
    if (count < 0x10)
        buf_append_byte(buf, (char)(0x90 | count));
    else
        msgpack_write_size(buf, 0, 0xDC, 0xDD, count);
}

void msgpack_write_map(struct buf *buf, uint32_t count)
{
    if (count < 0x10)
        buf_append_byte(buf, (char)(0x80 | count));
    else
        msgpack_write_size(buf, 0, 0xDE, 0xDF, count);
}
