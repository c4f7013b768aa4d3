#include "server.h"

#include "client_bundle.h"
#include "namespace.h"
#include "options.h"
#include "secure.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Life -------------------------------------------------------------------------------------------------- */

int sio_server_create(sio_server **out, const sio_options *options)
{
    *out = NULL;
    sio_server *server = calloc(1, sizeof *server);
    if (server == NULL) return SIO_ENOMEM;
    map_init(&server->namespace_names);
    server->worker.server = server;
    server->worker.loop.epoll_fd = server->worker.listener.source.fd = -1;
    int error = options_copy(server, options);
    if (error == 0) error = secure_init(server, options);
    if (error == 0) error = client_bundle_load(server);
    if (error == 0 && sio_of(server, "/") == NULL) error = SIO_ENOMEM;
    if (error == 0) error = worker_init(&server->worker, server);
    if (error == 0) error = secure_load(server);
    if (error == 0) {
        *out = server;
        return 0;
    }
    int system_error = errno;
    sio_server_destroy(server);
    errno = system_error;
    return error;
}

uint16_t sio_server_port(const sio_server *server)
{
    return listener_port(&server->worker.listener);
}

int sio_server_step(sio_server *server, int timeout_ms)
{
    if (atomic_load(&server->is_stopping)) worker_drain(&server->worker);
    if (atomic_exchange(&server->wants_certificates, false)) (void)secure_load(server);
    return worker_turn(&server->worker, timeout_ms);
}

int sio_server_run(sio_server *server)
{
    int error = 0;
    while (error == 0 && sio_server_is_running(server)) error = sio_server_step(server, -1);
    return error;
}

bool sio_server_is_running(const sio_server *server)
{
    return !server->worker.is_drained;
}

/* To the outside this is a question; inside, the loop begins to keep an alarm for its timers. */
int sio_server_fd(const sio_server *server)
{
    int fd = loop_fd(&((sio_server *)(uintptr_t)server)->worker.loop);
    return fd < 0 ? SIO_ESYS : fd;
}

/* The wait that it ends is followed by another step, which sees the flag. */
void sio_server_stop(sio_server *server)
{
    if (server == NULL) return;
    atomic_store(&server->is_stopping, true);
    loop_wake(&server->worker.loop);
}

void sio_server_reload_certificates(sio_server *server)
{
    if (server == NULL) return;
    atomic_store(&server->wants_certificates, true);
    loop_wake(&server->worker.loop);
}

int sio_server_post(sio_server *server, void (*fn)(void *context), void *context)
{
    return loop_post(&server->worker.loop, fn, context) == 0 ? 0 : SIO_ENOMEM;
}

void sio_server_destroy(sio_server *server)
{
    if (server == NULL) return;
    if (server->worker.loop.epoll_fd >= 0) worker_free(&server->worker);
    namespace_free_all(server);
    route_free_all(server->routes);
    client_bundle_free(server->client_bundles);
    secure_free(server);
    arena_free(&server->texts);
    free(server);
}
