#include "http.h"

#include "clock.h"
#include "limits.h"
#include "reply.h"
#include "static_pump.h"

#include <stdlib.h>
#include <unistd.h>

/* What is known of a request of which only a part has come. While the head is not whole its bytes stay in the
 * connection's rest; after that they are copied, because the body drives them out of the receive buffer. */
struct http_partial {
    struct http1_reader reader;
    size_t taken; /* see intake.h */
    struct buf head, body;
    bool is_told; /* on_body was called */
};

/* One request on its way through http_read_request. */
struct http_incoming {
    struct http1_reader *reader;
    const char *bytes;
    size_t size, used, head_size;
    char *body; /* where it lies in `bytes`, when it came whole */
    size_t body_size;
};

enum http_next { HTTP_NEXT_REQUEST, HTTP_NEXT_LATER };

static void http_drop_partial(struct http *http)
{
    if (http->partial == NULL) return;
    intake_give_back(http->host->intake, &http->partial->taken);
    http->host->service->on_body_end(http);
    buf_free(&http->partial->head);
    buf_free(&http->partial->body);
    free(http->partial);
    http->partial = NULL;
}

/* Copies what lies in the receive buffer: a head that is whole, and the first piece of the body. */
static bool http_keep_head(struct http *http, const struct http_incoming *in)
{
    struct http_partial *partial = http->partial;
    if (in->head_size == 0) return true;
    if (!intake_take(http->host->intake, &partial->taken, in->head_size + in->body_size)) return false;
    buf_append(&partial->head, in->bytes, in->head_size);
    buf_append(&partial->body, in->body, in->body_size);
    partial->reader.request.head = partial->head.at;
    return partial->head.error == BUF_OK && partial->body.error == BUF_OK;
}

/* Gives the request in progress memory of its own. False: there is none. */
static bool http_keep_partial(struct http *http, struct http_incoming *in)
{
    if (http->partial == NULL) {
        struct http_partial *partial = malloc(sizeof *partial);
        if (partial == NULL) return false;
        partial->reader = *in->reader;
        partial->taken = 0;
        partial->is_told = false;
        buf_init(&partial->head, LIMIT_HTTP_HEADER_BYTES);
        buf_init(&partial->body, http->host->options->payload_bytes_max);
        http->partial = partial;
        in->reader = &partial->reader;
        conn_deadline(http->conn, http->host->options->request_timeout_ms);
    }
    return http->partial->head.size > 0 || http_keep_head(http, in);
}

/* The first piece stays where it lies; a second one makes both move together. */
static bool http_take_body(struct http *http, struct http_incoming *in, struct str piece)
{
    if (http->partial == NULL && in->body_size == 0) {
        in->body = (char *)(uintptr_t)piece.at;
        in->body_size = piece.size;
        return true;
    }
    if (!http_keep_partial(http, in) || !intake_take(http->host->intake, &http->partial->taken, piece.size))
        return false;
    buf_append_str(&http->partial->body, piece);
    return http->partial->body.error == BUF_OK;
}

static void http_dispatch(struct http *http, struct http_incoming *in)
{
    struct http_host *host = http->host;
    struct sio_request request = { .http = http, .head = &in->reader->request };
    if (http->partial) host->service->on_body_end(http);
    request.body = http->partial ? http->partial->body.at : in->body;
    request.body_size = http->partial ? http->partial->body.size : in->body_size;
    http->keep_alive = request.head->keep_alive && !host->is_draining;
    http->is_old = request.head->minor == 0;
    buf_init(&request.reply_headers, HTTP_REPLY_HEADER_BYTES);
    counter_add(&host->requests_total, 1);
    host->service->on_request(&request);
    buf_free(&request.reply_headers);
    arena_reset(host->arena);
    http_drop_partial(http);
}

static void http_on_error(struct http *http, const struct http1_request *request, int status)
{
    http->host->service->on_error(http, request, status);
    arena_reset(http->host->arena);
    http_drop_partial(http); /* `request` may lie in it */
}

/* The client asked whether to send its body (RFC 9110 §10.1.1). */
static void http_on_head(struct http *http, struct http_incoming *in)
{
    in->head_size = in->used;
    if (in->reader->request.expects_continue && in->used == in->size)
        conn_write(http->conn, &STR("HTTP/1.1 100 Continue\r\n\r\n"), 1);
}

/* The request is for another thread: its bytes, of which none is used before the head is whole, go there with the
 * connection. */
static bool http_is_leaving(struct http *http, struct http_incoming *in)
{
    if (!http->host->service->is_leaving(http, &in->reader->request)) return false;
    http_drop_partial(http);
    in->used = 0;
    return true;
}

/* Once, when the head is whole and the body is not. */
static void http_tell_body(struct http *http)
{
    struct http_partial *partial = http->partial;
    if (partial->is_told || partial->head.size == 0) return;
    partial->is_told = true;
    if (!http->host->service->on_body(http, &partial->reader.request)) http_drop_partial(http);
}

/* Reads one request as far as it is there and hands it on when it is whole. */
static enum http_next http_read_request(struct http *http, struct http_incoming *in)
{
    for (;;) {
        struct http1_piece piece;
        in->used += http1_read(in->reader, in->bytes + in->used, in->size - in->used, &piece);
        switch (piece.event) {
        case HTTP1_HEAD:
            if (http_is_leaving(http, in)) return HTTP_NEXT_LATER;
            http_on_head(http, in);
            break;
        case HTTP1_BODY:
            if (http_take_body(http, in, piece.body)) break;
            conn_fail(http->conn, CONN_NO_MEMORY);
            return HTTP_NEXT_LATER;
        case HTTP1_DONE: http_dispatch(http, in); return HTTP_NEXT_REQUEST;
        case HTTP1_ERROR: http_on_error(http, &in->reader->request, piece.status); return HTTP_NEXT_LATER;
        case HTTP1_WANT_MORE:
            if (http_keep_partial(http, in))
                http_tell_body(http);
            else
                conn_fail(http->conn, CONN_NO_MEMORY);
            return HTTP_NEXT_LATER;
        }
    }
}

/* True when the next request may be read. Replies that the client does not read, an answer that is to come later, a
 * file on its way: each makes the next request wait, so that a client cannot make replies pile up. */
static bool http_is_ready(struct http *http)
{
    if (http->is_gone || http->is_leaving || !conn_is_open(http->conn)) return false;
    if (!http->is_waiting && http->pump == NULL && conn_unsent(http->conn) == 0) return true;
    conn_pause(http->conn, http->is_waiting);
    return false;
}

static size_t http_on_data(struct conn *conn, char *bytes, size_t size)
{
    struct http *http = conn->owner;
    size_t used = 0;
    enum http_next next = HTTP_NEXT_REQUEST;
    while (next == HTTP_NEXT_REQUEST && http_is_ready(http) && used < size) {
        struct http_incoming in = { .bytes = bytes + used, .size = size - used, .reader = &http->host->reader };
        if (http->partial)
            in.reader = &http->partial->reader;
        else
            http1_reader_init(in.reader, http->host->options->payload_bytes_max);
        next = http_read_request(http, &in);
        used += in.used;
    }
    if (http->is_gone)
        http_free(http);
    else if (http->partial == NULL && !http->is_waiting)
        conn_deadline(conn, http->host->options->idle_timeout_ms);
    return used;
}

static void http_on_drain(struct conn *conn)
{
    struct http *http = conn->owner;
    if (http->pump) static_pump_continue(http);
    if (http->pump || http->is_waiting || http->is_leaving || !conn_is_open(conn)) return;
    conn_deadline(conn, http->host->options->idle_timeout_ms);
    conn_resume(conn);
}

static void http_on_deadline(struct conn *conn)
{
    struct http *http = conn->owner;
    if (http->is_waiting)
        http->host->service->on_deadline(http);
    else if (http->partial)
        reply_refuse(http, 408, STR_EMPTY);
    else
        conn_finish(conn);
}

static void http_on_close(struct conn *conn, enum conn_end end)
{
    struct http *http = conn->owner;
    (void)end;
    http->host->service->on_close(http);
}

static void http_release(void *owner)
{
    struct http *http = owner;
    counter_subtract(&http->host->connections, 1);
    http_free(http);
}

static const struct conn_handler http_handler = { http_on_data, http_on_drain, http_on_deadline, http_on_close,
                                                  http_release };

struct http *http_open(struct http_host *host, int fd, size_t size)
{
    struct http *http = calloc(1, size);
    if (http == NULL) {
        close(fd);
        return NULL;
    }
    http->host = host;
    http->conn = conn_open(host->loop, fd, &http_handler, http, LIMIT_HTTP_HEADER_BYTES);
    if (http->conn == NULL) {
        free(http);
        return NULL;
    }
    counter_add(&host->connections, 1);
    counter_add(&host->connections_total, 1);
    conn_deadline(http->conn, host->options->idle_timeout_ms);
    return http;
}

struct http *http_of(const struct conn *conn)
{
    return conn->handler == &http_handler ? conn->owner : NULL;
}

void http_free(struct http *http)
{
    http_drop_partial(http);
    static_pump_free(http);
    http->host->service->on_free(http);
    free(http);
}

void http_answered(struct http *http)
{
    http->is_waiting = false;
    if (!conn_is_open(http->conn)) return;
    conn_deadline(http->conn, http->host->options->idle_timeout_ms);
    conn_resume(http->conn);
}

void http_resume(struct http *http)
{
    struct conn *conn = http->conn;
    if (http->is_gone) {
        http_free(http);
        conn_resume(conn);
    } else if (!http->is_waiting) {
        http_answered(http);
    }
}

struct str http_date(struct http_host *host)
{
    int64_t second = clock_wall_ms() / 1000;
    if (second != host->date_second) http_date_write(host->date, second);
    host->date_second = second;
    return (struct str){ host->date, HTTP_DATE_SIZE };
}
