#include "namespace.h"
#include "socket.h"

#include <stdlib.h>

/* It goes from one worker to the next, and ends where it began. A lock that all could look under would have to be taken
 * by whoever comes or goes; and the socket may be used in its worker's thread alone, to which something has to go anyway.
 */
struct seek {
    struct loop_message message;
    struct sio_namespace *ns; /* a user of it */
    sio_found_fn *fn;
    void *context;
    uint32_t at, left; /* the worker that it is at; those that it has not been at */
    char id[];
};

static void seek_end(struct seek *seek)
{
    namespace_drop(seek->ns);
    free(seek);
}

static void seek_go_on(struct seek *seek)
{
    struct sio_server *server = seek->ns->server;
    seek->at = (seek->at + 1) % server->options.workers;
    seek->left--;
    loop_send(&server->workers[seek->at].loop, &seek->message);
}

static void seek_on_arrival(struct loop_message *message, bool is_dropped)
{
    struct seek *seek = (struct seek *)message;
    const struct worker *worker = &seek->ns->server->workers[seek->at];
    sio_socket *socket = is_dropped ? NULL : socket_find(namespace_shard(seek->ns, worker), str_from(seek->id));
    if (socket == NULL && seek->left > 0 && !is_dropped) {
        seek_go_on(seek);
        return;
    }
    if (!is_dropped) seek->fn(socket, seek->context);
    seek_end(seek);
}

static int seek_begin(struct sio_namespace *ns, const char *id, sio_found_fn *fn, void *context)
{
    size_t size = strlen(id) + 1;
    struct seek *seek = malloc(sizeof *seek + size);
    if (seek == NULL) return SIO_ENOMEM;
    *seek = (struct seek){ .message.fn = seek_on_arrival, .ns = ns, .fn = fn, .context = context };
    seek->at = worker_here(ns->server)->number;
    seek->left = ns->server->options.workers;
    memcpy(seek->id, id, size);
    namespace_take(ns);
    seek_go_on(seek);
    return 0;
}

int sio_find_anywhere(sio_namespace *ns, const char *id, sio_found_fn *fn, void *context)
{
    if (ns->fits || fn == NULL) return SIO_EINVAL;
    sio_socket *socket = sio_find(ns, id);
    if (socket == NULL && ns->server->options.workers > 1) return seek_begin(ns, id, fn, context);
    fn(socket, context);
    return 0;
}
