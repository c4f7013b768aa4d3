/* admin_login.h - whether one who comes to the admin namespace may.
 *
 *   middleware ─▶ session id known: admitted
 *              └▶ a slot ─▶ the thread: bcrypt ─▶ loop_send ─▶ admitted or refused
 *
 * bcrypt is slow on purpose, which no loop could bear. There are few slots: whoever tries passwords at random keeps one
 * thread busy and nothing more. */
#ifndef ADMIN_LOGIN_H
#define ADMIN_LOGIN_H

#include "sio.h"

struct admin;
struct admin_login;

/* True for the 60 characters of a bcrypt hash. */
bool admin_login_is_hash(const char *hash);
/* Starts the thread and puts the middleware before the namespace. 0, SIO_ENOMEM or SIO_ESYS. */
int admin_login_open(struct admin *admin);
/* Ends the thread; who still waits is not decided about. NULL is fine. */
void admin_login_stop(struct admin_login *login);
void admin_login_free(struct admin_login *login);
/* Gives the id of a new session to one who came by password. */
void admin_login_greet(struct admin *admin, sio_socket *socket, sio_value auth);

#endif
