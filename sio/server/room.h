/* room.h - rooms and broadcasts.
 *
 *   room "readers" ── members ──▶ [ member ][ member ][ member ]
 *                                     ▲ position   │ socket
 *   socket ── rooms ──▶ member ── next ──▶ member …
 *
 * A member knows its position in the room, so leaving is as cheap as joining. A broadcast has a number; a socket that
 * was reached or excluded carries it as its mark, so that it is looked at once, however many rooms it is in. */
#ifndef SERVER_ROOM_H
#define SERVER_ROOM_H

#include "socket.h"

/* The socket enters or leaves the room, if it is not there already. 0 or SIO_ENOMEM. */
int room_join(struct sio_socket *socket, struct str name);
void room_leave(struct sio_socket *socket, struct str name);
bool room_has(const struct sio_socket *socket, struct str name);
/* The socket has ended. */
void room_leave_all(struct sio_socket *socket);
/* Frees those that became empty in this turn. Until then their names are good: who asked for them (sio_rooms) may not
 * know that another worker has made the sockets leave. */
void room_free_dead(struct worker *worker);
/* The room of that name, NULL when nobody is in it. */
struct room *room_find(const struct shard *shard, struct str name);
/* Its sockets, one after the other: begin with *position 0. NULL at the end. */
struct sio_socket *room_next(const struct room *room, size_t *position);

#endif
