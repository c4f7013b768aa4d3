/* admin.h - the namespace of the Admin UI (sio_admin.h).
 *
 *   admin_events    what happens (observer.h) ─▶ socket_connected, room_joined, event_sent …  ─┐
 *   admin_stats     the counters, every two seconds ─▶ server_stats                            ├▶ sio_broadcast
 *   admin_listing   who is there ─▶ all_sockets, to an admin who comes                         ─┘
 *   admin_login     password or session id ─▶ sio_admit, sio_refuse
 *   admin_commands  emit, join, leave, _disconnect ─▶ sio_broadcast, sio_join_all …
 *
 * Events may be told by any thread that runs sockets. So what they share is counted or locked, and the rest is set
 * before the server runs and not changed. */
#ifndef ADMIN_ADMIN_H
#define ADMIN_ADMIN_H

#include "admin_login.h"
#include "admin_sessions.h"
#include "admin_stats.h"
#include "sio_admin.h"

#include <stdatomic.h>

struct admin {
    struct sio_server *server;
    sio_namespace *ns;
    sio_admin_options options; /* every member has its value; own copies of the texts */
    bool is_development;
    char host[256];
    atomic_uint count;         /* of admins that are connected to this process */
    struct admin_login *login; /* NULL: nobody is asked for a password */
    struct admin_sessions sessions;
    struct admin_stats stats;
};

/* Ends its thread, which posts to the loops; what follows decides nothing any more. */
void admin_stop(struct sio_server *server);
/* When no socket is left. */
void admin_free(struct sio_server *server);

/* True when an event would reach somebody: an admin of this process, or perhaps one elsewhere. */
bool admin_is_heard(const struct admin *admin);
/* Sends an event to all admins. */
void admin_tell(struct admin *admin, const char *event, sio_args args);

#endif
