#include "caller.h"

#include "handover.h"
#include "handshake.h"
#include "hold.h"
#include "polling.h"
#include "reply.h"
#include "request.h"
#include "server.h"

bool caller_open(struct worker *worker, int fd)
{
    struct http *http = http_open(&worker->http, fd, sizeof(struct caller));
    if (http == NULL) return false;
    if (worker->certificates == NULL || tls_start(&worker->tls_gate, http->conn, worker->certificates) == 0)
        return true;
    conn_close(http->conn);
    return false;
}

void caller_wait(struct http *http, struct session *session)
{
    caller_of(http)->waiting = session;
    http->is_waiting = true;
}

void caller_answered(struct http *http)
{
    caller_of(http)->waiting = NULL;
    http_answered(http);
}

void caller_ask_headers(sio_request *request, bool is_first)
{
    const sio_options *options = request->http->host->options;
    if (options->on_headers && request_decode(request) == 0) options->on_headers(request, is_first, options->context);
}

/* ---- The service ------------------------------------------------------------------------------------------- */

static bool caller_is_for_path(const struct http *http, const struct http1_request *head)
{
    return str_starts(http1_path(head), str_from(http->host->options->path));
}

/* Is the body one of a session, and the only one? */
static bool caller_on_body(struct http *http, const struct http1_request *head)
{
    struct session *session = caller_is_for_path(http, head) ? handshake_find_poster(http, head) : NULL;
    if (session == NULL || upload_begin(&caller_of(http)->upload, session)) return true;
    handshake_refuse_early(http, head, 400);
    return false;
}

static void caller_on_body_end(struct http *http)
{
    upload_end(&caller_of(http)->upload);
}

static void caller_on_request(sio_request *request)
{
    if (caller_is_for_path(request->http, request->head))
        handshake_on_request(request);
    else
        route_dispatch(caller_worker(request->http)->server->routes, request);
}

/* A page of another origin can see the status of what is too much where it may: so the answer has the CORS headers. */
static void caller_on_error(struct http *http, const struct http1_request *head, int status)
{
    if (status == 413 && caller_is_for_path(http, head))
        handshake_refuse_early(http, head, status);
    else
        reply_refuse(http, status, STR_EMPTY);
}

static void caller_on_deadline(struct http *http)
{
    if (caller_of(http)->held == NULL) return;
    reply_refuse(http, 503, STR_EMPTY);
    hold_drop(http);
}

static void caller_on_close(struct http *http)
{
    struct caller *caller = caller_of(http);
    struct session *session = caller->waiting;
    caller->waiting = NULL;
    hold_drop(http);
    if (session) polling_on_poll_lost(session);
    upload_lost(&caller->upload);
}

static void caller_on_free(struct http *http)
{
    hold_drop(http);
    handover_cancel(http);
}

const struct http_service caller_service = {
    .is_leaving = handover_begin,
    .on_body = caller_on_body,
    .on_body_end = caller_on_body_end,
    .on_request = caller_on_request,
    .on_error = caller_on_error,
    .on_deadline = caller_on_deadline,
    .on_close = caller_on_close,
    .on_free = caller_on_free,
};
