/* fuzz_packet.c - the reader of Socket.IO packets and of the JSON in them. The first byte of the input chooses protocol
 * 4 or 5. What is read, written again and read again must be the same. */
#include "json_text.h"
#include "limits.h"
#include "packet.h"
#include "utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 64 };

static void check_value(const sio_value *value, const struct packet *packet)
{
    struct str data = { value->data.at, value->data.size };
    if (value->kind == SIO_BYTES && data.size >= packet->attachments) abort();
    if (value->kind != SIO_TEXT && value->kind != SIO_JSON) return;
    if (data.at[data.size] != '\0' || !utf8_valid(data)) abort();
    if (value->kind == SIO_JSON && !json_text_valid(data)) abort();
}

static bool same_value(const sio_value *a, const sio_value *b)
{
    if (a->kind == SIO_NUMBER && !(a->number - a->number == 0)) return b->kind == SIO_NULL; /* 1e999 */
    if (a->kind != b->kind) return false;
    if (a->kind == SIO_BOOL) return a->boolean == b->boolean;
    if (a->kind == SIO_NUMBER) return a->number == b->number;
    if (a->kind != SIO_TEXT && a->kind != SIO_JSON) return true;
    return str_equal((struct str){ a->data.at, a->data.size }, (struct str){ b->data.at, b->data.size });
}

static size_t write_packet(struct buf *buf, const struct packet *packet, struct str event, sio_args args)
{
    struct packet_position position = { 0 };
    struct str bytes;
    bool is_event = packet->type == PACKET_EVENT || packet->type == PACKET_BINARY_EVENT;
    size_t attachments = is_event ? packet_write_event(buf, packet->nsp, packet->id, event, args)
                                  : packet_write_ack(buf, packet->nsp, packet->id, args);
    if (buf->error != BUF_OK || attachments > packet->attachments) abort();
    for (size_t i = 0; i < attachments; i++)
        if (!packet_next_attachment(args, &position, &bytes)) abort();
    if (packet_next_attachment(args, &position, &bytes)) abort();
    return attachments;
}

static void attach(const struct packet *packet, sio_value *values, size_t count)
{
    static sio_value bytes[LIMIT_PACKET_ATTACHMENTS];
    for (size_t i = 0; i < LIMIT_PACKET_ATTACHMENTS; i++) bytes[i] = (sio_value){ .kind = SIO_BYTES };
    if (packet->attachments > 0) packet_attach(values, count, bytes, packet->attachments);
}

/* Placeholders are numbered anew, so what is written first may differ from what was read; from then on nothing may. */
static void write_and_read_again(const struct packet *packet, struct str event, sio_args args, size_t size)
{
    struct buf copy, second;
    struct packet again;
    struct str same_event;
    sio_value values[ROOM];
    size_t count;
    buf_init(&copy, 64 * size + 4096);
    buf_init(&second, 64 * size + 4096);
    size_t attachments = write_packet(&copy, packet, event, args);
    buf_append_str(&second, buf_str(&copy));
    if (packet_read(&again, 4, second.at, second.size) != PACKET_OK) abort();
    if (packet_read_arguments(&again, &same_event, values, ROOM, &count) != PACKET_OK) abort();
    if (count != args.count || !str_equal(event, same_event) || !str_equal(packet->nsp, again.nsp)) abort();
    if (packet->id != again.id || again.attachments != attachments) abort();
    for (size_t i = 0; i < count; i++)
        if ((attachments == 0 || values[i].kind != SIO_JSON) && !same_value(&args.at[i], &values[i])) abort();
    attach(&again, values, count);
    struct buf third;
    buf_init(&third, 64 * size + 4096);
    write_packet(&third, &again, same_event, (sio_args){ values, count });
    if (!str_equal(buf_str(&copy), buf_str(&third))) abort();
    buf_free(&third);
    buf_free(&second);
    buf_free(&copy);
}

static void read_packet(int revision, char *text, size_t size)
{
    struct packet packet;
    struct str event;
    sio_value values[ROOM];
    size_t count;
    if (packet_read(&packet, revision, text, size) != PACKET_OK) return;
    if (packet.json_size == 0 || packet.type <= PACKET_DISCONNECT) return;
    bool is_json = json_text_valid((struct str){ packet.json, packet.json_size });
    enum packet_error error = packet_read_arguments(&packet, &event, values, ROOM, &count);
    if (error == PACKET_OK && !is_json) abort();
    if (error == PACKET_JSON && is_json) abort();
    if (error != PACKET_OK) return;
    for (size_t i = 0; i < count; i++) check_value(&values[i], &packet);
    attach(&packet, values, count);
    write_and_read_again(&packet, event, (sio_args){ values, count }, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || !utf8_valid((struct str){ (const char *)data + 1, size - 1 })) return 0;
    char *text = malloc(size);
    if (text == NULL) abort();
    memcpy(text, data + 1, size - 1);
    read_packet(data[0] & 1 ? 5 : 4, text, size - 1);
    free(text);
    return 0;
}
