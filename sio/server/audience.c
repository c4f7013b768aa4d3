#include "audience.h"

#include "room.h"

#include <stdlib.h>

typedef void audience_fn(struct sio_socket *socket, void *context);

static void audience_skip(struct sio_socket *socket, void *context)
{
    (void)socket;
    (void)context;
}

static void audience_visit_once(const struct shard *shard, struct sio_socket *socket, audience_fn *visit, void *context)
{
    if (socket->mark == shard->marks || socket_is_waiting(socket)) return;
    socket->mark = shard->marks;
    visit(socket, context);
}

/* Every socket is in the room that has its id for a name, which needs no memory. */
static void audience_visit_rooms(struct shard *shard, const char *const *rooms, audience_fn *visit, void *context)
{
    for (; *rooms; rooms++) {
        struct room *room = room_find(shard, str_from(*rooms));
        struct sio_socket *socket = socket_find(shard, str_from(*rooms));
        size_t position = 0;
        if (socket) audience_visit_once(shard, socket, visit, context);
        while (room && (socket = room_next(room, &position)) != NULL)
            audience_visit_once(shard, socket, visit, context);
    }
}

static void audience_visit_others(struct shard *shard, audience_fn *visit, void *context)
{
    for (size_t i = 0; i < shard->sockets.count; i++)
        audience_visit_once(shard, shard->sockets.members[i], visit, context);
}

/* Without marks: nobody comes twice, and what is only read need not be written back to memory. */
static void audience_visit_all(struct shard *shard, audience_fn *visit, void *context)
{
    for (size_t i = 0; i < shard->sockets.count; i++) {
        struct sio_socket *socket = shard->sockets.members[i];
        if (!socket_is_waiting(socket)) visit(socket, context);
    }
}

void audience_visit(struct sio_namespace *ns, const sio_to *to, audience_fn *visit, void *context)
{
    struct shard *shard = namespace_here(ns);
    shard->marks++;
    if (to->except) audience_visit_rooms(shard, to->except, audience_skip, NULL);
    if (to->rooms)
        audience_visit_rooms(shard, to->rooms, visit, context);
    else if (to->except)
        audience_visit_others(shard, visit, context);
    else
        audience_visit_all(shard, visit, context);
}

static void audience_add(struct sio_socket *socket, void *context)
{
    struct audience *audience = context;
    audience->sockets[audience->count++] = socket;
}

int audience_collect(struct audience *audience, struct sio_namespace *ns, const sio_to *to)
{
    *audience = (struct audience){ 0 };
    size_t most = namespace_here(ns)->sockets.count;
    if (most == 0) return 0;
    audience->sockets = calloc(most, sizeof *audience->sockets);
    if (audience->sockets == NULL) return SIO_ENOMEM;
    audience_visit(ns, to, audience_add, audience);
    return 0;
}

void audience_free(struct audience *audience)
{
    free(audience->sockets);
    *audience = (struct audience){ 0 };
}
