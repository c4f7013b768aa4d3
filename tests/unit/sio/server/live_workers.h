/* live_workers.h - clients of a live server with several workers, each of which is at a worker that is known. */
#ifndef TESTS_LIVE_WORKERS_H
#define TESTS_LIVE_WORKERS_H

#include "live.h"

/* The kernel chooses the worker of a connection: that of three one is not chosen in so many tries has a chance of
 * 10^-88.
 */
enum { LIVE_TRIES = 500 };

/* A connection that has opened a session by polling: both are at the worker whose number ends the session's id. */
struct live_client {
    int fd;
    char sid[21];
};

unsigned live_worker_of(const char *sid);
void live_read_sid(char sid[21], const char *body);
/* Opens a session over client->fd. */
void live_handshake(struct live_client *client);
/* A new client at that worker. */
struct live_client live_client_at(unsigned worker);
/* The address of a session; good until the next call. */
const char *live_target(const char *transport, const char *sid);
void live_post(int fd, const char *sid, const char *body);
const char *live_poll_for(int fd, const char *sid);
/* Joins the default namespace over `fd`, which may be at any worker. */
void live_join(int fd, const char *sid);
/* Upgrades the session over `fd`, where a WebSocket stands afterwards. */
void live_upgrade(int fd, const char *sid);
/* A client of Socket.IO over a WebSocket, at that worker. */
struct live_client live_joined_at(unsigned worker);

#endif
