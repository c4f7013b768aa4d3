#include "gather.h"

#include "copy.h"
#include "errand.h"
#include "fetch.h"
#include "server.h"

#include <stdlib.h>

/* What one worker has found. */
struct gather_part {
    struct loop_message message; /* to the one that asked */
    struct gather *gather;
    struct arena memory;
    sio_member *members;
    size_t count;
    int error;
};

struct gather {
    struct errand errand;
    sio_to to;
    sio_fetch_fn *fn;
    void *context;
    struct loop *home;
    struct gather_part *parts; /* one a worker */
    size_t open, count;        /* workers that have not answered; members found so far */
    int error;
};

/* ---- In the other workers ---------------------------------------------------------------------------------- */

static void gather_copy_member(struct gather_part *part, sio_member *copy, const sio_member *member)
{
    size_t data = part->gather->errand.server->options.socket_data_size;
    *copy = *member;
    copy->rooms = copy_names(&part->memory, member->rooms);
    if (copy->rooms) copy->id = copy->rooms[0];
    copy->data = arena_copy(&part->memory, (struct str){ member->data, data }).at;
    struct str handshake = { member->handshake.data.at, member->handshake.data.size };
    if (member->handshake.kind == SIO_JSON) copy->handshake.data.at = arena_copy(&part->memory, handshake).at;
    copy->socket = NULL;
}

static void gather_copy(int error, const sio_member *members, size_t count, void *context)
{
    struct gather_part *part = context;
    part->error = error;
    part->members = arena_calloc(&part->memory, count, sizeof *part->members);
    if (part->members == NULL) return;
    part->count = count;
    for (size_t i = 0; i < count; i++) gather_copy_member(part, &part->members[i], &members[i]);
}

static void gather_run(struct errand *errand, struct worker *worker)
{
    struct gather *gather = (struct gather *)errand;
    struct gather_part *part = &gather->parts[worker->number];
    int error = fetch_local(errand->ns, &gather->to, gather_copy, part);
    if (error || part->memory.failed) part->error = SIO_ENOMEM;
    loop_send(gather->home, &part->message);
}

/* ---- In the one that asked --------------------------------------------------------------------------------- */

/* The own ones come first, as they are lent for this call only. */
static void gather_finish(int error, const sio_member *members, size_t count, void *context)
{
    struct gather *gather = context;
    sio_member *all = calloc(count + gather->count + 1, sizeof *all);
    if (all == NULL || error) {
        gather->error = SIO_ENOMEM;
        free(all);
        return;
    }
    if (count) memcpy(all, members, count * sizeof *all);
    for (uint32_t i = 0; i < gather->errand.server->options.workers; i++) {
        const struct gather_part *part = &gather->parts[i];
        if (part->count) memcpy(all + count, part->members, part->count * sizeof *all);
        count += part->count;
    }
    gather->fn(0, all, count, gather->context);
    free(all);
}

static void gather_end(struct gather *gather)
{
    if (gather->error == 0) gather->error = fetch_local(gather->errand.ns, &gather->to, gather_finish, gather);
    if (gather->error) gather->fn(gather->error, NULL, 0, gather->context);
    errand_drop(&gather->errand);
}

static void gather_on_part(struct loop_message *message, bool is_dropped)
{
    struct gather_part *part = (struct gather_part *)message;
    struct gather *gather = part->gather;
    (void)is_dropped; /* the server's last turn runs everything */
    if (part->error) gather->error = part->error;
    gather->count += part->count;
    if (--gather->open == 0) gather_end(gather);
}

static void gather_release(struct errand *errand)
{
    struct gather *gather = (struct gather *)errand;
    for (uint32_t i = 0; gather->parts && i < errand->server->options.workers; i++)
        arena_free(&gather->parts[i].memory);
}

static bool gather_fill(struct gather *gather, const sio_to *to)
{
    struct errand *errand = &gather->errand;
    uint32_t workers = errand->server->options.workers;
    gather->to = copy_to(&errand->memory, to);
    gather->parts = arena_calloc(&errand->memory, workers, sizeof *gather->parts);
    if (errand->memory.failed) return false;
    for (uint32_t i = 0; i < workers; i++) {
        gather->parts[i] = (struct gather_part){ .message.fn = gather_on_part, .gather = gather };
        arena_init(&gather->parts[i].memory, WORKER_ARENA_BYTES);
    }
    gather->open = workers - 1;
    return true;
}

int gather_fetch(sio_namespace *ns, const sio_to *to, sio_fetch_fn *fn, void *context)
{
    struct gather *gather = errand_create(sizeof *gather, ns->server, ns, gather_run);
    if (gather == NULL) return SIO_ENOMEM;
    gather->errand.release = gather_release;
    gather->home = &worker_here(ns->server)->loop;
    gather->fn = fn;
    gather->context = context;
    if (gather_fill(gather, to)) {
        errand_take(&gather->errand); /* until gather_end */
        errand_send(&gather->errand);
        return 0;
    }
    errand_drop(&gather->errand);
    return SIO_ENOMEM;
}
