#include "parser.h"

#include "msgpack_packet.h"
#include "server.h"

static bool parser_is_msgpack(const struct worker *worker)
{
    return worker->server->options.uses_msgpack;
}

static struct buf *parser_begin(struct worker *worker)
{
    buf_clear(&worker->packet);
    return &worker->packet;
}

void parser_write_event(struct worker *worker, struct str nsp, uint64_t id, struct str event, sio_args args)
{
    struct buf *packet = parser_begin(worker);
    if (parser_is_msgpack(worker))
        msgpack_packet_write_event(packet, nsp, id, event, args);
    else
        packet_write_event(packet, nsp, id, event, args);
}

void parser_write_ack(struct worker *worker, struct str nsp, uint64_t id, sio_args args)
{
    struct buf *packet = parser_begin(worker);
    if (parser_is_msgpack(worker))
        msgpack_packet_write_ack(packet, nsp, id, args);
    else
        packet_write_ack(packet, nsp, id, args);
}

void parser_write_connect(struct worker *worker, struct str nsp, struct str json)
{
    struct buf *packet = parser_begin(worker);
    if (parser_is_msgpack(worker))
        msgpack_packet_write_connect(packet, nsp, json);
    else
        packet_write_connect(packet, nsp, json);
}

void parser_write_disconnect(struct worker *worker, struct str nsp)
{
    struct buf *packet = parser_begin(worker);
    if (parser_is_msgpack(worker))
        msgpack_packet_write_disconnect(packet, nsp);
    else
        packet_write_disconnect(packet, nsp);
}

void parser_write_connect_error(struct worker *worker, int revision, struct str nsp, struct str message,
                                struct str data)
{
    struct buf *packet = parser_begin(worker);
    if (parser_is_msgpack(worker))
        msgpack_packet_write_connect_error(packet, nsp, message, data);
    else
        packet_write_connect_error(packet, revision, nsp, message, data);
}

bool parser_next(const struct worker *worker, sio_args args, struct parser_message *message)
{
    bool is_msgpack = parser_is_msgpack(worker);
    if (!message->has_begun) {
        message->has_begun = true;
        message->is_binary = is_msgpack;
        message->bytes = buf_str(&worker->packet);
        return true;
    }
    message->is_binary = true;
    return !is_msgpack && packet_next_attachment(args, &message->position, &message->bytes);
}

size_t parser_size(const struct worker *worker, sio_args args)
{
    struct parser_message message = { 0 };
    size_t size = 0;
    while (parser_next(worker, args, &message)) size += message.bytes.size;
    return size;
}

bool parser_has_binary(const struct worker *worker, sio_args args)
{
    struct packet_position position = { 0 };
    struct str bytes;
    return parser_is_msgpack(worker) || packet_next_attachment(args, &position, &bytes);
}

void parser_send(struct session *session, sio_args args)
{
    struct parser_message message = { 0 };
    while (parser_next(session->worker, args, &message)) {
        if (message.is_binary)
            session_send_binary(session, message.bytes);
        else
            session_send(session, EIO_MESSAGE, message.bytes);
    }
}
