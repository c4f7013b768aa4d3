#include "server.h"

#include "client_bundle.h"
#include "namespace.h"
#include "observer.h"
#include "options.h"
#include "secure.h"
#include "ws_accept.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

/* ---- Beginning --------------------------------------------------------------------------------------------- */

/* A namespace may be made by a function that a pattern's namespace_fn calls, so one of the locks is recursive. */
static void server_init_locks(struct sio_server *server)
{
    pthread_mutexattr_t recursive;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&server->names_lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    pthread_mutex_init(&server->exchange_lock, NULL);
    pthread_mutex_init(&server->owners_lock, NULL);
}

/* The others are started by the first step: it must not wait until the first worker has something to do. */
static int server_init_workers(struct sio_server *server)
{
    server->workers = calloc(server->options.workers, sizeof *server->workers);
    if (server->workers == NULL) return SIO_ENOMEM;
    int error = 0;
    for (uint32_t i = 0; i < server->options.workers; i++)
        server->workers[i].loop.epoll_fd = server->workers[i].loop.wake.fd = -1;
    for (uint32_t i = 0; error == 0 && i < server->options.workers; i++)
        error = worker_init(&server->workers[i], server, i);
    if (error == 0 && server->options.workers > 1) loop_wake(&server->workers[0].loop);
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
    map_init(&server->owners);
    room_names_init(&server->room_names);
    server_init_locks(server);
    int error = options_copy(server, options);
    server->intake.limit = server->options.intake_bytes_max;
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

int sio_route(sio_server *server, const char *method, const char *pattern, sio_request_fn *fn, void *context)
{
    return route_add(&server->routes, method, pattern, fn, context);
}

uint16_t sio_server_port(const sio_server *server)
{
    return listener_port(&server->workers[0].listener);
}

/* ---- Turns ------------------------------------------------------------------------------------------------- */

static int server_turn(struct worker *worker, int timeout_ms)
{
    if (atomic_load(&worker->server->is_stopping)) worker_drain(worker);
    return worker_turn(worker, timeout_ms);
}

static void server_wake_all(const struct sio_server *server)
{
    for (uint32_t i = 0; i < server->options.workers; i++) loop_wake(&server->workers[i].loop);
}

/* A worker that cannot go on takes the others along: its clients would wait for ever. */
static void *server_run_worker(void *context)
{
    struct worker *worker = context;
    struct sio_server *server = worker->server;
    worker_enter(worker);
    while (sio_server_is_running(server) && !atomic_load(&server->is_ending)) {
        if (server_turn(worker, -1) == 0) continue;
        atomic_store(&server->error, SIO_ESYS);
        atomic_store(&server->is_ending, true);
        server_wake_all(server);
    }
    return NULL;
}

/* Signals are the program's: they go to its own threads. 0, or an errno. */
static int server_start_worker(struct worker *worker)
{
    sigset_t all, old;
    if (worker->has_thread) return 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int error = pthread_create(&worker->thread, NULL, server_run_worker, worker);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    worker->has_thread = error == 0;
    return error;
}

static int server_start(struct sio_server *server)
{
    for (uint32_t i = 1; i < server->options.workers; i++) {
        int error = server_start_worker(&server->workers[i]);
        if (error == 0) continue;
        errno = error;
        return SIO_ESYS;
    }
    return 0;
}

int sio_server_step(sio_server *server, int timeout_ms)
{
    int error = server_start(server);
    if (error == 0) error = atomic_load(&server->error);
    if (error) return error;
    if (atomic_exchange(&server->wants_certificates, false)) secure_reload(server);
    return server_turn(&server->workers[0], timeout_ms);
}

/* The threads end by themselves when the server is drained, or is_ending. */
static void server_join(struct sio_server *server)
{
    for (uint32_t i = 1; i < server->options.workers; i++) {
        if (server->workers[i].has_thread) pthread_join(server->workers[i].thread, NULL);
        server->workers[i].has_thread = false;
    }
}

int sio_server_run(sio_server *server)
{
    int error = 0;
    while (error == 0 && sio_server_is_running(server)) error = sio_server_step(server, -1);
    if (error) {
        atomic_store(&server->is_ending, true);
        server_wake_all(server);
    }
    server_join(server);
    return error;
}

bool sio_server_is_running(const sio_server *server)
{
    return atomic_load(&server->drained) < server->options.workers;
}

/* To the outside this is a question; inside, the loop begins to keep an alarm for its timers. */
int sio_server_fd(const sio_server *server)
{
    int fd = loop_fd(&server->workers[0].loop);
    return fd < 0 ? SIO_ESYS : fd;
}

/* The waits that it ends are followed by another turn, which sees the flag. */
void sio_server_stop(sio_server *server)
{
    if (server == NULL) return;
    atomic_store(&server->is_stopping, true);
    server_wake_all(server);
}

void sio_server_reload_certificates(sio_server *server)
{
    if (server == NULL) return;
    atomic_store(&server->wants_certificates, true);
    loop_wake(&server->workers[0].loop);
}

/* ---- Work from elsewhere ----------------------------------------------------------------------------------- */

struct server_post {
    struct loop_message message;
    const struct sio_server *server;
    void (*fn)(void *context);
    void *context;
};

static void server_on_post(struct loop_message *message, bool is_dropped)
{
    struct server_post *post = (struct server_post *)message;
    if (!is_dropped && !atomic_load(&post->server->is_ending)) post->fn(post->context);
    free(post);
}

int sio_server_post_to(sio_server *server, unsigned worker, void (*fn)(void *context), void *context)
{
    if (worker >= server->options.workers) return SIO_EINVAL;
    struct server_post *post = malloc(sizeof *post);
    if (post == NULL) return SIO_ENOMEM;
    *post = (struct server_post){ .message.fn = server_on_post, .server = server, .fn = fn, .context = context };
    loop_send(&server->workers[worker].loop, &post->message);
    return 0;
}

int sio_server_post(sio_server *server, void (*fn)(void *context), void *context)
{
    return sio_server_post_to(server, 0, fn, context);
}

unsigned sio_server_worker(const sio_server *server)
{
    return worker_here(server)->number;
}

/* ---- The end ----------------------------------------------------------------------------------------------- */

/* Calls `fn` in the place of each worker that has a loop. True when one of the calls was. */
static bool server_visit_workers(struct sio_server *server, bool (*fn)(struct worker *worker))
{
    bool has_any = false;
    for (uint32_t i = 0; i < server->options.workers; i++) {
        struct worker *worker = &server->workers[i];
        if (worker->loop.epoll_fd < 0) continue;
        worker_enter(worker);
        if (fn(worker)) has_any = true;
    }
    worker_enter(NULL);
    return has_any;
}

/* The threads have ended: this one does the rest for them. */
static void server_close_workers(struct sio_server *server)
{
    server_visit_workers(server, worker_close);
    while (server_visit_workers(server, worker_settle)) {
    }
    server_visit_workers(server, worker_free);
}

void sio_server_destroy(sio_server *server)
{
    if (server == NULL) return;
    observer_stop(server);
    atomic_store(&server->is_ending, true);
    if (server->workers) {
        server_wake_all(server);
        server_join(server);
        server_close_workers(server);
    }
    observer_free(server);
    namespace_free_all(server);
    free(server->workers);
    pthread_mutex_destroy(&server->names_lock);
    pthread_mutex_destroy(&server->exchange_lock);
    pthread_mutex_destroy(&server->owners_lock);
    map_free(&server->owners);
    room_names_free(&server->room_names);
    route_free_all(server->routes);
    client_bundle_free(server->client_bundles);
    secure_free(server);
    arena_free(&server->texts);
    free(server);
}
