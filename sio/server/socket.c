#include "socket.h"

#include "ack.h"
#include "adapter.h"
#include "client.h"
#include "connect.h"
#include "event_queue.h"
#include "hook.h"
#include "observer.h"
#include "outbox.h"
#include "parser.h"
#include "polling.h"
#include "recovery.h"
#include "websocket.h"

#include <stdlib.h>

/* ---- Life -------------------------------------------------------------------------------------------------- */

/* Clients up to 2.x make the id out of the session's; later ones are told one of the socket's own, so that it can be
 * known to others without giving the session away. */
static size_t socket_write_old_id(const struct sio_socket *socket, char *at)
{
    struct str name = socket->ns->name;
    size_t size = 0;
    if (!str_equal(name, STR("/"))) {
        memcpy(at, name.at, name.size);
        at[name.size] = '#';
        size = name.size + 1;
    }
    memcpy(at + size, socket->session->id, RANDOM_ID_SIZE + 1);
    return size + RANDOM_ID_SIZE;
}

/* Where sessions are recovered, the private name stands behind the public one. */
static bool socket_write_ids(struct sio_socket *socket, char *at, const struct recovery_session *kept)
{
    struct random_pool *random = &socket->session->worker->random;
    socket->id = at;
    socket->id_size = RANDOM_ID_SIZE;
    if (client_revision(socket->session) == 4) {
        socket->id_size = (uint16_t)socket_write_old_id(socket, at);
        return true;
    }
    if (kept) {
        memcpy(at, recovery_id(kept).at, RANDOM_ID_SIZE);
        memcpy(at + RANDOM_ID_SIZE + 1, recovery_pid(kept).at, RANDOM_ID_SIZE);
        return true;
    }
    return random_id(random, at) && (!recovery_is_on(socket->ns) || random_id(random, at + RANDOM_ID_SIZE + 1));
}

const char *socket_pid(const struct sio_socket *socket)
{
    bool has_one = socket->session && client_revision(socket->session) == 5 && recovery_is_on(socket->ns);
    return has_one ? socket->id + RANDOM_ID_SIZE + 1 : NULL;
}

static size_t socket_id_bytes(const struct session *session, const struct sio_namespace *ns)
{
    if (session->protocol == 3) return ns->name.size + 1 + RANDOM_ID_SIZE + 1;
    return (RANDOM_ID_SIZE + 1) * (recovery_is_on(ns) ? 2 : 1);
}

struct str socket_name(const void *socket)
{
    const struct sio_socket *self = socket;
    return (struct str){ self->id, self->id_size };
}

struct sio_socket *socket_create(struct session *session, struct sio_namespace *ns, const struct recovery_session *kept)
{
    size_t data = ns->server->options.socket_data_size;
    struct sio_socket *socket = calloc(1, sizeof *socket + data + socket_id_bytes(session, ns));
    if (socket == NULL) return NULL;
    socket->ns = ns;
    socket->session = session;
    socket->is_recovered = kept != NULL;
    bool has_id = socket_write_ids(socket, socket->data + data, kept);
    if (!has_id || !roster_add(&namespace_shard(ns, session->worker)->sockets, socket)) {
        free(socket);
        return NULL;
    }
    socket->next = session->sockets;
    session->sockets = socket;
    counter_add(&namespace_shard(ns, session->worker)->count, 1);
    counter_add(&session->worker->counters.sockets, 1);
    return socket;
}

struct sio_socket *socket_find(const struct shard *shard, struct str id)
{
    return roster_find(&shard->sockets, id);
}

bool socket_is_waiting(const struct sio_socket *socket)
{
    return socket->arrival && socket->arrival->asked;
}

static void socket_unlink(struct sio_socket *socket)
{
    struct sio_socket **link = &socket->session->sockets;
    while (*link != socket) link = &(*link)->next;
    *link = socket->next;
    roster_remove(&namespace_shard(socket->ns, socket->session->worker)->sockets, socket);
    counter_subtract(&namespace_shard(socket->ns, socket->session->worker)->count, 1);
    counter_subtract(&socket->session->worker->counters.sockets, 1);
}

void socket_close(struct sio_socket *socket, const char *reason)
{
    struct worker *worker = socket->session->worker;
    struct sio_namespace *ns = socket->ns;
    const struct sio_namespace *handlers = ns->on_disconnect || !ns->pattern ? ns : ns->pattern;
    struct recovery_session *kept = recovery_take(socket, reason);
    socket->leaving = SOCKET_LEAVES; /* it gets nothing any more */
    observer_disconnected(socket, reason);
    event_queue_drop(socket);
    ns->adapter->leave_all(socket);
    socket_unlink(socket);
    socket->session = NULL;
    ack_fail_all(socket, worker);
    if (socket->is_connected && handlers->on_disconnect)
        handlers->on_disconnect(socket, reason, handlers->disconnect_context);
    if (kept) recovery_save(kept, ns, worker, socket);
    event_free_handlers(socket->handlers);
    socket->handlers = NULL;
    socket->ns = NULL;
    namespace_drop(ns);
    socket->next = worker->dead_sockets;
    worker->dead_sockets = socket;
    worker_clean_up_later(worker);
}

static void socket_send_disconnect(struct sio_socket *socket)
{
    parser_write_disconnect(socket->session->worker, socket->ns->name);
    parser_send(socket->session, SIO_NO_ARGS);
}

void socket_leave(struct sio_socket *socket)
{
    struct session *session = socket->session;
    if (session == NULL) return;
    bool closes_client = socket->leaving == SOCKET_CLOSES_CLIENT;
    socket_send_disconnect(socket);
    socket_close(socket, "server namespace disconnect");
    if (!closes_client) return;
    while (session->sockets) {
        socket_send_disconnect(session->sockets);
        socket_close(session->sockets, "server namespace disconnect");
    }
    session_end(session, "forced server close");
}

/* Later, because a handler may be at work with the socket. */
static void socket_leave_later(struct sio_socket *socket, enum socket_leaving leaving)
{
    if (socket->session == NULL) return;
    struct worker *worker = socket->session->worker;
    if (socket->leaving == SOCKET_STAYS) {
        socket->next_leaving = worker->leaving;
        worker->leaving = socket;
        worker_clean_up_later(worker);
    }
    if (leaving > socket->leaving) socket->leaving = (uint8_t)leaving;
}

void sio_disconnect(sio_socket *socket)
{
    socket_leave_later(socket, SOCKET_LEAVES);
}

void sio_close(sio_socket *socket)
{
    socket_leave_later(socket, SOCKET_CLOSES_CLIENT);
}

/* ---- Sending ----------------------------------------------------------------------------------------------- */

/* What a connect function sends reaches the client behind the answer to its CONNECT. */
static int socket_hold(struct sio_socket *socket, sio_args args)
{
    if (socket_is_waiting(socket)) return SIO_EINVAL;
    struct buf *held = &socket->arrival->held;
    struct parser_message message = { 0 };
    while (parser_next(socket->session->worker, args, &message))
        outbox_add(held, EIO_MESSAGE, message.is_binary, message.bytes);
    return held->error == BUF_OK ? 0 : held->error == BUF_FULL ? SIO_EFULL : SIO_ENOMEM;
}

int socket_send(struct sio_socket *socket, sio_args args)
{
    struct session *session = socket->session;
    if (session == NULL || session->is_closed) return SIO_EGONE;
    if (session->worker->packet.error != BUF_OK) return SIO_ENOMEM;
    if (!socket->is_connected) return socket_hold(socket, args);
    if (!session_has_room(session, parser_size(session->worker, args))) return SIO_EFULL;
    parser_send(session, args);
    return 0;
}

static int socket_emit(struct sio_socket *socket, struct str event, sio_args args)
{
    parser_write_event(socket->session->worker, socket->ns->name, PACKET_NO_ID, event, args);
    return socket_send(socket, args);
}

/* What its client did not get it will get when it comes back. */
static int socket_emit_kept(struct sio_socket *socket, struct str event, sio_args args)
{
    struct recovery_mark mark;
    const sio_to to = { .rooms = SIO_ROOMS(socket->id) };
    if (!recovery_begin(&mark, socket->ns, socket->session->worker, args)) return SIO_ENOMEM;
    int error = socket_emit(socket, event, mark.args);
    if (error == 0) recovery_keep(&mark, &to);
    recovery_unlock(socket->ns);
    recovery_forget(&mark);
    return error;
}

int sio_emit(sio_socket *socket, const char *event, sio_args args)
{
    if (socket->session == NULL) return SIO_EGONE;
    if (packet_is_reserved(str_from(event))) return SIO_EINVAL;
    int error = socket_pid(socket) ? socket_emit_kept(socket, str_from(event), args)
                                   : socket_emit(socket, str_from(event), args);
    if (error == 0) hook_sent(socket, str_from(event), args);
    return error;
}

/* ---- Questions --------------------------------------------------------------------------------------------- */

const char *sio_id(const sio_socket *socket)
{
    return socket->id;
}

void *sio_data(sio_socket *socket)
{
    return socket->data;
}

sio_namespace *sio_namespace_of(const sio_socket *socket)
{
    return socket->ns;
}

const char *sio_transport(const sio_socket *socket)
{
    return socket->session && socket->session->polling ? "polling" : "websocket";
}

int sio_protocol(const sio_socket *socket)
{
    return socket->session ? socket->session->protocol : 4;
}

size_t sio_unsent(const sio_socket *socket)
{
    return socket->session ? session_unsent(socket->session) : 0;
}

uint64_t sio_turn(const sio_socket *socket)
{
    return socket->session ? socket->session->worker->loop.turn : 0;
}

int sio_post(sio_socket *socket, void (*fn)(void *context), void *context)
{
    if (socket->session == NULL) return SIO_EGONE;
    const struct worker *worker = socket->session->worker;
    return sio_server_post_to(worker->server, worker->number, fn, context);
}

sio_socket *sio_find(sio_namespace *ns, const char *id)
{
    return socket_find(namespace_here(ns), str_from(id));
}

bool sio_recovered(const sio_socket *socket)
{
    return socket->is_recovered;
}
