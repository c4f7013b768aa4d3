/* upload.h - the POST of a session that polls, while its body is on its way.
 *
 * There is one at a time: of two that overlap nobody could tell whose packets come first. As by the reference server
 * the second is answered 400 and the session ends; so it does when the connection breaks before the body is whole. */
#ifndef SERVER_UPLOAD_H
#define SERVER_UPLOAD_H

#include "session.h"

struct upload {
    struct session *session; /* NULL: it is for none, or that is gone */
};

/* The head is there and the body is not whole. False: another one is on its way, the session is closed. */
bool upload_begin(struct upload *upload, struct session *session);
/* The body is whole, or is not waited for. */
void upload_end(struct upload *upload);
/* The connection is gone. */
void upload_lost(struct upload *upload);

#endif
