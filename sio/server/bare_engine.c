#include "bare_engine.h"

#include "server.h"
#include "sio_engine.h"

static const sio_engine *bare_engine_of(const struct session *session)
{
    return session->worker->server->options.engine;
}

void bare_engine_open(struct session *session)
{
    const sio_engine *engine = bare_engine_of(session);
    if (engine->on_open) engine->on_open(session, engine->context);
}

void bare_engine_on_message(struct session *session, const struct eio_packet *packet)
{
    const sio_engine *engine = bare_engine_of(session);
    sio_value message = sio_bytes(packet->data, packet->size);
    if (!packet->is_binary) message.kind = SIO_TEXT;
    if (engine->on_message) engine->on_message(session, message, engine->context);
}

void bare_engine_close(struct session *session, const char *reason)
{
    const sio_engine *engine = bare_engine_of(session);
    if (engine->on_close) engine->on_close(session, reason, engine->context);
}

int sio_session_send(sio_session *session, sio_value message)
{
    struct str bytes = { message.data.at, message.data.size };
    if (message.kind != SIO_TEXT && message.kind != SIO_BYTES) return SIO_EINVAL;
    if (session->is_closed) return SIO_EGONE;
    if (!session_has_room(session, bytes.size)) return SIO_EFULL;
    if (message.kind == SIO_TEXT)
        session_send(session, EIO_MESSAGE, bytes);
    else
        session_send_binary(session, bytes);
    return 0;
}

void sio_session_close(sio_session *session)
{
    session_end(session, "forced close");
}

const char *sio_session_id(const sio_session *session)
{
    return session->id;
}

const char *sio_session_transport(const sio_session *session)
{
    return session->websocket ? "websocket" : "polling";
}

int sio_session_protocol(const sio_session *session)
{
    return session->protocol;
}

size_t sio_session_unsent(const sio_session *session)
{
    return session_unsent(session);
}

const sio_request *sio_session_request(const sio_session *session)
{
    return session->worker->poster == session ? session->worker->post : NULL;
}

void sio_session_set_data(sio_session *session, void *data)
{
    session->data = data;
}

void *sio_session_data(const sio_session *session)
{
    return session->data;
}
