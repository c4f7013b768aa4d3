#include "broadcast.h"

#include "answers.h"
#include "audience.h"
#include "hook.h"
#include "parser.h"
#include "recovery.h"
#include "shared.h"
#include "websocket.h"

/* The frames of one event, made when the first client of their kind is reached: binary attachments look different in
 * Engine.IO 3 and 4, and to clients that take base64 only. */
struct broadcast {
    struct worker *worker;
    const struct adapter_event *event;
    uint64_t id;      /* of the acknowledgements; PACKET_NO_ID: none */
    uint64_t packets; /* one, and the attachments */
    size_t largest;   /* bytes of the largest of them */
    struct shared *frames[4];
    int error;
};

static struct shared *broadcast_write_frames(const struct broadcast *broadcast, int protocol, bool is_base64)
{
    struct buf *text = &broadcast->worker->text;
    buf_clear(text);
    struct parser_message message = { 0 };
    while (parser_next(broadcast->worker, broadcast->event->args, &message)) {
        if (message.is_binary)
            websocket_write_binary(text, protocol, is_base64, message.bytes);
        else
            websocket_write_text(text, EIO_MESSAGE, message.bytes);
    }
    return text->error == BUF_OK ? shared_create(buf_str(text), STR_EMPTY) : NULL;
}

static struct shared *broadcast_frames(struct broadcast *broadcast, const struct session *session)
{
    bool is_base64 = session->websocket->is_base64;
    struct shared **frames = &broadcast->frames[0];
    if (parser_has_binary(broadcast->worker, broadcast->event->args))
        frames += (session->protocol == 3) + 2 * is_base64;
    if (*frames == NULL) *frames = broadcast_write_frames(broadcast, session->protocol, is_base64);
    if (*frames == NULL) broadcast->error = SIO_ENOMEM;
    return *frames;
}

/* What was written goes to one client. False when it does not get it. */
static bool broadcast_deliver(struct broadcast *broadcast, struct sio_socket *socket)
{
    struct session *session = socket->session;
    /* What is compressed with a connection's own context is its own. */
    bool is_own = session->websocket && !broadcast->event->to.is_uncompressed &&
                  channel_deflates(&session->websocket->channel, broadcast->largest);
    if (session->websocket == NULL || !socket->is_connected || is_own) {
        int error = socket_send(socket, broadcast->event->args);
        if (error == SIO_EFULL) session_fail(session);
        return error == 0;
    }
    struct shared *frames = broadcast_frames(broadcast, session);
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
    while (parser_next(broadcast->worker, broadcast->event->args, &message)) {
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

static int broadcast_send(struct sio_namespace *ns, const struct adapter_event *event)
{
    struct worker *worker = &ns->server->worker;
    struct broadcast broadcast = { .worker = worker, .event = event, .id = PACKET_NO_ID };
    if (event->answers) broadcast.id = ns->ack_count++;
    parser_write_event(worker, ns->name, broadcast.id, event->name, event->args);
    if (worker->packet.error != BUF_OK) return SIO_ENOMEM;
    broadcast_count_packets(&broadcast);
    audience_visit(ns, &event->to, broadcast_to, &broadcast);
    for (int i = 0; i < 4; i++) shared_drop(broadcast.frames[i]);
    return broadcast.error;
}

/* Clients that are away get it when they come back. */
static int broadcast_send_kept(struct sio_namespace *ns, const struct adapter_event *event)
{
    struct adapter_event marked = *event;
    struct recovery_mark mark;
    if (!recovery_begin(&mark, ns, event->args)) return SIO_ENOMEM;
    marked.args = mark.args;
    int error = broadcast_send(ns, &marked);
    if (ns->server->worker.packet.error == BUF_OK)
        recovery_keep(&mark, ns, &event->to);
    else
        recovery_drop(&mark); /* nobody got it */
    return error;
}

int broadcast_local(struct sio_namespace *ns, const struct adapter_event *event)
{
    bool is_kept = recovery_is_on(ns) && !event->to.is_volatile && event->answers == NULL;
    int error = is_kept ? broadcast_send_kept(ns, event) : broadcast_send(ns, event);
    if (error == 0 && hook_first(ns, HOOK_SENT)) error = broadcast_show(ns, event);
    return error;
}

int sio_broadcast(sio_namespace *ns, sio_to to, const char *name, sio_args args)
{
    struct adapter_event event = { .to = to, .name = str_from(name), .args = args };
    if (packet_is_reserved(event.name)) return SIO_EINVAL;
    if (ns->fits == NULL) return ns->adapter->broadcast(ns, &event);
    int error = 0; /* a pattern: everyone in the namespaces made by it */
    for (struct sio_namespace *child = ns->server->namespaces; child; child = child->next) {
        int failed = child->pattern == ns ? child->adapter->broadcast(child, &event) : 0;
        if (failed) error = failed;
    }
    return error;
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
