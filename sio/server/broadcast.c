#include "client.h"
#include "polling.h"
#include "room.h"
#include "shared.h"
#include "websocket.h"

/* The frames of one event, made when the first client of their kind is reached: binary attachments look different in
 * Engine.IO 3 and 4, and to clients that take base64 only. */
struct broadcast {
    struct worker *worker;
    sio_args args;
    bool is_volatile;
    struct shared *frames[4];
    int error;
};

static struct shared *broadcast_write_frames(const struct broadcast *broadcast, int protocol, bool is_base64)
{
    struct buf *text = &broadcast->worker->text;
    buf_clear(text);
    websocket_write_text(text, EIO_MESSAGE, buf_str(&broadcast->worker->packet));
    struct packet_position position = { 0 };
    struct str bytes;
    while (packet_next_attachment(broadcast->args, &position, &bytes))
        websocket_write_binary(text, protocol, is_base64, bytes);
    return text->error == BUF_OK ? shared_create(buf_str(text), STR_EMPTY) : NULL;
}

static struct shared *broadcast_frames(struct broadcast *broadcast, const struct session *session)
{
    bool is_base64 = session->websocket->is_base64;
    struct shared **frames = &broadcast->frames[0];
    if (socket_attachment_bytes(broadcast->args)) frames += (session->protocol == 3) + 2 * is_base64;
    if (*frames == NULL) *frames = broadcast_write_frames(broadcast, session->protocol, is_base64);
    if (*frames == NULL) broadcast->error = SIO_ENOMEM;
    return *frames;
}

/* A client that is too slow for what everyone gets is closed: it connects again and knows that it missed something. */
static void broadcast_to(struct broadcast *broadcast, struct sio_socket *socket)
{
    struct session *session = socket->session;
    if (session->is_closed || socket->leaving != SOCKET_STAYS) return;
    if (broadcast->is_volatile && (!socket->is_connected || !session_is_writable(session))) return;
    if (session->websocket && socket->is_connected) {
        struct shared *frames = broadcast_frames(broadcast, session);
        if (frames == NULL) return;
        if (session_has_room(session, frames->size))
            websocket_send_shared(session->websocket, frames);
        else
            session_fail(session);
    } else if (socket_send(socket, &broadcast->worker->packet, broadcast->args) == SIO_EFULL) {
        session_fail(session);
    }
}

/* ---- Who gets it ------------------------------------------------------------------------------------------- */

typedef void broadcast_visit(struct broadcast *broadcast, struct sio_socket *socket);

static void broadcast_skip(struct broadcast *broadcast, struct sio_socket *socket)
{
    (void)broadcast;
    (void)socket;
}

static void broadcast_visit_once(struct broadcast *broadcast, struct sio_socket *socket, broadcast_visit *visit)
{
    if (socket->mark == socket->ns->marks) return;
    socket->mark = socket->ns->marks;
    visit(broadcast, socket);
}

/* Every socket is in the room that has its id for a name, which needs no memory. */
static void broadcast_visit_rooms(struct broadcast *broadcast, struct sio_namespace *ns, const char *const *rooms,
                                  broadcast_visit *visit)
{
    for (; *rooms; rooms++) {
        struct room *room = room_find(ns, str_from(*rooms));
        struct sio_socket *socket = sio_find(ns, *rooms);
        size_t position = 0;
        if (socket) broadcast_visit_once(broadcast, socket, visit);
        while (room && (socket = room_next(room, &position)) != NULL) broadcast_visit_once(broadcast, socket, visit);
    }
}

static void broadcast_visit_all(struct broadcast *broadcast, struct sio_namespace *ns, broadcast_visit *visit)
{
    for (size_t i = 0; i < ns->sockets.capacity; i++)
        if (ns->sockets.slots[i].key.at)
            broadcast_visit_once(broadcast, (struct sio_socket *)(uintptr_t)ns->sockets.slots[i].value, visit);
}

static void broadcast_in(struct broadcast *broadcast, struct sio_namespace *ns, sio_to to)
{
    ns->marks++;
    if (to.except) broadcast_visit_rooms(broadcast, ns, to.except, broadcast_skip);
    if (to.rooms)
        broadcast_visit_rooms(broadcast, ns, to.rooms, broadcast_to);
    else
        broadcast_visit_all(broadcast, ns, broadcast_to);
}

static int broadcast_send(sio_namespace *ns, sio_to to, const char *event, sio_args args)
{
    struct worker *worker = &ns->server->worker;
    struct broadcast broadcast = { .worker = worker, .args = args, .is_volatile = to.is_volatile };
    buf_clear(&worker->packet);
    packet_write_event(&worker->packet, ns->name, PACKET_NO_ID, str_from(event), args);
    if (worker->packet.error != BUF_OK) return SIO_ENOMEM;
    broadcast_in(&broadcast, ns, to);
    for (int i = 0; i < 4; i++) shared_drop(broadcast.frames[i]);
    return broadcast.error;
}

int sio_broadcast(sio_namespace *ns, sio_to to, const char *event, sio_args args)
{
    if (packet_is_reserved(str_from(event))) return SIO_EINVAL;
    if (ns->fits == NULL) return broadcast_send(ns, to, event, args);
    int error = 0; /* a pattern: everyone in the namespaces made by it */
    for (struct sio_namespace *child = ns->server->namespaces; child; child = child->next) {
        int failed = child->pattern == ns ? broadcast_send(child, to, event, args) : 0;
        if (failed) error = failed;
    }
    return error;
}
