/* session_owner.h - which worker a session belongs to, told from its id by any of them.
 *
 * An id of the library ends in a character that is its worker's number. One that the program makes
 * (options.generate_id) is looked up in a table that all workers share. */
#ifndef SERVER_SESSION_OWNER_H
#define SERVER_SESSION_OWNER_H

#include "session.h"

/* Makes an id that the library has made one of `worker`'s. */
void session_owner_mark(const struct worker *worker, char id[RANDOM_ID_SIZE + 1]);
/* A session begins and ends. False: no memory, or its id is in use. */
bool session_owner_add(const struct session *session);
void session_owner_remove(const struct session *session);
/* The worker of that session, if there is one; `here` when nothing tells. */
struct worker *session_owner_find(struct worker *here, struct str id);

#endif
