/* namespace.h - a namespace: its handlers, its sockets, its rooms.
 *
 *   sio_namespace   what the program registered: the same for all workers, unchanged while they run
 *     └▶ shard      sockets and rooms, one shard a worker: touched by its thread alone
 *
 * One that was made by a pattern (sio_of_match) has the pattern's handlers behind its own. It lives as long as someone
 * uses it: its sockets, those that may come back, and what is on its way from worker to worker. */
#ifndef SERVER_NAMESPACE_H
#define SERVER_NAMESPACE_H

#include "hook.h"
#include "map.h"
#include "roster.h"
#include "server.h"

struct adapter;
struct event_handler;
struct recovery;

struct shard {
    struct roster sockets; /* of struct sio_socket, by id */
    struct map rooms;      /* name → struct room * */
    uint64_t marks;        /* how many broadcasts there were: see room.h */
    struct counter count;  /* of the sockets, for any thread */
};

struct sio_namespace {
    struct sio_server *server;
    const struct adapter *adapter;
    struct sio_namespace *next;                    /* of the server's */
    struct sio_namespace *pattern;                 /* that it was made by; NULL: none */
    bool (*fits)(const char *name, void *context); /* of a pattern */
    void *fits_context;
    sio_connect_fn *on_connect;
    void *connect_context;
    sio_disconnect_fn *on_disconnect;
    void *disconnect_context;
    sio_namespace_fn *on_namespace; /* of a pattern */
    void *namespace_context;
    struct recovery *recovery;      /* what is kept for clients that come back; under the server's exchange_lock */
    struct hook *hooks[HOOK_KINDS]; /* lists */
    struct event_handler *any;      /* handlers for every event without one of its own */
    struct map events;              /* name → struct event_handler *, a list */
    struct shard *shards;           /* one a worker */
    atomic_size_t users;            /* of one that was made by a pattern; the last leaves under the names_lock */
    bool has_no_recovery;           /* its clients begin anew, whatever options.recovery_ms */
    bool is_kept;                   /* the program asked for it by name: it stays without users; likewise */
    _Atomic uint64_t ack_count;     /* gives the ids, so that one event can ask many */
    struct str name;                /* ends in a NUL that its size does not count */
    char text[];
};

/* The namespace of that name, made by a pattern when there is none yet, with one user more, which is the caller. NULL:
 * there is none, or no memory. */
struct sio_namespace *namespace_find(struct sio_server *server, struct str name);
/* The same, but none is made. */
struct sio_namespace *namespace_find_made(struct sio_server *server, struct str name);
/* One user more, for a caller that is one already or lends it to one; and one less, which frees it when it was made by
 * a pattern and nobody has asked for it by name. */
void namespace_take(struct sio_namespace *ns);
void namespace_drop(struct sio_namespace *ns);
/* Calls `visit` with each that was made by this pattern. 0, or the error of the last that failed; SIO_ENOMEM. */
int namespace_visit_children(struct sio_namespace *pattern, int (*visit)(struct sio_namespace *ns, void *context),
                             void *context);
/* The same with each that there is. */
int namespace_visit_all(struct sio_server *server, int (*visit)(struct sio_namespace *ns, void *context),
                        void *context);
void namespace_free_all(struct sio_server *server);

/* The part of it that belongs to this thread's worker; to `worker`. */
struct shard *namespace_here(const struct sio_namespace *ns);
static inline struct shard *namespace_shard(const struct sio_namespace *ns, const struct worker *worker)
{
    return &ns->shards[worker->number];
}

#endif
