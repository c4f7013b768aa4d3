/* adapter.h - what stands between a namespace and its sockets, wherever those are.
 *
 *   sio_broadcast, sio_fetch, sio_join_all …  ─▶  ns->adapter  ─┬▶ the sockets of this worker (adapter_memory)
 *                                                               ├▶ those of the process's others (adapter_workers)
 *                                                               └▶ those of others: an adapter that also tells them
 *
 * The calls of sio.h check their arguments and take patterns apart; a function here is given one real namespace. An
 * adapter that reaches further does what adapter_workers does for its own sockets and, unless to->is_local, the rest on
 * its way. */
#ifndef SERVER_ADAPTER_H
#define SERVER_ADAPTER_H

#include "sio.h"
#include "str.h"

struct answers;
struct shared;
struct adapter_event;

/* An event as it was written once for everyone. */
struct adapter_packet {
    struct str text;       /* as parser.h wrote it; its attachments are those of the event's arguments */
    uint64_t id;           /* of the acknowledgements; PACKET_NO_ID: none are wanted */
    struct shared *frames; /* for WebSockets of Engine.IO 4 that take binary frames */
    bool is_kept;          /* for clients that come back: recovery.h's lock is held */
};

/* Takes it to where this worker's calls do not reach. 0, or SIO_ENOMEM: then nobody gets it. */
typedef int adapter_relay_fn(sio_namespace *ns, const struct adapter_event *event, const struct adapter_packet *packet);

/* An event for many. */
struct adapter_event {
    sio_to to;
    struct str name;
    sio_args args;
    struct answers *answers; /* collects acknowledgements; NULL: none are wanted */
    adapter_relay_fn *relay; /* called when it is written, before it is sent; NULL: it goes no further */
};

struct adapter {
    bool is_wide; /* reaches sockets of other processes */
    /* A socket of this process enters and leaves a room. 0 or SIO_ENOMEM. */
    int (*join)(sio_socket *socket, struct str room);
    void (*leave)(sio_socket *socket, struct str room);
    void (*leave_all)(sio_socket *socket);
    /* 0 or a negative SIO_E code. */
    int (*broadcast)(sio_namespace *ns, const struct adapter_event *event);
    /* As in sio.h. `fn` is called once when 0 is returned, now or later; else never. */
    int (*fetch)(sio_namespace *ns, const sio_to *to, sio_fetch_fn *fn, void *context);
    int (*join_all)(sio_namespace *ns, const sio_to *to, const char *const *rooms);
    int (*leave_rooms)(sio_namespace *ns, const sio_to *to, const char *const *rooms);
    int (*disconnect_all)(sio_namespace *ns, const sio_to *to, bool closes_clients);
};

/* This thread's worker is all there is. */
extern const struct adapter adapter_memory;
/* It is one of several in this process. */
extern const struct adapter adapter_workers;

#endif
