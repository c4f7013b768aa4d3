/* sio_websocket.h - plain WebSockets (RFC 6455) beside Socket.IO, on any path of the same server.
 *
 * A WebSocket is lent until its on_close returns. Pings are answered, the closing handshake is the library's work. */
#ifndef SIO_WEBSOCKET_H
#define SIO_WEBSOCKET_H

#include "sio_http.h"
#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

typedef struct sio_websocket sio_websocket;

/* Lives as long as the server; each function may be NULL. */
typedef struct sio_websocket_handler {
    void (*on_open)(sio_websocket *websocket, void *context);
    /* A SIO_TEXT (valid UTF-8) or SIO_BYTES, lent, where it was received: no NUL stands behind it. */
    void (*on_message)(sio_websocket *websocket, sio_value message, void *context);
    /* `code` as in RFC 6455 §7.4.1: what the client sent, or was told; 1005 for none, 1006 when the connection broke.
     * Not called for one that you closed. */
    void (*on_close)(sio_websocket *websocket, int code, void *context);
    void *context;
    size_t message_bytes_max;   /* options.payload_bytes_max; a larger message closes it with 1009 */
    const sio_deflate *deflate; /* none; level and memory_level are those of options.per_message_deflate */
} sio_websocket_handler;

/* In a request's handler: makes its connection a WebSocket, or answers why it cannot be one. 0, or SIO_EINVAL: not a
 * request for a WebSocket, which has got its answer; SIO_ENOMEM. sio_reply_header() before it adds to the 101. */
int sio_reply_websocket(sio_request *request, const sio_websocket_handler *handler);
/* Sends a SIO_TEXT (valid UTF-8) or SIO_BYTES. 0, SIO_EINVAL, SIO_EGONE, or SIO_EFULL: more than
 * options.backlog_bytes_max would wait. */
int sio_websocket_send(sio_websocket *websocket, sio_value message);
/* What was sent still reaches the client, then it is closed with `code`. Nothing is called for it any more. */
void sio_websocket_close(sio_websocket *websocket, int code);
size_t sio_websocket_unsent(const sio_websocket *websocket); /* bytes that the client has not taken yet */
/* A pointer of yours, NULL at first. */
void sio_websocket_set_data(sio_websocket *websocket, void *data);
void *sio_websocket_data(const sio_websocket *websocket);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
