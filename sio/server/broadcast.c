#include "broadcast.h"

#include "answers.h"
#include "audience.h"
#include "connect.h"
#include "hook.h"
#include "observer.h"
#include "parser.h"
#include "recovery.h"
#include "shared.h"
#include "websocket.h"

enum {
    /* Binary attachments look different in Engine.IO 3 and 4, and to clients that take base64 only. */
    BROADCAST_FORMS = 4,
    /* Uncompressed, or with a window of 8 to 15 bits. */
    BROADCAST_WINDOWS = 9,
};

/* The frames of one event, made when the first client of their kind is reached. */
struct broadcast {
    struct worker *worker;
    struct sio_namespace *ns;
    const struct adapter_event *event;
    sio_args args;    /* as they are written: an offset may stand behind those of the event */
    uint64_t id;      /* of the acknowledgements; PACKET_NO_ID: none */
    bool is_kept;     /* for clients that come back */
    uint64_t packets; /* one, and the attachments */
    size_t largest;   /* bytes of the largest of them */
    struct shared *frames[BROADCAST_WINDOWS][BROADCAST_FORMS];
    int error;
};

static struct shared *broadcast_write_frames(const struct broadcast *broadcast, struct channel *like, int protocol,
                                             bool is_base64)
{
    struct buf *text = &broadcast->worker->text;
    buf_clear(text);
    struct parser_message message = { 0 };
    while (parser_next(broadcast->worker, broadcast->args, &message)) {
        if (message.is_binary)
            websocket_write_binary(text, like, protocol, is_base64, message.bytes);
        else
            websocket_write_text(text, like, EIO_MESSAGE, message.bytes);
    }
    return text->error == BUF_OK ? shared_create(buf_str(text), STR_EMPTY) : NULL;
}

/* `window`: 0, or that of the client's channel, with which its frames are to be compressed. */
static struct shared *broadcast_frames(struct broadcast *broadcast, const struct session *session, unsigned window)
{
    bool is_base64 = session->websocket->is_base64;
    struct channel *like = window ? &session->websocket->channel : NULL;
    struct shared **frames = &broadcast->frames[window ? window - 7 : 0][0];
    if (parser_has_binary(broadcast->worker, broadcast->args)) frames += (session->protocol == 3) + 2 * is_base64;
    if (*frames == NULL) *frames = broadcast_write_frames(broadcast, like, session->protocol, is_base64);
    if (*frames == NULL) broadcast->error = SIO_ENOMEM;
    return *frames;
}

/* What was written goes to one client. False when it does not get it. */
static bool broadcast_deliver(struct broadcast *broadcast, struct sio_socket *socket)
{
    struct session *session = socket->session;
    struct channel *channel = session->websocket ? &session->websocket->channel : NULL;
    bool is_deflated =
        channel && !broadcast->event->to.is_uncompressed && channel_deflates(channel, broadcast->largest);
    unsigned window = is_deflated ? channel_shared_window(channel) : 0;
    /* What is compressed with a connection's own context is its own. */
    if (channel == NULL || !socket->is_connected || (is_deflated && window == 0)) {
        int error = socket_send(socket, broadcast->args);
        if (error == SIO_EFULL) session_fail(session);
        return error == 0;
    }
    struct shared *frames = broadcast_frames(broadcast, session, window);
    if (frames == NULL) return false;
    if (!session_has_room(session, frames->size)) {
        session_fail(session);
        return false;
    }
    counter_add(&broadcast->worker->counters.packets_out, broadcast->packets);
    websocket_send_shared(session->websocket, frames);
    return true;
}

/* A client that is too slow for what everyone gets is closed: it connects again and knows that it missed something. */
static void broadcast_to(struct sio_socket *socket, void *context)
{
    struct broadcast *broadcast = context;
    struct answers *answers = broadcast->event->answers;
    struct session *session = socket->session;
    if (session->is_closed || socket->leaving != SOCKET_STAYS) return;
    if (broadcast->is_kept && socket->arrival && socket->arrival->is_behind) return; /* it gets what it missed first */
    if (broadcast->event->to.is_volatile && (!socket->is_connected || !session_is_writable(session))) return;
    int error = answers ? answers_expect(answers, socket, broadcast->id) : 0;
    if (error) {
        broadcast->error = error;
        return;
    }
    if (!broadcast_deliver(broadcast, socket) && answers) answers_forget(answers, socket, broadcast->id);
}

static void broadcast_count_packets(struct broadcast *broadcast)
{
    struct parser_message message = { 0 };
    while (parser_next(broadcast->worker, broadcast->args, &message)) {
        broadcast->packets++;
        if (message.bytes.size > broadcast->largest) broadcast->largest = message.bytes.size;
    }
}

/* The listeners may do anything, so they come when everything is sent. */
static int broadcast_show(struct sio_namespace *ns, const struct adapter_event *event)
{
    struct audience audience;
    int error = audience_collect(&audience, ns, &event->to);
    for (size_t i = 0; i < audience.count; i++)
        if (audience.sockets[i]->session) hook_sent(audience.sockets[i], event->name, event->args);
    audience_free(&audience);
    return error;
}

static int broadcast_deliver_all(struct broadcast *broadcast)
{
    broadcast_count_packets(broadcast);
    broadcast->worker->spares_compression = broadcast->event->to.is_uncompressed;
    audience_visit(broadcast->ns, &broadcast->event->to, broadcast_to, broadcast);
    broadcast->worker->spares_compression = false;
    return broadcast->error;
}

/* Lets the adapter take it further, then it is for the sockets here. */
static int broadcast_write(struct broadcast *broadcast)
{
    const struct adapter_event *event = broadcast->event;
    struct worker *worker = broadcast->worker;
    if (event->answers) broadcast->id = atomic_fetch_add_explicit(&broadcast->ns->ack_count, 1, memory_order_relaxed);
    parser_write_event(worker, broadcast->ns->name, broadcast->id, event->name, broadcast->args);
    if (worker->packet.error != BUF_OK) return SIO_ENOMEM;
    if (event->relay == NULL) return 0;
    broadcast->frames[0][0] = broadcast_write_frames(broadcast, NULL, 4, false);
    if (broadcast->frames[0][0] == NULL) return SIO_ENOMEM;
    struct adapter_packet packet = { buf_str(&worker->packet), broadcast->id, broadcast->frames[0][0],
                                     broadcast->is_kept };
    return event->relay(broadcast->ns, event, &packet);
}

static int broadcast_send(struct broadcast *broadcast)
{
    int error = broadcast_write(broadcast);
    return error ? error : broadcast_deliver_all(broadcast);
}

/* Clients that are away get it when they come back. */
static int broadcast_send_kept(struct broadcast *broadcast)
{
    struct recovery_mark mark;
    if (!recovery_begin(&mark, broadcast->ns, broadcast->worker, broadcast->event->args)) return SIO_ENOMEM;
    broadcast->args = mark.args;
    int error = broadcast_write(broadcast);
    if (error == 0) recovery_keep(&mark, &broadcast->event->to);
    recovery_unlock(broadcast->ns);
    if (error == 0) error = broadcast_deliver_all(broadcast);
    recovery_forget(&mark);
    return error;
}

static void broadcast_drop_frames(struct broadcast *broadcast)
{
    for (int window = 0; window < BROADCAST_WINDOWS; window++)
        for (int form = 0; form < BROADCAST_FORMS; form++) shared_drop(broadcast->frames[window][form]);
}

int broadcast_local(struct sio_namespace *ns, const struct adapter_event *event)
{
    struct broadcast broadcast = {
        .worker = worker_here(ns->server), .ns = ns, .event = event, .args = event->args, .id = PACKET_NO_ID
    };
    broadcast.is_kept = recovery_is_on(ns) && !event->to.is_volatile && event->answers == NULL;
    int error = broadcast.is_kept ? broadcast_send_kept(&broadcast) : broadcast_send(&broadcast);
    broadcast_drop_frames(&broadcast);
    if (error == 0 && (hook_first(ns, HOOK_SENT) || observer_wants_sent(ns))) error = broadcast_show(ns, event);
    return error;
}

int broadcast_relayed(struct sio_namespace *ns, const struct adapter_event *event, const struct adapter_packet *packet)
{
    struct broadcast broadcast = { .worker = worker_here(ns->server),
                                   .ns = ns,
                                   .event = event,
                                   .args = event->args,
                                   .id = packet->id,
                                   .is_kept = packet->is_kept };
    struct buf *written = &broadcast.worker->packet;
    buf_clear(written);
    buf_append_str(written, packet->text);
    if (written->error != BUF_OK) return SIO_ENOMEM;
    broadcast.frames[0][0] = shared_take(packet->frames);
    int error = broadcast_deliver_all(&broadcast);
    broadcast_drop_frames(&broadcast);
    if (error == 0 && (hook_first(ns, HOOK_SENT) || observer_wants_sent(ns))) error = broadcast_show(ns, event);
    return error;
}

static int broadcast_to_child(struct sio_namespace *ns, void *context)
{
    return ns->adapter->broadcast(ns, context);
}

/* To a pattern: everyone in the namespaces made by it. */
int sio_broadcast(sio_namespace *ns, sio_to to, const char *name, sio_args args)
{
    struct adapter_event event = { .to = to, .name = str_from(name), .args = args };
    if (packet_is_reserved(event.name)) return SIO_EINVAL;
    if (ns->fits == NULL) return ns->adapter->broadcast(ns, &event);
    return namespace_visit_children(ns, broadcast_to_child, &event);
}

int sio_broadcast_ack(sio_namespace *ns, sio_to to, const char *name, sio_args args, uint32_t timeout_ms,
                      sio_answers_fn *fn, void *context)
{
    struct adapter_event event = { .to = to, .name = str_from(name), .args = args };
    if (ns->fits || fn == NULL || packet_is_reserved(event.name)) return SIO_EINVAL;
    event.answers = answers_create(timeout_ms, fn, context);
    if (event.answers == NULL) return SIO_ENOMEM;
    int error = ns->adapter->broadcast(ns, &event);
    answers_seal(event.answers, error);
    return 0;
}
