/* sio_double.h - a Socket.IO server without sockets: a test hands it an event or a request and reads what came out. */
#ifndef SIO_DOUBLE_H
#define SIO_DOUBLE_H

#include "sio.h"
#include "sio_http.h"

#include <stdbool.h>

struct sio_event {
    sio_args args;
    bool wants_ack;
};

struct sio_request {
    char path[8192];
    const char *method, *query, *host, *accept, *proto; /* accept, proto: headers (X-Forwarded-Proto), or NULL */
    int status;
    char headers[2048]; /* "Name: value\n" each */
    char type[128];
    char body[8192];
    size_t size;
    const sio_asset *asset;
};

struct sio_double {
    /* What came out last; text is NUL-ended. */
    char acked[1 << 16], emitted[1 << 16], emitted_name[64], broadcast[1024], broadcast_name[64];
    int acks, emits, broadcasts;
    /* What was registered. */
    struct {
        const char *name;
        sio_event_fn *fn;
        void *context;
    } events[16];
    size_t event_count;
    struct {
        const char *method, *pattern;
        sio_request_fn *fn;
        void *context;
    } routes[8];
    size_t route_count;
    uint64_t turn;
    char ticketed[1 << 16]; /* what sio_ack_ticket sent last */
    int tickets;
    struct { /* what sio_post was given, until sio_double_end_turn */
        void (*fn)(void *context);
        void *context;
    } later[8];
    size_t later_count;
    bool refuses_posts;
    int posts[2];    /* a pipe of struct sio_double_post; the test makes it */
    unsigned worker; /* the one whose thread the test stands for */
    bool refuses_server_posts;
};
/* What sio_server_post_to was given, or all NULL: sio_server_stop was called. */
struct sio_double_post {
    void (*fn)(void *context);
    void *context;
    unsigned worker;
};
extern struct sio_double sio_double;

/* The next post, waited for as the loop would. */
struct sio_double_post sio_double_next_post(void);
/* Runs it in the place of its worker. */
void sio_double_run(struct sio_double_post post);

/* Delivers one event with these arguments to whoever registered for `name`. */
void sio_double_deliver(const char *name, sio_args args, bool wants_ack);
/* Runs what was put off, and begins the next turn. */
void sio_double_end_turn(void);
/* Routes a GET request to "host.example", whose query (when it is not in `path`), accept and proto the test has set, as
 * sio_route says; false when no route fits. */
bool sio_double_get(struct sio_request *request, const char *path);

#endif
