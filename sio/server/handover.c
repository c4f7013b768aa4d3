#include "handover.h"

#include "caller.h"
#include "http_url.h"
#include "server.h"
#include "session_owner.h"

#include <stdlib.h>

struct handover {
    struct loop_task task;
    struct loop_message message;
    struct http *http; /* NULL: the connection is gone */
    struct worker *to;
};

/* In the other worker's thread. */
static void handover_on_message(struct loop_message *message, bool is_dropped)
{
    struct handover *handover = (struct handover *)((char *)message - offsetof(struct handover, message));
    struct http *http = handover->http;
    struct worker *worker = handover->to;
    (void)is_dropped; /* the server's last turn runs everything */
    free(handover);
    http->host = &worker->http;
    counter_add(&worker->http.connections, 1);
    if (tls_is_below(http->conn)) tls_adopt(&worker->tls_gate, http->conn);
    conn_adopt(&worker->loop, http->conn);
}

static void handover_forget(struct http *http)
{
    caller_of(http)->handover = NULL;
    http->is_leaving = false;
}

static void handover_on_task(struct loop_task *task)
{
    struct handover *handover = (struct handover *)task;
    struct http *http = handover->http;
    if (http == NULL) {
        free(handover);
    } else if (!conn_is_open(http->conn)) {
        handover_forget(http);
        free(handover);
    } else if (!conn_detach(http->conn)) {
        loop_later(http->host->loop, task);
    } else {
        handover_forget(http);
        counter_subtract(&http->host->connections, 1);
        loop_send(&handover->to->loop, &handover->message);
    }
}

void handover_cancel(struct http *http)
{
    struct handover *handover = caller_of(http)->handover;
    if (handover) handover->http = NULL;
    handover_forget(http);
}

/* The worker that the request is for; this one when it is for none in particular. */
static struct worker *handover_find(const struct http *http, const struct http1_request *request)
{
    struct worker *here = caller_worker(http);
    struct str raw, sid;
    char room[64];
    if (here->server->options.workers == 1) return here;
    if (!str_starts(http1_path(request), str_from(here->server->options.path))) return here;
    if (!http_url_find(http1_query(request), STR("sid"), &raw) || raw.size >= sizeof room) return here;
    return http_url_decode_form(raw, room, &sid) ? session_owner_find(here, sid) : here;
}

bool handover_begin(struct http *http, const struct http1_request *request)
{
    struct worker *to = handover_find(http, request);
    if (to == caller_worker(http)) return false;
    struct handover *handover = malloc(sizeof *handover);
    if (handover == NULL) {
        conn_fail(http->conn, CONN_NO_MEMORY);
        return true;
    }
    *handover =
        (struct handover){ .task.fn = handover_on_task, .message.fn = handover_on_message, .http = http, .to = to };
    caller_of(http)->handover = handover;
    http->is_leaving = true;
    conn_pause(http->conn, false);
    loop_later(http->host->loop, &handover->task);
    return true;
}
