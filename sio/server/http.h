/* http.h - a connection while it speaks HTTP: reads requests, hands them out one after the other, keeps order.
 *
 *   bytes ─▶ http1_read ─▶ request ─┬▶ path of the server: handshake.h ─▶ polling.h, upgrade.h
 *                                   └▶ anything else: route.h ─▶ the user's handlers ─▶ reply.h
 *
 * A request that cannot be answered at once (a poll, a large file) stops the reading of the next one. */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include "conn.h"
#include "http1.h"
#include "sio_http.h"
#include "worker.h"

enum {
    /* Headers that a handler adds to one reply. */
    HTTP_REPLY_HEADER_BYTES = 16 * 1024,
};

struct http_partial;
struct hold;
struct handover;
struct static_pump;

struct http {
    struct conn *conn;
    struct worker *worker;
    struct http_partial *partial; /* of a request that is not whole yet */
    struct session *waiting;      /* its poll is to be answered later */
    struct hold *held;            /* its handshake waits for a decision */
    struct static_pump *pump;     /* a large file is being sent */
    struct handover *handover;    /* it is to go to another worker */
    bool keep_alive;              /* of the request in progress */
    bool is_old;                  /* HTTP/1.0, which has to be told of keep-alive */
    bool is_gone;                 /* the connection is a WebSocket now */
};

/* A request while its handler runs; on the stack, its texts in the worker's arena or in the receive buffer. */
struct sio_request {
    struct http *http;
    const struct http1_request *head;
    const char *method, *path, *query;
    char *body;
    size_t body_size;
    struct buf reply_headers;
    bool is_answered;
    bool is_encoded; /* what is sent is one representation of several: it is not compressed */
    bool may_wait;   /* sio_request_later may be called */
};

/* Takes over a connected socket. False when there is no memory. */
bool http_open(struct worker *worker, int fd);
/* Frees it, when the WebSocket that took over the connection, or the end of the connection, leaves it without use. */
void http_free(struct http *http);
/* The connection's owner when it speaks HTTP, else NULL. */
struct http *http_of(const struct conn *conn);
/* The poll that was waiting has its answer: the next request may be read. */
void http_answered(struct http *http);
/* So may it after a handshake that waited; frees `http` when a WebSocket took over the connection. */
void http_resume(struct http *http);

#endif
