#include "event.h"

#include "event_queue.h"
#include "hook.h"
#include "socket.h"

#include <stdlib.h>

/* ---- Handlers ---------------------------------------------------------------------------------------------- */

static int event_add(struct event_handler **list, struct str name, sio_event_fn *fn, void *context, bool is_once)
{
    struct event_handler *handler = malloc(sizeof *handler + name.size);
    if (handler == NULL) return SIO_ENOMEM;
    *handler = (struct event_handler){ .fn = fn, .context = context, .is_once = is_once };
    memcpy(handler->text, name.at, name.size);
    handler->name = (struct str){ handler->text, name.size };
    while (*list) list = &(*list)->next;
    *list = handler;
    return 0;
}

void event_free_handlers(struct event_handler *handlers)
{
    while (handlers) {
        struct event_handler *next = handlers->next;
        free(handlers);
        handlers = next;
    }
}

static int event_add_own(sio_socket *socket, const char *event, sio_event_fn *fn, void *context, bool is_once)
{
    if (fn == NULL || event == NULL) return SIO_EINVAL;
    return socket->session ? event_add(&socket->handlers, str_from(event), fn, context, is_once) : SIO_EGONE;
}

int sio_on(sio_socket *socket, const char *event, sio_event_fn *fn, void *context)
{
    return event_add_own(socket, event, fn, context, false);
}

int sio_once(sio_socket *socket, const char *event, sio_event_fn *fn, void *context)
{
    return event_add_own(socket, event, fn, context, true);
}

/* The key of a new list is the text of its first handler. */
static int event_add_list(struct map *events, struct str name, sio_event_fn *fn, void *context)
{
    struct event_handler *list = NULL;
    if (event_add(&list, name, fn, context, false) != 0) return SIO_ENOMEM;
    uint64_t *place = map_put(events, list->name, NULL);
    if (place)
        *place = (uint64_t)(uintptr_t)list;
    else
        event_free_handlers(list);
    return place ? 0 : SIO_ENOMEM;
}

int sio_on_all(sio_namespace *ns, const char *event, sio_event_fn *fn, void *context)
{
    if (fn == NULL) return SIO_EINVAL;
    if (event == NULL) return event_add(&ns->any, STR_EMPTY, fn, context, false);
    uint64_t *place = map_find(&ns->events, str_from(event));
    if (place == NULL) return event_add_list(&ns->events, str_from(event), fn, context);
    struct event_handler *list = (struct event_handler *)(uintptr_t)*place;
    return event_add(&list, str_from(event), fn, context, false);
}

/* Its `next` stays, for a dispatch that stands on it. */
static void event_unlink(struct event_handler **link, struct worker *worker)
{
    struct event_handler *handler = *link;
    *link = handler->next;
    handler->next_dead = worker->dead_handlers;
    worker->dead_handlers = handler;
    worker_clean_up_later(worker);
}

void event_free_dead(struct worker *worker)
{
    while (worker->dead_handlers) {
        struct event_handler *handler = worker->dead_handlers;
        worker->dead_handlers = handler->next_dead;
        free(handler);
    }
}

/* Which handlers are to go. A name whose `at` is NULL, a function that is NULL: any. */
struct event_choice {
    struct str name;
    sio_event_fn *fn;
    const void *context;
};

static void event_remove(struct event_handler **list, const struct event_choice *choice, struct worker *worker)
{
    for (struct event_handler **link = list; *link;) {
        bool is_named = choice->name.at == NULL || str_equal((*link)->name, choice->name);
        bool is_meant = choice->fn == NULL || ((*link)->fn == choice->fn && (*link)->context == choice->context);
        if (is_named && is_meant)
            event_unlink(link, worker);
        else
            link = &(*link)->next;
    }
}

void sio_off(sio_socket *socket, const char *event, sio_event_fn *fn, void *context)
{
    struct event_choice choice = { event ? str_from(event) : (struct str){ NULL, 0 }, fn, context };
    if (socket->session) event_remove(&socket->handlers, &choice, socket->session->worker);
}

/* A list whose first handler goes gets the name of the next one as its key: the map has the room that the old key had.
 */
static void event_remove_from(struct map *events, const struct event_choice *choice, struct worker *worker)
{
    uint64_t *place = map_find(events, choice->name);
    struct event_handler *first = place ? (struct event_handler *)(uintptr_t)*place : NULL, *list = first;
    event_remove(&list, choice, worker);
    if (list == first) return;
    map_remove(events, choice->name);
    if (list) *map_put(events, list->name, NULL) = (uint64_t)(uintptr_t)list;
}

void sio_off_all(sio_namespace *ns, const char *event, sio_event_fn *fn, void *context)
{
    struct event_choice choice = { event ? str_from(event) : (struct str){ NULL, 0 }, fn, context };
    if (event)
        event_remove_from(&ns->events, &choice, worker_here(ns->server));
    else
        event_remove(&ns->any, &choice, worker_here(ns->server));
}

/* ---- Dispatch ---------------------------------------------------------------------------------------------- */

/* Gives the values their bytes. */
static bool event_attach(const struct packet *packet, const struct str *attachments, struct arena *arena,
                         sio_value *values, size_t count)
{
    sio_value *bytes = arena_calloc(arena, packet->attachments, sizeof *bytes);
    if (bytes == NULL) return false;
    for (uint32_t i = 0; i < packet->attachments; i++) bytes[i] = sio_bytes(attachments[i].at, attachments[i].size);
    packet_attach(values, count, bytes, packet->attachments);
    return true;
}

bool event_read_args(struct packet *packet, const struct str *attachments, sio_value room[EVENT_VALUES],
                     struct arena *arena, struct str *name, sio_args *args)
{
    sio_value *values = room;
    size_t count;
    enum packet_error error = packet_read_arguments(packet, name, values, EVENT_VALUES, &count);
    if (error == PACKET_ROOM) {
        values = arena_calloc(arena, count, sizeof *values);
        if (values) error = packet_read_arguments(packet, name, values, count, &count);
    }
    if (error != PACKET_OK) return false;
    *args = (sio_args){ values, count };
    return attachments == NULL || event_attach(packet, attachments, arena, values, count);
}

/* One of sio_once is called the last time. */
static void event_forget(sio_socket *socket, const struct event_handler *handler)
{
    struct event_handler **link = &socket->handlers;
    while (*link && *link != handler) link = &(*link)->next;
    if (*link) event_unlink(link, socket->session->worker);
}

/* Calls those of a list that fit and are there when it begins. Returns how many were called. */
static unsigned event_call(struct event_handler *list, struct sio_event *event, struct str name, bool is_any)
{
    unsigned count = 0;
    for (struct event_handler *handler = list; handler; handler = handler->next) {
        if (!is_any && !str_equal(handler->name, name)) continue;
        if (handler->is_once) event_forget(event->socket, handler);
        handler->fn(event->socket, event, handler->context);
        count++;
    }
    return count;
}

static unsigned event_call_namespace(struct sio_namespace *ns, struct sio_event *event, struct str name)
{
    uint64_t *place = map_find(&ns->events, name);
    return place ? event_call((struct event_handler *)(uintptr_t)*place, event, name, true) : 0;
}

static void event_handle(struct sio_event *event)
{
    struct sio_namespace *ns = event->socket->ns;
    struct str name = event_name(event);
    unsigned called = event_call(event->socket->handlers, event, name, false) + event_call_namespace(ns, event, name);
    if (ns->pattern) called += event_call_namespace(ns->pattern, event, name);
    if (called) return;
    event_call(ns->any, event, name, true);
    if (ns->pattern) event_call(ns->pattern->any, event, name, true);
}

void event_pass(struct sio_event *event, const struct hook *filter)
{
    for (; filter; filter = hook_next(event->socket->ns, HOOK_FILTER, filter)) {
        event->filter = filter;
        bool passes = filter->filter(event->socket, event, filter->context);
        event->filter = NULL;
        if (event->wait) {
            event_queue_settle(event);
            return;
        }
        if (!passes) return;
    }
    event_handle(event);
}

void event_show(struct sio_event *event)
{
    hook_received(event->socket, event);
    event_pass(event, hook_first(event->socket->ns, HOOK_FILTER));
}

bool event_dispatch(struct sio_socket *socket, struct packet *packet, const struct str *attachments)
{
    sio_value room[EVENT_VALUES];
    struct sio_event event = { .socket = socket, .id = packet->id };
    struct worker *worker = socket->session->worker;
    struct str name;
    if (!event_read_args(packet, attachments, room, &worker->arena, &name, &event.args)) return false;
    if (socket->leaving != SOCKET_STAYS) return true;
    event.name = name.at;
    event.name_size = name.size;
    if (!socket->is_holding) {
        event_show(&event);
    } else if (!event_queue_add(socket, &event)) {
        worker_log_client(worker, "a client is to go", "too many of its events wait for a filter");
        session_close(socket->session, "transport error");
    }
    return true;
}

const char *sio_event_name(const sio_event *event)
{
    return event->name;
}

sio_args sio_event_args(const sio_event *event)
{
    return event->args;
}
