#include "hold.h"

#include "caller.h"
#include "errand.h"
#include "handshake.h"
#include "server.h"

#include <stdlib.h>

static struct str hold_key(const uint64_t *number)
{
    return (struct str){ (const char *)number, sizeof *number };
}

/* The bytes of a head are those up to the end of its last header. */
static size_t hold_head_size(const struct http1_request *head)
{
    size_t size = (size_t)head->target.at + head->target.size;
    if (head->header_count) {
        struct http1_span value = head->headers[head->header_count - 1].value;
        struct http1_span name = head->headers[head->header_count - 1].name;
        size = (size_t)name.at + name.size;
        if (value.size) size = (size_t)value.at + value.size;
    }
    return size;
}

int sio_request_later(sio_request *request, sio_request_ticket *ticket)
{
    struct worker *worker = caller_worker(request->http);
    size_t size = hold_head_size(request->head);
    if (!request->may_wait || caller_of(request->http)->held) return SIO_EINVAL;
    struct hold *hold = malloc(sizeof *hold + size);
    if (hold == NULL) return SIO_ENOMEM;
    hold->http = request->http;
    hold->has_begun = hold->wants_id = false;
    hold->number = ++worker->hold_count * SIO_WORKERS_MAX + worker->number;
    hold->head = *request->head;
    memcpy(hold->bytes, request->head->head, size);
    hold->head.head = hold->bytes;
    uint64_t *place = map_put(&worker->holds, hold_key(&hold->number), NULL);
    if (place == NULL) {
        free(hold);
        return SIO_ENOMEM;
    }
    *place = (uint64_t)(uintptr_t)hold;
    caller_of(request->http)->held = hold;
    request->http->is_waiting = true;
    ticket->number = hold->number;
    conn_deadline(request->http->conn, worker->server->options.request_timeout_ms);
    return 0;
}

void hold_begin(struct http *http, bool wants_id)
{
    struct hold *hold = caller_of(http)->held;
    hold->has_begun = true;
    hold->wants_id = wants_id;
}

static struct hold *hold_take(struct http *http)
{
    struct hold *hold = caller_of(http)->held;
    if (hold == NULL) return NULL;
    map_remove(&caller_worker(http)->holds, hold_key(&hold->number));
    caller_of(http)->held = NULL;
    http->is_waiting = false;
    return hold;
}

void hold_drop(struct http *http)
{
    free(hold_take(http));
}

/* What is decided: `text` is an id, or why it is refused. */
struct hold_answer {
    uint64_t number;
    bool is_id;
    const char *text;
};

static int hold_settle(struct worker *worker, const struct hold_answer *answer)
{
    uint64_t *place = map_find(&worker->holds, hold_key(&answer->number));
    if (place == NULL) return SIO_EGONE;
    struct http *http = ((struct hold *)(uintptr_t)*place)->http;
    if (!caller_of(http)->held->has_begun || caller_of(http)->held->wants_id != answer->is_id) return SIO_EINVAL;
    struct hold *hold = hold_take(http);
    struct sio_request request = { .http = http, .head = &hold->head };
    buf_init(&request.reply_headers, HTTP_REPLY_HEADER_BYTES);
    if (answer->is_id)
        handshake_resume_with_id(&request, answer->text);
    else
        handshake_resume(&request, answer->text);
    buf_free(&request.reply_headers);
    arena_reset(&worker->arena);
    free(hold);
    if (caller_of(http)->held == NULL) http_resume(http); /* it may wait again, for its id */
    return 0;
}

/* ---- From another worker ----------------------------------------------------------------------------------- */

struct hold_decision {
    struct errand errand;
    struct hold_answer answer;
};

static void hold_run(struct errand *errand, struct worker *worker)
{
    hold_settle(worker, &((struct hold_decision *)errand)->answer);
}

static int hold_send(struct sio_server *server, struct worker *to, const struct hold_answer *answer)
{
    struct hold_decision *decision = errand_create(sizeof *decision, server, NULL, hold_run);
    if (decision == NULL) return SIO_ENOMEM;
    decision->answer = *answer;
    if (answer->text) decision->answer.text = arena_copy(&decision->errand.memory, str_from(answer->text)).at;
    bool is_good = !decision->errand.memory.failed;
    if (is_good)
        errand_post(&decision->errand, to);
    else
        errand_drop(&decision->errand);
    return is_good ? 0 : SIO_ENOMEM;
}

static int hold_decide(sio_server *server, const struct hold_answer *answer)
{
    struct worker *here = worker_here(server);
    uint64_t worker = answer->number % SIO_WORKERS_MAX;
    if (worker == here->number) return hold_settle(here, answer);
    if (worker >= server->options.workers) return SIO_EGONE;
    return hold_send(server, &server->workers[worker], answer);
}

int sio_request_answer(sio_server *server, const sio_request_ticket *ticket, const char *message)
{
    return hold_decide(server, &(struct hold_answer){ ticket->number, false, message });
}

int sio_request_answer_id(sio_server *server, const sio_request_ticket *ticket, const char *id)
{
    return hold_decide(server, &(struct hold_answer){ ticket->number, true, id });
}
