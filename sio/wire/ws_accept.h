/* ws_accept.h - the opening handshake of WebSocket, server's side (RFC 6455 §4.2). */
#ifndef SIO_WIRE_WS_ACCEPT_H
#define SIO_WIRE_WS_ACCEPT_H

#include "http1.h"

enum { WS_ACCEPT_SIZE = 28 };

/* Checks a request for all that §4.2.1 demands: GET, HTTP/1.1, Upgrade: websocket, Connection: Upgrade,
 * Sec-WebSocket-Version 13, one Sec-WebSocket-Key of 16 bytes in base64, no body.
 * Returns 0, or the status to refuse it with: 400, or 426 for another version (answer it with
 * Sec-WebSocket-Version: 13, §4.4); *reason is then a constant text. */
int ws_accept_check(const struct http1_request *request, const char **reason);

/* The Sec-WebSocket-Accept value for a key (§4.2.2 step 5.4). False when the library of hashes fails: no memory. */
bool ws_accept_key(struct str key, char out[WS_ACCEPT_SIZE]);

/* Writes the answer's head up to Sec-WebSocket-Accept; the caller may add headers and ends it with http1_write_end.
 * False as ws_accept_key. */
bool ws_accept_write(struct buf *buf, const struct http1_request *request);

#endif
