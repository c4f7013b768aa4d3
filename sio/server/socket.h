/* socket.h - one client in one namespace. */
#ifndef SERVER_SOCKET_H
#define SERVER_SOCKET_H

#include "namespace.h"
#include "packet.h"
#include "session.h"

struct recovery_session;
struct room_member;
struct ack_wait;
struct arrival;
struct handshake_auth;

enum socket_leaving { SOCKET_STAYS, SOCKET_LEAVES, SOCKET_CLOSES_CLIENT };

struct sio_socket {
    struct sio_namespace *ns;
    struct session *session; /* NULL: it has ended */
    struct sio_socket *next; /* of the session's, then of the worker's dead ones */
    struct sio_socket *next_leaving;
    struct room_member *rooms;
    struct event_handler *handlers; /* of sio_on */
    struct handshake_auth *auth;    /* NULL: forgotten */
    struct arrival *arrival;        /* until it is let in */
    struct ack_wait *acks;          /* that the client owes */
    const char *id;                 /* ends in a NUL */
    uint64_t mark;                  /* the last broadcast that it was looked at for */
    uint16_t id_size;
    uint16_t room_count, ack_count; /* how many there are of either: the limits are below 2^16 */
    uint8_t leaving;                /* enum socket_leaving */
    bool is_recovered : 1;
    bool is_holding : 1;      /* events wait, see event_queue.h */
    bool is_connected : 1;    /* it was let in; until then what is sent to it is held back */
    _Alignas(16) char data[]; /* the user's bytes, then the id */
};

/* A socket that is not let in yet, in the tables of both: a new one, or the one that was kept. NULL: no memory. */
struct sio_socket *socket_create(struct session *session, struct sio_namespace *ns,
                                 const struct recovery_session *kept);
/* Its id, for the roster of its namespace. */
struct str socket_name(const void *socket);
/* The name that only its client knows, by which it is the same when it comes back; NULL when it cannot. */
const char *socket_pid(const struct sio_socket *socket);
/* That of this id in the shard, NULL when there is none. */
struct sio_socket *socket_find(const struct shard *shard, struct str id);
/* A middleware has yet to decide about it: it gets nothing and counts for nothing. */
bool socket_is_waiting(const struct sio_socket *socket);
/* Ends it and tells its handlers; freed at the end of the turn. */
void socket_close(struct sio_socket *socket, const char *reason);
/* sio_disconnect and sio_close, when no handler runs. */
void socket_leave(struct sio_socket *socket);

/* Sends the packet that parser.h has written with these arguments. 0, SIO_EGONE, SIO_EFULL, SIO_ENOMEM. */
int socket_send(struct sio_socket *socket, sio_args args);

#endif
