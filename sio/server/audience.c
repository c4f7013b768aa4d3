#include "audience.h"

#include "room.h"

#include <stdlib.h>

typedef void audience_fn(struct sio_socket *socket, void *context);

static void audience_skip(struct sio_socket *socket, void *context)
{
    (void)socket;
    (void)context;
}

static void audience_visit_once(struct sio_socket *socket, audience_fn *visit, void *context)
{
    if (socket->mark == socket->ns->marks || socket_is_waiting(socket)) return;
    socket->mark = socket->ns->marks;
    visit(socket, context);
}

/* Every socket is in the room that has its id for a name, which needs no memory. */
static void audience_visit_rooms(struct sio_namespace *ns, const char *const *rooms, audience_fn *visit, void *context)
{
    for (; *rooms; rooms++) {
        struct room *room = room_find(ns, str_from(*rooms));
        struct sio_socket *socket = sio_find(ns, *rooms);
        size_t position = 0;
        if (socket) audience_visit_once(socket, visit, context);
        while (room && (socket = room_next(room, &position)) != NULL) audience_visit_once(socket, visit, context);
    }
}

static void audience_visit_all(struct sio_namespace *ns, audience_fn *visit, void *context)
{
    for (size_t i = 0; i < ns->sockets.count; i++) audience_visit_once(ns->sockets.members[i], visit, context);
}

void audience_visit(struct sio_namespace *ns, const sio_to *to, audience_fn *visit, void *context)
{
    ns->marks++;
    if (to->except) audience_visit_rooms(ns, to->except, audience_skip, NULL);
    if (to->rooms)
        audience_visit_rooms(ns, to->rooms, visit, context);
    else
        audience_visit_all(ns, visit, context);
}

static void audience_add(struct sio_socket *socket, void *context)
{
    struct audience *audience = context;
    audience->sockets[audience->count++] = socket;
}

int audience_collect(struct audience *audience, struct sio_namespace *ns, const sio_to *to)
{
    *audience = (struct audience){ 0 };
    if (ns->sockets.count == 0) return 0;
    audience->sockets = calloc(ns->sockets.count, sizeof *audience->sockets);
    if (audience->sockets == NULL) return SIO_ENOMEM;
    audience_visit(ns, to, audience_add, audience);
    return 0;
}

void audience_free(struct audience *audience)
{
    free(audience->sockets);
    *audience = (struct audience){ 0 };
}
