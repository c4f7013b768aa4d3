#include "adapter.h"
#include "audience.h"
#include "broadcast.h"
#include "fetch.h"
#include "room.h"

static int adapter_join_all(sio_namespace *ns, const sio_to *to, const char *const *rooms)
{
    struct audience audience;
    int failed, error = audience_collect(&audience, ns, to);
    for (size_t i = 0; i < audience.count; i++)
        for (const char *const *room = rooms; *room; room++)
            if ((failed = room_join(audience.sockets[i], str_from(*room))) != 0) error = failed;
    audience_free(&audience);
    return error;
}

static int adapter_leave_rooms(sio_namespace *ns, const sio_to *to, const char *const *rooms)
{
    struct audience audience;
    int error = audience_collect(&audience, ns, to);
    for (size_t i = 0; i < audience.count; i++)
        for (const char *const *room = rooms; *room; room++) room_leave(audience.sockets[i], str_from(*room));
    audience_free(&audience);
    return error;
}

static void adapter_disconnect(struct sio_socket *socket, void *context)
{
    if (*(const bool *)context)
        sio_close(socket);
    else
        sio_disconnect(socket);
}

static int adapter_disconnect_all(sio_namespace *ns, const sio_to *to, bool closes_clients)
{
    audience_visit(ns, to, adapter_disconnect, &closes_clients); /* they end when the turn does */
    return 0;
}

const struct adapter adapter_memory = {
    .join = room_join,
    .leave = room_leave,
    .leave_all = room_leave_all,
    .broadcast = broadcast_local,
    .fetch = fetch_local,
    .join_all = adapter_join_all,
    .leave_rooms = adapter_leave_rooms,
    .disconnect_all = adapter_disconnect_all,
};

int sio_join_all(sio_namespace *ns, sio_to to, const char *const *rooms)
{
    return ns->fits || rooms == NULL ? SIO_EINVAL : ns->adapter->join_all(ns, &to, rooms);
}

int sio_leave_all(sio_namespace *ns, sio_to to, const char *const *rooms)
{
    return ns->fits || rooms == NULL ? SIO_EINVAL : ns->adapter->leave_rooms(ns, &to, rooms);
}

int sio_disconnect_all(sio_namespace *ns, sio_to to, bool closes_clients)
{
    return ns->fits ? SIO_EINVAL : ns->adapter->disconnect_all(ns, &to, closes_clients);
}
