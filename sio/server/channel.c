#include "channel.h"

#include "intake.h"
#include "reply.h"
#include "server.h"
#include "ws_accept.h"

#include <stdlib.h>

struct channel_deflate {
    struct ws_deflate stream;
    uint32_t threshold; /* bytes from which on a message is compressed */
};

struct channel_partial {
    struct ws_reader reader;
    struct buf message;
    size_t taken; /* for it, see intake.h */
};

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
    struct ws_deflate_pool *pool = worker_deflate_pool(channel_worker(channel));
    channel->deflate = pool ? malloc(sizeof *channel->deflate) : NULL;
    if (channel->deflate == NULL) return false;
    ws_deflate_init(&channel->deflate->stream, pool, &agreed);
    channel->deflate->threshold = deflate->threshold_bytes ? deflate->threshold_bytes : CHANNEL_DEFLATE_BYTES;
    buf_append_str(head, STR("Sec-WebSocket-Extensions: "));
    ws_deflate_write_params(head, &agreed);
    buf_append_str(head, STR("\r\n"));
    return true;
}

bool channel_open(struct channel *channel, sio_request *request, const sio_deflate *deflate)
{
    struct http *http = request->http;
    struct buf *head = &caller_worker(http)->text;
    *channel = (struct channel){ .conn = http->conn };
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

static void channel_drop_partial(struct channel *channel)
{
    struct channel_partial *partial = channel->partial;
    if (partial == NULL) return;
    intake_give_back(&channel_worker(channel)->server->intake, &partial->taken);
    buf_free(&partial->message);
    free(partial);
    channel->partial = NULL;
}

void channel_free(struct channel *channel)
{
    channel_drop_partial(channel);
    if (channel->deflate) ws_deflate_free(&channel->deflate->stream);
    free(channel->deflate);
    channel->deflate = NULL;
}

/* ---- Sending ----------------------------------------------------------------------------------------------- */

bool channel_deflates(const struct channel *channel, size_t size)
{
    return channel->deflate && size >= channel->deflate->threshold;
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
    struct ws_deflate *deflate = &channel->deflate->stream;
    struct buf *payload = &channel_worker(channel)->deflated;
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

unsigned channel_shared_window(const struct channel *channel)
{
    if (channel->deflate == NULL || !channel->deflate->stream.params.server_no_context_takeover) return 0;
    unsigned bits = channel->deflate->stream.params.server_max_window_bits;
    return bits ? bits : 15;
}

static void channel_append_frame(struct buf *buf, int opcode, struct str first, struct str second)
{
    char header[WS_HEADER_MAX];
    buf_append(buf, header, ws_write_header(header, opcode, first.size + second.size));
    buf_append_str(buf, first);
    buf_append_str(buf, second);
}

void channel_append(struct buf *buf, struct channel *like, enum ws_opcode opcode, struct str first, struct str second)
{
    bool is_deflated = like && channel_deflates(like, first.size + second.size);
    struct buf *payload = is_deflated ? &channel_worker(like)->deflated : NULL;
    if (payload) buf_clear(payload);
    if (payload && ws_deflate_write(&like->deflate->stream, payload, (struct str[]){ first, second }, 2))
        channel_append_frame(buf, (int)opcode | WS_RSV1, buf_str(payload), STR_EMPTY);
    else
        channel_append_frame(buf, (int)opcode, first, second);
}

void channel_finish(struct channel *channel, uint16_t code)
{
    struct buf *text = &channel_worker(channel)->text;
    buf_clear(text);
    ws_write_close(text, code, STR_EMPTY);
    if (text->error == BUF_OK) conn_write(channel->conn, &(struct str){ text->at, text->size }, 1);
    conn_finish(channel->conn);
}

/* ---- Receiving --------------------------------------------------------------------------------------------- */

/* What a call of channel_read reads with: the reader of a message in progress, or one for what begins here. */
struct channel_reading {
    struct channel *channel;
    const struct channel_handler *handler;
    struct ws_reader fresh;
};

static struct ws_reader *channel_reader(struct channel_reading *reading)
{
    struct channel_partial *partial = reading->channel->partial;
    return partial ? &partial->reader : &reading->fresh;
}

/* The message in progress outlives the call. False: no memory. */
static bool channel_keep_partial(struct channel_reading *reading)
{
    struct channel *channel = reading->channel;
    if (channel->partial) return true;
    struct channel_partial *partial = malloc(sizeof *partial);
    if (partial == NULL) return false;
    *partial = (struct channel_partial){ .reader = reading->fresh };
    buf_init(&partial->message, reading->fresh.message_max);
    channel->partial = partial;
    return true;
}

static bool channel_gather(struct channel_reading *reading, const struct ws_piece *piece)
{
    struct channel *channel = reading->channel;
    if (!channel_keep_partial(reading)) return false;
    struct channel_partial *partial = channel->partial;
    if (!intake_take(&channel_worker(channel)->server->intake, &partial->taken, piece->size)) return false;
    buf_append(&partial->message, piece->payload, piece->size);
    return partial->message.error == BUF_OK;
}

/* The reader of a message that has ended is as good as new: what follows needs no more of it. */
static void channel_begin_anew(struct channel_reading *reading)
{
    struct channel *channel = reading->channel;
    if (channel->partial) reading->fresh = channel->partial->reader;
    channel_drop_partial(channel);
}

/* The message is taken out of the channel meanwhile: its owner may close it. */
static void channel_on_last_piece(struct channel_reading *reading, bool is_binary)
{
    struct channel *channel = reading->channel;
    struct buf message = channel->partial->message;
    channel->partial->message = (struct buf){ 0 };
    channel_begin_anew(reading);
    reading->handler->on_message(channel, is_binary, message.at ? message.at : (char[]){ 0 }, message.size);
    buf_free(&message);
}

static void channel_on_whole_piece(struct channel_reading *reading, const struct ws_piece *piece)
{
    char *payload = piece->payload ? piece->payload : (char[]){ 0 };
    channel_begin_anew(reading);
    reading->handler->on_message(reading->channel, piece->kind == WS_BINARY, payload, piece->size);
}

static void channel_on_data_piece(struct channel_reading *reading, const struct ws_piece *piece)
{
    if (piece->first && piece->last)
        channel_on_whole_piece(reading, piece);
    else if (!channel_gather(reading, piece))
        conn_fail(reading->channel->conn, CONN_NO_MEMORY);
    else if (piece->last)
        channel_on_last_piece(reading, piece->kind == WS_BINARY);
}

/* The close frame is answered, or says what was wrong. */
static void channel_on_end(struct channel_reading *reading, const struct ws_piece *piece)
{
    channel_finish(reading->channel, piece->code);
    reading->handler->on_end(reading->channel, piece->code, piece->kind == WS_ERROR);
}

void channel_check_backlog(struct channel *channel)
{
    struct worker *worker = channel_worker(channel);
    if (conn_unsent(channel->conn) / 2 <= worker->server->options.backlog_bytes_max || !conn_is_open(channel->conn))
        return;
    worker_log_client(worker, "a client is to go", "it reads nothing of what it asks for");
    conn_fail(channel->conn, CONN_STALLED);
}

static void channel_on_ping(struct channel *channel, const struct ws_piece *piece)
{
    struct str payload = { piece->size ? piece->payload : "", piece->size };
    channel_write(channel, WS_OPCODE_PONG, payload, STR_EMPTY);
    channel_check_backlog(channel);
}

static void channel_on_piece(struct channel_reading *reading, const struct ws_piece *piece)
{
    switch (piece->kind) {
    case WS_TEXT:
    case WS_BINARY: channel_on_data_piece(reading, piece); return;
    case WS_PING: channel_on_ping(reading->channel, piece); return;
    case WS_CLOSE:
    case WS_ERROR: channel_on_end(reading, piece); return;
    case WS_PONG:
    case WS_WANT_MORE: return;
    }
}

size_t channel_read(struct channel *channel, const struct channel_handler *handler, char *bytes, size_t size)
{
    size_t used = 0;
    struct ws_piece piece = { .kind = WS_PONG };
    struct channel_reading reading = { .channel = channel, .handler = handler };
    ws_reader_init(&reading.fresh, handler->message_max(channel));
    if (channel->deflate) reading.fresh.deflate = &channel->deflate->stream;
    while (conn_is_open(channel->conn) && piece.kind != WS_WANT_MORE) {
        used += ws_read(channel_reader(&reading), bytes + used, size - used, &piece);
        channel_on_piece(&reading, &piece);
    }
    bool is_whole = !conn_is_open(channel->conn) || ws_reader_is_idle(channel_reader(&reading));
    if (!is_whole && !channel_keep_partial(&reading)) conn_fail(channel->conn, CONN_NO_MEMORY);
    return used;
}
