/* worker.h - what one thread of a server owns: its loop, its connections and sessions, and the memory that one request
 * or event needs while it is handled. */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "arena.h"
#include "buf.h"
#include "counters.h"
#include "http.h"
#include "listener.h"
#include "map.h"
#include "random_id.h"
#include "roster.h"
#include "sio.h"
#include "tls.h"

#include <pthread.h>

struct sio_server;
struct ws_deflate_pool;
struct event_handler;
struct hook;
struct sio_socket;
struct session;
struct room;
struct errand_link;

enum {
    /* What one event or request may take: the largest arguments there are, and a handler's own requests. */
    WORKER_ARENA_BYTES = 64 * 1024 * 1024,
    /* Requests that come and go beside the clients' own connections: pages, polls in both directions, upgrades. */
    WORKER_CONNS_A_CLIENT = 3,
    WORKER_CONNS_MORE = 256,
};

struct worker {
    struct sio_server *server;
    uint32_t number;  /* its place in server->workers */
    pthread_t thread; /* of all but the first */
    bool has_thread;
    struct errand_link *inbox, **inbox_end; /* under the server's exchange_lock, see errand.h */
    struct loop loop;
    struct http_host http; /* of the connections that speak HTTP */
    struct listener listener;
    struct certificate_set *certificates; /* NULL: plain TCP */
    struct tls_gate tls_gate;
    int listener_error; /* that was told last */
    struct counters counters;
    struct roster sessions;               /* of struct session, by id */
    struct map holds;                     /* number → struct hold *, handshakes that wait for a decision */
    uint64_t hold_count;                  /* gives the numbers */
    struct map event_queues;              /* socket → struct event_queue * */
    uint64_t event_count;                 /* of those that waited; gives the numbers */
    struct arena arena;                   /* reset after each event and each request */
    struct buf packet;                    /* the Socket.IO packet being written */
    struct buf text;                      /* the head, payload or message being written */
    struct buf handshake;                 /* sio_handshake wrote it */
    struct buf deflated;                  /* the compressed message being written */
    struct ws_deflate_pool *deflate_pool; /* NULL until the first WebSocket that compresses */
    struct random_pool random;
    bool spares_compression; /* what is sent now is worth no compression, or must not be compressed */
    const sio_request *post; /* being read; NULL: none */
    struct session *poster;  /* whose it is */
    struct loop_task cleanup;
    struct sio_socket *leaving; /* sio_disconnect was called */
    struct sio_socket *dead_sockets;
    struct event_handler *dead_handlers;
    struct hook *dead_hooks;
    struct room *dead_rooms;
    struct session *dead_sessions;
    struct timer drain;
    struct timer sweep; /* of the first one, see recovery.h */
    bool is_full;       /* the last client that came was one too many */
    bool is_drained;
};

/* 0, or SIO_ESYS or SIO_ENOMEM. */
int worker_init(struct worker *worker, struct sio_server *server, uint32_t number);
/* The one whose thread this is, of this server: the first one's is whichever thread steps the server. */
struct worker *worker_here(const struct sio_server *server);
/* This thread is the worker's from now on; NULL: of none. */
void worker_enter(struct worker *worker);
/* The end, in three steps, each for all workers before the next. Closes everything that is left, telling the sockets'
 * handlers; runs what other workers have sent, again and again until it is false for all of them; frees the worker. */
bool worker_close(struct worker *worker);
bool worker_settle(struct worker *worker);
bool worker_free(struct worker *worker);
/* One turn of the loop. 0 or SIO_ESYS. */
int worker_turn(struct worker *worker, int timeout_ms);
/* Takes no more clients and closes those there are; `is_drained` tells when they are gone. */
void worker_drain(struct worker *worker);

/* The memory of compressed WebSockets, NULL when there is none. */
struct ws_deflate_pool *worker_deflate_pool(struct worker *worker);
/* Something is to be settled at the end of the turn: a socket is leaving, a session or socket is dead. */
void worker_clean_up_later(struct worker *worker);
/* Tells the user, by on_log. */
void worker_log(struct worker *worker, int level, const char *message);
/* The same, with SIO_DETAIL: "what: why". */
void worker_log_client(struct worker *worker, const char *what, const char *why);

#endif
