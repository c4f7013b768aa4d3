/* handshake_data.h - what a client said when it connected: the request that opened its session, and the auth of a
 * namespace.
 *
 *   session ─▶ handshake_data: url, headers and query          socket ─▶ handshake_auth: auth, query of the namespace
 *
 * Both are some hundred bytes, more than all that an idle client needs otherwise: they are dropped when the client is
 * let in, unless options.keeps_handshake. Names and values lie one behind the other, each ending in a NUL. */
#ifndef SERVER_HANDSHAKE_DATA_H
#define SERVER_HANDSHAKE_DATA_H

#include "sio.h"
#include "str.h"

struct handshake_data {
    struct str url;     /* ends in a NUL */
    struct str headers; /* pairs, the names in lower case */
    struct str query;   /* pairs, decoded */
    bool is_xdomain;
    char text[];
};

struct handshake_auth {
    int64_t issued_ms; /* since 1970 */
    struct str json;   /* ends in a NUL; empty: none was sent */
    struct str query;  /* of the namespace (clients up to 2.x), pairs, decoded */
    char text[];
};

/* NULL: no memory. To be freed with free(). */
struct handshake_data *handshake_data_create(const sio_request *request);
/* `query` as it was sent. NULL: no memory. To be freed with free(). */
struct handshake_auth *handshake_auth_create(struct str json, struct str query);

/* The client of the session may join on: forgets what is not to be kept. */
struct session;
void handshake_data_forget(struct session *session, sio_socket *socket);

/* Writes the peer of a connected socket; all zeros when it has none. IPv4 as ::ffff:a.b.c.d. */
void handshake_data_read_address(int fd, unsigned char address[16]);

#endif
