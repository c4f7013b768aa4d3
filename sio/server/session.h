/* session.h - an Engine.IO session: one client, over polling or a WebSocket, alive as long as its heart beats.
 *
 *              ┌────────── polling ──── probe ──▶ 5 ──┐
 *   handshake ─┤                                      ▼
 *              └────────────────────────────────▶ websocket ──▶ closed
 *
 * Heartbeat. Protocol 4: the server sends a ping this long after the last pong, the client answers in time. Protocol 3:
 * the client pings, the server answers. A closed session, like everything that belongs to it, is freed at the end of
 * the turn. */
#ifndef SERVER_SESSION_H
#define SERVER_SESSION_H

#include "eio.h"
#include "random_id.h"
#include "sio.h"
#include "worker.h"

struct handshake_data;
struct websocket;
struct polling;
struct client_binary;

struct session {
    struct worker *worker;
    struct websocket *websocket;      /* its transport; NULL: it is polling */
    struct polling *polling;          /* its transport; NULL: it is the WebSocket */
    struct sio_socket *sockets;       /* in each namespace one */
    struct handshake_data *handshake; /* the request that opened it; NULL: forgotten */
    struct client_binary *binary;     /* a packet whose attachments are still to come */
    void *data;                       /* sio_session_set_data; of a dead one the next of them */
    struct timer timer;
    uint32_t beat_at;    /* when the heartbeat has its next step: see session_until */
    uint32_t connect_by; /* when a namespace must have been joined, while must_join */
    char id[RANDOM_ID_SIZE + 1];
    unsigned char address[16]; /* of the client, in IPv6 */
    uint8_t protocol;          /* of Engine.IO: 3 or 4 */
    uint8_t counted_as;        /* enum counters_transport */
    bool is_base64 : 1;        /* the client takes no binary frames */
    bool awaits_pong : 1;
    bool must_join : 1;
    bool is_closed : 1; /* no packets any more; a polling client may still get the last ones */
    bool is_dead : 1;   /* to be freed */
};

/* How a session begins. */
struct session_start {
    int protocol; /* of Engine.IO: 3 or 4 */
    bool is_base64;
    char id[RANDOM_ID_SIZE + 1];
};

/* Makes an id for a session that `request` asks for. False: there is none, options.generate_id gave a bad one, or it
 * will give one later (caller.h). */
bool session_make_id(sio_request *request, char id[RANDOM_ID_SIZE + 1]);
/* True for an id that a session of this worker can have: of the right form, and not in use. */
bool session_may_have_id(struct worker *worker, const char id[RANDOM_ID_SIZE + 1]);
/* A session without a transport, for the client that sent `request`. NULL: no memory, or as many as
 * options.clients_max. */
struct session *session_create(const sio_request *request, const struct session_start *start);
/* Its id, for the roster of its worker. */
struct str session_name(const void *session);
/* The session of that id, NULL when there is none. */
struct session *session_find(struct worker *worker, struct str id);
/* The transport is there: sends the open packet, starts the heartbeat, lets Socket.IO begin. */
void session_open(struct session *session);

/* True when its heart has not beaten in time, and only the timer's tick has not come yet. `is_sending`: the client
 * comes with packets, among which may be the one that is missed. */
bool session_is_overdue(const struct session *session, bool is_sending);

/* Bytes that the client has not taken. */
size_t session_unsent(const struct session *session);
/* True when a packet would leave now: nothing waits before it. */
bool session_is_writable(const struct session *session);
/* True when `size` bytes more stay within options.backlog_bytes_max. */
bool session_has_room(const struct session *session, size_t size);
/* Sends one packet; nothing happens when the session is closed. Whoever sends messages asks session_has_room first. */
void session_send(struct session *session, enum eio_type type, struct str text);
void session_send_binary(struct session *session, struct str bytes);
/* Closes it at the end of the turn, in no other call: it cannot take what everyone gets. */
void session_fail(struct session *session);

/* A packet from the client has come. */
void session_on_packet(struct session *session, const struct eio_packet *packet);

/* Ends it now: tells the sockets `reason`, closes the transport. */
void session_close(struct session *session, const char *reason);
/* Tells the sockets `reason`; what was sent still reaches the client, then the transport ends. */
void session_end(struct session *session, const char *reason);
/* The transport is done with a closed session. */
void session_bury(struct session *session);

#endif
