#include "hook.h"

#include "observer.h"
#include "socket.h"

#include <stdlib.h>

static int hook_add(sio_namespace *ns, enum hook_kind kind, struct hook hook)
{
    struct hook **end = &ns->hooks[kind], *added = malloc(sizeof *added);
    if (added == NULL) return SIO_ENOMEM;
    *added = hook;
    added->owner = ns;
    while (*end) end = &(*end)->next;
    *end = added;
    return 0;
}

const struct hook *hook_first(const sio_namespace *ns, enum hook_kind kind)
{
    return ns->pattern && ns->pattern->hooks[kind] ? ns->pattern->hooks[kind] : ns->hooks[kind];
}

/* Only the pattern's list goes on in another one. */
const struct hook *hook_next(const sio_namespace *ns, enum hook_kind kind, const struct hook *hook)
{
    return hook->next || hook->owner == ns ? hook->next : ns->hooks[kind];
}

void hook_received(sio_socket *socket, sio_event *event)
{
    const sio_namespace *ns = socket->ns;
    observer_received(socket, event);
    for (const struct hook *hook = hook_first(ns, HOOK_RECEIVED); hook; hook = hook_next(ns, HOOK_RECEIVED, hook))
        hook->received(socket, event, hook->context);
}

void hook_sent(sio_socket *socket, struct str event, sio_args args)
{
    const sio_namespace *ns = socket->ns;
    observer_sent(socket, event, args);
    for (const struct hook *hook = hook_first(ns, HOOK_SENT); hook; hook = hook_next(ns, HOOK_SENT, hook))
        hook->sent(socket, event.at, args, hook->context);
}

void hook_free_all(sio_namespace *ns)
{
    for (int kind = 0; kind < HOOK_KINDS; kind++)
        while (ns->hooks[kind]) {
            struct hook *hook = ns->hooks[kind];
            ns->hooks[kind] = hook->next;
            free(hook);
        }
}

void hook_free_dead(struct worker *worker)
{
    while (worker->dead_hooks) {
        struct hook *hook = worker->dead_hooks;
        worker->dead_hooks = hook->next_dead;
        free(hook);
    }
}

static void hook_unlink(struct hook **link, struct worker *worker)
{
    struct hook *hook = *link;
    *link = hook->next;
    hook->next_dead = worker->dead_hooks;
    worker->dead_hooks = hook;
    worker_clean_up_later(worker);
}

int sio_use(sio_namespace *ns, sio_middleware_fn *fn, void *context)
{
    return fn ? hook_add(ns, HOOK_MIDDLEWARE, (struct hook){ .middleware = fn, .context = context }) : SIO_EINVAL;
}

int sio_filter(sio_namespace *ns, sio_filter_fn *fn, void *context)
{
    return fn ? hook_add(ns, HOOK_FILTER, (struct hook){ .filter = fn, .context = context }) : SIO_EINVAL;
}

int sio_on_any(sio_namespace *ns, sio_event_fn *fn, void *context)
{
    return fn ? hook_add(ns, HOOK_RECEIVED, (struct hook){ .received = fn, .context = context }) : SIO_EINVAL;
}

int sio_on_any_sent(sio_namespace *ns, sio_sent_fn *fn, void *context)
{
    return fn ? hook_add(ns, HOOK_SENT, (struct hook){ .sent = fn, .context = context }) : SIO_EINVAL;
}

void sio_off_any(sio_namespace *ns, sio_event_fn *fn, void *context)
{
    for (struct hook **link = &ns->hooks[HOOK_RECEIVED]; *link;) {
        if (fn == NULL || ((*link)->received == fn && (*link)->context == context))
            hook_unlink(link, worker_here(ns->server));
        else
            link = &(*link)->next;
    }
}

void sio_off_any_sent(sio_namespace *ns, sio_sent_fn *fn, void *context)
{
    for (struct hook **link = &ns->hooks[HOOK_SENT]; *link;) {
        if (fn == NULL || ((*link)->sent == fn && (*link)->context == context))
            hook_unlink(link, worker_here(ns->server));
        else
            link = &(*link)->next;
    }
}
