#include "fetch.h"

#include "adapter.h"
#include "audience.h"

#include <stdlib.h>

static bool fetch_fill(sio_member *member, struct sio_socket *socket)
{
    size_t count = sio_rooms(socket, NULL, 0);
    const char **rooms = calloc(count + 1, sizeof *rooms);
    *member = (sio_member){ .id = sio_id(socket), .rooms = rooms, .data = sio_data(socket), .socket = socket };
    if (rooms) sio_rooms(socket, rooms, count);
    return rooms != NULL;
}

static void fetch_free(sio_member *members, size_t count)
{
    for (size_t i = 0; members && i < count; i++) free((void *)(uintptr_t)members[i].rooms);
    free(members);
}

int fetch_local(sio_namespace *ns, const sio_to *to, sio_fetch_fn *fn, void *context)
{
    struct audience audience;
    bool is_good = audience_collect(&audience, ns, to) == 0;
    sio_member *members = is_good ? calloc(audience.count + 1, sizeof *members) : NULL;
    is_good = members != NULL;
    for (size_t i = 0; is_good && i < audience.count; i++) is_good = fetch_fill(&members[i], audience.sockets[i]);
    if (is_good) fn(0, members, audience.count, context);
    fetch_free(members, audience.count);
    audience_free(&audience);
    return is_good ? 0 : SIO_ENOMEM;
}

int sio_fetch(sio_namespace *ns, sio_to to, sio_fetch_fn *fn, void *context)
{
    return ns->fits || fn == NULL ? SIO_EINVAL : ns->adapter->fetch(ns, &to, fn, context);
}
