/* live.h - a server under test, run in the test's own thread between the client's steps, so that nothing depends on
 * timing: whoever waits for something lets the server work until it is there. A wait that is not rewarded within
 * LIVE_MS fails the test; no heartbeat is due within that time unless a test sets one. */
#ifndef TESTS_LIVE_H
#define TESTS_LIVE_H

#include "sio.h"
#include "sio_http.h"
#include "unit.h"

enum { LIVE_MS = 10000 };

extern sio_server *live_server;

/* Starts and ends it. The port is any free one. */
void live_open(sio_options options);
void live_close(void);
/* Lets the server take `turns` turns. */
void live_turns(int turns);

/* A connection; -1 in *fd after live_hang_up. */
int live_connect(void);
void live_hang_up(int *fd);
void live_say(int fd, const char *text);
void live_say_bytes(int fd, const void *bytes, size_t size);
/* Everything received until `end` stands in it, NUL-ended, good until the next call; without `end` when the connection
 * closes before. */
const char *live_hear(int fd, const char *end);
/* True when the server closes the connection; what comes before is dropped. */
bool live_is_closed(int fd);

struct live_reply {
    int status;
    const char *head, *body; /* NUL-ended, good until the next reply */
    size_t size;
};
/* The next answer on the connection. `has_body` is false for answers to HEAD. */
struct live_reply live_reply(int fd, bool has_body);
/* Sends a request with Host and what `more` holds (whole header lines), and gives the answer. */
struct live_reply live_request(int fd, const char *method, const char *target, const char *more, const char *body);
struct live_reply live_get(int fd, const char *target);
/* The value of a header, "" when there is none. */
const char *live_header(const struct live_reply *reply, const char *name);

/* A WebSocket that is open; `target` is what follows "/socket.io/". */
int live_ws(const char *target);
void live_ws_send(int fd, const char *text);
void live_ws_send_binary(int fd, const void *bytes, size_t size);
/* A frame with any first byte. */
void live_ws_send_frame(int fd, int first, const void *bytes, size_t size);
/* The next message: its text; "binary ", or "deflated " when it is compressed, and its
 * bytes in hexadecimal; "ping ", "pong "; "close " and the code, or
 * "close" without one; "end" when the connection is closed. */
const char *live_ws_hear(int fd);
/* A WebSocket of Engine.IO 4 that has joined the default namespace. */
int live_ws_joined(void);
/* True when a close frame comes, then the end. What comes before is dropped. */
bool live_ws_is_closed(int fd);

#endif
