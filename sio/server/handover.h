/* handover.h - a request that is for a session of another worker: its connection goes there.
 *
 *   head read, sid of another worker ─▶ paused ─▶ end of the turn: detached ─▶ message ─▶ adopted, its bytes read again
 *
 * With all that came and was not used, the request's head first, and all answers that are not sent yet. What follows on
 * the connection is served there too: a client that keeps it needs no further move. */
#ifndef SERVER_HANDOVER_H
#define SERVER_HANDOVER_H

#include "http.h"

/* A head is whole. True: the connection is to leave, and nothing of the request may be used here. */
bool handover_begin(struct http *http, const struct http1_request *request);
/* The connection is gone before it could leave. */
void handover_cancel(struct http *http);

#endif
