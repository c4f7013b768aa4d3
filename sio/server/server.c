#include "server.h"

#include "admin.h"
#include "client_bundle.h"
#include "namespace.h"
#include "options.h"
#include "secure.h"
#include "ws_accept.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Life -------------------------------------------------------------------------------------------------- */

/* A namespace may be made by a function that a pattern's namespace_fn calls, so one of the locks is recursive. */
static void server_init_locks(struct sio_server *server)
{
    pthread_mutexattr_t recursive;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&server->names_lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    pthread_mutex_init(&server->exchange_lock, NULL);
}

static int server_init_workers(struct sio_server *server)
{
    server->workers = calloc(server->options.workers, sizeof *server->workers);
    if (server->workers == NULL) return SIO_ENOMEM;
    int error = 0;
    for (uint32_t i = 0; i < server->options.workers; i++) server->workers[i].loop.epoll_fd = -1;
    for (uint32_t i = 0; error == 0 && i < server->options.workers; i++)
        error = worker_init(&server->workers[i], server, i);
    return error;
}

/* OpenSSL starts at its first use and takes some milliseconds for it, which no client should have to wait. */
static int server_start_openssl(void)
{
    char accept[WS_ACCEPT_SIZE];
    return ws_accept_key(STR("dGhlIHNhbXBsZSBub25jZQ=="), accept) ? 0 : SIO_ENOMEM;
}

int sio_server_create(sio_server **out, const sio_options *options)
{
    *out = NULL;
    sio_server *server = calloc(1, sizeof *server);
    if (server == NULL) return SIO_ENOMEM;
    map_init(&server->namespace_names);
    server_init_locks(server);
    int error = options_copy(server, options);
    if (error == 0) error = server_start_openssl();
    if (error == 0) error = secure_init(server, options);
    if (error == 0) error = client_bundle_load(server);
    if (error == 0 && sio_of(server, "/") == NULL) error = SIO_ENOMEM;
    if (error == 0) error = server_init_workers(server);
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
    return listener_port(&server->workers[0].listener);
}

int sio_server_step(sio_server *server, int timeout_ms)
{
    if (atomic_load(&server->is_stopping)) worker_drain(&server->workers[0]);
    if (atomic_exchange(&server->wants_certificates, false)) (void)secure_load(server);
    return worker_turn(&server->workers[0], timeout_ms);
}

int sio_server_run(sio_server *server)
{
    int error = 0;
    while (error == 0 && sio_server_is_running(server)) error = sio_server_step(server, -1);
    return error;
}

bool sio_server_is_running(const sio_server *server)
{
    return !server->workers[0].is_drained;
}

/* To the outside this is a question; inside, the loop begins to keep an alarm for its timers. */
int sio_server_fd(const sio_server *server)
{
    int fd = loop_fd(&server->workers[0].loop);
    return fd < 0 ? SIO_ESYS : fd;
}

/* The wait that it ends is followed by another step, which sees the flag. */
void sio_server_stop(sio_server *server)
{
    if (server == NULL) return;
    atomic_store(&server->is_stopping, true);
    loop_wake(&server->workers[0].loop);
}

void sio_server_reload_certificates(sio_server *server)
{
    if (server == NULL) return;
    atomic_store(&server->wants_certificates, true);
    loop_wake(&server->workers[0].loop);
}

int sio_server_post(sio_server *server, void (*fn)(void *context), void *context)
{
    return loop_post(&server->workers[0].loop, fn, context) == 0 ? 0 : SIO_ENOMEM;
}

void sio_server_destroy(sio_server *server)
{
    if (server == NULL) return;
    admin_stop(server->admin); /* its thread posts to the loops */
    for (uint32_t i = 0; server->workers && i < server->options.workers; i++)
        if (server->workers[i].loop.epoll_fd >= 0) worker_free(&server->workers[i]);
    admin_free(server->admin);
    namespace_free_all(server);
    free(server->workers);
    pthread_mutex_destroy(&server->names_lock);
    pthread_mutex_destroy(&server->exchange_lock);
    route_free_all(server->routes);
    client_bundle_free(server->client_bundles);
    secure_free(server);
    arena_free(&server->texts);
    free(server);
}
