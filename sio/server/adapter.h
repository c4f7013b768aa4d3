/* adapter.h - what stands between a namespace and its sockets, wherever those are.
 *
 *   sio_broadcast, sio_fetch, sio_join_all …  ─▶  ns->adapter  ─┬▶ the sockets of this process (adapter_memory)
 *                                                               └▶ those of others: an adapter that also tells them
 *
 * The calls of sio.h check their arguments and take patterns apart; a function here is given one real namespace. An
 * adapter that reaches further does what adapter_memory does for its own sockets, unless to->is_local, and the rest on
 * its way. */
#ifndef SERVER_ADAPTER_H
#define SERVER_ADAPTER_H

#include "sio.h"
#include "str.h"

struct answers;

/* An event for many. */
struct adapter_event {
    sio_to to;
    struct str name;
    sio_args args;
    struct answers *answers; /* collects acknowledgements; NULL: none are wanted */
};

struct adapter {
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

/* This process is all there is. */
extern const struct adapter adapter_memory;

#endif
