#include "handlers.h"

#include "argument.h"
#include "event_table.h"
#include "latest.h"
#include "limits.h"
#include "replies.h"
#include "sio_http.h"

#include <stdlib.h>

struct handlers_binding {
    struct handlers *handlers;
    const struct event *event;
};

struct handlers {
    engine *engine;
    engine_scratch *scratch;
    struct arena arena; /* of the event being answered */
    sio_namespace *ns;
    struct latest *latest;
    struct handlers_binding bindings[EVENT_COUNT];
};

int handlers_create(struct handlers **handlers, engine *opened)
{
    struct handlers *created = calloc(1, sizeof *created);
    if (created == NULL) return ENGINE_ENOMEM;
    int error = engine_scratch_create(&created->scratch, opened);
    if (error != ENGINE_OK) {
        free(created);
        return error;
    }
    created->engine = opened;
    arena_init(&created->arena, LIMIT_EVENT_MEMORY);
    *handlers = created;
    return ENGINE_OK;
}

void handlers_destroy(struct handlers *handlers)
{
    if (handlers == NULL) return;
    latest_destroy(handlers->latest);
    engine_scratch_destroy(handlers->scratch);
    engine_close(handlers->engine);
    arena_free(&handlers->arena);
    free(handlers);
}

struct action handlers_action(const struct handlers *handlers, struct arena *arena)
{
    return (struct action){ .engine = handlers->engine, .scratch = handlers->scratch, .arena = arena };
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
    struct handlers *handlers = context;
    arena_reset(&handlers->arena);
    struct action action = handlers_action(handlers, &handlers->arena);
    *reply = event->handle(&action, args);
    if (reply->at == NULL) *reply = handlers_overloaded(&handlers->arena, args);
}

static void handlers_on_event(sio_socket *socket, sio_event *event, void *context)
{
    const struct handlers_binding *binding = context;
    struct handlers *handlers = binding->handlers;
    struct str reply;
    if (binding->event->is_typed && latest_put_off(handlers->latest, socket, binding->event, event, &handlers->arena))
        return;
    handlers_answer(handlers, binding->event, sio_event_args(event), &reply);
    sio_value value = sio_json(reply.at, reply.size);
    /* Other errors concern one client that left or reads too slowly: the server's business. */
    if (sio_ack(event, SIO_ARGS(value)) == SIO_EACK) sio_emit(socket, binding->event->name, SIO_ARGS(value));
    arena_reset(&handlers->arena);
}

int handlers_attach(struct handlers *handlers, sio_server *server)
{
    int error = sio_route(server, "GET", "/health", handle_health_request, NULL);
    handlers->ns = sio_of(server, "/");
    handlers->latest = latest_create(handlers->ns, handlers_answer, handlers);
    if (handlers->latest == NULL) return SIO_ENOMEM;
    for (size_t i = 0; i < EVENT_COUNT && error == SIO_OK; i++) {
        handlers->bindings[i] = (struct handlers_binding){ handlers, &event_table[i] };
        error = sio_on_all(handlers->ns, event_table[i].name, handlers_on_event, &handlers->bindings[i]);
    }
    return error;
}

void handlers_replace(struct handlers *handlers, engine *fresh, engine_scratch *scratch)
{
    struct engine_counts counts;
    engine_scratch_destroy(handlers->scratch);
    engine_close(handlers->engine);
    handlers->engine = fresh;
    handlers->scratch = scratch;

    engine_counts(fresh, &counts);
    struct str news = reply_catalogue(&handlers->arena, &counts);
    if (news.at != NULL)
        sio_broadcast(handlers->ns, (sio_to){ 0 }, EVENT_CATALOGUE_UPDATED, SIO_ARGS(sio_json(news.at, news.size)));
    arena_reset(&handlers->arena);
}
