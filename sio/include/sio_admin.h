/* sio_admin.h - the namespace that the official Admin UI of Socket.IO speaks to (npm package @socket.io/admin-ui, the
 * page at admin.socket.io): who is connected, in which rooms, what is sent and received, and the means to end, move and
 * address clients.
 *
 * Where the page comes from another origin than the server, options.cors must allow that origin, with credentials: the
 * page sends them. The events are those of the package's 0.5. */
#ifndef SIO_ADMIN_H
#define SIO_ADMIN_H

#include "sio.h"
#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

typedef struct sio_admin_options { /* a member left zero takes the default noted */
    const char *namespace_name;    /* "/admin" */
    /* Who may come in. The password is given as its bcrypt hash, 60 characters that begin with $2a$, $2b$ or $2y$: what
     * `htpasswd -nBC 10 admin` prints behind the colon. Checking one takes as long as the hash was made for, some 50
     * ms, in a thread of its own. A password is cut after 72 bytes, as bcrypt does. */
    const char *username, *password_hash;
    bool has_no_password;       /* false. True: whoever reaches the port is an admin; name and hash are then not set */
    uint32_t session_timeout_s; /* 86400: that an admin comes back without the password */
    bool is_read_only;          /* false: admins may also end, move and address clients */
    /* "development": everything that happens is told to the admins, which costs the server an event for each. It also
     * sets options.keeps_handshake. "production": numbers alone. */
    const char *mode;
    const char *server_id; /* the host's name; must differ where several servers are shown together */
    /* None. Called for a socket that is shown, in its worker's thread: a SIO_JSON, an object, which is lent until the
     * next call in that thread; the data of the socket, as the reference shows socket.data. */
    sio_value (*describe)(sio_socket *socket, void *context);
    void *context; /* handed to it */
} sio_admin_options;

/* Makes the namespace and begins to watch; before the server runs. Where it is not called nothing is watched. Connect
 * and disconnect functions of the namespace are the library's. SIO_EINVAL: neither a name and a hash that is one nor
 * has_no_password, a mode that there is not, or it was called before; SIO_ENOMEM; SIO_ESYS: no thread.
 *
 * The admins that came by password are remembered for session_timeout_s, the last 256 of them, in this process alone.
 * All that is connected is shown to an admin who comes as far as it fits into half of options.backlog_bytes_max. */
int sio_admin_enable(sio_server *server, const sio_admin_options *options);
/* Tells the admins that what `describe` gives for this socket has changed. Nothing happens without admins. */
void sio_admin_updated(sio_socket *socket);
#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
