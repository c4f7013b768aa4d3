#include "polling.h"

#include "outbox.h"
#include "reply.h"
#include "server.h"
#include "upgrade.h"
#include "upload.h"
#include "websocket.h"

#include <stdlib.h>

/* ---- Answers ----------------------------------------------------------------------------------------------- */

static void polling_write_headers(const struct polling *polling, struct buf *lines)
{
    http1_write_header(lines, STR("Cache-Control"), STR("no-store"));
    if (polling->want.is_old_browser) http1_write_header(lines, STR("X-XSS-Protection"), STR("0"));
}

/* `lines` are the headers so far. */
static void polling_reply(const struct polling *polling, struct http *http, struct str type, struct buf *lines,
                          struct str body)
{
    polling_write_headers(polling, lines);
    if (lines->error != BUF_OK || body.at == NULL)
        conn_fail(http->conn, CONN_NO_MEMORY);
    else
        reply_send(http, &(struct reply){ .status = 200, .type = type, .headers = buf_str(lines), .body = body });
}

/* Protocol 3 has a binary form for the whole body, where the client takes it and one packet needs it. */
static enum eio_form polling_form(const struct polling *polling)
{
    struct eio_packet packet;
    size_t position = 0;
    if (polling->session->protocol == 4 || polling->session->is_base64 || polling->want.jsonp >= 0)
        return EIO_FORM_TEXT;
    while (outbox_next(&polling->outbox, &position, &packet))
        if (packet.is_binary) return EIO_FORM_BINARY;
    return EIO_FORM_TEXT;
}

/* The body, and its type; the body's `at` is NULL when there is no memory for it. */
static struct str polling_write_body(struct polling *polling, struct str *type)
{
    struct buf *body = &polling->session->worker->packet, *script = &polling->session->worker->text;
    enum eio_form form = polling_form(polling);
    struct eio_packet packet;
    size_t position = 0;
    buf_clear(body);
    while (outbox_next(&polling->outbox, &position, &packet))
        eio_payload_write(body, polling->session->protocol, form, packet.type, packet.is_binary,
                          (struct str){ packet.data, packet.size });
    *type = form == EIO_FORM_BINARY ? STR("application/octet-stream") : STR("text/plain; charset=UTF-8");
    if (polling->want.jsonp >= 0 && body->error == BUF_OK) {
        buf_clear(script);
        eio_jsonp_write(script, (uint32_t)polling->want.jsonp, buf_str(body));
        buf_clear(body);
        buf_append_str(body, buf_str(script));
        if (script->error != BUF_OK) body->error = script->error;
        *type = STR("text/javascript; charset=UTF-8");
    }
    return body->error == BUF_OK ? buf_str(body) : (struct str){ NULL, 0 };
}

/* Tells the worker's counters that `size` bytes wait. */
static void polling_count(struct polling *polling, size_t size)
{
    counter_add(&polling->session->worker->counters.waiting, size - polling->counted);
    polling->counted = size;
}

/* Answers the pending poll with all that waits. */
static void polling_answer(struct polling *polling)
{
    struct http *http = polling->poll;
    struct str type, body = polling_write_body(polling, &type);
    polling->poll = NULL;
    if (polling->may_compress && body.size >= polling->session->worker->server->options.http_compression_bytes)
        body = reply_encode(&polling->session->worker->http, polling->want.coding, body, &polling->headers);
    polling_reply(polling, http, type, &polling->headers, body);
    buf_free(&polling->headers);
    buf_free(&polling->outbox);
    polling->may_compress = false;
    polling_count(polling, 0);
    caller_answered(http);
    if (body.at == NULL) polling_fail(polling); /* what the client did not get cannot be sent again */
}

/* Answers the pending poll with this packet alone; what waits goes on waiting. */
static void polling_answer_with(struct polling *polling, enum eio_type type)
{
    struct buf waiting = polling->outbox;
    bool may_compress = polling->may_compress;
    buf_init(&polling->outbox, LOOP_CORKED_MAX);
    outbox_add(&polling->outbox, type, false, STR_EMPTY);
    polling_answer(polling);
    polling->outbox = waiting;
    polling->may_compress = may_compress;
    polling_count(polling, waiting.size);
}

/* Gives the pending poll what there is. An ending session's close comes alone and last: clients handle it before the
 * packets of the same answer, and would take a disconnection by the server for a broken connection. */
static void polling_serve(struct polling *polling)
{
    if (polling->outbox.size) {
        polling_answer(polling);
    } else if (polling->is_ending) {
        polling_answer_with(polling, EIO_CLOSE);
        session_bury(polling->session);
    }
}

static void polling_on_task(struct loop_task *task)
{
    struct polling *polling = (struct polling *)((char *)task - offsetof(struct polling, task));
    struct session *session = polling->session;
    if (session == NULL) {
        buf_free(&polling->outbox);
        buf_free(&polling->headers);
        free(polling);
        return;
    }
    if (polling->outbox.error != BUF_OK) {
        if (polling->outbox.error == BUF_FULL)
            worker_log_client(session->worker, "a client is to go", "it fetches nothing of what it asks for");
        session_close(session, "transport error");
        return;
    }
    if (polling->poll) polling_serve(polling);
}

/* ---- Requests ---------------------------------------------------------------------------------------------- */

static void polling_refuse(sio_request *request, int status)
{
    reply_send(request->http, &(struct reply){ .status = status, .headers = buf_str(&request->reply_headers) });
}

void polling_on_get(struct polling *polling, sio_request *request, struct polling_want want)
{
    if (polling->poll) { /* two at a time: the client has lost its way (protocol of the reference server) */
        polling_refuse(request, 400);
        session_close(polling->session, "transport error");
        return;
    }
    polling->want = want;
    polling->poll = request->http;
    polling->headers = request->reply_headers;
    buf_init(&request->reply_headers, HTTP_REPLY_HEADER_BYTES);
    caller_wait(request->http, polling->session);
    conn_deadline(request->http->conn, 0); /* the heartbeat watches over it now */
    polling_serve(polling);
}

void polling_on_poll_lost(struct session *session)
{
    session->polling->poll = NULL;
    session_close(session, "transport error");
}

/* Hands the packets on; false when there is something wrong with them. */
static bool polling_read_packets(struct session *session, struct eio_payload *payload)
{
    struct eio_packet packet;
    enum eio_next next = EIO_NEXT_PACKET;
    while (!session->is_closed && (next = eio_payload_next(payload, &packet)) == EIO_NEXT_PACKET) {
        if (packet.type == EIO_CLOSE) {
            if (session->polling) polling_release(session->polling);
            session_close(session, "transport close");
        } else {
            session_on_packet(session, &packet);
        }
    }
    return session->is_closed || next != EIO_NEXT_ERROR;
}

static void polling_read_body(struct session *session, sio_request *request, enum eio_form form, bool is_jsonp)
{
    struct eio_payload payload;
    char *body = request->body;
    size_t size = request->body_size;
    bool is_good = !is_jsonp || (size && eio_jsonp_read(request->body, &size, &body));
    if (is_good && size) is_good = eio_payload_init(&payload, session->protocol, form, body, size);
    if (is_good && size && polling_read_packets(session, &payload)) return;
    session_close(session, "parse error");
}

/* The reference server says ok to garbage too, and closes the session. The answer comes first: whatever the packets
 * cause, this request is done. */
void polling_on_post(struct polling *polling, sio_request *request, struct polling_want want)
{
    struct session *session = polling->session;
    struct str type = http1_header(request->head, STR("Content-Type"));
    bool is_binary = type.at && str_equal_nocase(type, STR("application/octet-stream"));
    if (polling->upload || (is_binary && session->protocol == 4)) {
        polling_refuse(request, 400);
        session_close(session, "transport error");
        return;
    }
    polling->want.is_old_browser = want.is_old_browser;
    polling_reply(polling, request->http, STR("text/html"), &request->reply_headers, STR("ok"));
    struct worker *worker = session->worker;
    worker->post = request;
    worker->poster = session;
    polling_read_body(session, request, is_binary ? EIO_FORM_BINARY : EIO_FORM_TEXT, want.jsonp >= 0);
    worker->post = NULL;
    worker->poster = NULL;
}

/* ---- Packets ----------------------------------------------------------------------------------------------- */

size_t polling_unsent(const struct polling *polling)
{
    return polling->outbox.size;
}

bool polling_is_writable(const struct polling *polling)
{
    return polling->poll && polling->outbox.size == 0;
}

void polling_send(struct polling *polling, enum eio_type type, bool is_binary, struct str bytes)
{
    outbox_add(&polling->outbox, type, is_binary, bytes);
    if (!polling->session->worker->spares_compression) polling->may_compress = true;
    polling_count(polling, polling->outbox.size);
    if (polling->poll || polling->outbox.error != BUF_OK) loop_later(&polling->session->worker->loop, &polling->task);
}

void polling_fail(struct polling *polling)
{
    polling->outbox.error = BUF_NO_MEMORY;
    loop_later(&polling->session->worker->loop, &polling->task);
}

void polling_release(struct polling *polling)
{
    if (polling->poll == NULL) return;
    if (polling->outbox.size)
        polling_answer(polling);
    else
        polling_answer_with(polling, EIO_NOOP);
}

void polling_start_releasing(struct polling *polling)
{
    struct loop *loop = &polling->session->worker->loop;
    polling_release(polling);
    timer_set(&loop->timers, &polling->timer, loop->now_ms, POLLING_PROBE_MS);
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

/* Both waits end here: the next noop of an upgrade, and the last poll that does not come. */
static void polling_on_timer(struct timer *timer)
{
    struct polling *polling = (struct polling *)((char *)timer - offsetof(struct polling, timer));
    if (polling->is_ending)
        session_bury(polling->session);
    else if (polling->probe)
        polling_start_releasing(polling);
}

bool polling_open(struct session *session)
{
    struct polling *polling = malloc(sizeof *polling);
    if (polling == NULL) return false;
    *polling = (struct polling){ .session = session, .task.fn = polling_on_task, .want.jsonp = -1 };
    timer_init(&polling->timer, polling_on_timer);
    /* Twice what messages may take: heartbeats and the heads of packets come on top. */
    buf_init(&polling->outbox, 2 * session->worker->server->options.backlog_bytes_max + LOOP_CORKED_MAX);
    buf_init(&polling->headers, HTTP_REPLY_HEADER_BYTES);
    session->polling = polling;
    return true;
}

/* Its memory waits for the task, which lies inside it and may be queued already. */
void polling_discard(struct polling *polling)
{
    struct loop *loop = &polling->session->worker->loop;
    timer_cancel(&loop->timers, &polling->timer);
    polling_count(polling, 0);
    if (polling->upload) polling->upload->session = NULL;
    polling->session->polling = NULL;
    polling->session = NULL;
    loop_later(loop, &polling->task);
}

static void polling_close_probe(struct polling *polling)
{
    struct websocket *probe = polling->probe;
    polling->probe = NULL;
    if (probe) websocket_close(probe, WS_CLOSE_NO_CODE);
}

void polling_close(struct polling *polling, enum eio_type type)
{
    polling_close_probe(polling);
    if (polling->poll) polling_answer_with(polling, type);
}

void polling_end(struct polling *polling)
{
    struct loop *loop = &polling->session->worker->loop;
    polling_close_probe(polling);
    polling->is_ending = true;
    timer_set(&loop->timers, &polling->timer, loop->now_ms, POLLING_END_MS);
    loop_later(loop, &polling->task);
}

void polling_move_to(struct polling *polling, struct websocket *websocket)
{
    struct eio_packet packet;
    size_t position = 0;
    polling->probe = NULL;
    if (polling->poll) polling_answer_with(polling, EIO_NOOP);
    while (outbox_next(&polling->outbox, &position, &packet)) {
        struct str bytes = { packet.data, packet.size };
        if (packet.is_binary)
            websocket_send_binary(websocket, bytes);
        else
            websocket_send(websocket, packet.type, bytes);
    }
    polling_discard(polling);
}
