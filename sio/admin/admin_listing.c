#include "admin_listing.h"

#include "admin.h"
#include "admin_json.h"
#include "server.h"
#include "socket.h"

#include <stdlib.h>

/* One message for all namespaces: the page forgets what it knows when the message comes. */
struct admin_listing {
    struct admin *admin;
    size_t open;  /* namespaces that have not answered, and one for who asks them */
    size_t limit; /* bytes: half of what may wait for a client */
    bool is_cut;
    struct buf json;
    char socket_id[];
};

struct admin_listing_part {
    struct admin_listing *listing;
    char nsp[];
};

static void admin_listing_finish(struct admin_listing *listing)
{
    if (--listing->open) return;
    struct admin *admin = listing->admin;
    sio_socket *socket = sio_find(admin->ns, listing->socket_id); /* it may have left */
    buf_append_byte(&listing->json, ']');
    if (listing->is_cut)
        worker_log(worker_here(admin->server), SIO_WARNING, "an admin is not shown all sockets: too many");
    if (socket && listing->json.error == BUF_OK)
        (void)sio_emit(socket, "all_sockets", SIO_ARGS(sio_json(listing->json.at, listing->json.size)));
    buf_free(&listing->json);
    free(listing);
}

/* What does not fit is taken back. */
static void admin_listing_add(struct admin_listing *listing, const char *nsp, const sio_member *member)
{
    size_t before = listing->json.size;
    if (before > 1) buf_append_byte(&listing->json, ',');
    admin_json_write_member(&listing->json, listing->admin, nsp, member);
    bool fits = listing->json.error == BUF_OK && listing->json.size <= listing->limit;
    if (fits || listing->json.error == BUF_NO_MEMORY) return;
    listing->json.error = BUF_OK;
    listing->json.size = before;
    listing->is_cut = true;
}

static void admin_listing_on_members(int error, const sio_member *members, size_t count, void *context)
{
    struct admin_listing_part *part = context;
    for (size_t i = 0; error == 0 && i < count && !part->listing->is_cut; i++)
        admin_listing_add(part->listing, part->nsp, &members[i]);
    admin_listing_finish(part->listing);
    free(part);
}

static int admin_listing_ask(sio_namespace *ns, void *context)
{
    struct admin_listing *listing = context;
    struct admin_listing_part *part = malloc(sizeof *part + ns->name.size + 1);
    if (part == NULL) return SIO_ENOMEM;
    part->listing = listing;
    memcpy(part->nsp, ns->text, ns->name.size + 1);
    listing->open++;
    int error = sio_fetch(ns, (sio_to){ 0 }, admin_listing_on_members, part);
    if (error == 0) return 0;
    listing->open--;
    free(part);
    return error;
}

void admin_listing_send(struct admin *admin, sio_socket *socket)
{
    struct str id = socket_name(socket);
    struct admin_listing *listing = malloc(sizeof *listing + id.size + 1);
    if (listing == NULL) return;
    *listing = (struct admin_listing){ .admin = admin, .open = 1 };
    memcpy(listing->socket_id, id.at, id.size + 1);
    listing->limit = admin->server->options.backlog_bytes_max / 2;
    buf_init(&listing->json, 2 * listing->limit + 1);
    buf_append_byte(&listing->json, '[');
    if (namespace_visit_all(admin->server, admin_listing_ask, listing) != 0) listing->json.error = BUF_NO_MEMORY;
    admin_listing_finish(listing);
}
