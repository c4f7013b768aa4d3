#include "websocket.h"

#include "caller.h"
#include "server.h"
#include "upgrade.h"

#include <stdlib.h>

/* ---- Sending ----------------------------------------------------------------------------------------------- */

size_t websocket_unsent(const struct websocket *websocket)
{
    return conn_unsent(websocket->channel.conn);
}

static void websocket_send_frame(struct websocket *websocket, enum ws_opcode opcode, struct str first,
                                 struct str second)
{
    channel_send(&websocket->channel, opcode, first, second);
    channel_check_backlog(&websocket->channel);
}

void websocket_send(struct websocket *websocket, enum eio_type type, struct str text)
{
    char digit = (char)('0' + (int)type);
    websocket_send_frame(websocket, WS_OPCODE_TEXT, (struct str){ &digit, 1 }, text);
}

void websocket_send_binary(struct websocket *websocket, struct str bytes)
{
    static const char message = EIO_MESSAGE;
    if (websocket->is_base64) {
        struct buf *text = &channel_worker(&websocket->channel)->text;
        buf_clear(text);
        eio_write_base64(text, websocket->session->protocol, bytes);
        if (text->error != BUF_OK)
            conn_fail(websocket->channel.conn, CONN_NO_MEMORY);
        else
            websocket_send_frame(websocket, WS_OPCODE_TEXT, buf_str(text), STR_EMPTY);
        return;
    }
    /* In protocol 3 a binary message begins with its packet's type, as a number. */
    struct str type = { &message, websocket->session->protocol == 3 };
    websocket_send_frame(websocket, WS_OPCODE_BINARY, type, bytes);
}

void websocket_send_shared(struct websocket *websocket, struct shared *frames)
{
    conn_write_shared(websocket->channel.conn, frames);
    channel_check_backlog(&websocket->channel);
}

void websocket_write_text(struct buf *buf, struct channel *like, enum eio_type type, struct str text)
{
    char digit = (char)('0' + (int)type);
    channel_append(buf, like, WS_OPCODE_TEXT, (struct str){ &digit, 1 }, text);
}

void websocket_write_binary(struct buf *buf, struct channel *like, int protocol, bool is_base64, struct str bytes)
{
    struct buf message;
    buf_init(&message, buf->limit);
    if (is_base64)
        eio_write_base64(&message, protocol, bytes);
    else
        eio_write_binary(&message, protocol, bytes);
    channel_append(buf, like, is_base64 ? WS_OPCODE_TEXT : WS_OPCODE_BINARY, buf_str(&message), STR_EMPTY);
    if (message.error != BUF_OK && buf->error == BUF_OK) buf->error = message.error;
    buf_free(&message);
}

bool websocket_is_probe(const struct websocket *websocket)
{
    return websocket->session && websocket->session->websocket != websocket;
}

/* ---- Ending ------------------------------------------------------------------------------------------------ */

/* The session learns that this transport is gone. */
static void websocket_lose_session(struct websocket *websocket, const char *reason)
{
    struct session *session = websocket->session;
    bool is_probe = websocket_is_probe(websocket);
    websocket->session = NULL;
    if (session == NULL) return;
    if (is_probe) {
        upgrade_on_probe_lost(session);
    } else {
        session->websocket = NULL;
        session_close(session, reason);
    }
}

void websocket_close(struct websocket *websocket, uint16_t code)
{
    struct session *session = websocket->session;
    websocket->session = NULL;
    if (session && session->websocket == websocket) session->websocket = NULL;
    if (conn_is_open(websocket->channel.conn)) channel_finish(&websocket->channel, code);
}

/* ---- Receiving --------------------------------------------------------------------------------------------- */

static struct websocket *websocket_of(struct channel *channel)
{
    return (struct websocket *)((char *)channel - offsetof(struct websocket, channel));
}

static void websocket_on_message(struct channel *channel, bool is_binary, char *payload, size_t size)
{
    struct websocket *websocket = websocket_of(channel);
    struct session *session = websocket->session;
    struct eio_packet packet;
    if (!eio_read(&packet, session->protocol, is_binary, payload, size)) {
        if (websocket_is_probe(websocket))
            upgrade_on_probe_packet(websocket, NULL);
        else
            session_close(session, "parse error");
    } else if (websocket_is_probe(websocket)) {
        upgrade_on_probe_packet(websocket, &packet);
    } else {
        session_on_packet(session, &packet);
    }
}

static void websocket_on_end(struct channel *channel, uint16_t code, bool is_fault)
{
    (void)code;
    websocket_lose_session(websocket_of(channel), is_fault ? "transport error" : "transport close");
}

static uint64_t websocket_message_max(const struct channel *channel)
{
    return channel_worker(channel)->server->options.payload_bytes_max;
}

static const struct channel_handler websocket_messages = { websocket_message_max, websocket_on_message,
                                                           websocket_on_end };

static size_t websocket_on_data(struct conn *conn, char *bytes, size_t size)
{
    struct websocket *websocket = conn->owner;
    return channel_read(&websocket->channel, &websocket_messages, bytes, size);
}

static void websocket_on_close(struct conn *conn, enum conn_end end)
{
    websocket_lose_session(conn->owner, end == CONN_ENDED ? "transport close" : "transport error");
}

/* A probe that does not become the transport in time. */
static void websocket_on_deadline(struct conn *conn)
{
    struct websocket *websocket = conn->owner;
    if (websocket_is_probe(websocket)) upgrade_on_probe_packet(websocket, NULL);
}

static void websocket_release(void *owner)
{
    struct websocket *websocket = owner;
    counter_subtract(&channel_worker(&websocket->channel)->http.connections, 1);
    channel_free(&websocket->channel);
    free(websocket);
}

static const struct conn_handler websocket_handler = { websocket_on_data, NULL, websocket_on_deadline,
                                                       websocket_on_close, websocket_release };

struct websocket *websocket_open(sio_request *request, struct session *session, bool is_base64)
{
    const sio_options *options = &caller_worker(request->http)->server->options;
    struct websocket *websocket = malloc(sizeof *websocket);
    if (websocket == NULL) return NULL;
    *websocket = (struct websocket){ .session = session, .is_base64 = is_base64 };
    if (!channel_open(&websocket->channel, request, options->per_message_deflate)) {
        free(websocket);
        return NULL;
    }
    conn_take_over(request->http->conn, &websocket_handler, websocket, CHANNEL_INPUT_BYTES);
    return websocket;
}
