/* audience.h - the sockets of this thread's worker that an sio_to means: in one of its rooms, or all of the namespace,
 * and in none of those excepted; each once. */
#ifndef SERVER_AUDIENCE_H
#define SERVER_AUDIENCE_H

#include "socket.h"

/* Calls `visit` with each. It must not let sockets join, leave or end: see audience_collect. */
void audience_visit(struct sio_namespace *ns, const sio_to *to, void (*visit)(struct sio_socket *socket, void *context),
                    void *context);

struct audience {
    struct sio_socket **sockets;
    size_t count;
};

/* Lists them, so that anything may happen to them while they are walked: one that has ended meanwhile has no session,
 * and is there until the end of the turn. 0 or SIO_ENOMEM; audience_free in any case. */
int audience_collect(struct audience *audience, struct sio_namespace *ns, const sio_to *to);
void audience_free(struct audience *audience);

#endif
