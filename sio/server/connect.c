#include "connect.h"

#include "client.h"
#include "handshake_data.h"
#include "hook.h"
#include "http_url.h"
#include "json_text.h"
#include "observer.h"
#include "outbox.h"
#include "parser.h"
#include "recovery.h"
#include "socket.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Auth -------------------------------------------------------------------------------------------------- */

/* One parameter of a query as a JSON string. A text that is no UTF-8 gets U+FFFD. */
static void connect_write_text(struct buf *json, struct arena *arena, struct str raw)
{
    char *room = arena_alloc(arena, raw.size + 1);
    struct str text = raw;
    if (room == NULL)
        json->error = BUF_NO_MEMORY;
    else if (!http_url_decode_form(raw, room, &text))
        text = raw;
    json_text_write_string(json, text);
}

/* Clients up to 2.x send what they have to say as a query of the namespace's name; it becomes an object of texts. */
static void connect_write_query(struct buf *json, struct arena *arena, struct str query)
{
    struct str name, value;
    bool is_first = true;
    buf_append_byte(json, '{');
    while (http_url_next(&query, &name, &value)) {
        if (!is_first) buf_append_byte(json, ',');
        is_first = false;
        connect_write_text(json, arena, name);
        buf_append_byte(json, ':');
        connect_write_text(json, arena, value);
    }
    buf_append_byte(json, '}');
}

/* False: no memory, or no JSON. */
static bool connect_read_auth(struct worker *worker, struct str query, struct str *json)
{
    if (query.size) {
        buf_clear(&worker->text);
        connect_write_query(&worker->text, &worker->arena, query);
        if (worker->text.error != BUF_OK) return false;
        *json = buf_str(&worker->text);
    }
    return json->size == 0 || json_text_valid(*json);
}

/* ---- Answers ----------------------------------------------------------------------------------------------- */

static void connect_refuse(struct session *session, struct str nsp, struct str message, struct str data)
{
    parser_write_connect_error(session->worker, client_revision(session), nsp, message, data);
    parser_send(session, SIO_NO_ARGS);
}

static void connect_send_accept(struct sio_socket *socket)
{
    char json[96] = "";
    const char *pid = socket_pid(socket);
    if (pid)
        snprintf(json, sizeof json, "{\"sid\":\"%s\",\"pid\":\"%s\"}", socket->id, pid);
    else if (client_revision(socket->session) == 5)
        snprintf(json, sizeof json, "{\"sid\":\"%s\"}", socket->id);
    parser_write_connect(socket->session->worker, socket->ns->name, str_from(json));
    parser_send(socket->session, SIO_NO_ARGS);
}

/* What the connect function had to say to the client. */
static void connect_send_held(struct session *session, const struct buf *held)
{
    struct eio_packet packet;
    size_t position = 0;
    while (outbox_next(held, &position, &packet)) {
        struct str bytes = { packet.data, packet.size };
        if (packet.is_binary)
            session_send_binary(session, bytes);
        else
            session_send(session, packet.type, bytes);
    }
}

static void connect_accept(struct sio_socket *socket)
{
    struct session *session = socket->session;
    socket->is_connected = true;
    session->must_join = false;
    connect_send_accept(socket);
    connect_send_held(session, &socket->arrival->held);
    connect_free_arrival(socket->arrival);
    socket->arrival = NULL;
    observer_connected(socket);
    handshake_data_forget(session, socket);
}

static void connect_turn_away(struct sio_socket *socket, const char *reason)
{
    connect_refuse(socket->session, socket->ns->name, str_from(reason), buf_str(&socket->arrival->refusal));
    socket_close(socket, reason);
}

/* ---- Decisions --------------------------------------------------------------------------------------------- */

void connect_free_arrival(struct arrival *arrival)
{
    if (arrival == NULL) return;
    buf_free(&arrival->held);
    buf_free(&arrival->refusal);
    free(arrival);
}

static void connect_ask(struct sio_socket *socket)
{
    if (socket->is_recovered && !recovery_send_missed(socket, socket->arrival->last_event)) {
        session_close(socket->session, "transport error"); /* it tries again and begins anew */
        return;
    }
    const struct sio_namespace *ns = socket->ns;
    if (ns->on_connect == NULL && ns->pattern) ns = ns->pattern;
    const char *reason = ns->on_connect ? ns->on_connect(socket, sio_auth(socket), ns->connect_context) : NULL;
    if (reason)
        connect_turn_away(socket, reason);
    else
        connect_accept(socket);
}

/* Asks this middleware and those behind it, until one wants to decide later; at last the connect function. */
static void connect_proceed(struct sio_socket *socket, const struct hook *hook)
{
    struct arrival *arrival = socket->arrival;
    for (; hook; hook = hook_next(socket->ns, HOOK_MIDDLEWARE, hook)) {
        arrival->asked = hook;
        arrival->is_admitted = false;
        arrival->is_asking = true;
        hook->middleware(socket, hook->context);
        arrival->is_asking = false;
        if (socket->session == NULL || !arrival->is_admitted) return;
    }
    arrival->asked = NULL;
    connect_ask(socket);
}

int sio_admit(sio_socket *socket)
{
    if (socket->session == NULL) return SIO_EGONE;
    if (!socket_is_waiting(socket)) return SIO_EINVAL;
    struct arrival *arrival = socket->arrival;
    arrival->is_admitted = true;
    if (!arrival->is_asking) connect_proceed(socket, hook_next(socket->ns, HOOK_MIDDLEWARE, arrival->asked));
    return 0;
}

int sio_refuse(sio_socket *socket, const char *reason)
{
    if (socket->session == NULL) return SIO_EGONE;
    if (!socket_is_waiting(socket) || reason == NULL) return SIO_EINVAL;
    connect_turn_away(socket, reason);
    return 0;
}

/* ---- Packets ----------------------------------------------------------------------------------------------- */

static struct arrival *connect_create_arrival(const struct worker *worker)
{
    struct arrival *arrival = malloc(sizeof *arrival);
    if (arrival == NULL) return NULL;
    *arrival = (struct arrival){ 0 };
    buf_init(&arrival->held, worker->server->options.backlog_bytes_max);
    buf_init(&arrival->refusal, worker->server->options.payload_bytes_max);
    return arrival;
}

static struct sio_socket *connect_create(struct session *session, struct sio_namespace *ns, struct str auth,
                                         struct str query, const struct recovery_session *kept)
{
    struct handshake_auth *said = handshake_auth_create(auth, query);
    struct arrival *arrival = connect_create_arrival(session->worker);
    struct sio_socket *socket = said && arrival ? socket_create(session, ns, kept) : NULL;
    if (socket == NULL) {
        free(said);
        connect_free_arrival(arrival);
        return NULL;
    }
    socket->auth = said;
    socket->arrival = arrival;
    return socket;
}

static void connect_enter(struct session *session, struct sio_namespace *ns, struct str auth, struct str query)
{
    uint64_t last_event = 0;
    struct recovery_session *kept = NULL;
    if (client_revision(session) == 5) kept = recovery_restore(ns, session->worker, auth, &last_event);
    struct sio_socket *socket = connect_create(session, ns, auth, query, kept);
    bool skips_middlewares = kept && !ns->server->options.recovery_asks_again;
    bool is_good = socket && (kept == NULL || recovery_fill(kept, socket));
    free(kept);
    if (!is_good) {
        if (socket == NULL) namespace_drop(ns);
        session_close(session, "transport error");
        return;
    }
    socket->arrival->last_event = last_event;
    socket->arrival->is_behind = socket->is_recovered;
    connect_proceed(socket, skips_middlewares ? NULL : hook_first(ns, HOOK_MIDDLEWARE));
}

static bool connect_is_full(const struct session *session)
{
    size_t count = 0;
    for (const struct sio_socket *socket = session->sockets; socket; socket = socket->next) count++;
    return count >= LIMIT_CLIENT_NAMESPACES;
}

void connect_join(struct session *session, struct str nsp, struct str auth)
{
    struct worker *worker = session->worker;
    struct str query = client_revision(session) == 4 ? packet_split_query(&nsp) : STR_EMPTY;
    if (client_socket(session, nsp)) {
        /* Clients up to 2.x have joined "/" by opening the connection and may say it again. */
        if (client_revision(session) == 5) session_close(session, "parse error");
        return;
    }
    bool is_good = connect_read_auth(worker, query, &auth);
    bool is_full = connect_is_full(session);
    struct sio_namespace *ns = is_good && !is_full ? namespace_find(worker->server, nsp) : NULL;
    if (!is_good)
        session_close(session, "parse error");
    else if (ns == NULL)
        connect_refuse(session, nsp, is_full ? STR("Too many namespaces") : STR("Invalid namespace"), STR_EMPTY);
    else
        connect_enter(session, ns, auth, query);
    arena_reset(&worker->arena);
}

void connect_leave(struct session *session, struct str nsp)
{
    if (client_revision(session) == 4) packet_split_query(&nsp);
    struct sio_socket *socket = client_socket(session, nsp);
    if (socket)
        socket_close(socket, "client namespace disconnect");
    else
        session_close(session, "parse error");
}

int sio_refuse_with(sio_socket *socket, sio_value data)
{
    if (socket->session == NULL || socket->is_connected) return SIO_EINVAL;
    struct buf *json = &socket->arrival->refusal;
    buf_clear(json);
    switch (data.kind) {
    case SIO_NULL: buf_append_str(json, STR("null")); break;
    case SIO_BOOL: buf_append_str(json, data.boolean ? STR("true") : STR("false")); break;
    case SIO_NUMBER: json_text_write_number(json, data.number); break;
    case SIO_TEXT: json_text_write_string(json, (struct str){ data.data.at, data.data.size }); break;
    case SIO_JSON: buf_append(json, data.data.at, data.data.size); break;
    case SIO_BYTES: return SIO_EINVAL;
    }
    return json->error == BUF_OK ? 0 : SIO_ENOMEM;
}
