/* fuzz_msgpack.c - MessagePack: any value, and the packets of socket.io-msgpack-parser. What is read and written again
 * is, from the second time on, the same. */
#include "json_text.h"
#include "limits.h"
#include "msgpack_packet.h"
#include "utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 64, JSON_MAX = 1 << 20 };

/* JSON with its attachments, whose bytes lie in what it was read from. */
struct value {
    struct buf json;
    struct str all[ROOM];
    sio_value bytes[ROOM];
    sio_value value;
};

/* Reads one value; false when it is refused. What is skipped and what is read ends at the same place. */
static bool read_value(struct value *value, const char *at, const char *end)
{
    struct msgpack_attachments attachments = { value->all, 0, ROOM };
    const char *behind = at;
    bool is_whole = msgpack_skip(&behind, end);
    buf_init(&value->json, JSON_MAX);
    bool is_read = msgpack_to_json(&at, end, &value->json, &attachments);
    if (is_read && (!is_whole || at != behind || !json_text_valid(buf_str(&value->json)))) abort();
    if (is_read && !utf8_valid(buf_str(&value->json))) abort();
    for (size_t i = 0; i < attachments.count; i++)
        value->bytes[i] = (sio_value){ .kind = SIO_BYTES, .data = { value->all[i].at, value->all[i].size } };
    value->value = (sio_value){ .kind = SIO_JSON,
                                .attachment_count = (uint32_t)attachments.count,
                                .data = { value->json.at, value->json.size },
                                .attachments = value->bytes };
    return is_read;
}

static void fuzz_value(const char *at, const char *end)
{
    struct value first, second, third;
    struct buf once, twice;
    buf_init(&once, 4 * JSON_MAX);
    buf_init(&twice, 4 * JSON_MAX);
    if (read_value(&first, at, end)) {
        msgpack_write_value(&once, &first.value);
        if (once.error != BUF_OK) abort();
        /* Objects that look like placeholders stand for bytes now, and may be more than there is room for. */
        if (read_value(&second, once.at, once.at + once.size)) {
            msgpack_write_value(&twice, &second.value);
            if (!read_value(&third, twice.at, twice.at + twice.size)) abort();
            if (!str_equal(buf_str(&second.json), buf_str(&third.json))) abort();
            if (!str_equal(buf_str(&once), buf_str(&twice))) abort();
            buf_free(&third.json);
        } else if (first.value.attachment_count == 0) {
            abort();
        }
        buf_free(&second.json);
    }
    buf_free(&first.json);
    buf_free(&once);
    buf_free(&twice);
}

static void write_packet(struct buf *out, const struct packet *packet, struct str event, sio_args args)
{
    bool is_event = packet->type == PACKET_EVENT || packet->type == PACKET_BINARY_EVENT;
    if (is_event)
        msgpack_packet_write_event(out, packet->nsp, packet->id, event, args);
    else
        msgpack_packet_write_ack(out, packet->nsp, packet->id, args);
    if (out->error != BUF_OK) abort();
}

/* Reads a packet with its arguments and writes it. False when it is refused or has no arguments. */
static bool echo_packet(struct str message, struct buf *out)
{
    struct str all[ROOM], event;
    sio_value bytes[ROOM], values[ROOM];
    struct msgpack_attachments attachments = { all, 0, ROOM };
    struct packet packet;
    struct buf json;
    size_t count;
    buf_init(&json, JSON_MAX);
    bool is_good = msgpack_packet_read(&packet, message.at, message.size, &json, &attachments) == PACKET_OK;
    if (is_good && packet.attachments != attachments.count) abort();
    is_good = is_good && packet.json_size > 0 && packet.type != PACKET_CONNECT;
    is_good = is_good && packet_read_arguments(&packet, &event, values, ROOM, &count) == PACKET_OK;
    if (is_good) {
        for (size_t i = 0; i < attachments.count; i++)
            bytes[i] = (sio_value){ .kind = SIO_BYTES, .data = { all[i].at, all[i].size } };
        packet_attach(values, count, bytes, packet.attachments);
        write_packet(out, &packet, event, (sio_args){ values, count });
    }
    buf_free(&json);
    return is_good;
}

static void fuzz_packet(struct str message)
{
    struct buf once, twice;
    buf_init(&once, 4 * JSON_MAX);
    buf_init(&twice, 4 * JSON_MAX);
    if (echo_packet(message, &once)) {
        if (!echo_packet(buf_str(&once), &twice)) abort();
        if (!str_equal(buf_str(&once), buf_str(&twice))) abort();
    }
    buf_free(&once);
    buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size ? size : 1);
    if (bytes == NULL) abort();
    if (size > 0) memcpy(bytes, data, size);
    fuzz_value(bytes, bytes + size);
    fuzz_packet((struct str){ bytes, size });
    free(bytes);
    return 0;
}
