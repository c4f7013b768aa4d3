/* http.h - a connection while it speaks HTTP: reads requests, hands them out one after the other, keeps order.
 *
 *   bytes ─▶ http1_read ─▶ request ─▶ service: route.h, or what else the owner does with it ─▶ reply.h
 *
 * A request that cannot be answered at once (one that the owner lets wait, a large file) stops the reading of the next
 * one. Nothing here knows of sessions: what the owner of a connection keeps with it lies behind struct http, and what
 * it does is in its service. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "arena.h"
#include "buf.h"
#include "conn.h"
#include "counter.h"
#include "http1.h"
#include "http_date.h"
#include "intake.h"
#include "loop.h"
#include "sio_http.h"

enum {
    /* Headers that a handler adds to one reply. */
    HTTP_REPLY_HEADER_BYTES = 16 * 1024,
};

struct http;
struct http_partial;
struct static_pump;

/* What is done with what comes. */
struct http_service {
    /* A head is whole. True: the connection is leaving (http->is_leaving), and nothing of the request is used here. */
    bool (*is_leaving)(struct http *http, const struct http1_request *head);
    /* The body is on its way. False: the request has been refused. */
    bool (*on_body)(struct http *http, const struct http1_request *head);
    /* It is whole, or not waited for any more. */
    void (*on_body_end)(struct http *http);
    /* To be answered, before it returns or later (http->is_waiting). */
    void (*on_request)(sio_request *request);
    /* What came is no request, or too much: to be refused with this status. */
    void (*on_error)(struct http *http, const struct http1_request *head, int status);
    /* The time is over for one that is waiting. */
    void (*on_deadline)(struct http *http);
    void (*on_close)(struct http *http); /* the connection is gone */
    void (*on_free)(struct http *http);  /* so is the rest */
};

/* What the connections of one thread share. */
struct http_host {
    const struct http_service *service;
    const sio_options *options; /* every member has its value */
    struct loop *loop;
    struct intake *intake;
    struct arena *arena;        /* reset after each request */
    struct buf *text;           /* the head, or the piece of a file, being written */
    struct buf *deflated;       /* the compressed body being written */
    struct http1_reader reader; /* of requests that arrive whole */
    struct counter connections, connections_total, requests_total;
    char date[HTTP_DATE_SIZE];
    int64_t date_second;
    bool is_draining; /* each answer is the last of its connection */
};

struct http {
    struct conn *conn;
    struct http_host *host;
    struct http_partial *partial; /* of a request that is not whole yet */
    struct static_pump *pump;     /* a large file is being sent */
    bool is_waiting;              /* the owner answers later */
    bool is_leaving;              /* it goes to another thread's host */
    bool keep_alive;              /* of the request in progress */
    bool is_old;                  /* HTTP/1.0, which has to be told of keep-alive */
    bool is_gone;                 /* the connection is a WebSocket now */
};

/* A request while its handler runs; on the stack, its texts in the host's arena or in the receive buffer. */
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

/* Takes over a connected socket: `size` zeroed bytes that begin with a struct http. NULL when there is no memory. */
struct http *http_open(struct http_host *host, int fd, size_t size);
/* Frees it, when the WebSocket that took over the connection, or the end of the connection, leaves it without use. */
void http_free(struct http *http);
/* The connection's owner when it speaks HTTP, else NULL. */
struct http *http_of(const struct conn *conn);
/* The request that was waiting has its answer: the next one may be read. */
void http_answered(struct http *http);
/* So may it when the request waited for a decision, and waits no more; frees `http` when a WebSocket took over the
 * connection. */
void http_resume(struct http *http);
/* The Date header's value now. */
struct str http_date(struct http_host *host);

#endif
