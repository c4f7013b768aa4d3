/* client.h - Socket.IO over a session: packets come in here and go to the sockets of their namespaces.
 *
 * A client has one socket in each namespace that it joined. Whatever breaks the protocol closes the session: that is
 * what the reference does, and after it nothing that follows could be trusted. */
#ifndef SERVER_CLIENT_H
#define SERVER_CLIENT_H

#include "packet.h"
#include "session.h"

/* The session is open. Clients of Socket.IO 4 (Engine.IO 3) join the default namespace by that. */
void client_open(struct session *session);
/* A message has come. `text` may be written to. */
void client_on_text(struct session *session, char *text, size_t size);
void client_on_binary(struct session *session, struct str bytes);
/* The session is closed: the sockets learn `reason`. */
void client_close(struct session *session, const char *reason);

/* 4 for clients 1.x and 2.x, 5 for later ones. */
int client_revision(const struct session *session);
/* Its socket in the namespace `name`, NULL when it has none. */
struct sio_socket *client_socket(const struct session *session, struct str name);

#endif
