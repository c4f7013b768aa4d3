/* listener.h - takes new connections from a TCP port. */
#ifndef NET_LISTENER_H
#define NET_LISTENER_H

#include "loop.h"

enum {
    /* Connections taken in one turn: a storm of new clients must not starve those that are served. */
    LISTENER_ACCEPTS = 64,
    /* The kernel's queue of connections not yet taken; it cuts this to net.core.somaxconn. */
    LISTENER_BACKLOG = 4096,
    /* How long to leave clients in that queue when descriptors or memory have run out. */
    LISTENER_PAUSE_MS = 100,
};

struct listener {
    struct loop_source source;
    struct loop *loop;
    struct timer pause;
    int error; /* of the last accept(2) that failed, 0 when one went well since */
    /* Takes over the non-blocking `fd`. false: no more can be taken now; `fd` was closed. */
    bool (*on_accept)(struct listener *listener, int fd);
};

/* Listens on `host` (a numeric address, IPv4 or IPv6, or a name) and `port`, 0 for any free one. `is_shared`: others
 * will join it. 0, or -1 with errno set; a host that cannot be resolved is EADDRNOTAVAIL. */
int listener_open(struct listener *listener, struct loop *loop, const char *host, uint16_t port, bool is_shared,
                  bool (*on_accept)(struct listener *listener, int fd));
/* Listens where `first` does, which was opened to be shared: the kernel spreads new connections over all of them
 * (SO_REUSEPORT). 0, or -1 with errno set. */
int listener_join(struct listener *listener, struct loop *loop, const struct listener *first,
                  bool (*on_accept)(struct listener *listener, int fd));
/* The port it listens on; 0 when it is closed. */
uint16_t listener_port(const struct listener *listener);
/* Closing one that is closed does nothing. */
void listener_close(struct listener *listener);

#endif
