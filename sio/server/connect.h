/* connect.h - how a client joins and leaves a namespace. */
#ifndef SERVER_CONNECT_H
#define SERVER_CONNECT_H

#include "session.h"

struct hook;

/* A socket that is not in yet. */
struct arrival {
    struct buf held;          /* what the connect function sends */
    struct buf refusal;       /* of sio_refuse_with; empty: none */
    const struct hook *asked; /* the middleware that is to decide; NULL: it is the connect function's turn */
    bool is_asking;           /* it has not returned */
    bool is_admitted;
    bool is_behind;      /* it is to get what it missed */
    uint64_t last_event; /* of one that is recovered: the last that its client has */
};
/* NULL is fine. */
void connect_free_arrival(struct arrival *arrival);

/* The packet CONNECT: `nsp` as it was sent, `auth` its payload or empty. Asks the connect function and answers. */
void connect_join(struct session *session, struct str nsp, struct str auth);
/* The packet DISCONNECT. */
void connect_leave(struct session *session, struct str nsp);

#endif
