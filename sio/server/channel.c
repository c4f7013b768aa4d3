#include "channel.h"

#include "intake.h"
#include "reply.h"
#include "server.h"
#include "ws_accept.h"

#include <stdlib.h>

/* ---- Opening ----------------------------------------------------------------------------------------------- */

static struct ws_deflate_params channel_wanted(const sio_deflate *deflate)
{
    return (struct ws_deflate_params){
        .server_no_context_takeover = deflate->server_keeps_no_context,
        .client_no_context_takeover = deflate->client_keeps_no_context,
        .server_max_window_bits = deflate->server_window_bits,
        .client_max_window_bits = deflate->client_window_bits,
    };
}

bool channel_refuse(sio_request *request)
{
    const char *reason;
    struct ws_deflate_params agreed, any = { 0 };
    struct buf *headers = &request->reply_headers;
    int status = ws_accept_check(request->head, &reason);
    if (status == 0 && ws_deflate_negotiate(&any, request->head, &agreed) == WS_DEFLATE_MALFORMED) {
        status = 400;
        reason = "malformed Sec-WebSocket-Extensions";
    }
    if (status == 0) return false;
    if (status == 426) http1_write_header(headers, STR("Sec-WebSocket-Version"), STR("13"));
    request->http->keep_alive = false;
    reply_send(request->http,
               &(struct reply){
                   .status = status, .type = STR("text/html"), .headers = buf_str(headers), .body = str_from(reason) });
    request->is_answered = true;
    return true;
}

/* Compression where both sides want it. False: no memory. */
static bool channel_agree(struct channel *channel, const sio_request *request, const sio_deflate *deflate,
                          struct buf *head)
{
    struct ws_deflate_params wanted, agreed;
    if (deflate == NULL) return true;
    wanted = channel_wanted(deflate);
    if (ws_deflate_negotiate(&wanted, request->head, &agreed) != WS_DEFLATE_AGREED) return true;
    struct ws_deflate_pool *pool = worker_deflate_pool(channel->worker);
    if (pool == NULL) return false;
    channel->reader.deflate = malloc(sizeof *channel->reader.deflate);
    if (channel->reader.deflate == NULL) return false;
    ws_deflate_init(channel->reader.deflate, pool, &agreed);
    channel->deflate_threshold = deflate->threshold_bytes ? deflate->threshold_bytes : CHANNEL_DEFLATE_BYTES;
    buf_append_str(head, STR("Sec-WebSocket-Extensions: "));
    ws_deflate_write_params(head, &agreed);
    buf_append_str(head, STR("\r\n"));
    return true;
}

bool channel_open(struct channel *channel, sio_request *request, const struct channel_handler *handler,
                  const sio_deflate *deflate, uint64_t message_max)
{
    struct http *http = request->http;
    struct buf *head = &http->worker->text;
    *channel = (struct channel){ .conn = http->conn, .worker = http->worker, .handler = handler };
    ws_reader_init(&channel->reader, message_max);
    buf_clear(head);
    bool is_good = ws_accept_write(head, request->head) && channel_agree(channel, request, deflate, head);
    buf_append_str(head, buf_str(&request->reply_headers));
    http1_write_end(head);
    if (!is_good || head->error != BUF_OK) {
        channel_free(channel);
        return false;
    }
    conn_write(http->conn, &(struct str){ head->at, head->size }, 1);
    conn_deadline(http->conn, 0);
    http->is_gone = true;
    return true;
}

static void channel_forget_message(struct channel *channel)
{
    intake_give_back(channel->worker, &channel->taken);
    if (channel->message) buf_free(channel->message);
    free(channel->message);
    channel->message = NULL;
}

void channel_free(struct channel *channel)
{
    channel_forget_message(channel);
    if (channel->reader.deflate) ws_deflate_free(channel->reader.deflate);
    free(channel->reader.deflate);
    channel->reader.deflate = NULL;
}

/* ---- Sending ----------------------------------------------------------------------------------------------- */

bool channel_deflates(const struct channel *channel, size_t size)
{
    return channel->reader.deflate && size >= channel->deflate_threshold;
}

static void channel_write(struct channel *channel, int opcode, struct str first, struct str second)
{
    char header[WS_HEADER_MAX];
    size_t size = ws_write_header(header, opcode, first.size + second.size);
    struct str parts[] = { { header, size }, first, second };
    conn_write(channel->conn, parts, 3);
}

/* With context takeover both sides have to see every message that was compressed: it is sent even where it grew. */
static void channel_write_deflated(struct channel *channel, enum ws_opcode opcode, struct str first, struct str second)
{
    struct ws_deflate *deflate = channel->reader.deflate;
    struct buf *payload = &channel->worker->deflated;
    buf_clear(payload);
    bool is_done = ws_deflate_write(deflate, payload, (struct str[]){ first, second }, 2);
    if (!is_done && !deflate->params.server_no_context_takeover)
        conn_fail(channel->conn, CONN_NO_MEMORY);
    else if (!is_done)
        channel_write(channel, (int)opcode, first, second);
    else
        channel_write(channel, (int)opcode | WS_RSV1, buf_str(payload), STR_EMPTY);
}

void channel_send(struct channel *channel, enum ws_opcode opcode, struct str first, struct str second)
{
    if (!conn_is_open(channel->conn)) return;
    if (channel_deflates(channel, first.size + second.size))
        channel_write_deflated(channel, opcode, first, second);
    else
        channel_write(channel, (int)opcode, first, second);
}

void channel_finish(struct channel *channel, uint16_t code)
{
    struct buf *text = &channel->worker->text;
    buf_clear(text);
    ws_write_close(text, code, STR_EMPTY);
    if (text->error == BUF_OK) conn_write(channel->conn, &(struct str){ text->at, text->size }, 1);
    conn_finish(channel->conn);
}

/* ---- Receiving --------------------------------------------------------------------------------------------- */

static bool channel_gather(struct channel *channel, const struct ws_piece *piece)
{
    if (piece->first) {
        channel_forget_message(channel);
        channel->message = malloc(sizeof *channel->message);
        if (channel->message == NULL) return false;
        buf_init(channel->message, channel->reader.message_max);
    }
    if (!intake_take(channel->worker, &channel->taken, piece->size)) return false;
    buf_append(channel->message, piece->payload, piece->size);
    return channel->message->error == BUF_OK;
}

/* The message is taken out of the channel meanwhile: its owner may close it. */
static void channel_on_last_piece(struct channel *channel, bool is_binary)
{
    struct buf *message = channel->message;
    channel->message = NULL;
    intake_give_back(channel->worker, &channel->taken);
    channel->handler->on_message(channel, is_binary, message->at ? message->at : (char[]){ 0 }, message->size);
    buf_free(message);
    free(message);
}

static void channel_on_data_piece(struct channel *channel, const struct ws_piece *piece)
{
    bool is_binary = piece->kind == WS_BINARY;
    if (piece->first && piece->last)
        channel->handler->on_message(channel, is_binary, piece->payload ? piece->payload : (char[]){ 0 }, piece->size);
    else if (!channel_gather(channel, piece))
        conn_fail(channel->conn, CONN_NO_MEMORY);
    else if (piece->last)
        channel_on_last_piece(channel, is_binary);
}

/* The close frame is answered, or says what was wrong. */
static void channel_on_end(struct channel *channel, const struct ws_piece *piece)
{
    channel_finish(channel, piece->code);
    channel->handler->on_end(channel, piece->code, piece->kind == WS_ERROR);
}

/* One that takes nothing and yet makes us answer has its limit, above the one for messages. */
static void channel_on_ping(struct channel *channel, const struct ws_piece *piece)
{
    struct str payload = { piece->size ? piece->payload : "", piece->size };
    channel_write(channel, WS_OPCODE_PONG, payload, STR_EMPTY);
    if (conn_unsent(channel->conn) / 2 > channel->worker->server->options.backlog_bytes_max)
        conn_fail(channel->conn, CONN_STALLED);
}

static void channel_on_piece(struct channel *channel, const struct ws_piece *piece)
{
    switch (piece->kind) {
    case WS_TEXT:
    case WS_BINARY: channel_on_data_piece(channel, piece); return;
    case WS_PING: channel_on_ping(channel, piece); return;
    case WS_CLOSE:
    case WS_ERROR: channel_on_end(channel, piece); return;
    case WS_PONG:
    case WS_WANT_MORE: return;
    }
}

size_t channel_read(struct channel *channel, char *bytes, size_t size)
{
    size_t used = 0;
    struct ws_piece piece = { .kind = WS_PONG };
    while (conn_is_open(channel->conn) && piece.kind != WS_WANT_MORE) {
        used += ws_read(&channel->reader, bytes + used, size - used, &piece);
        channel_on_piece(channel, &piece);
    }
    return used;
}
