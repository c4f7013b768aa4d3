/* sio_engine.h - Engine.IO alone: messages over polling and WebSocket, without Socket.IO's namespaces, events and
 * acknowledgements. For servers whose clients are engine.io-client, and for protocols of your own.
 *
 * A session is lent until its on_close returns. */
#ifndef SIO_ENGINE_H
#define SIO_ENGINE_H

#include "sio.h"
#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

typedef struct session sio_session; /* one client */

/* options.engine. Each member may be NULL. */
typedef struct sio_engine {
    void (*on_open)(sio_session *session, void *context);
    /* A SIO_TEXT or SIO_BYTES, lent, where it was received: no NUL stands behind it. */
    void (*on_message)(sio_session *session, sio_value message, void *context);
    /* `reason` is one of Socket.IO's: "transport close", "ping timeout" ... */
    void (*on_close)(sio_session *session, const char *reason, void *context);
    void *context;
} sio_engine;

/* Sends a SIO_TEXT or SIO_BYTES. 0, SIO_EINVAL, SIO_EGONE, or SIO_EFULL: more than options.backlog_bytes_max would
 * wait. */
int sio_session_send(sio_session *session, sio_value message);
/* What was sent still reaches the client, then its session ends with the reason "forced close". */
void sio_session_close(sio_session *session);

const char *sio_session_id(const sio_session *session);
const char *sio_session_transport(const sio_session *session); /* "polling" or "websocket" at the moment */
int sio_session_protocol(const sio_session *session);          /* 3 or 4 */
size_t sio_session_unsent(const sio_session *session);         /* bytes that its client has not taken yet */
/* In on_message: the POST that brought the message, for its headers; NULL when it came over a WebSocket. */
const sio_request *sio_session_request(const sio_session *session);
/* A pointer of yours, NULL at first. */
void sio_session_set_data(sio_session *session, void *data);
void *sio_session_data(const sio_session *session);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
