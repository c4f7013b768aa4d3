/* serve.h - what the servers of this folder have in common: flags, the line that says where they listen, their end.
 *
 *   --port N             the default is the suite's
 *   --eio3, --no-eio3    Engine.IO 3 (clients 1.x and 2.x) is welcome, or not
 *   --deflate            permessage-deflate, with context takeover
 *   --recovery           clients that come back within two minutes get what they missed
 *   --msgpack            for clients with socket.io-msgpack-parser
 *   --workers N          threads that share the port
 *   --ping-interval MS, --ping-timeout MS, --connect-timeout MS
 *
 * A server prints "listening on PORT" and ends with SIGINT or SIGTERM. */
#ifndef CONFORMANCE_SERVE_H
#define CONFORMANCE_SERVE_H

#include <sio.h>
#include <sio_engine.h>
#include <sio_http.h>
#include <sio_websocket.h>

extern sio_server *serve_server;

/* Reads the flags into `options`, which hold the defaults. A flag that is unknown ends the program with a message. */
void serve_read_flags(sio_options *options, int count, char **arguments);
/* Lets `options` begin with what a suite on the same machine needs: CORS for everybody. */
sio_options serve_options(uint16_t port);

/* Creates the server, calls `set_up` (may be NULL), and serves. `tick` (may be NULL) is called after each turn and
 * tells how long the next may wait, in milliseconds, -1 for as long as nothing happens; it is called in the first
 * worker's thread. Returns the program's status. */
int serve(const sio_options *options, int (*set_up)(void), int (*tick)(void));

#endif
