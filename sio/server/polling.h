/* polling.h - long-polling: the client asks with GET and waits, and sends with POST.
 *
 * Packets wait in the outbox until a poll is there; what was sent in one turn of the loop leaves in one answer. */
#ifndef SERVER_POLLING_H
#define SERVER_POLLING_H

#include "http.h"
#include "http_header.h"
#include "session.h"

struct upload;
struct websocket;

enum {
    /* A client that was told to close gets the last packets with its next poll, if it comes within this. */
    POLLING_END_MS = 30 * 1000,
    /* While an upgrade is under way the pending poll is released this often, so that the client can pause. */
    POLLING_PROBE_MS = 100,
};

/* What a poll's query and headers ask of its answer. */
struct polling_want {
    int64_t jsonp; /* the index of the callback; -1: none */
    bool is_base64;
    enum http_coding coding; /* that it accepts */
    bool is_old_browser;     /* Internet Explorer: its filter would take the answer for an attack */
};

struct polling {
    struct loop_task task;
    struct session *session; /* NULL: to be freed */
    struct http *poll;       /* waits for packets; NULL: none */
    struct upload *upload;   /* a POST of which only a part has come; NULL: none */
    struct polling_want want;
    struct websocket *probe; /* may become the transport */
    struct timer timer;
    struct buf outbox;
    size_t counted;     /* of its bytes, in the worker's counters */
    struct buf headers; /* of the answer to the pending poll, made when it came */
    bool is_ending;     /* when all is fetched the session ends */
    bool may_compress;  /* one of the packets that wait may be compressed: then all are, as by the reference */
};

/* Makes polling the session's transport. False: no memory. */
bool polling_open(struct session *session);
/* The session has no use for it any more. */
void polling_discard(struct polling *polling);

/* Answers, now or later, a poll; takes what a client sends. */
/* What was added to request->reply_headers stands in the answer. */
void polling_on_get(struct polling *polling, sio_request *request, struct polling_want want);
void polling_on_post(struct polling *polling, sio_request *request, struct polling_want want);
/* The connection of the pending poll is gone. */
void polling_on_poll_lost(struct session *session);

size_t polling_unsent(const struct polling *polling);
bool polling_is_writable(const struct polling *polling);
void polling_send(struct polling *polling, enum eio_type type, bool is_binary, struct str bytes);

/* Closes the session at the end of the turn. */
void polling_fail(struct polling *polling);

/* Ends it: a pending poll gets nothing but a packet of `type`. */
void polling_close(struct polling *polling, enum eio_type type);
/* Ends it when the client has fetched what waits. */
void polling_end(struct polling *polling);
/* Lets the pending poll go, with a noop when there is nothing else. */
void polling_release(struct polling *polling);
/* Does that now and again, as long as there is a probe. */
void polling_start_releasing(struct polling *polling);
/* The client is on `websocket` now, which gets what has not been fetched. */
void polling_move_to(struct polling *polling, struct websocket *websocket);

#endif
