/* namespace.h - a namespace: its handlers, its sockets, its rooms.
 *
 * One that was made by a pattern (sio_of_match) has the pattern's handlers behind its own. */
#ifndef SERVER_NAMESPACE_H
#define SERVER_NAMESPACE_H

#include "hook.h"
#include "map.h"
#include "roster.h"
#include "server.h"

struct adapter;
struct event_handler;
struct recovery;

struct sio_namespace {
    struct sio_server *server;
    const struct adapter *adapter;
    struct sio_namespace *next;                    /* of the server's */
    struct sio_namespace *pattern;                 /* that it was made by; NULL: none */
    bool (*fits)(const char *name, void *context); /* of a pattern */
    void *fits_context;
    sio_connect_fn *on_connect;
    void *connect_context;
    sio_disconnect_fn *on_disconnect;
    void *disconnect_context;
    sio_namespace_fn *on_namespace; /* of a pattern */
    void *namespace_context;
    struct recovery *recovery;      /* what is kept for clients that come back; NULL: nothing yet */
    struct hook *hooks[HOOK_KINDS]; /* lists */
    struct event_handler *any;      /* handlers for every event without one of its own */
    struct map events;              /* name → struct event_handler *, a list */
    struct roster sockets;          /* of struct sio_socket, by id */
    struct map rooms;               /* name → struct room * */
    bool is_kept;                   /* the program asked for it by name: it stays without sockets */
    uint64_t ack_count;             /* gives the ids, so that one event can ask many */
    uint64_t marks;                 /* how many broadcasts there were: see room.h */
    struct str name;                /* ends in a NUL that its size does not count */
    char text[];
};

/* The namespace of that name, made by a pattern when there is none yet. NULL: there is none, or no memory. */
struct sio_namespace *namespace_find(struct sio_server *server, struct str name);
/* Frees one that was made by a pattern and has no socket any more. */
void namespace_drop_empty(struct sio_namespace *ns);
void namespace_free_all(struct sio_server *server);

#endif
