#include "connect.h"

#include "client.h"
#include "handshake_data.h"
#include "http_url.h"
#include "json_text.h"
#include "outbox.h"
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

static void connect_refuse(struct session *session, struct str nsp, struct str message)
{
    struct worker *worker = session->worker;
    buf_clear(&worker->packet);
    packet_write_connect_error(&worker->packet, client_revision(session), nsp, message, buf_str(&worker->refusal));
    session_send(session, EIO_MESSAGE, buf_str(&worker->packet));
}

static void connect_write_accept(struct sio_socket *socket, struct buf *packet)
{
    char json[64];
    struct str text = STR_EMPTY;
    if (client_revision(socket->session) == 5) {
        text.at = json;
        text.size = (size_t)snprintf(json, sizeof json, "{\"sid\":\"%s\"}", socket->id.at);
    }
    buf_clear(packet);
    packet_write_connect(packet, socket->ns->name, text);
}

/* Tells the client that it is in, then what the connect function had to say to it. */
static void connect_accept(struct sio_socket *socket)
{
    struct session *session = socket->session;
    struct worker *worker = session->worker;
    struct eio_packet packet;
    size_t position = 0;
    socket->is_connected = true;
    session->connect_by = 0;
    connect_write_accept(socket, &worker->packet);
    session_send(session, EIO_MESSAGE, buf_str(&worker->packet));
    while (outbox_next(&worker->held, &position, &packet)) {
        struct str bytes = { packet.data, packet.size };
        if (packet.is_binary)
            session_send_binary(session, bytes);
        else
            session_send(session, packet.type, bytes);
    }
}

static const char *connect_ask(struct sio_socket *socket)
{
    const struct sio_namespace *ns = socket->ns;
    if (ns->on_connect == NULL && ns->pattern) ns = ns->pattern;
    return ns->on_connect ? ns->on_connect(socket, sio_auth(socket), ns->connect_context) : NULL;
}

static void connect_enter(struct session *session, struct sio_namespace *ns, struct str auth, struct str query)
{
    struct worker *worker = session->worker;
    struct handshake_auth *said = handshake_auth_create(auth, query);
    struct sio_socket *socket = said ? socket_create(session, ns) : NULL;
    if (socket == NULL) {
        free(said);
        namespace_drop_empty(ns);
        session_close(session, "transport error");
        return;
    }
    socket->auth = said;
    const char *reason = connect_ask(socket);
    if (reason == NULL) {
        connect_accept(socket);
        handshake_data_forget(session, socket);
    } else {
        connect_refuse(session, ns->name, str_from(reason));
        socket_close(socket, reason);
    }
    buf_free(&worker->held);
    buf_clear(&worker->refusal);
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
    struct sio_namespace *ns = is_good ? namespace_find(worker->server, nsp) : NULL;
    if (!is_good)
        session_close(session, "parse error");
    else if (ns == NULL)
        connect_refuse(session, nsp, STR("Invalid namespace"));
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
    struct buf *json = &socket->session->worker->refusal;
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
