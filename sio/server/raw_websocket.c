#include "raw_websocket.h"

#include "channel.h"
#include "server.h"
#include "sio_websocket.h"

#include <stdlib.h>

enum { RAW_WEBSOCKET_BROKEN = 1006 }; /* RFC 6455 §7.4.1: the connection ended without a close frame */

struct sio_websocket {
    struct channel channel;
    const sio_websocket_handler *handler;
    void *data;
    bool is_closed; /* nothing is called any more */
};

static sio_websocket *raw_websocket_of(struct channel *channel)
{
    return (sio_websocket *)((char *)channel - offsetof(sio_websocket, channel));
}

static void raw_websocket_lose(sio_websocket *websocket, int code)
{
    const sio_websocket_handler *handler = websocket->handler;
    if (websocket->is_closed) return;
    websocket->is_closed = true;
    if (handler->on_close) handler->on_close(websocket, code, handler->context);
}

/* ---- Messages ---------------------------------------------------------------------------------------------- */

static void raw_websocket_on_message(struct channel *channel, bool is_binary, char *payload, size_t size)
{
    sio_websocket *websocket = raw_websocket_of(channel);
    const sio_websocket_handler *handler = websocket->handler;
    sio_value message = sio_bytes(payload, size);
    if (!is_binary) message.kind = SIO_TEXT;
    if (handler->on_message) handler->on_message(websocket, message, handler->context);
}

static void raw_websocket_on_end(struct channel *channel, uint16_t code, bool is_fault)
{
    (void)is_fault;
    raw_websocket_lose(raw_websocket_of(channel), code);
}

static uint64_t raw_websocket_message_max(const struct channel *channel)
{
    const sio_websocket *websocket = (const sio_websocket *)((const char *)channel - offsetof(sio_websocket, channel));
    size_t most = websocket->handler->message_bytes_max;
    return most ? most : channel_worker(channel)->server->options.payload_bytes_max;
}

static const struct channel_handler raw_websocket_messages = { raw_websocket_message_max, raw_websocket_on_message,
                                                               raw_websocket_on_end };

/* ---- Connection -------------------------------------------------------------------------------------------- */

static size_t raw_websocket_on_data(struct conn *conn, char *bytes, size_t size)
{
    sio_websocket *websocket = conn->owner;
    return channel_read(&websocket->channel, &raw_websocket_messages, bytes, size);
}

static void raw_websocket_on_close(struct conn *conn, enum conn_end end)
{
    (void)end;
    raw_websocket_lose(conn->owner, RAW_WEBSOCKET_BROKEN);
}

static void raw_websocket_release(void *owner)
{
    sio_websocket *websocket = owner;
    raw_websocket_lose(websocket, RAW_WEBSOCKET_BROKEN); /* the server ends */
    counter_subtract(&channel_worker(&websocket->channel)->http.connections, 1);
    channel_free(&websocket->channel);
    free(websocket);
}

static const struct conn_handler raw_websocket_handler = { raw_websocket_on_data, NULL, NULL, raw_websocket_on_close,
                                                           raw_websocket_release };

void raw_websocket_drain(struct conn *conn)
{
    if (conn->handler != &raw_websocket_handler || !conn_is_open(conn)) return;
    sio_websocket *websocket = conn->owner;
    channel_finish(&websocket->channel, WS_CLOSE_GOING_AWAY);
    raw_websocket_lose(websocket, WS_CLOSE_GOING_AWAY);
}

int sio_reply_websocket(sio_request *request, const sio_websocket_handler *handler)
{
    if (request->is_answered || channel_refuse(request)) return SIO_EINVAL;
    sio_websocket *websocket = calloc(1, sizeof *websocket);
    request->is_answered = true;
    if (websocket == NULL || !channel_open(&websocket->channel, request, handler->deflate)) {
        free(websocket);
        conn_fail(request->http->conn, CONN_NO_MEMORY);
        return SIO_ENOMEM;
    }
    websocket->handler = handler;
    conn_take_over(request->http->conn, &raw_websocket_handler, websocket, CHANNEL_INPUT_BYTES);
    if (handler->on_open) handler->on_open(websocket, handler->context);
    return 0;
}

/* ---- What the user calls ----------------------------------------------------------------------------------- */

int sio_websocket_send(sio_websocket *websocket, sio_value message)
{
    struct channel *channel = &websocket->channel;
    size_t limit = channel_worker(channel)->server->options.backlog_bytes_max, unsent = conn_unsent(channel->conn);
    struct str bytes = { message.data.at, message.data.size };
    if (message.kind != SIO_TEXT && message.kind != SIO_BYTES) return SIO_EINVAL;
    if (websocket->is_closed || !conn_is_open(channel->conn)) return SIO_EGONE;
    if (bytes.size > limit || unsent > limit - bytes.size) return SIO_EFULL;
    channel_send(channel, message.kind == SIO_TEXT ? WS_OPCODE_TEXT : WS_OPCODE_BINARY, bytes, STR_EMPTY);
    return 0;
}

void sio_websocket_close(sio_websocket *websocket, int code)
{
    websocket->is_closed = true;
    if (!conn_is_open(websocket->channel.conn)) return;
    channel_finish(&websocket->channel, ws_is_close_code((uint16_t)code) ? (uint16_t)code : WS_CLOSE_NORMAL);
}

size_t sio_websocket_unsent(const sio_websocket *websocket)
{
    return conn_unsent(websocket->channel.conn);
}

void sio_websocket_set_data(sio_websocket *websocket, void *data)
{
    websocket->data = data;
}

void *sio_websocket_data(const sio_websocket *websocket)
{
    return websocket->data;
}
