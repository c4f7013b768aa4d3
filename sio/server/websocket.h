/* websocket.h - a connection while it speaks WebSocket: the transport of a session, or of one that is to become it. */
#ifndef SERVER_WEBSOCKET_H
#define SERVER_WEBSOCKET_H

#include "channel.h"
#include "eio.h"
#include "session.h"

struct websocket {
    struct channel channel;
    struct session *session; /* NULL: it is closing */
    bool is_base64;
};

/* The session still polls. */
bool websocket_is_probe(const struct websocket *websocket);

/* Answers a checked request with 101 and takes over its connection. NULL: no memory. */
struct websocket *websocket_open(sio_request *request, struct session *session, bool is_base64);

size_t websocket_unsent(const struct websocket *websocket);
void websocket_send(struct websocket *websocket, enum eio_type type, struct str text);
void websocket_send_binary(struct websocket *websocket, struct str bytes);
/* Frames that were written by websocket_write_text and websocket_write_binary. */
void websocket_send_shared(struct websocket *websocket, struct shared *frames);
/* Sends a close frame with `code` and lets go of the session; what was sent before still leaves. */
void websocket_close(struct websocket *websocket, uint16_t code);

/* The frame of a message, for many clients; see channel_append for `like`. */
void websocket_write_text(struct buf *buf, struct channel *like, enum eio_type type, struct str text);
void websocket_write_binary(struct buf *buf, struct channel *like, int protocol, bool is_base64, struct str bytes);

#endif
