/* hook.h - functions that look at everything: middlewares at those who come, filters and catch-all listeners at events.
 *
 * A namespace that was made by a pattern has the pattern's before its own. */
#ifndef SERVER_HOOK_H
#define SERVER_HOOK_H

#include "sio.h"
#include "str.h"

enum hook_kind { HOOK_MIDDLEWARE, HOOK_RECEIVED, HOOK_FILTER, HOOK_SENT, HOOK_KINDS };

struct hook {
    struct hook *next, *next_dead;
    const sio_namespace *owner;
    union {
        sio_middleware_fn *middleware;
        sio_event_fn *received;
        sio_filter_fn *filter;
        sio_sent_fn *sent;
    };
    void *context;
};

/* The first of the kind, and the one behind `hook`: NULL when there is none. */
const struct hook *hook_first(const sio_namespace *ns, enum hook_kind kind);
const struct hook *hook_next(const sio_namespace *ns, enum hook_kind kind, const struct hook *hook);
/* Shows an event that has come to the listeners. */
void hook_received(sio_socket *socket, sio_event *event);
/* Shows an event that was sent to this socket. */
void hook_sent(sio_socket *socket, struct str event, sio_args args);
void hook_free_all(sio_namespace *ns);
/* Those that were taken away in this turn: someone may have stood on one of them. */
struct worker;
void hook_free_dead(struct worker *worker);

#endif
