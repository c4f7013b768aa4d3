#include "server.h"

#include "namespace.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Options ----------------------------------------------------------------------------------------------- */

static void server_default(uint32_t *value, uint32_t otherwise)
{
    if (*value == 0) *value = otherwise;
}

static void server_default_size(size_t *value, size_t otherwise)
{
    if (*value == 0) *value = otherwise;
}

static void server_fill_options(sio_options *options)
{
    if (options->host == NULL) options->host = "127.0.0.1";
    if (options->path == NULL) options->path = "/socket.io/";
    server_default(&options->ping_interval_ms, 25000);
    server_default(&options->ping_timeout_ms, 20000);
    server_default(&options->connect_timeout_ms, 45000);
    server_default(&options->clients_max, 10000);
    server_default_size(&options->payload_bytes_max, 1000000);
    server_default_size(&options->backlog_bytes_max, (size_t)4 << 20);
}

/* What the arithmetic of buffers and frames is made for: a gigabyte a message. */
static bool server_is_possible(const sio_options *options)
{
    enum { MOST_BYTES = 1 << 30 };
    return options->path[0] == '/' && options->payload_bytes_max <= MOST_BYTES &&
           options->backlog_bytes_max <= MOST_BYTES && options->socket_data_size <= MOST_BYTES;
}

/* A copy that ends in a slash: the reference server's paths do, so "/socket.io" alone is not one of them. */
static char *server_copy_path(const char *path)
{
    size_t size = strlen(path);
    char *copy = malloc(size + 2);
    if (copy == NULL) return NULL;
    memcpy(copy, path, size + 1);
    if (copy[size - 1] != '/') memcpy(copy + size, "/", 2);
    return copy;
}

static int server_copy_options(struct sio_server *server, const sio_options *options)
{
    server->options = *options;
    server_fill_options(&server->options);
    if (!server_is_possible(&server->options)) return SIO_EINVAL;
    /* There is no TLS yet: to serve in the clear what was to be secret would be worse than not to serve. */
    if (options->tls_cert || options->tls_key) return SIO_ETLS;
    server->host = strdup(server->options.host);
    server->path = server_copy_path(server->options.path);
    if (options->cors_origin) server->cors_origin = strdup(options->cors_origin);
    server->options.host = server->host;
    server->options.path = server->path;
    server->options.cors_origin = server->cors_origin;
    if (server->host == NULL || server->path == NULL) return SIO_ENOMEM;
    return options->cors_origin && server->cors_origin == NULL ? SIO_ENOMEM : 0;
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

int sio_server_create(sio_server **out, const sio_options *options)
{
    *out = NULL;
    sio_server *server = calloc(1, sizeof *server);
    if (server == NULL) return SIO_ENOMEM;
    map_init(&server->namespace_names);
    server->worker.server = server;
    server->worker.loop.epoll_fd = server->worker.listener.source.fd = -1;
    int error = server_copy_options(server, options);
    if (error == 0 && sio_of(server, "/") == NULL) error = SIO_ENOMEM;
    if (error == 0) error = worker_init(&server->worker, server);
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
    free(server->host);
    free(server->path);
    free(server->cors_origin);
    free(server);
}
