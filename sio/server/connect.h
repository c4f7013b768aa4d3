/* connect.h - how a client joins and leaves a namespace. */
#ifndef SERVER_CONNECT_H
#define SERVER_CONNECT_H

#include "session.h"

/* The packet CONNECT: `nsp` as it was sent, `auth` its payload or empty. Asks the connect function and answers. */
void connect_join(struct session *session, struct str nsp, struct str auth);
/* The packet DISCONNECT. */
void connect_leave(struct session *session, struct str nsp);

#endif
