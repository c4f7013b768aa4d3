/* observer.h - what is told of everything that happens in a server: the admin namespace (admin/admin.h).
 *
 * There is none unless the program wants it, and each of the calls below is then the test of a pointer. What an
 * observer is told has happened already, or is about to and cannot be stopped; it may send, as any handler may, but
 * must not end or move sockets. Each member may be NULL. */
#ifndef SERVER_OBSERVER_H
#define SERVER_OBSERVER_H

#include "event.h"
#include "namespace.h"
#include "socket.h"

struct observer {
    void (*on_connected)(sio_socket *socket);
    void (*on_disconnected)(sio_socket *socket,
                            const char *reason); /* it is in its rooms, and in no broadcast any more */
    void (*on_upgraded)(sio_socket *socket);
    void (*on_joined)(sio_socket *socket, struct str room);
    void (*on_left)(sio_socket *socket, struct str room);
    void (*on_received)(sio_socket *socket, const struct sio_event *event);
    void (*on_sent)(sio_socket *socket, struct str event, sio_args args);
    void (*on_session_end)(struct sio_server *server, const char *reason);
    void (*on_stop)(struct sio_server *server); /* the server ends: nothing may be posted to its loops any more */
    void (*on_free)(struct sio_server *server); /* no socket is left */
};

static inline void observer_connected(sio_socket *socket)
{
    const struct observer *observer = socket->ns->server->observer;
    if (observer && observer->on_connected) observer->on_connected(socket);
}

static inline void observer_disconnected(sio_socket *socket, const char *reason)
{
    const struct observer *observer = socket->ns->server->observer;
    if (observer && observer->on_disconnected && socket->is_connected) observer->on_disconnected(socket, reason);
}

/* All sockets of the session. */
static inline void observer_upgraded(const struct session *session)
{
    const struct observer *observer = session->worker->server->observer;
    if (observer == NULL || observer->on_upgraded == NULL) return;
    for (sio_socket *socket = session->sockets; socket; socket = socket->next)
        if (socket->is_connected) observer->on_upgraded(socket);
}

/* The rooms that a socket is in when it connects are told with it. */
static inline void observer_joined(sio_socket *socket, struct str room)
{
    const struct observer *observer = socket->ns->server->observer;
    if (observer && observer->on_joined && socket->is_connected) observer->on_joined(socket, room);
}

static inline void observer_left(sio_socket *socket, struct str room)
{
    const struct observer *observer = socket->ns->server->observer;
    if (observer && observer->on_left && socket->is_connected) observer->on_left(socket, room);
}

static inline void observer_received(sio_socket *socket, const struct sio_event *event)
{
    const struct observer *observer = socket->ns->server->observer;
    if (observer && observer->on_received) observer->on_received(socket, event);
}

static inline bool observer_wants_sent(const sio_namespace *ns)
{
    return ns->server->observer && ns->server->observer->on_sent;
}

static inline void observer_sent(sio_socket *socket, struct str event, sio_args args)
{
    if (observer_wants_sent(socket->ns)) socket->ns->server->observer->on_sent(socket, event, args);
}

static inline void observer_session_end(struct sio_server *server, const char *reason)
{
    if (server->observer && server->observer->on_session_end) server->observer->on_session_end(server, reason);
}

static inline void observer_stop(struct sio_server *server)
{
    if (server->observer && server->observer->on_stop) server->observer->on_stop(server);
}

static inline void observer_free(struct sio_server *server)
{
    if (server->observer && server->observer->on_free) server->observer->on_free(server);
}

#endif
