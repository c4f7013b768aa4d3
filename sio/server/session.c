#include "session.h"

#include "bare_engine.h"
#include "caller.h"
#include "client.h"
#include "handshake_data.h"
#include "observer.h"
#include "polling.h"
#include "request.h"
#include "server.h"
#include "session_owner.h"
#include "websocket.h"

#include <stdlib.h>

/* ---- Heartbeat --------------------------------------------------------------------------------------------- */

/* Moments are the lower half of the loop's milliseconds. JavaScript's timers bear no longer delays either. */
enum { SESSION_DELAY_MAX_MS = INT32_MAX };

/* Milliseconds until then; below zero when it is over. */
static int32_t session_until(const struct session *session, uint32_t moment)
{
    return (int32_t)(moment - (uint32_t)session->worker->loop.now_ms);
}

static uint32_t session_moment(const struct session *session, uint64_t delay_ms)
{
    if (delay_ms > SESSION_DELAY_MAX_MS) delay_ms = SESSION_DELAY_MAX_MS;
    return (uint32_t)(session->worker->loop.now_ms + delay_ms);
}

/* One timer for the next of the two things that are due. */
static void session_set_timer(struct session *session)
{
    struct loop *loop = &session->worker->loop;
    int32_t wait = session_until(session, session->beat_at);
    if (session->must_join && session_until(session, session->connect_by) < wait)
        wait = session_until(session, session->connect_by);
    timer_set(&loop->timers, &session->timer, loop->now_ms, wait > 0 ? (uint64_t)wait : 0);
}

static void session_beat_in(struct session *session, uint64_t delay_ms, bool awaits_pong)
{
    session->beat_at = session_moment(session, delay_ms);
    session->awaits_pong = awaits_pong;
    session_set_timer(session);
}

static void session_start_heartbeat(struct session *session)
{
    const sio_options *options = &session->worker->server->options;
    if (session->protocol == 4)
        session_beat_in(session, options->ping_interval_ms, false);
    else
        session_beat_in(session, (uint64_t)options->ping_interval_ms + options->ping_timeout_ms, true);
}

/* The tick by which a timer may be late is no gift to the client, a server that was busy for longer is no fault of it.
 */
static void session_ping(struct session *session, int32_t late_ms)
{
    uint32_t timeout = session->worker->server->options.ping_timeout_ms;
    uint32_t gift_ms = late_ms < TIMER_TICK_MS ? (uint32_t)late_ms : TIMER_TICK_MS;
    session_send(session, EIO_PING, STR_EMPTY);
    session_beat_in(session, timeout > gift_ms ? timeout - gift_ms : 1, true);
}

static void session_on_timer(struct timer *timer)
{
    struct session *session = (struct session *)((char *)timer - offsetof(struct session, timer));
    int32_t wait = session_until(session, session->beat_at);
    if (session->must_join && session_until(session, session->connect_by) <= 0) {
        session_close(session, "forced close");
    } else if (wait > 0) {
        session_set_timer(session);
    } else if (session->awaits_pong) {
        session_close(session, "ping timeout");
    } else {
        session_ping(session, -wait);
    }
}

/* A timer that is later than its tick means a server that was busy: what a client had sent meanwhile still counts. */
bool session_is_overdue(const struct session *session, bool is_sending)
{
    int32_t wait = session_until(session, session->beat_at);
    if (!session->awaits_pong || wait > 0) return false;
    return !is_sending || -wait <= TIMER_TICK_MS;
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

static bool session_is_id(const char id[RANDOM_ID_SIZE + 1])
{
    for (size_t i = 0; i < RANDOM_ID_SIZE; i++) {
        bool is_letter = (id[i] >= 'A' && id[i] <= 'Z') || (id[i] >= 'a' && id[i] <= 'z');
        if (!is_letter && (id[i] < '0' || id[i] > '9') && id[i] != '-' && id[i] != '_') return false;
    }
    return id[RANDOM_ID_SIZE] == '\0';
}

bool session_make_id(sio_request *request, char id[RANDOM_ID_SIZE + 1])
{
    struct worker *worker = caller_worker(request->http);
    const sio_options *options = &worker->server->options;
    if (options->generate_id == NULL) {
        bool is_good = random_id(&worker->random, id);
        session_owner_mark(worker, id);
        return is_good;
    }
    memset(id, 0, RANDOM_ID_SIZE + 1);
    if (request_decode(request) != 0) return false;
    request->may_wait = true;
    int error = options->generate_id(request, id, options->context);
    request->may_wait = false;
    return caller_of(request->http)->held == NULL && error == 0 && session_may_have_id(worker, id);
}

bool session_may_have_id(struct worker *worker, const char id[RANDOM_ID_SIZE + 1])
{
    struct str made = { id, RANDOM_ID_SIZE };
    return session_is_id(id) && session_owner_find(worker, made) == worker && session_find(worker, made) == NULL;
}

struct str session_name(const void *session)
{
    return (struct str){ ((const struct session *)session)->id, RANDOM_ID_SIZE };
}

/* Of those that options.clients_max allows, one is taken. False: there is none left, or no memory. */
static bool session_register(struct session *session)
{
    struct sio_server *server = session->worker->server;
    if (atomic_fetch_add(&server->sessions, 1) < server->options.clients_max && session_owner_add(session)) {
        if (roster_add(&session->worker->sessions, session)) return true;
        session_owner_remove(session);
    }
    atomic_fetch_sub(&server->sessions, 1);
    return false;
}

struct session *session_create(const sio_request *request, const struct session_start *start)
{
    struct worker *worker = caller_worker(request->http);
    struct session *session = malloc(sizeof *session);
    if (session == NULL) return NULL;
    *session =
        (struct session){ .worker = worker, .protocol = (uint8_t)start->protocol, .is_base64 = start->is_base64 };
    memcpy(session->id, start->id, sizeof session->id);
    timer_init(&session->timer, session_on_timer);
    handshake_data_read_address(request->http->conn->source.fd, session->address);
    session->handshake = handshake_data_create(request);
    if (session->handshake && session_register(session)) return session;
    free(session->handshake);
    free(session);
    return NULL;
}

struct session *session_find(struct worker *worker, struct str id)
{
    return roster_find(&worker->sessions, id);
}

static void session_send_initial_packet(struct session *session, const sio_value *packet)
{
    struct str bytes = { packet->data.at, packet->data.size };
    if (packet->kind == SIO_TEXT)
        session_send(session, EIO_MESSAGE, bytes);
    else
        session_send_binary(session, bytes);
}

void session_open(struct session *session)
{
    const sio_options *options = &session->worker->server->options;
    struct eio_handshake handshake = {
        .sid = { session->id, RANDOM_ID_SIZE },
        .offers_websocket = !session->websocket && !options->refuse_upgrades && options->transports & SIO_WEBSOCKET,
        .ping_interval_ms = options->ping_interval_ms,
        .ping_timeout_ms = options->ping_timeout_ms,
        .max_payload = options->payload_bytes_max,
    };
    struct buf *json = &session->worker->packet;
    buf_clear(json);
    eio_write_handshake(json, &handshake);
    counters_set_transport(session, session->websocket ? COUNTERS_WEBSOCKET : COUNTERS_POLLING);
    counter_add(&session->worker->counters.sessions_total, 1);
    session_send(session, EIO_OPEN, buf_str(json));
    if (options->initial_packet.kind != SIO_NULL) session_send_initial_packet(session, &options->initial_packet);
    /* Clients of protocol 3 are in the default namespace from the start. */
    session->must_join = session->protocol == 4 && !options->engine;
    session->connect_by = session_moment(session, options->connect_timeout_ms);
    session_start_heartbeat(session);
    if (options->engine)
        bare_engine_open(session);
    else
        client_open(session);
}

static void session_shut(struct session *session, const char *reason)
{
    session->is_closed = true;
    worker_log_client(session->worker, "a client is gone", reason);
    observer_session_end(session->worker->server, reason);
    timer_cancel(&session->worker->loop.timers, &session->timer);
    if (session->worker->server->options.engine)
        bare_engine_close(session, reason);
    else
        client_close(session, reason);
}

void session_close(struct session *session, const char *reason)
{
    if (session->is_dead) return;
    if (!session->is_closed) session_shut(session, reason);
    if (session->websocket) websocket_close(session->websocket, WS_CLOSE_NO_CODE);
    if (session->polling) polling_close(session->polling, EIO_CLOSE);
    session_bury(session);
}

void session_end(struct session *session, const char *reason)
{
    if (session->is_closed) return;
    if (session->polling == NULL) {
        session_close(session, reason); /* the close frame goes behind all that was sent */
        return;
    }
    session_shut(session, reason);
    polling_end(session->polling);
}

void session_bury(struct session *session)
{
    struct worker *worker = session->worker;
    if (session->is_dead) return;
    session->is_closed = session->is_dead = true;
    counters_set_transport(session, COUNTERS_NONE);
    if (session->polling) polling_discard(session->polling);
    roster_remove(&worker->sessions, session);
    session_owner_remove(session);
    atomic_fetch_sub(&worker->server->sessions, 1);
    session->data = worker->dead_sessions;
    worker->dead_sessions = session;
    worker_clean_up_later(worker);
}

/* ---- Packets ----------------------------------------------------------------------------------------------- */

size_t session_unsent(const struct session *session)
{
    if (session->websocket) return websocket_unsent(session->websocket);
    return session->polling ? polling_unsent(session->polling) : 0;
}

bool session_is_writable(const struct session *session)
{
    if (session->websocket) return websocket_unsent(session->websocket) == 0;
    return session->polling && polling_is_writable(session->polling);
}

bool session_has_room(const struct session *session, size_t size)
{
    size_t limit = session->worker->server->options.backlog_bytes_max, unsent = session_unsent(session);
    return size <= limit && unsent <= limit - size;
}

void session_send(struct session *session, enum eio_type type, struct str text)
{
    if (session->is_closed) return;
    counter_add(&session->worker->counters.packets_out, 1);
    if (session->websocket)
        websocket_send(session->websocket, type, text);
    else
        polling_send(session->polling, type, false, text);
}

void session_send_binary(struct session *session, struct str bytes)
{
    if (session->is_closed) return;
    counter_add(&session->worker->counters.packets_out, 1);
    if (session->websocket)
        websocket_send_binary(session->websocket, bytes);
    else
        polling_send(session->polling, EIO_MESSAGE, true, bytes);
}

void session_fail(struct session *session)
{
    worker_log_client(session->worker, "a client is to go", "its backlog is full");
    if (session->websocket)
        conn_fail(session->websocket->channel.conn, CONN_STALLED);
    else if (session->polling)
        polling_fail(session->polling);
}

static void session_on_ping(struct session *session, const struct eio_packet *packet)
{
    if (session->protocol == 4) {
        session_close(session, "transport error"); /* a heartbeat in the wrong direction */
        return;
    }
    session_start_heartbeat(session);
    session_send(session, EIO_PONG, (struct str){ packet->data, packet->size });
}

static void session_on_pong(struct session *session)
{
    if (session->protocol == 3)
        session_close(session, "transport error");
    else
        session_start_heartbeat(session);
}

static void session_on_message(struct session *session, const struct eio_packet *packet)
{
    if (session->worker->server->options.engine)
        bare_engine_on_message(session, packet);
    else if (packet->is_binary)
        client_on_binary(session, (struct str){ packet->data, packet->size });
    else
        client_on_text(session, packet->data, packet->size);
}

void session_on_packet(struct session *session, const struct eio_packet *packet)
{
    counter_add(&session->worker->counters.packets_in, 1);
    switch (packet->type) {
    case EIO_MESSAGE: session_on_message(session, packet); return;
    case EIO_PING: session_on_ping(session, packet); return;
    case EIO_PONG: session_on_pong(session); return;
    case EIO_CLOSE: session_close(session, "transport close"); return;
    case EIO_OPEN:
    case EIO_UPGRADE:
    case EIO_NOOP: return; /* nothing for a server; the reference takes no offence either */
    }
}
