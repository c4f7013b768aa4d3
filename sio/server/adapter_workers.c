#include "adapter.h"
#include "answers.h"
#include "broadcast.h"
#include "copy.h"
#include "errand.h"
#include "gather.h"
#include "hook.h"
#include "observer.h"
#include "room.h"
#include "server.h"
#include "shared.h"

/* ---- Events ------------------------------------------------------------------------------------------------ */

struct adapter_delivery {
    struct errand errand;
    struct adapter_event event;
    struct adapter_packet packet;
    struct answers **parts; /* one a worker; NULL: none are wanted */
};

static void adapter_run_delivery(struct errand *errand, struct worker *worker)
{
    struct adapter_delivery *delivery = (struct adapter_delivery *)errand;
    struct adapter_event event = delivery->event;
    if (delivery->parts) event.answers = delivery->parts[worker->number];
    int error = broadcast_relayed(errand->ns, &event, &delivery->packet);
    if (event.answers) answers_seal(event.answers, error);
}

static void adapter_release_delivery(struct errand *errand)
{
    shared_drop(((struct adapter_delivery *)errand)->packet.frames);
}

static bool adapter_has_attachments(sio_args args)
{
    for (size_t i = 0; i < args.count; i++)
        if (args.at[i].kind == SIO_BYTES || (args.at[i].kind == SIO_JSON && args.at[i].attachment_count)) return true;
    return false;
}

/* The arguments are looked at again for their bytes only, and by listeners. */
static void adapter_copy_event(struct adapter_delivery *delivery, const struct adapter_event *event,
                               const struct adapter_packet *packet)
{
    struct arena *memory = &delivery->errand.memory;
    const sio_namespace *ns = delivery->errand.ns;
    bool is_shown = hook_first(ns, HOOK_SENT) || observer_wants_sent(ns);
    bool needs_args = is_shown || adapter_has_attachments(event->args);
    delivery->event.to = copy_to(memory, &event->to);
    delivery->event.name = arena_copy(memory, event->name);
    if (needs_args) delivery->event.args = copy_args(memory, event->args);
    delivery->packet = *packet;
    delivery->packet.text = arena_copy(memory, packet->text);
    delivery->packet.frames = shared_take(packet->frames);
}

/* Each other worker asks its own sockets, and tells the one that began. False: no memory. */
static bool adapter_share_answers(struct adapter_delivery *delivery, struct answers *whole)
{
    struct sio_server *server = delivery->errand.server;
    struct worker *here = worker_here(server);
    struct answers **parts = arena_calloc(&delivery->errand.memory, server->options.workers, sizeof(struct answers *));
    bool is_good = parts != NULL;
    for (uint32_t i = 0; is_good && i < server->options.workers; i++) {
        if (i == here->number) continue;
        parts[i] = answers_create_part(whole, &here->loop);
        is_good = parts[i] != NULL;
    }
    for (uint32_t i = 0; parts && !is_good && i < server->options.workers; i++)
        if (parts[i]) answers_drop_part(parts[i]);
    delivery->parts = parts;
    return is_good;
}

static int adapter_relay(sio_namespace *ns, const struct adapter_event *event, const struct adapter_packet *packet)
{
    struct adapter_delivery *delivery = errand_create(sizeof *delivery, ns->server, ns, adapter_run_delivery);
    if (delivery == NULL) return SIO_ENOMEM;
    delivery->errand.release = adapter_release_delivery;
    adapter_copy_event(delivery, event, packet);
    bool is_good = !delivery->errand.memory.failed;
    if (is_good && event->answers) is_good = adapter_share_answers(delivery, event->answers);
    if (packet->is_kept)
        (is_good ? errand_send_locked : errand_drop_locked)(&delivery->errand);
    else
        (is_good ? errand_send : errand_drop)(&delivery->errand);
    return is_good ? 0 : SIO_ENOMEM;
}

static int adapter_workers_broadcast(sio_namespace *ns, const struct adapter_event *event)
{
    struct adapter_event further = *event;
    further.relay = adapter_relay;
    return broadcast_local(ns, &further);
}

/* ---- Many sockets at once ---------------------------------------------------------------------------------- */

struct adapter_order {
    struct errand errand;
    sio_to to;
    const char *const *rooms;
    bool closes_clients;
};

static void adapter_run_join(struct errand *errand, struct worker *worker)
{
    const struct adapter_order *order = (struct adapter_order *)errand;
    (void)worker;
    adapter_memory.join_all(errand->ns, &order->to, order->rooms);
}

static void adapter_run_leave(struct errand *errand, struct worker *worker)
{
    const struct adapter_order *order = (struct adapter_order *)errand;
    (void)worker;
    adapter_memory.leave_rooms(errand->ns, &order->to, order->rooms);
}

static void adapter_run_disconnect(struct errand *errand, struct worker *worker)
{
    const struct adapter_order *order = (struct adapter_order *)errand;
    (void)worker;
    adapter_memory.disconnect_all(errand->ns, &order->to, order->closes_clients);
}

static int adapter_order(sio_namespace *ns, const sio_to *to, const char *const *rooms, bool closes_clients,
                         void (*run)(struct errand *errand, struct worker *worker))
{
    struct adapter_order *order = errand_create(sizeof *order, ns->server, ns, run);
    if (order == NULL) return SIO_ENOMEM;
    order->to = copy_to(&order->errand.memory, to);
    order->rooms = copy_names(&order->errand.memory, rooms);
    order->closes_clients = closes_clients;
    bool is_good = !order->errand.memory.failed;
    (is_good ? errand_send : errand_drop)(&order->errand);
    return is_good ? 0 : SIO_ENOMEM;
}

static int adapter_workers_join_all(sio_namespace *ns, const sio_to *to, const char *const *rooms)
{
    int error = adapter_order(ns, to, rooms, false, adapter_run_join);
    return error ? error : adapter_memory.join_all(ns, to, rooms);
}

static int adapter_workers_leave_rooms(sio_namespace *ns, const sio_to *to, const char *const *rooms)
{
    int error = adapter_order(ns, to, rooms, false, adapter_run_leave);
    return error ? error : adapter_memory.leave_rooms(ns, to, rooms);
}

static int adapter_workers_disconnect_all(sio_namespace *ns, const sio_to *to, bool closes_clients)
{
    int error = adapter_order(ns, to, NULL, closes_clients, adapter_run_disconnect);
    return error ? error : adapter_memory.disconnect_all(ns, to, closes_clients);
}

const struct adapter adapter_workers = {
    .join = room_join,
    .leave = room_leave,
    .leave_all = room_leave_all,
    .broadcast = adapter_workers_broadcast,
    .fetch = gather_fetch,
    .join_all = adapter_workers_join_all,
    .leave_rooms = adapter_workers_leave_rooms,
    .disconnect_all = adapter_workers_disconnect_all,
};
