#include "handlers.h"

#include "argument.h"
#include "desk.h"
#include "event_table.h"
#include "latest.h"
#include "replies.h"
#include "sio_http.h"

#include <stdlib.h>

struct handlers_binding {
    struct handlers *handlers;
    const struct event *event;
};

struct handlers {
    sio_server *server;
    sio_namespace *ns;
    struct edition *newest; /* and those before it that somebody still answers from */
    const struct action_site *site;
    struct {
        const char *event; /* NULL: none */
        sio_event_fn *fn;
        void *context;
    } other;
    struct handlers_binding bindings[EVENT_COUNT];
    unsigned workers;
    struct desk desks[]; /* one a worker */
};

/* ---- Life ---------------------------------------------------------------------------------------------------- */

int handlers_create(struct handlers **handlers, engine *opened, unsigned workers)
{
    struct handlers *created = calloc(1, sizeof *created + workers * sizeof *created->desks);
    struct edition *edition = created ? edition_create(opened, workers) : NULL;
    if (edition == NULL) {
        free(created);
        return ENGINE_ENOMEM;
    }
    created->newest = edition;
    created->workers = workers;
    for (unsigned i = 0; i < workers; i++) desk_init(&created->desks[i], created, i, edition);
    *handlers = created;
    return ENGINE_OK;
}

void handlers_destroy(struct handlers *handlers)
{
    if (handlers == NULL) return;
    for (unsigned i = 0; i < handlers->workers; i++) desk_free(&handlers->desks[i]);
    edition_free_all(handlers->newest);
    free(handlers);
}

/* ---- Events -------------------------------------------------------------------------------------------------- */

static struct desk *handlers_desk(struct handlers *handlers)
{
    return &handlers->desks[sio_server_worker(handlers->server)];
}

static bool handlers_begin(struct desk *desk, struct action *action)
{
    if (!desk_action(desk, action)) return false;
    action->site = desk->handlers->site;
    return true;
}

bool handlers_action(struct handlers *handlers, struct action *action)
{
    return handlers_begin(handlers_desk(handlers), action);
}

void handlers_set_site(struct handlers *handlers, const struct action_site *site)
{
    handlers->site = site;
}

/* What goes out when the reply did not fit into memory: small, and still with the request's sequence. */
static struct str handlers_overloaded(struct arena *arena, sio_args args)
{
    struct argument argument;
    struct action_fault fault;
    arena_reset(arena);
    argument_read(&argument, args, arena, &fault);
    action_fail(&fault, ACTION_OVERLOADED, STR("The answer is too large to be sent. Ask for less."));
    struct str reply = reply_error(arena, &fault, argument.sequence);
    return reply.at != NULL ? reply : STR("{\"error\":{\"code\":\"overloaded\",\"message\":\"Out of memory.\"}}");
}

/* The reply is good until the arena is used again. */
static void handlers_answer(void *context, const struct event *event, sio_args args, struct str *reply)
{
    struct desk *desk = context;
    struct action action;
    *reply = handlers_begin(desk, &action) ? event->handle(&action, args) : (struct str){ NULL, 0 };
    if (reply->at == NULL) *reply = handlers_overloaded(&desk->arena, args);
}

static void handlers_on_event(sio_socket *socket, sio_event *event, void *context)
{
    const struct handlers_binding *binding = context;
    struct desk *desk = handlers_desk(binding->handlers);
    struct str reply;
    if (binding->event->is_typed && latest_put_off(desk->latest, socket, binding->event, event, &desk->arena)) return;
    handlers_answer(desk, binding->event, sio_event_args(event), &reply);
    sio_value value = sio_json(reply.at, reply.size);
    /* Other errors concern one client that left or reads too slowly: the server's business. */
    if (sio_ack(event, SIO_ARGS(value)) == SIO_EACK) sio_emit(socket, binding->event->name, SIO_ARGS(value));
    arena_reset(&desk->arena);
}

void handlers_hand_over(struct handlers *handlers, const char *event, sio_event_fn *fn, void *context)
{
    handlers->other.event = event;
    handlers->other.fn = fn;
    handlers->other.context = context;
}

/* The event's own handler, or the one that it was handed over to. */
static int handlers_bind(struct handlers *handlers, size_t number)
{
    const char *name = event_table[number].name;
    handlers->bindings[number] = (struct handlers_binding){ handlers, &event_table[number] };
    if (handlers->other.event && strcmp(handlers->other.event, name) == 0)
        return sio_on_all(handlers->ns, name, handlers->other.fn, handlers->other.context);
    return sio_on_all(handlers->ns, name, handlers_on_event, &handlers->bindings[number]);
}

int handlers_attach(struct handlers *handlers, sio_server *server)
{
    int error = sio_route(server, "GET", "/health", handle_health_request, NULL);
    handlers->server = server;
    handlers->ns = sio_of(server, "/");
    for (unsigned i = 0; i < handlers->workers; i++) {
        handlers->desks[i].latest = latest_create(handlers->ns, handlers_answer, &handlers->desks[i]);
        if (handlers->desks[i].latest == NULL) return SIO_ENOMEM;
    }
    for (size_t i = 0; i < EVENT_COUNT && error == SIO_OK; i++) error = handlers_bind(handlers, i);
    return error;
}

/* ---- Another index ------------------------------------------------------------------------------------------- */

const engine *handlers_engine(const struct handlers *handlers)
{
    return handlers->newest->engine;
}

static void handlers_tell(struct desk *desk)
{
    struct engine_counts counts;
    engine_counts(desk->edition->engine, &counts);
    struct str news = reply_catalogue(&desk->arena, &counts);
    if (news.at != NULL)
        sio_broadcast(desk->handlers->ns, (sio_to){ 0 }, EVENT_CATALOGUE_UPDATED,
                      SIO_ARGS(sio_json(news.at, news.size)));
    arena_reset(&desk->arena);
}

/* In the worker's thread. Whoever hears the news may ask any worker: so all must have taken it before. */
static void handlers_take(void *context)
{
    struct desk *desk = context;
    if (!desk_take(desk)) return;
    handlers_tell(desk);
    if (desk->edition->on_taken) desk->edition->on_taken(desk->edition->context);
}

int handlers_replace(struct handlers *handlers, engine *fresh, void (*on_taken)(void *context), void *context)
{
    struct edition *edition = edition_create(fresh, handlers->workers);
    if (edition == NULL) return ENGINE_ENOMEM;
    edition->on_taken = on_taken;
    edition->context = context;
    edition->older = handlers->newest;
    atomic_store(&edition->waited_for, handlers->workers);
    handlers->newest = edition;
    for (unsigned i = 0; i < handlers->workers; i++) {
        struct desk *desk = &handlers->desks[i];
        /* Made here, so that no question waits for it; without memory the worker tries again. */
        if (atomic_load(&desk->is_used)) (void)edition_prepare(edition, i);
        desk_lay(desk, edition);
    }
    handlers_settle(handlers);
    return ENGINE_OK;
}

bool handlers_settle(struct handlers *handlers)
{
    for (unsigned i = 0; i < handlers->workers; i++) {
        struct desk *desk = &handlers->desks[i];
        if (atomic_load(&desk->next)) (void)sio_server_post_to(handlers->server, i, handlers_take, desk);
    }
    return edition_sweep(handlers->newest);
}
