/* handshake.h - what comes to the server's own path: checked in the reference server's order and answered with its
 * codes, then handed to the session's transport.
 *
 *   transport → Origin → sid (known? same transport?) or method → upgrade → allow_request → Engine.IO version
 *
 * Each code, its status and its body are those of the reference (Engine.IO protocol, "Error codes"). */
#ifndef SERVER_HANDSHAKE_H
#define SERVER_HANDSHAKE_H

#include "http.h"

void handshake_on_request(sio_request *request);
/* The decision about one that waited: NULL, or why it is refused. */
void handshake_resume(sio_request *request, const char *message);
/* The id of the session that one which waited for it asks for; NULL, or a bad one: "Bad request". */
void handshake_resume_with_id(sio_request *request, const char *id);
/* The session whose POST to the server's path this is; NULL: it is another request, or for a session that there is not.
 */
struct session *handshake_find_poster(struct http *http, const struct http1_request *request);
/* Refuses a request to the server's path whose body is not there, with the CORS headers, so that a page can see the
 * status, and closes the connection. */
void handshake_refuse_early(struct http *http, const struct http1_request *request, int status);

#endif
