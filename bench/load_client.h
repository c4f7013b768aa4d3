/* load_client.h - what the load generators share: a WebSocket client that does no more than a generator needs. */
#ifndef BENCH_LOAD_CLIENT_H
#define BENCH_LOAD_CLIENT_H

#include "buf.h"
#include "str.h"

#include <stdint.h>

enum { LOAD_READ_BYTES = 256 * 1024, LOAD_PENDING_MAX = 64 * 1024 * 1024 };

struct load_client {
    int fd;
    bool is_upgraded; /* its 101 has been read */
    struct buf input, output;
};

/* Ends the program with a message on stderr. */
_Noreturn void load_fail(const char *what);
/* So many descriptors as the system lets. */
void load_raise_limit(void);

/* Connects to the port of this machine and watches it for input in `epoll`, with `owner` as its event's pointer. */
void load_client_open(struct load_client *client, uint16_t port, int epoll, void *owner);
/* Asks for a WebSocket at `target`. */
void load_client_upgrade(struct load_client *client, const char *target);
/* A text frame behind what is to be sent. */
void load_client_frame(struct load_client *client, struct str text);
/* Sends as much as the kernel takes; the rest goes with the next call. */
void load_client_flush(struct load_client *client);
/* Reads what is there. The 101 is taken off; another answer ends the program. False: there is nothing. */
bool load_client_read(struct load_client *client);
/* Takes one frame off the front of `input`, which is cut from client->input; false when it is not whole. */
bool load_client_take(struct str *input, struct str *text);
/* Gives the memory back that an idle client does not need. */
void load_client_rest(struct load_client *client);

#endif
