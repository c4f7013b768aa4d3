/* recovery.h - connection state recovery: a client whose connection broke comes back as the same socket and gets what
 * it missed.
 *
 *   kept events   [ 7 ]─▶[ 8 ]─▶[ 9 ]─▶[ 10 ]      each with its offset, which its receivers get as a last argument
 *                          ▲
 *   40{"pid":…,"offset":"…8"} ── ends with a session that was kept: sends 9 and 10 where its rooms fit, then
 * 40{"sid":…}
 *
 * Events and sessions are kept for options.recovery_ms, within options.recovery_bytes_max for all namespaces together:
 * then the oldest go, and who would need them gets a new session. Nothing is ever left out in between.
 *
 * All workers keep them together, under the server's exchange_lock, so that a client may come back to any of them. Its
 * offset stands for all events before it as well, hence every worker sends them in the order of their numbers. No call
 * of the program is made while the lock is held. */
#ifndef SERVER_RECOVERY_H
#define SERVER_RECOVERY_H

#include "event.h"
#include "socket.h"

struct recovery;

/* Arguments with an offset behind them. */
struct recovery_mark {
    struct sio_namespace *ns;
    struct worker *worker;
    sio_args args;
    uint64_t number;
    sio_value room[EVENT_VALUES];
    sio_value *more; /* where `room` is too small */
    char offset[48];
};

bool recovery_is_on(const struct sio_namespace *ns);

/* Gives an event its offset. False: no memory. Else the lock is held until recovery_unlock, and recovery_forget must
 * follow when the arguments are no longer needed. */
bool recovery_begin(struct recovery_mark *mark, struct sio_namespace *ns, struct worker *worker, sio_args args);
/* Keeps the event, which parser.h has written with the marked arguments. */
void recovery_keep(const struct recovery_mark *mark, const sio_to *to);
void recovery_unlock(struct sio_namespace *ns);
void recovery_forget(struct recovery_mark *mark);

struct recovery_session;
/* Takes the rooms of a connected socket that ends for `reason`. NULL: it is not one to be recovered, or no memory. */
struct recovery_session *recovery_take(const struct sio_socket *socket, const char *reason);
/* Keeps it, with the socket's data as they are now. */
void recovery_save(struct recovery_session *session, struct sio_namespace *ns, struct worker *worker,
                   const struct sio_socket *socket);

/* What the auth of a CONNECT refers to, taken out of those kept; NULL when it refers to none, or to events that are
 * gone. *number is that of the last event which the client has. To be freed with free(). */
struct recovery_session *recovery_restore(struct sio_namespace *ns, struct worker *worker, struct str auth,
                                          uint64_t *number);
struct str recovery_id(const struct recovery_session *session);
struct str recovery_pid(const struct recovery_session *session);
/* Gives a new socket the rooms and data. False: no memory. */
bool recovery_fill(const struct recovery_session *session, struct sio_socket *socket);
/* Sends the socket the events behind `number`. False when some are gone, or when they are more than its client's
 * backlog takes. */
bool recovery_send_missed(struct sio_socket *socket, uint64_t number);

/* Lets the first worker drop what is too old, now and again. */
void recovery_start_sweeping(struct worker *worker);
void recovery_free(struct sio_namespace *ns);

#endif
