/* admin_json.h - how the page of the Admin UI is told of sockets. */
#ifndef ADMIN_JSON_H
#define ADMIN_JSON_H

#include "buf.h"
#include "sio.h"

struct admin;

enum { ADMIN_JSON_TIME_SIZE = 32 };

/* A time as JavaScript's toISOString writes it, NUL-ended. */
void admin_json_write_time(char text[ADMIN_JSON_TIME_SIZE], int64_t ms);
/* Everything about a socket: id, client, transport, namespace, data, handshake without auth, rooms. */
void admin_json_write_member(struct buf *json, const struct admin *admin, const char *nsp, const sio_member *member);
/* What the program says of it: an object. */
void admin_json_write_data(struct buf *json, const struct admin *admin, sio_socket *socket);

#endif
