#include "admin_listing.h"

#include "admin.h"
#include "admin_json.h"
#include "fetch.h"
#include "round.h"
#include "server.h"
#include "socket.h"

#include <stdlib.h>

/* What a worker has, written in its thread: describe() may look at the socket there. */
struct admin_listing_part {
    struct admin_listing *listing;
    struct buf json; /* objects, a comma between each two */
    const char *nsp; /* that is being written */
    bool is_cut, has_failed;
};

/* One message for all namespaces and all workers: the page forgets what it knows when the message comes. */
struct admin_listing {
    struct round round;
    struct admin *admin;
    struct admin_listing_part *parts; /* one a worker */
    size_t limit;                     /* bytes of all parts: half of what may wait for a client */
    atomic_size_t bytes;              /* that are taken */
    const char *socket_id;
};

/* ---- In each worker ---------------------------------------------------------------------------------------- */

/* What does not fit is taken back. */
static void admin_listing_add(struct admin_listing_part *part, const sio_member *member)
{
    struct admin_listing *listing = part->listing;
    size_t before = part->json.size;
    if (before) buf_append_byte(&part->json, ',');
    admin_json_write_member(&part->json, listing->admin, part->nsp, member);
    size_t more = part->json.size - before;
    bool fits = part->json.error == BUF_OK && atomic_fetch_add(&listing->bytes, more) + more <= listing->limit;
    if (fits || part->json.error == BUF_NO_MEMORY) return;
    part->json.error = BUF_OK;
    part->json.size = before;
    part->is_cut = true;
}

static void admin_listing_on_members(int error, const sio_member *members, size_t count, void *context)
{
    struct admin_listing_part *part = context;
    for (size_t i = 0; error == 0 && i < count && !part->is_cut; i++) admin_listing_add(part, &members[i]);
}

static int admin_listing_write_namespace(sio_namespace *ns, void *context)
{
    struct admin_listing_part *part = context;
    part->nsp = sio_name(ns);
    return fetch_local(ns, &(sio_to){ 0 }, admin_listing_on_members, part);
}

static void admin_listing_visit(struct round *round, struct worker *worker)
{
    struct admin_listing_part *part = &((struct admin_listing *)round)->parts[worker->number];
    int error = namespace_visit_all(round->ns->server, admin_listing_write_namespace, part);
    part->has_failed = error != 0 || part->json.error != BUF_OK;
}

/* ---- In the admin's ---------------------------------------------------------------------------------------- */

static uint32_t admin_listing_workers(const struct admin_listing *listing)
{
    return listing->admin->server->options.workers;
}

static void admin_listing_join(struct admin_listing *listing, struct buf *json)
{
    bool is_cut = false;
    buf_append_byte(json, '[');
    for (uint32_t i = 0; i < admin_listing_workers(listing); i++) {
        const struct admin_listing_part *part = &listing->parts[i];
        if (part->json.size && json->size > 1) buf_append_byte(json, ',');
        buf_append_str(json, buf_str(&part->json));
        is_cut |= part->is_cut;
        if (part->has_failed) json->error = BUF_NO_MEMORY;
    }
    buf_append_byte(json, ']');
    if (is_cut)
        worker_log(worker_here(listing->admin->server), SIO_WARNING, "an admin is not shown all sockets: too many");
}

static void admin_listing_free(struct admin_listing *listing)
{
    for (uint32_t i = 0; listing->parts && i < admin_listing_workers(listing); i++) buf_free(&listing->parts[i].json);
    round_free(&listing->round);
}

static void admin_listing_end(struct round *round)
{
    struct admin_listing *listing = (struct admin_listing *)round;
    struct buf json;
    buf_init(&json, 2 * listing->limit);
    admin_listing_visit(round, worker_here(round->ns->server));
    admin_listing_join(listing, &json);
    sio_socket *socket = sio_find(round->ns, listing->socket_id); /* it may have left */
    if (socket && json.error == BUF_OK) (void)sio_emit(socket, "all_sockets", SIO_ARGS(sio_json(json.at, json.size)));
    buf_free(&json);
    admin_listing_free(listing);
}

static bool admin_listing_fill(struct admin_listing *listing, struct admin *admin, const sio_socket *socket)
{
    struct arena *memory = &listing->round.memory;
    listing->admin = admin;
    listing->limit = admin->server->options.backlog_bytes_max / 2;
    listing->socket_id = arena_copy(memory, socket_name(socket)).at;
    listing->parts = arena_calloc(memory, admin_listing_workers(listing), sizeof *listing->parts);
    for (uint32_t i = 0; listing->parts && i < admin_listing_workers(listing); i++) {
        listing->parts[i].listing = listing;
        buf_init(&listing->parts[i].json, 2 * listing->limit); /* the one that does not fit, too */
    }
    return !memory->failed;
}

void admin_listing_send(struct admin *admin, sio_socket *socket)
{
    struct admin_listing *listing = round_create(sizeof *listing, admin->ns, admin_listing_visit, admin_listing_end);
    if (listing == NULL) return;
    if (admin_listing_fill(listing, admin, socket))
        round_begin(&listing->round);
    else
        admin_listing_free(listing);
}
