#include "ack.h"

#include "copy.h"
#include "errand.h"
#include "event.h"
#include "hook.h"
#include "parser.h"
#include "socket.h"

#include <stdio.h>
#include <stdlib.h>

struct ack_wait {
    struct timer timer;
    struct ack_wait *next;
    struct sio_socket *socket;
    uint64_t id;
    sio_reply_fn *fn;
    void *context;
};

/* ---- The server asks --------------------------------------------------------------------------------------- */

static void ack_finish(struct ack_wait *wait, struct worker *worker, int error, sio_args args)
{
    timer_cancel(&worker->loop.timers, &wait->timer);
    wait->fn(error, args, wait->context);
    free(wait);
}

static struct ack_wait *ack_take(struct sio_socket *socket, uint64_t id)
{
    struct ack_wait **link = &socket->acks;
    while (*link && (*link)->id != id) link = &(*link)->next;
    struct ack_wait *wait = *link;
    if (wait == NULL) return NULL;
    *link = wait->next;
    socket->ack_count--;
    return wait;
}

static void ack_on_timer(struct timer *timer)
{
    struct ack_wait *wait = (struct ack_wait *)timer;
    struct worker *worker = wait->socket->session->worker;
    ack_take(wait->socket, wait->id);
    ack_finish(wait, worker, SIO_ETIME, SIO_NO_ARGS);
}

void ack_fail_all(struct sio_socket *socket, struct worker *worker)
{
    while (socket->acks) {
        struct ack_wait *wait = socket->acks;
        socket->acks = wait->next;
        socket->ack_count--;
        ack_finish(wait, worker, SIO_EGONE, SIO_NO_ARGS);
    }
}

bool ack_on_packet(struct sio_socket *socket, struct packet *packet, const struct str *attachments)
{
    sio_value room[EVENT_VALUES];
    struct worker *worker = socket->session->worker;
    struct str name;
    sio_args args;
    if (!event_read_args(packet, attachments, room, &worker->arena, &name, &args)) return false;
    struct ack_wait *wait = ack_take(socket, packet->id);
    if (wait) ack_finish(wait, worker, 0, args);
    return true;
}

int ack_expect(struct sio_socket *socket, uint64_t id, uint32_t timeout_ms, sio_reply_fn *fn, void *context)
{
    struct worker *worker = socket->session->worker;
    if (socket->ack_count >= LIMIT_SOCKET_ACKS) return SIO_EFULL;
    struct ack_wait *wait = malloc(sizeof *wait);
    if (wait == NULL) return SIO_ENOMEM;
    *wait = (struct ack_wait){ .next = socket->acks, .socket = socket, .id = id, .fn = fn, .context = context };
    socket->acks = wait;
    socket->ack_count++;
    timer_init(&wait->timer, ack_on_timer);
    if (timeout_ms) timer_set(&worker->loop.timers, &wait->timer, worker->loop.now_ms, timeout_ms);
    return 0;
}

bool ack_forget(struct sio_socket *socket, uint64_t id)
{
    struct ack_wait *wait = ack_take(socket, id);
    if (wait == NULL) return false;
    timer_cancel(&socket->session->worker->loop.timers, &wait->timer);
    free(wait);
    return true;
}

int sio_emit_ack(sio_socket *socket, const char *event, sio_args args, uint32_t timeout_ms, sio_reply_fn *fn,
                 void *context)
{
    if (socket->session == NULL) return SIO_EGONE;
    if (fn == NULL || packet_is_reserved(str_from(event))) return SIO_EINVAL;
    uint64_t id = atomic_fetch_add_explicit(&socket->ns->ack_count, 1, memory_order_relaxed);
    int error = ack_expect(socket, id, timeout_ms, fn, context);
    if (error) return error;
    parser_write_event(socket->session->worker, socket->ns->name, id, str_from(event), args);
    error = socket_send(socket, args);
    if (error)
        ack_forget(socket, id);
    else
        hook_sent(socket, str_from(event), args);
    return error;
}

/* ---- A client asks ----------------------------------------------------------------------------------------- */

static int ack_send(struct sio_socket *socket, uint64_t id, sio_args args)
{
    if (socket->session == NULL) return SIO_EGONE;
    parser_write_ack(socket->session->worker, socket->ns->name, id, args);
    return socket_send(socket, args);
}

bool sio_wants_ack(const sio_event *event)
{
    return event->id != PACKET_NO_ID;
}

int sio_ack(sio_event *event, sio_args args)
{
    uint64_t id = event->id;
    if (id == PACKET_NO_ID) return SIO_EACK;
    event->id = PACKET_NO_ID;
    return ack_send(event->socket, id, args);
}

/* A ticket has the part of the id that tells sockets apart: in clients up to 2.x the namespace's name stands before it.
 */
void ack_write_ticket(sio_ticket *ticket, const struct sio_socket *socket, uint64_t number)
{
    struct str id = socket_name(socket);
    memset(ticket, 0, sizeof *ticket);
    memcpy(ticket->socket_id, id.at + id.size - RANDOM_ID_SIZE, RANDOM_ID_SIZE);
    ticket->worker = (uint16_t)socket->session->worker->number;
    ticket->packet = number;
}

int sio_ack_later(sio_event *event, sio_ticket *ticket)
{
    if (event->id == PACKET_NO_ID) return SIO_EACK;
    ack_write_ticket(ticket, event->socket, event->id);
    event->id = PACKET_NO_ID;
    return 0;
}

struct sio_socket *ack_find_socket(const struct sio_namespace *ns, const struct worker *worker, const char *id)
{
    char text[LIMIT_PACKET_NAMESPACE_BYTES + sizeof((sio_ticket *)0)->socket_id + 2];
    const struct shard *shard = namespace_shard(ns, worker);
    struct sio_socket *socket = socket_find(shard, str_from(id));
    if (socket) return socket;
    snprintf(text, sizeof text, "%s#%s", ns->text, id);
    return socket_find(shard, str_from(text));
}

static int ack_send_ticket(struct sio_namespace *ns, const struct worker *worker, const sio_ticket *ticket,
                           sio_args args)
{
    struct sio_socket *socket = ack_find_socket(ns, worker, ticket->socket_id);
    return socket ? ack_send(socket, ticket->packet, args) : SIO_EGONE;
}

/* ---- From another worker ----------------------------------------------------------------------------------- */

struct ack_errand {
    struct errand errand;
    sio_ticket ticket;
    sio_args args;
};

static void ack_run(struct errand *errand, struct worker *worker)
{
    const struct ack_errand *ack = (struct ack_errand *)errand;
    ack_send_ticket(errand->ns, worker, &ack->ticket, ack->args);
}

static int ack_pass_on(struct sio_namespace *ns, const sio_ticket *ticket, sio_args args)
{
    struct ack_errand *ack = errand_create(sizeof *ack, ns->server, ns, ack_run);
    if (ack == NULL) return SIO_ENOMEM;
    ack->ticket = *ticket;
    ack->args = copy_args(&ack->errand.memory, args);
    bool is_good = !ack->errand.memory.failed;
    if (is_good)
        errand_send_to(&ack->errand, &ns->server->workers[ticket->worker]);
    else
        errand_drop(&ack->errand);
    return is_good ? 0 : SIO_ENOMEM;
}

int sio_ack_ticket(sio_namespace *ns, const sio_ticket *ticket, sio_args args)
{
    const struct worker *here = worker_here(ns->server);
    bool has_end = memchr(ticket->socket_id, '\0', sizeof ticket->socket_id) != NULL;
    if (!has_end || ticket->worker >= ns->server->options.workers) return SIO_EINVAL;
    return ticket->worker == here->number ? ack_send_ticket(ns, here, ticket, args) : ack_pass_on(ns, ticket, args);
}
