/* caller.h - who has connected and speaks HTTP: what the server keeps with the connection, and what it does with its
 * requests.
 *
 *   request ─┬▶ another worker's session ─▶ handover.h
 *            ├▶ path of the server ─▶ handshake.h ─▶ polling.h, upgrade.h
 *            └▶ anything else ─▶ http/route.h */
#ifndef SERVER_CALLER_H
#define SERVER_CALLER_H

#include "http.h"
#include "upload.h"
#include "worker.h"

struct hold;
struct handover;

struct caller {
    struct http http;          /* first; http.is_waiting: one of the next two is there */
    struct session *waiting;   /* its poll is to be answered later */
    struct hold *held;         /* its handshake waits for a decision */
    struct handover *handover; /* it is to go to another worker */
    struct upload upload;      /* that is on its way over this connection */
};

/* Takes over a connected socket. False when there is no memory. */
bool caller_open(struct worker *worker, int fd);
static inline struct caller *caller_of(struct http *http)
{
    return (struct caller *)http;
}
static inline struct worker *caller_worker(const struct http *http)
{
    return (struct worker *)((char *)http->host - offsetof(struct worker, http));
}
/* The poll of that session waits for packets; it has them. */
void caller_wait(struct http *http, struct session *session);
void caller_answered(struct http *http);
/* Lets options.on_headers add to an answer. */
void caller_ask_headers(sio_request *request, bool is_first);

extern const struct http_service caller_service;

#endif
