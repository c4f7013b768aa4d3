#include "websocket.h"

#include "http.h"
#include "server.h"
#include "upgrade.h"

#include <stdlib.h>

/* Room for the few bytes that ws_read leaves unused: a header, or an unfinished control frame. */
enum { WEBSOCKET_INPUT_BYTES = 256 };

/* ---- Sending ----------------------------------------------------------------------------------------------- */

size_t websocket_unsent(const struct websocket *websocket)
{
    return conn_unsent(websocket->conn);
}

/* One that takes nothing and yet makes us answer (pings, bad packets) has its limit too, above the one for messages. */
static void websocket_check_backlog(struct websocket *websocket)
{
    size_t limit = websocket->worker->server->options.backlog_bytes_max;
    if (conn_unsent(websocket->conn) / 2 > limit) conn_fail(websocket->conn, CONN_STALLED);
}

static void websocket_send_frame(struct websocket *websocket, enum ws_opcode opcode, struct str first,
                                 struct str second)
{
    char header[WS_HEADER_MAX];
    size_t size = ws_write_header(header, (int)opcode, first.size + second.size);
    struct str parts[] = { { header, size }, first, second };
    conn_write(websocket->conn, parts, 3);
    websocket_check_backlog(websocket);
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
        struct buf *text = &websocket->worker->text;
        buf_clear(text);
        eio_write_base64(text, websocket->session->protocol, bytes);
        if (text->error != BUF_OK)
            conn_fail(websocket->conn, CONN_NO_MEMORY);
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
    conn_write_shared(websocket->conn, frames);
    websocket_check_backlog(websocket);
}

void websocket_write_text(struct buf *buf, enum eio_type type, struct str text)
{
    char header[WS_HEADER_MAX], digit = (char)('0' + (int)type);
    buf_append(buf, header, ws_write_header(header, WS_OPCODE_TEXT, 1 + text.size));
    buf_append_byte(buf, digit);
    buf_append_str(buf, text);
}

void websocket_write_binary(struct buf *buf, int protocol, bool is_base64, struct str bytes)
{
    struct buf message;
    char header[WS_HEADER_MAX];
    buf_init(&message, buf->limit);
    if (is_base64)
        eio_write_base64(&message, protocol, bytes);
    else
        eio_write_binary(&message, protocol, bytes);
    buf_append(buf, header, ws_write_header(header, is_base64 ? WS_OPCODE_TEXT : WS_OPCODE_BINARY, message.size));
    buf_append_str(buf, buf_str(&message));
    if (message.error != BUF_OK && buf->error == BUF_OK) buf->error = message.error;
    buf_free(&message);
}

/* ---- Ending ------------------------------------------------------------------------------------------------ */

static void websocket_forget_message(struct websocket *websocket)
{
    if (websocket->message) buf_free(websocket->message);
    free(websocket->message);
    websocket->message = NULL;
}

/* The session learns that this transport is gone. */
static void websocket_lose_session(struct websocket *websocket, const char *reason)
{
    struct session *session = websocket->session;
    websocket->session = NULL;
    if (session == NULL) return;
    if (websocket->is_probe) {
        upgrade_on_probe_lost(session);
    } else {
        session->websocket = NULL;
        session_close(session, reason);
    }
}

/* Sends the close frame and ends. */
static void websocket_finish(struct websocket *websocket, uint16_t code)
{
    struct buf *text = &websocket->worker->text;
    buf_clear(text);
    ws_write_close(text, code, STR_EMPTY);
    if (text->error == BUF_OK) conn_write(websocket->conn, &(struct str){ text->at, text->size }, 1);
    conn_finish(websocket->conn);
}

void websocket_close(struct websocket *websocket, uint16_t code)
{
    struct session *session = websocket->session;
    websocket->session = NULL;
    if (session && session->websocket == websocket) session->websocket = NULL;
    if (conn_is_open(websocket->conn)) websocket_finish(websocket, code);
}

/* ---- Receiving --------------------------------------------------------------------------------------------- */

static void websocket_on_message(struct websocket *websocket, bool is_binary, char *payload, size_t size)
{
    struct session *session = websocket->session;
    struct eio_packet packet;
    if (!eio_read(&packet, session->protocol, is_binary, payload ? payload : (char[]){ 0 }, size)) {
        if (websocket->is_probe)
            upgrade_on_probe_packet(websocket, NULL);
        else
            session_close(session, "parse error");
    } else if (websocket->is_probe) {
        upgrade_on_probe_packet(websocket, &packet);
    } else {
        session_on_packet(session, &packet);
    }
}

static bool websocket_gather(struct websocket *websocket, const struct ws_piece *piece)
{
    if (piece->first) {
        websocket_forget_message(websocket);
        websocket->message = malloc(sizeof *websocket->message);
        if (websocket->message == NULL) return false;
        buf_init(websocket->message, websocket->worker->server->options.payload_bytes_max);
    }
    buf_append(websocket->message, piece->payload, piece->size);
    return websocket->message->error == BUF_OK;
}

static void websocket_on_data_piece(struct websocket *websocket, const struct ws_piece *piece)
{
    bool is_binary = piece->kind == WS_BINARY;
    if (piece->first && piece->last) {
        websocket_on_message(websocket, is_binary, piece->payload, piece->size);
    } else if (!websocket_gather(websocket, piece)) {
        conn_fail(websocket->conn, CONN_NO_MEMORY);
    } else if (piece->last) {
        struct buf *message = websocket->message;
        websocket->message = NULL;
        websocket_on_message(websocket, is_binary, message->at, message->size);
        buf_free(message);
        free(message);
    }
}

/* The other side, or its fault, ends the connection: the close frame is answered, or says what was wrong. */
static void websocket_on_end(struct websocket *websocket, uint16_t code, const char *reason)
{
    websocket_finish(websocket, code);
    websocket_lose_session(websocket, reason);
}

static void websocket_on_piece(struct websocket *websocket, const struct ws_piece *piece)
{
    switch (piece->kind) {
    case WS_TEXT:
    case WS_BINARY: websocket_on_data_piece(websocket, piece); return;
    case WS_PING:
        websocket_send_frame(websocket, WS_OPCODE_PONG, (struct str){ piece->size ? piece->payload : "", piece->size },
                             STR_EMPTY);
        return;
    case WS_CLOSE: websocket_on_end(websocket, piece->code, "transport close"); return;
    case WS_ERROR: websocket_on_end(websocket, piece->code, "transport error"); return;
    case WS_PONG:
    case WS_WANT_MORE: return;
    }
}

static size_t websocket_on_data(struct conn *conn, char *bytes, size_t size)
{
    struct websocket *websocket = conn->owner;
    size_t used = 0;
    struct ws_piece piece = { .kind = WS_PONG };
    while (conn_is_open(conn) && piece.kind != WS_WANT_MORE) {
        used += ws_read(&websocket->reader, bytes + used, size - used, &piece);
        websocket_on_piece(websocket, &piece);
    }
    return used;
}

static void websocket_on_close(struct conn *conn, enum conn_end end)
{
    websocket_lose_session(conn->owner, end == CONN_ENDED ? "transport close" : "transport error");
}

/* A probe that does not become the transport in time. */
static void websocket_on_deadline(struct conn *conn)
{
    struct websocket *websocket = conn->owner;
    if (websocket->is_probe) upgrade_on_probe_packet(websocket, NULL);
}

static void websocket_release(void *owner)
{
    struct websocket *websocket = owner;
    counter_subtract(&websocket->worker->counters.connections, 1);
    websocket_forget_message(websocket);
    free(websocket);
}

static const struct conn_handler websocket_handler = { websocket_on_data, NULL, websocket_on_deadline,
                                                       websocket_on_close, websocket_release };

struct websocket *websocket_open(struct http *http, struct session *session, bool is_base64)
{
    struct websocket *websocket = malloc(sizeof *websocket);
    if (websocket == NULL) return NULL;
    *websocket = (struct websocket){ .conn = http->conn, .worker = http->worker, .session = session };
    websocket->is_base64 = is_base64;
    ws_reader_init(&websocket->reader, http->worker->server->options.payload_bytes_max);
    conn_deadline(http->conn, 0);
    conn_take_over(http->conn, &websocket_handler, websocket, WEBSOCKET_INPUT_BYTES);
    http->is_gone = true;
    return websocket;
}
