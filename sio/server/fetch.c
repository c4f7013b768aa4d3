#include "fetch.h"

#include "adapter.h"
#include "audience.h"

#include <stdlib.h>

/* The handshakes of all lie in one buffer, which moves while it grows: until the last is in it a member holds where its
 * own begins. */
struct fetch {
    struct audience audience;
    sio_member *members;
    struct buf handshakes;
};

static bool fetch_write_handshake(struct fetch *fetch, sio_member *member)
{
    sio_value handshake = sio_handshake(member->socket);
    if (handshake.kind != SIO_JSON) return true;
    member->handshake = sio_json(NULL, handshake.data.size);
    buf_append(&fetch->handshakes, handshake.data.at, handshake.data.size + 1);
    return fetch->handshakes.error == BUF_OK;
}

static void fetch_point_at_handshakes(struct fetch *fetch)
{
    const char *at = fetch->handshakes.at;
    for (size_t i = 0; i < fetch->audience.count; i++) {
        sio_value *handshake = &fetch->members[i].handshake;
        if (handshake->kind != SIO_JSON) continue;
        handshake->data.at = at;
        at += handshake->data.size + 1;
    }
}

static bool fetch_fill(struct fetch *fetch, sio_member *member, struct sio_socket *socket)
{
    size_t count = sio_rooms(socket, NULL, 0);
    const char **rooms = calloc(count + 1, sizeof *rooms);
    *member = (sio_member){ .id = sio_id(socket),
                            .rooms = rooms,
                            .data = sio_data(socket),
                            .transport = sio_transport(socket),
                            .socket = socket };
    if (rooms == NULL) return false;
    /* Cut: whoever knows the whole id of a session may speak for it. */
    memcpy(member->client, socket->session->id, sizeof member->client - 1);
    sio_rooms(socket, rooms, count);
    return fetch_write_handshake(fetch, member);
}

static void fetch_free(struct fetch *fetch)
{
    for (size_t i = 0; fetch->members && i < fetch->audience.count; i++)
        free((void *)(uintptr_t)fetch->members[i].rooms);
    free(fetch->members);
    buf_free(&fetch->handshakes);
    audience_free(&fetch->audience);
}

int fetch_local(sio_namespace *ns, const sio_to *to, sio_fetch_fn *fn, void *context)
{
    struct fetch fetch = { .members = NULL };
    bool is_good = audience_collect(&fetch.audience, ns, to) == 0;
    size_t count = fetch.audience.count;
    buf_init(&fetch.handshakes, (count + 1) * worker_here(ns->server)->handshake.limit);
    if (is_good) fetch.members = calloc(count + 1, sizeof *fetch.members);
    is_good = fetch.members != NULL;
    for (size_t i = 0; is_good && i < count; i++)
        is_good = fetch_fill(&fetch, &fetch.members[i], fetch.audience.sockets[i]);
    if (is_good) fetch_point_at_handshakes(&fetch);
    if (is_good) fn(0, fetch.members, count, context);
    fetch_free(&fetch);
    return is_good ? 0 : SIO_ENOMEM;
}

int sio_fetch(sio_namespace *ns, sio_to to, sio_fetch_fn *fn, void *context)
{
    return ns->fits || fn == NULL ? SIO_EINVAL : ns->adapter->fetch(ns, &to, fn, context);
}
