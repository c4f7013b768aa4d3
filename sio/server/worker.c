#include "worker.h"

#include "caller.h"
#include "connect.h"
#include "event.h"
#include "hook.h"
#include "polling.h"
#include "raw_websocket.h"
#include "recovery.h"
#include "reply.h"
#include "room.h"
#include "server.h"
#include "socket.h"
#include "websocket.h"
#include "ws_deflate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Connections ------------------------------------------------------------------------------------------- */

/* Above this they are refused, a few a second, and the kernel's queue holds the rest until others have gone. */
static uint32_t worker_conns_max(const struct worker *worker)
{
    uint64_t most = (uint64_t)worker->server->options.clients_max * WORKER_CONNS_A_CLIENT + WORKER_CONNS_MORE;
    return most < UINT32_MAX ? (uint32_t)most : UINT32_MAX;
}

static uint64_t worker_count_conns(const struct sio_server *server)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < server->options.workers; i++) count += counter_read(&server->workers[i].http.connections);
    return count;
}

static bool worker_on_accept(struct listener *listener, int fd)
{
    struct worker *worker = (struct worker *)((char *)listener - offsetof(struct worker, listener));
    if (worker_count_conns(worker->server) < worker_conns_max(worker)) {
        worker->is_full = false;
        return caller_open(worker, fd);
    }
    close(fd);
    if (!worker->is_full) worker_log(worker, SIO_WARNING, "too many connections: further ones wait");
    worker->is_full = true; /* once, not for every client that knocks */
    return false;
}

/* ---- The end of a turn ------------------------------------------------------------------------------------- */

static void worker_settle_leaving(struct worker *worker)
{
    while (worker->leaving) {
        struct sio_socket *socket = worker->leaving;
        worker->leaving = socket->next_leaving;
        socket_leave(socket);
    }
}

/* No callback is under way here, so nothing can point at the dead any more. */
static void worker_free_dead(struct worker *worker)
{
    event_free_dead(worker);
    hook_free_dead(worker);
    while (worker->dead_sockets) {
        struct sio_socket *socket = worker->dead_sockets;
        worker->dead_sockets = socket->next;
        free(socket->auth);
        connect_free_arrival(socket->arrival);
        free(socket);
    }
    while (worker->dead_sessions) {
        struct session *session = worker->dead_sessions;
        worker->dead_sessions = session->data;
        free(session->handshake);
        free(session);
    }
}

/* One large message must not keep its memory for ever. */
static void worker_trim(struct buf *buf)
{
    enum { KEPT_BYTES = 256 * 1024 };
    if (buf->capacity > KEPT_BYTES) buf_free(buf);
}

static void worker_on_cleanup(struct loop_task *task)
{
    struct worker *worker = (struct worker *)((char *)task - offsetof(struct worker, cleanup));
    worker_settle_leaving(worker);
    worker_free_dead(worker);
    room_free_dead(worker);
}

void worker_clean_up_later(struct worker *worker)
{
    loop_later(&worker->loop, &worker->cleanup);
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

/* The last one lets all of them know, in their waits, that the server has ended. */
static void worker_set_drained(struct worker *worker)
{
    struct sio_server *server = worker->server;
    if (worker->is_drained) return;
    worker->is_drained = true;
    if (atomic_fetch_add(&server->drained, 1) + 1 < server->options.workers) return;
    for (uint32_t i = 0; i < server->options.workers; i++) loop_wake(&server->workers[i].loop);
}

static void worker_on_drain_end(struct timer *timer)
{
    worker_set_drained((struct worker *)((char *)timer - offsetof(struct worker, drain)));
}

static void worker_init_memory(struct worker *worker)
{
    const sio_options *options = &worker->server->options;
    size_t message = options->backlog_bytes_max + options->payload_bytes_max;
    roster_init(&worker->sessions, session_name);
    map_init(&worker->holds);
    map_init(&worker->event_queues);
    arena_init(&worker->arena, WORKER_ARENA_BYTES);
    buf_init(&worker->packet, 4 * message);
    buf_init(&worker->text, 8 * message);
    buf_init(&worker->deflated, 4 * message);
    buf_init(&worker->handshake, 8 * (LIMIT_HTTP_HEADER_BYTES + options->payload_bytes_max));
}

int worker_init(struct worker *worker, struct sio_server *server, uint32_t number)
{
    const sio_options *options = &server->options;
    *worker = (struct worker){ .server = server, .number = number, .listener.source.fd = -1 };
    worker_init_memory(worker);
    worker->cleanup.fn = worker_on_cleanup;
    timer_init(&worker->drain, worker_on_drain_end);
    worker->http = (struct http_host){ .service = &caller_service,
                                       .options = options,
                                       .loop = &worker->loop,
                                       .intake = &server->intake,
                                       .arena = &worker->arena,
                                       .text = &worker->text,
                                       .deflated = &worker->deflated };
    if (loop_init(&worker->loop) != 0) return errno == ENOMEM ? SIO_ENOMEM : SIO_ESYS;
    if (number == 0) recovery_start_sweeping(worker);
    tls_gate_init(&worker->tls_gate, &worker->loop);
    int failed = number
                     ? listener_join(&worker->listener, &worker->loop, &server->workers[0].listener, worker_on_accept)
                     : listener_open(&worker->listener, &worker->loop, options->host, options->port,
                                     options->workers > 1, worker_on_accept);
    return failed ? SIO_ESYS : 0;
}

/* They leave the roster as they are closed. */
static void worker_close_sessions(struct worker *worker)
{
    struct roster *sessions = &worker->sessions;
    while (sessions->count) session_close(sessions->members[sessions->count - 1], "server shutting down");
}

/* Requests that are being answered get their answers; idle connections end. */
static void worker_finish_https(struct worker *worker)
{
    for (struct conn *conn = worker->loop.conns; conn; conn = conn->next) {
        struct http *http = http_of(conn);
        raw_websocket_drain(conn);
        if (http == NULL) continue;
        http->keep_alive = false;
        if (http->pump == NULL) conn_finish(conn);
    }
}

void worker_drain(struct worker *worker)
{
    if (worker->http.is_draining) return;
    worker->http.is_draining = true;
    bool is_first = worker->number == 0 && worker->listener.source.fd >= 0;
    if (is_first) worker_log(worker, SIO_NOTE, "stopping: the clients are told");
    listener_close(&worker->listener);
    worker_close_sessions(worker);
    worker_finish_https(worker);
    timer_set(&worker->loop.timers, &worker->drain, worker->loop.now_ms, worker->server->options.stop_timeout_ms);
}

/* Why the listener takes no more, once until it does again. */
static void worker_log_listener(struct worker *worker)
{
    char message[128], text[64];
    int error = worker->listener.error;
    if (error == worker->listener_error) return;
    worker->listener_error = error;
    if (error == 0) return;
    snprintf(message, sizeof message, "no new clients for the moment: %s", strerror_r(error, text, sizeof text));
    worker_log(worker, SIO_WARNING, message);
}

int worker_turn(struct worker *worker, int timeout_ms)
{
    /* Nobody is left to wait for: the turn only runs what is queued. */
    bool is_last_turn = worker->http.is_draining && !worker->is_drained;
    if (is_last_turn && counter_read(&worker->http.connections) == 0) timeout_ms = 0;
    if (loop_turn(&worker->loop, timeout_ms) != 0) return SIO_ESYS;
    worker_trim(&worker->packet);
    worker_trim(&worker->text);
    worker_log_listener(worker);
    worker_trim(&worker->handshake);
    if (worker->http.is_draining && counter_read(&worker->http.connections) == 0) worker_set_drained(worker);
    worker_trim(&worker->deflated);
    return 0;
}

bool worker_close(struct worker *worker)
{
    worker_drain(worker);
    conn_close_all(&worker->loop);
    while (worker->loop.tasks) loop_run_tasks(&worker->loop);
    return true;
}

bool worker_settle(struct worker *worker)
{
    bool has_any = loop_run_messages(&worker->loop);
    if (has_any) worker_close(worker); /* a connection may have arrived */
    return has_any;
}

bool worker_free(struct worker *worker)
{
    certificate_set_drop(worker->certificates);
    roster_free(&worker->sessions);
    map_free(&worker->holds);
    map_free(&worker->event_queues);
    arena_free(&worker->arena);
    buf_free(&worker->packet);
    buf_free(&worker->text);
    buf_free(&worker->handshake);
    buf_free(&worker->deflated);
    ws_deflate_pool_destroy(worker->deflate_pool);
    loop_free(&worker->loop);
    return true;
}

/* The thread of every worker but the first belongs to the library, and to this one worker; any other thread that calls
 * a server does so in the place of its first. */
static _Thread_local struct worker *worker_own;

void worker_enter(struct worker *worker)
{
    worker_own = worker;
}

struct worker *worker_here(const struct sio_server *server)
{
    struct worker *own = worker_own;
    return own && own->server == server ? own : &server->workers[0];
}

struct ws_deflate_pool *worker_deflate_pool(struct worker *worker)
{
    const sio_deflate *deflate = worker->server->options.per_message_deflate;
    if (worker->deflate_pool == NULL)
        worker->deflate_pool =
            ws_deflate_pool_create(deflate ? deflate->level : 0, deflate ? deflate->memory_level : 0);
    return worker->deflate_pool;
}

void worker_log(struct worker *worker, int level, const char *message)
{
    const sio_options *options = &worker->server->options;
    if (options->on_log) options->on_log(level, message, options->context);
}

void worker_log_client(struct worker *worker, const char *what, const char *why)
{
    char message[256];
    if (worker->server->options.on_log == NULL) return;
    snprintf(message, sizeof message, "%s: %s", what, why);
    worker_log(worker, SIO_DETAIL, message);
}
