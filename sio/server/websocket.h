/* websocket.h - a connection while it speaks WebSocket: the transport of a session, or of one that is to become it. */
#ifndef SERVER_WEBSOCKET_H
#define SERVER_WEBSOCKET_H

#include "conn.h"
#include "eio.h"
#include "session.h"
#include "ws.h"

struct http;

struct websocket {
    struct conn *conn;
    struct worker *worker;
    struct session *session; /* NULL: it is closing */
    struct buf *message;     /* one that came in several pieces; NULL: none */
    struct ws_reader reader;
    bool is_probe; /* the session still polls */
    bool is_base64;
    bool is_binary; /* the message in progress */
};

/* Takes over the connection of an HTTP request whose 101 is written. NULL: no memory. */
struct websocket *websocket_open(struct http *http, struct session *session, bool is_base64);

size_t websocket_unsent(const struct websocket *websocket);
void websocket_send(struct websocket *websocket, enum eio_type type, struct str text);
void websocket_send_binary(struct websocket *websocket, struct str bytes);
/* Frames that were written by websocket_write_text and websocket_write_binary. */
void websocket_send_shared(struct websocket *websocket, struct shared *frames);
/* Sends a close frame with `code` and lets go of the session; what was sent before still leaves. */
void websocket_close(struct websocket *websocket, uint16_t code);

/* The frame of a message, for many clients. */
void websocket_write_text(struct buf *buf, enum eio_type type, struct str text);
void websocket_write_binary(struct buf *buf, int protocol, bool is_base64, struct str bytes);

#endif
