/* raw_websocket.h - WebSockets that speak the user's own protocol (sio_websocket.h). */
#ifndef SERVER_RAW_WEBSOCKET_H
#define SERVER_RAW_WEBSOCKET_H

#include "conn.h"

/* The server stops: closes the connection if it is one of these, with 1001. */
void raw_websocket_drain(struct conn *conn);

#endif
