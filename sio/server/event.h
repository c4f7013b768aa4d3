/* event.h - from a packet to the handlers of its event. */
#ifndef SERVER_EVENT_H
#define SERVER_EVENT_H

#include "arena.h"
#include "packet.h"
#include "sio.h"

struct event_wait;
struct hook;

struct event_handler {
    struct event_handler *next, *next_dead;
    sio_event_fn *fn;
    void *context;
    bool is_once; /* of sio_once */
    struct str name;
    char text[];
};

struct sio_event {
    struct sio_socket *socket;
    const char *name;
    size_t name_size;
    sio_args args;
    uint64_t id;               /* of the acknowledgement wanted; PACKET_NO_ID: none, or it was given */
    const struct hook *filter; /* that is asked about it; NULL: none */
    struct event_wait *wait;   /* where it waits for that one's decision; NULL: it does not */
};

static inline struct str event_name(const struct sio_event *event)
{
    return (struct str){ event->name, event->name_size };
}

/* Arguments that most events do not exceed lie on the stack. */
enum { EVENT_VALUES = 16 };

/* Cuts the arguments of a packet into `*args`: in `room`, or in `arena` when they are more. False when the packet is
 * malformed. */
bool event_read_args(struct packet *packet, const struct str *attachments, sio_value room[EVENT_VALUES],
                     struct arena *arena, struct str *name, sio_args *args);

/* Calls the handlers. False when the packet is malformed. */
bool event_dispatch(struct sio_socket *socket, struct packet *packet, const struct str *attachments);
/* Shows it to the listeners, asks the filters, calls the handlers. */
void event_show(struct sio_event *event);
/* From this filter on; NULL: no filter is left. */
void event_pass(struct sio_event *event, const struct hook *filter);
void event_free_handlers(struct event_handler *handlers);
/* Those that were taken away in this turn: a dispatch may have stood on one of them. */
struct worker;
void event_free_dead(struct worker *worker);

#endif
