#include "gather.h"

#include "copy.h"
#include "fetch.h"
#include "round.h"
#include "server.h"

#include <stdlib.h>

/* What one worker has found. */
struct gather_part {
    struct arena memory;
    sio_member *members;
    size_t count, data_size; /* data_size: of a socket */
    int error;
};

struct gather {
    struct round round;
    sio_to to;
    sio_fetch_fn *fn;
    void *context;
    struct gather_part *parts; /* one a worker */
    size_t count;              /* members of the other workers */
    int error;
};

/* ---- In the other workers ---------------------------------------------------------------------------------- */

static void gather_copy_member(struct gather_part *part, sio_member *copy, const sio_member *member)
{
    *copy = *member;
    copy->rooms = copy_names(&part->memory, member->rooms);
    if (copy->rooms) copy->id = copy->rooms[0];
    copy->data = arena_copy(&part->memory, (struct str){ member->data, part->data_size }).at;
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

static void gather_visit(struct round *round, struct worker *worker)
{
    struct gather *gather = (struct gather *)round;
    struct gather_part *part = &gather->parts[worker->number];
    int error = fetch_local(round->ns, &gather->to, gather_copy, part);
    if (error || part->memory.failed) part->error = SIO_ENOMEM;
}

/* ---- In the one that asked --------------------------------------------------------------------------------- */

static uint32_t gather_workers(const struct gather *gather)
{
    return gather->round.ns->server->options.workers;
}

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
    for (uint32_t i = 0; i < gather_workers(gather); i++) {
        const struct gather_part *part = &gather->parts[i];
        if (part->count) memcpy(all + count, part->members, part->count * sizeof *all);
        count += part->count;
    }
    gather->fn(0, all, count, gather->context);
    free(all);
}

static void gather_free(struct gather *gather)
{
    for (uint32_t i = 0; gather->parts && i < gather_workers(gather); i++) arena_free(&gather->parts[i].memory);
    round_free(&gather->round);
}

static void gather_end(struct round *round)
{
    struct gather *gather = (struct gather *)round;
    for (uint32_t i = 0; i < gather_workers(gather); i++) {
        if (gather->parts[i].error) gather->error = gather->parts[i].error;
        gather->count += gather->parts[i].count;
    }
    if (gather->error == 0) gather->error = fetch_local(round->ns, &gather->to, gather_finish, gather);
    if (gather->error) gather->fn(gather->error, NULL, 0, gather->context);
    gather_free(gather);
}

static bool gather_fill(struct gather *gather, const sio_to *to)
{
    struct arena *memory = &gather->round.memory;
    gather->to = copy_to(memory, to);
    gather->parts = arena_calloc(memory, gather_workers(gather), sizeof *gather->parts);
    for (uint32_t i = 0; gather->parts && i < gather_workers(gather); i++) {
        gather->parts[i].data_size = gather->round.ns->server->options.socket_data_size;
        arena_init(&gather->parts[i].memory, WORKER_ARENA_BYTES);
    }
    return !memory->failed;
}

int gather_fetch(sio_namespace *ns, const sio_to *to, sio_fetch_fn *fn, void *context)
{
    struct gather *gather = round_create(sizeof *gather, ns, gather_visit, gather_end);
    if (gather == NULL) return SIO_ENOMEM;
    gather->fn = fn;
    gather->context = context;
    if (gather_fill(gather, to)) {
        round_begin(&gather->round);
        return 0;
    }
    gather_free(gather);
    return SIO_ENOMEM;
}
