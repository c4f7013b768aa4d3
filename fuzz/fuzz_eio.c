/* fuzz_eio.c - the readers of Engine.IO packets. The first byte of the input chooses: bit 0 the protocol, bits 1 and 2
 * a polling body of text, of bytes, JSONP, or one WebSocket message (of text, or with bit 3 of bytes). What is read,
 * written again and read again must be the same. */
#include "eio.h"
#include "map.h"
#include "utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t packet_hash(const struct eio_packet *packet)
{
    struct str data = { packet->data, packet->size };
    if (!packet->is_binary && !utf8_valid(data)) abort();
    return map_hash(data) * 31 + (uint64_t)packet->type * 2 + packet->is_binary;
}

/* Reads a body; writes what it has read to `copy` unless that is NULL. */
static uint64_t read_body(int protocol, enum eio_form form, char *body, size_t size, struct buf *copy)
{
    struct eio_payload payload;
    struct eio_packet packet;
    uint64_t hash = 0;
    if (!eio_payload_init(&payload, protocol, form, body, size)) return 0;
    while (eio_payload_next(&payload, &packet) == EIO_NEXT_PACKET) {
        /* What is written is always a message where it is bytes. */
        if (packet.is_binary && form == EIO_FORM_TEXT) packet.type = EIO_MESSAGE;
        hash = hash * 31 + packet_hash(&packet);
        struct str data = { packet.data, packet.size };
        if (copy != NULL) eio_payload_write(copy, protocol, form, packet.type, packet.is_binary, data);
    }
    return hash;
}

static void round_trip(int protocol, enum eio_form form, char *body, size_t size)
{
    struct buf copy;
    buf_init(&copy, 16 * size + 1024);
    uint64_t hash = read_body(protocol, form, body, size, &copy);
    if (copy.error != BUF_OK) abort();
    if (copy.size > 0 && read_body(protocol, form, copy.at, copy.size, NULL) != hash) abort();
    buf_free(&copy);
}

static void read_message(int protocol, bool is_binary, char *bytes, size_t size)
{
    struct eio_packet packet;
    if (!is_binary && !utf8_valid((struct str){ bytes, size })) return;
    if (eio_read(&packet, protocol, is_binary, bytes, size)) (void)packet_hash(&packet);
}

static void read_jsonp(char *body, size_t size)
{
    char *payload;
    if (eio_jsonp_read(body, &size, &payload)) round_trip(3, EIO_FORM_TEXT, payload, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    int protocol = data[0] & 1 ? 4 : 3;
    char *bytes = malloc(size);
    if (bytes == NULL) abort();
    memcpy(bytes, data + 1, size - 1);
    switch (data[0] >> 1 & 3) {
    case 0: round_trip(protocol, EIO_FORM_TEXT, bytes, size - 1); break;
    case 1: round_trip(protocol, EIO_FORM_BINARY, bytes, size - 1); break;
    case 2: read_jsonp(bytes, size - 1); break;
    default: read_message(protocol, data[0] & 8, bytes, size - 1); break;
    }
    free(bytes);
    return 0;
}
