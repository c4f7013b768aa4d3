#include "round.h"
#include "socket.h"

/* A pointer to a socket is good in its worker's thread alone, so the function goes there. */
struct seek {
    struct round round;
    struct str id;
    sio_found_fn *fn;
    void *context;
    atomic_bool is_found; /* one that comes back to another worker meanwhile is not found twice */
};

static void seek_visit(struct round *round, struct worker *worker)
{
    struct seek *seek = (struct seek *)round;
    sio_socket *socket = socket_find(namespace_shard(round->ns, worker), seek->id);
    if (socket && !atomic_exchange(&seek->is_found, true)) seek->fn(socket, seek->context);
}

static void seek_end(struct round *round)
{
    struct seek *seek = (struct seek *)round;
    seek_visit(round, worker_here(round->ns->server)); /* it may have come here meanwhile */
    if (!atomic_load(&seek->is_found)) seek->fn(NULL, seek->context);
    round_free(round);
}

static int seek_begin(struct sio_namespace *ns, struct str id, sio_found_fn *fn, void *context)
{
    struct seek *seek = round_create(sizeof *seek, ns, seek_visit, seek_end);
    if (seek == NULL) return SIO_ENOMEM;
    seek->id = arena_copy(&seek->round.memory, id);
    seek->fn = fn;
    seek->context = context;
    if (seek->round.memory.failed) {
        round_free(&seek->round);
        return SIO_ENOMEM;
    }
    round_begin(&seek->round);
    return 0;
}

int sio_find_anywhere(sio_namespace *ns, const char *id, sio_found_fn *fn, void *context)
{
    if (ns->fits || fn == NULL) return SIO_EINVAL;
    sio_socket *socket = sio_find(ns, id);
    if (socket == NULL) return seek_begin(ns, str_from(id), fn, context);
    fn(socket, context);
    return 0;
}
