/* bare_engine.h - sessions whose messages go to the user's functions (sio_engine.h) instead of Socket.IO (client.h). */
#ifndef SERVER_BARE_ENGINE_H
#define SERVER_BARE_ENGINE_H

#include "session.h"

void bare_engine_open(struct session *session);
void bare_engine_on_message(struct session *session, const struct eio_packet *packet);
void bare_engine_close(struct session *session, const char *reason);

#endif
