#include "eio.h"

#include "base64.h"
#include "json_text.h"

#include <inttypes.h>

/* The type that a digit or, in protocol 3's binary packets, an octet stands for. */
static bool eio_is_type(struct eio_packet *packet, char byte, char zero)
{
    int number = byte - zero;
    packet->type = (enum eio_type)number;
    return number >= EIO_OPEN && number <= EIO_NOOP;
}

/* Behind the 'b': protocol 3 names the type, in protocol 4 it is a message. */
static bool eio_read_base64(struct eio_packet *packet, int protocol, char *bytes, size_t size)
{
    packet->is_binary = true;
    packet->type = EIO_MESSAGE;
    if (protocol == 3) {
        if (size == 0 || !eio_is_type(packet, bytes[0], '0')) return false;
        bytes++;
        size--;
    }
    packet->data = bytes;
    packet->size = base64_read(bytes, size);
    return packet->size != STR_NONE;
}

static bool eio_read_binary(struct eio_packet *packet, int protocol, char *bytes, size_t size)
{
    *packet = (struct eio_packet){ .type = EIO_MESSAGE, .is_binary = true, .data = bytes, .size = size };
    if (protocol == 4) return true;
    if (size == 0 || !eio_is_type(packet, bytes[0], 0)) return false;
    packet->data++;
    packet->size--;
    return true;
}

bool eio_read(struct eio_packet *packet, int protocol, bool is_binary, char *bytes, size_t size)
{
    if (is_binary) return eio_read_binary(packet, protocol, bytes, size);
    if (size == 0) return false;
    *packet = (struct eio_packet){ .data = bytes + 1, .size = size - 1 };
    if (bytes[0] == 'b') return eio_read_base64(packet, protocol, bytes + 1, size - 1);
    return eio_is_type(packet, bytes[0], '0');
}

void eio_write(struct buf *buf, enum eio_type type, struct str text)
{
    buf_append_byte(buf, (char)('0' + type));
    buf_append_str(buf, text);
}

void eio_write_binary(struct buf *buf, int protocol, struct str bytes)
{
    if (protocol == 3) buf_append_byte(buf, EIO_MESSAGE);
    buf_append_str(buf, bytes);
}

void eio_write_base64(struct buf *buf, int protocol, struct str bytes)
{
    buf_append_str(buf, protocol == 3 ? STR("b4") : STR("b"));
    base64_write(buf, bytes);
}

void eio_write_handshake(struct buf *buf, const struct eio_handshake *handshake)
{
    buf_append_str(buf, STR("{\"sid\":"));
    json_text_write_string(buf, handshake->sid);
    buf_append_format(buf, ",\"upgrades\":[%s],\"pingInterval\":%" PRIu32 ",\"pingTimeout\":%" PRIu32,
                      handshake->offers_websocket ? "\"websocket\"" : "", handshake->ping_interval_ms,
                      handshake->ping_timeout_ms);
    buf_append_format(buf, ",\"maxPayload\":%" PRIu64 "}", handshake->max_payload);
}
