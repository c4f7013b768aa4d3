/* client_bundle.h - the official browser client, served below the server's own path (the reference's serveClient):
 * socket.io.js, socket.io.min.js, socket.io.esm.min.js, socket.io.msgpack.min.js and their maps.
 *
 * They are read once, when the server starts, with compressed forms of the scripts. */
#ifndef SERVER_CLIENT_BUNDLE_H
#define SERVER_CLIENT_BUNDLE_H

#include "http.h"

struct client_bundle;

/* Reads the files that options.client_folder has. 0 (also without the option), SIO_ESYS when it has none of them,
 * SIO_ENOMEM. */
int client_bundle_load(struct sio_server *server);
void client_bundle_free(struct client_bundle *bundles);
/* Answers a request for one of them; false: it is none. */
bool client_bundle_serve(sio_request *request);

#endif
