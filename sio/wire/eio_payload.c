#include "base64.h"
#include "eio.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    EIO_SEPARATOR = 0x1E, /* protocol 4: the record separator, which no JSON text contains unescaped */
    EIO_LENGTH_END = 0xFF,
    EIO_LENGTH_DIGITS = 10, /* a length beyond every body; the reference reads 310 digits */
};

bool eio_payload_init(struct eio_payload *payload, int protocol, enum eio_form form, char *body, size_t size)
{
    *payload = (struct eio_payload){ .at = body, .end = body + size, .protocol = protocol, .form = form };
    if (size == 0) return false;
    if (form == EIO_FORM_BINARY) return protocol == 3;
    return utf8_valid((struct str){ body, size });
}

/* ---- Protocol 4: packets joined by a separator --------------------------------------------------------------- */

static enum eio_next eio_payload_next_separated(struct eio_payload *payload, struct eio_packet *packet)
{
    if (payload->at == NULL) return EIO_NEXT_END;
    char *at = payload->at;
    char *separator = memchr(at, EIO_SEPARATOR, (size_t)(payload->end - at));
    size_t size = (size_t)((separator ? separator : payload->end) - at);
    payload->at = separator ? separator + 1 : NULL; /* an empty packet behind the last separator is one */
    return eio_read(packet, 4, false, at, size) ? EIO_NEXT_PACKET : EIO_NEXT_ERROR;
}

/* ---- Protocol 3: a length before each packet ----------------------------------------------------------------- */

/* Reads the digits of a length and their end mark; false when there is no such thing. `zero` is what stands for 0. */
static bool eio_payload_length(struct eio_payload *payload, char zero, char end, size_t *length)
{
    *length = 0;
    for (int digits = 0; payload->at < payload->end; digits++) {
        char byte = *payload->at++;
        if (byte == end) return digits > 0;
        if (byte < zero || byte > zero + 9 || digits == EIO_LENGTH_DIGITS) return false;
        *length = *length * 10 + (size_t)(byte - zero);
    }
    return false;
}

/* How many bytes of `text` from `at` on are ASCII, at most `units`; eight at a time, so that up to seven may be left.
 */
static size_t eio_payload_ascii(struct str text, size_t at, size_t units)
{
    size_t start = at;
    while (at - start + 8 <= units && at + 8 <= text.size) {
        uint64_t word;
        memcpy(&word, text.at + at, 8);
        if (word & 0x8080808080808080u) break;
        at += 8;
    }
    return at - start;
}

/* How many bytes of valid text have `units` UTF-16 code units; STR_NONE when it is shorter or a character straddles the
 * end. */
static size_t eio_payload_units(struct str text, size_t units)
{
    size_t at = 0;
    while (units > 0) {
        size_t plain = eio_payload_ascii(text, at, units);
        units -= plain;
        at += plain;
        if (units == 0) break;
        if (at == text.size) return STR_NONE;
        uint8_t byte = (uint8_t)text.at[at];
        size_t width = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        size_t taken = width == 4 ? 2 : 1;
        if (taken > units || width > text.size - at) return STR_NONE;
        units -= taken;
        at += width;
    }
    return at;
}

static enum eio_next eio_payload_next_counted(struct eio_payload *payload, struct eio_packet *packet)
{
    size_t units;
    if (payload->at == payload->end) return EIO_NEXT_END;
    if (!eio_payload_length(payload, '0', ':', &units)) return EIO_NEXT_ERROR;
    struct str rest = { payload->at, (size_t)(payload->end - payload->at) };
    size_t size = eio_payload_units(rest, units);
    if (size == STR_NONE) return EIO_NEXT_ERROR;
    char *at = payload->at;
    payload->at += size;
    return eio_read(packet, 3, false, at, size) ? EIO_NEXT_PACKET : EIO_NEXT_ERROR;
}

static enum eio_next eio_payload_next_binary(struct eio_payload *payload, struct eio_packet *packet)
{
    size_t size;
    if (payload->at == payload->end) return EIO_NEXT_END;
    char kind = *payload->at++;
    if (kind != 0 && kind != 1) return EIO_NEXT_ERROR;
    if (!eio_payload_length(payload, 0, (char)EIO_LENGTH_END, &size)) return EIO_NEXT_ERROR;
    if (size > (size_t)(payload->end - payload->at)) return EIO_NEXT_ERROR;
    char *at = payload->at;
    payload->at += size;
    if (kind == 0 && !utf8_valid((struct str){ at, size })) return EIO_NEXT_ERROR;
    return eio_read(packet, 3, kind == 1, at, size) ? EIO_NEXT_PACKET : EIO_NEXT_ERROR;
}

enum eio_next eio_payload_next(struct eio_payload *payload, struct eio_packet *packet)
{
    if (payload->protocol == 4) return eio_payload_next_separated(payload, packet);
    if (payload->form == EIO_FORM_TEXT) return eio_payload_next_counted(payload, packet);
    return eio_payload_next_binary(payload, packet);
}

/* ---- Writing ------------------------------------------------------------------------------------------------- */

static void eio_payload_write_length(struct buf *body, size_t length)
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%zu", length);
    for (int i = 0; i < count; i++) buf_append_byte(body, (char)(digits[i] - '0'));
    buf_append_byte(body, (char)EIO_LENGTH_END);
}

static void eio_payload_write_octets(struct buf *body, enum eio_type type, bool is_binary, struct str data)
{
    buf_append_byte(body, is_binary ? 1 : 0);
    eio_payload_write_length(body, 1 + data.size);
    buf_append_byte(body, (char)(is_binary ? (int)type : '0' + (int)type));
    buf_append_str(body, data);
}

void eio_payload_write(struct buf *body, int protocol, enum eio_form form, enum eio_type type, bool is_binary,
                       struct str data)
{
    if (form == EIO_FORM_BINARY) {
        eio_payload_write_octets(body, type, is_binary, data);
        return;
    }
    if (protocol == 4 && body->size > 0) buf_append_byte(body, EIO_SEPARATOR);
    size_t units = is_binary ? 2 + base64_size(data.size) : 1 + utf8_utf16_length(data);
    if (protocol == 3) buf_append_format(body, "%zu:", units);
    if (is_binary)
        eio_write_base64(body, protocol, data);
    else
        eio_write(body, type, data);
}
