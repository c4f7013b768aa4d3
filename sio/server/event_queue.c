#include "event_queue.h"

#include "ack.h"
#include "copy.h"
#include "errand.h"
#include "hook.h"
#include "intake.h"
#include "socket.h"

#include <stdlib.h>

/* An event with all that it refers to. */
struct event_wait {
    struct event_wait *next;
    struct sio_event event;
    struct arena memory;
    size_t taken;    /* see intake.h */
    uint64_t number; /* of the ticket; 0: it waits for those before it */
    bool is_settled; /* the filter has returned: it may be decided about */
};

struct event_queue {
    struct sio_socket *socket; /* its place in the worker's map */
    struct event_wait *first;
    size_t count, bytes; /* of those behind the first */
};

/* ---- The queues -------------------------------------------------------------------------------------------- */

static struct str event_queue_key(struct sio_socket *const *socket)
{
    return (struct str){ (const char *)socket, sizeof(struct sio_socket *) };
}

static struct event_queue *event_queue_find(struct sio_socket *socket)
{
    if (!socket->is_holding) return NULL;
    uint64_t *place = map_find(&socket->session->worker->event_queues, event_queue_key(&socket));
    return place ? (struct event_queue *)(uintptr_t)*place : NULL;
}

static struct event_queue *event_queue_open(struct sio_socket *socket)
{
    struct event_queue *queue = event_queue_find(socket);
    if (queue) return queue;
    queue = calloc(1, sizeof *queue);
    if (queue == NULL) return NULL;
    queue->socket = socket;
    uint64_t *place = map_put(&socket->session->worker->event_queues, event_queue_key(&queue->socket), NULL);
    if (place == NULL) {
        free(queue);
        return NULL;
    }
    *place = (uint64_t)(uintptr_t)queue;
    socket->is_holding = true;
    return queue;
}

static void event_queue_free_wait(struct event_wait *wait, struct worker *worker)
{
    intake_give_back(&worker->server->intake, &wait->taken);
    arena_free(&wait->memory);
    free(wait);
}

static void event_queue_close(struct event_queue *queue)
{
    struct worker *worker = queue->socket->session->worker;
    map_remove(&worker->event_queues, event_queue_key(&queue->socket));
    queue->socket->is_holding = false;
    while (queue->first) {
        struct event_wait *wait = queue->first;
        queue->first = wait->next;
        event_queue_free_wait(wait, worker);
    }
    free(queue);
}

void event_queue_drop(struct sio_socket *socket)
{
    struct event_queue *queue = event_queue_find(socket);
    if (queue) event_queue_close(queue);
}

/* ---- Waiting ----------------------------------------------------------------------------------------------- */

static size_t event_queue_size(sio_args args)
{
    size_t size = args.count * sizeof(sio_value);
    const sio_value *last = NULL;
    for (size_t i = 0; i < args.count; i++) {
        const sio_value *value = &args.at[i];
        if (value->kind == SIO_TEXT || value->kind == SIO_JSON || value->kind == SIO_BYTES)
            size += value->data.size + 1;
        if (value->kind != SIO_JSON || value->attachments == last) continue;
        last = value->attachments;
        for (uint32_t j = 0; j < value->attachment_count; j++)
            size += sizeof(sio_value) + value->attachments[j].data.size + 1;
    }
    return size;
}

static struct event_wait *event_queue_copy(struct worker *worker, const struct sio_event *event, size_t size)
{
    enum { ARENA_BYTES = 8192 }; /* what an arena takes at least, and rounding */
    struct event_wait *wait = calloc(1, sizeof *wait);
    if (wait == NULL) return NULL;
    arena_init(&wait->memory, 4 * size + 4 * ARENA_BYTES);
    if (!intake_take(&worker->server->intake, &wait->taken, sizeof *wait + ARENA_BYTES + size)) {
        free(wait);
        return NULL;
    }
    wait->event = (struct sio_event){ .socket = event->socket, .id = event->id, .name_size = event->name_size };
    wait->event.name = arena_copy(&wait->memory, event_name(event)).at;
    wait->event.args = copy_args(&wait->memory, event->args);
    if (!wait->memory.failed) return wait;
    event_queue_free_wait(wait, worker);
    return NULL;
}

bool event_queue_add(struct sio_socket *socket, const struct sio_event *event)
{
    struct worker *worker = socket->session->worker;
    struct event_queue *queue = event_queue_find(socket);
    size_t size = event_queue_size(event->args) + event->name_size;
    bool has_room = queue->count < LIMIT_SOCKET_WAITING_EVENTS &&
                    queue->bytes + size <= 2 * worker->server->options.payload_bytes_max;
    struct event_wait *wait = has_room ? event_queue_copy(worker, event, size) : NULL;
    if (wait == NULL) return false;
    struct event_wait **end = &queue->first;
    while (*end) end = &(*end)->next;
    *end = wait;
    queue->count++;
    queue->bytes += size;
    return true;
}

int sio_filter_later(sio_event *event, sio_ticket *ticket)
{
    struct sio_socket *socket = event->socket;
    if (event->filter == NULL || event->wait) return SIO_EINVAL;
    struct worker *worker = socket->session->worker;
    struct event_wait *wait = event_queue_copy(worker, event, event_queue_size(event->args) + event->name_size);
    struct event_queue *queue = wait ? event_queue_open(socket) : NULL;
    if (queue == NULL) {
        if (wait) event_queue_free_wait(wait, worker);
        return SIO_ENOMEM;
    }
    wait->number = ++worker->event_count;
    wait->event.filter = event->filter;
    wait->next = queue->first;
    queue->first = event->wait = wait;
    ack_write_ticket(ticket, socket, wait->number);
    return 0;
}

void event_queue_settle(struct sio_event *event)
{
    event->wait->event.id = event->id; /* it may have been answered meanwhile */
    event->wait->is_settled = true;
}

/* ---- The decision ------------------------------------------------------------------------------------------ */

/* Takes the first out, which is not freed as long as it is at work. */
static struct event_wait *event_queue_take(struct event_queue *queue)
{
    struct event_wait *wait = queue->first;
    queue->first = wait->next;
    if (wait->number) return wait;
    queue->count--;
    queue->bytes -= event_queue_size(wait->event.args) + wait->event.name_size;
    return wait;
}

/* Handles those that waited behind, until one is undecided again. A handler may have ended the socket. */
static void event_queue_go_on(struct sio_socket *socket)
{
    struct worker *worker = socket->session->worker;
    struct event_queue *queue;
    while (socket->session && (queue = event_queue_find(socket)) != NULL) {
        if (queue->first == NULL || socket->leaving != SOCKET_STAYS) {
            event_queue_close(queue);
            return;
        }
        if (queue->first->number) return;
        struct event_wait *wait = event_queue_take(queue);
        event_show(&wait->event);
        event_queue_free_wait(wait, worker);
    }
}

static int event_queue_decide(sio_namespace *ns, struct worker *worker, const sio_ticket *ticket, bool passes)
{
    struct sio_socket *socket = ack_find_socket(ns, worker, ticket->socket_id);
    struct event_queue *queue = socket ? event_queue_find(socket) : NULL;
    if (queue == NULL || queue->first == NULL || queue->first->number != ticket->packet) return SIO_EGONE;
    if (!queue->first->is_settled) return SIO_EINVAL;
    struct event_wait *wait = event_queue_take(queue);
    const struct hook *filter = wait->event.filter;
    wait->event.filter = NULL;
    if (passes && socket->leaving == SOCKET_STAYS) event_pass(&wait->event, hook_next(ns, HOOK_FILTER, filter));
    event_queue_free_wait(wait, worker);
    event_queue_go_on(socket);
    return 0;
}

struct event_decision {
    struct errand errand;
    sio_ticket ticket;
    bool passes;
};

static void event_queue_run(struct errand *errand, struct worker *worker)
{
    const struct event_decision *decision = (struct event_decision *)errand;
    event_queue_decide(errand->ns, worker, &decision->ticket, decision->passes);
}

int sio_filter_decide(sio_namespace *ns, const sio_ticket *ticket, bool passes)
{
    struct worker *here = worker_here(ns->server);
    bool has_end = memchr(ticket->socket_id, '\0', sizeof ticket->socket_id) != NULL;
    if (!has_end || ticket->worker >= ns->server->options.workers) return SIO_EINVAL;
    if (ticket->worker == here->number) return event_queue_decide(ns, here, ticket, passes);
    struct event_decision *decision = errand_create(sizeof *decision, ns->server, ns, event_queue_run);
    if (decision == NULL) return SIO_ENOMEM;
    decision->ticket = *ticket;
    decision->passes = passes;
    errand_post(&decision->errand, &ns->server->workers[ticket->worker]);
    return 0;
}
