/* upgrade.h - how a connection becomes a WebSocket, and a WebSocket the transport of a session that polls.
 *
 *   client                                server
 *   GET …transport=websocket&sid=… ─────▶ 101; the session goes on polling
 *   2probe ─────────────────────────────▶ 3probe, and a noop to the pending poll, now and every 100 ms
 *   (pauses polling) 5 ─────────────────▶ the WebSocket is the transport, what waits goes over it
 */
#ifndef SERVER_UPGRADE_H
#define SERVER_UPGRADE_H

#include "http.h"
#include "session.h"

/* A checked request to open a WebSocket: for `session`, or for a new one, begun with `start`, when that is NULL. */
void upgrade_on_request(sio_request *request, struct session *session, const struct session_start *start);
/* A packet on a WebSocket that is not the transport yet; NULL: none that can be read, or none in time. */
void upgrade_on_probe_packet(struct websocket *websocket, const struct eio_packet *packet);
/* The WebSocket that was to become the transport is gone. */
void upgrade_on_probe_lost(struct session *session);

#endif
