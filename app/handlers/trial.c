#include "trial.h"

#include "code_wish.h"
#include "event_table.h"
#include "limits.h"
#include "replies.h"
#include "reply_trial.h"

#include <pthread.h>
#include <stdlib.h>

#define TRIAL_NO_MEMORY "{\"error\":{\"code\":\"overloaded\",\"message\":\"Out of memory.\"}}"

struct trial {
    struct courier *courier;
    struct handlers *handlers;
    sio_server *server;
    sio_namespace *ns;
    pthread_mutex_t lock;             /* guards the list */
    struct trial_question *questions; /* those without an answer */
};

/* One request, from its event to its acknowledgement. */
struct trial_question {
    struct trial *trial;
    struct trial_question *next, **here;
    sio_ticket ticket;
    char socket[64]; /* where no acknowledgement is wanted: whom to tell */
    struct arena arena;
    struct trial_asked asked;
    struct str reply;
};

/* ---- The list ---------------------------------------------------------------------------------------------------- */

static struct trial_question *trial_open(struct trial *trial)
{
    struct trial_question *question = calloc(1, sizeof *question);
    if (question == NULL) return NULL;
    question->trial = trial;
    arena_init(&question->arena, LIMIT_EVENT_MEMORY);
    pthread_mutex_lock(&trial->lock);
    question->next = trial->questions;
    question->here = &trial->questions;
    if (question->next) question->next->here = &question->next;
    trial->questions = question;
    pthread_mutex_unlock(&trial->lock);
    return question;
}

static void trial_close(struct trial_question *question)
{
    struct trial *trial = question->trial;
    pthread_mutex_lock(&trial->lock);
    *question->here = question->next;
    if (question->next) question->next->here = question->here;
    pthread_mutex_unlock(&trial->lock);
    arena_free(&question->arena);
    free(question);
}

/* ---- The answer -------------------------------------------------------------------------------------------------- */

/* In the server's thread. */
static void trial_deliver(void *context)
{
    struct trial_question *question = context;
    sio_value value = sio_json(question->reply.at, question->reply.size);
    const sio_to to = { .rooms = SIO_ROOMS(question->socket) };
    if (question->socket[0] == 0)
        sio_ack_ticket(question->trial->ns, &question->ticket, SIO_ARGS(value));
    else
        sio_broadcast(question->trial->ns, to, EVENT_TRY, SIO_ARGS(value));
    trial_close(question);
}

/* In the courier's thread. When the server is ending the question stays in the list. */
static void trial_on_answer(const struct courier_answer *answer, void *context)
{
    struct trial_question *question = context;
    question->reply = reply_trial(&question->arena, &question->asked, answer);
    if (question->reply.at == NULL) question->reply = STR(TRIAL_NO_MEMORY);
    sio_server_post(question->trial->server, trial_deliver, question);
}

/* ---- The question ------------------------------------------------------------------------------------------------ */

/* What is told of a request is kept until its answer is there. */
static void trial_keep(struct trial_question *question, const struct engine_code_wish *wish,
                       const struct engine_call *call, const struct argument *argument)
{
    struct arena *arena = &question->arena;
    question->asked = (struct trial_asked){ .id = arena_copy(arena, wish->id),
                                            .method = arena_copy(arena, call->method),
                                            .url = arena_copy(arena, call->url),
                                            .has_sequence = argument->sequence != NULL,
                                            .sequence = yyjson_get_num(argument->sequence) };
}

static int trial_send(struct trial *trial, struct trial_question *question, const struct engine_call *call,
                      struct arena *arena)
{
    struct courier_header *headers = arena_calloc(arena, call->header_count, sizeof *headers);
    if (headers == NULL) return COURIER_ENOMEM;
    for (size_t i = 0; i < call->header_count; i++)
        headers[i] = (struct courier_header){ call->headers[i].name, call->headers[i].value };
    const struct courier_request request = {
        .method = call->method,
        .url = call->url,
        .headers = headers,
        .header_count = call->header_count,
        .body = call->body,
        .has_body = call->body.at != NULL,
        .user = call->user,
        .password = call->password,
        .is_digest = call->is_digest,
    };
    return courier_send(trial->courier, &request, trial_on_answer, question);
}

/* False with `fault` filled: there is no answer to wait for. */
static bool trial_ask(struct trial *trial, sio_socket *socket, sio_event *event, const struct action *action,
                      struct argument *argument, struct action_fault *fault)
{
    struct engine_code_wish wish;
    struct engine_call call;
    const bool *is_own = sio_data(socket);
    bool is_read =
        argument_read(argument, sio_event_args(event), action->arena, fault) && code_wish_read(argument, &wish, fault);
    if (!is_read) return false;
    if (is_own == NULL || !*is_own) {
        action_fail(fault, ACTION_REFUSED, STR("Only the page of this server may have requests sent."));
        return false;
    }
    if (action_element_try(action, &wish, &call, fault) != ACTION_OK) return false;
    struct trial_question *question = trial_open(trial);
    int error = question ? COURIER_OK : COURIER_ENOMEM;
    if (question) {
        trial_keep(question, &wish, &call, argument);
        if (sio_ack_later(event, &question->ticket) != SIO_OK)
            snprintf(question->socket, sizeof question->socket, "%s", sio_id(socket));
        error = trial_send(trial, question, &call, action->arena);
    }
    if (error == COURIER_OK) return true;
    action_fail(fault, reply_trial_error(error), str_from(courier_strerror(error)));
    if (question == NULL) return false;
    question->reply = reply_error(&question->arena, fault, argument->sequence);
    trial_deliver(question);
    return true;
}

static void trial_on_event(sio_socket *socket, sio_event *event, void *context)
{
    struct trial *trial = context;
    struct argument argument;
    struct action_fault fault = { 0 };
    struct action action;
    if (!handlers_action(trial->handlers, &action)) {
        sio_value value = sio_json(TRIAL_NO_MEMORY, strlen(TRIAL_NO_MEMORY));
        if (sio_ack(event, SIO_ARGS(value)) == SIO_EACK) sio_emit(socket, EVENT_TRY, SIO_ARGS(value));
        return;
    }
    if (!trial_ask(trial, socket, event, &action, &argument, &fault)) {
        struct str reply = reply_error(action.arena, &fault, argument.sequence);
        sio_value value = sio_json(reply.at, reply.size);
        if (reply.at && sio_ack(event, SIO_ARGS(value)) == SIO_EACK) sio_emit(socket, EVENT_TRY, SIO_ARGS(value));
    }
    arena_reset(action.arena);
}

/* ---- Whose page it is -------------------------------------------------------------------------------------------- */

/* Programs send no Origin; a page of this server names the host that it asks, or that a proxy says it asked. */
static const char *trial_on_connect(sio_socket *socket, sio_value auth, void *context)
{
    const char *origin = sio_header(socket, "Origin"), *host = sio_header(socket, "X-Forwarded-Host");
    bool *is_own = sio_data(socket);
    (void)auth, (void)context;
    if (host == NULL) host = sio_header(socket, "Host");
    const char *asked = origin ? strstr(origin, "://") : NULL;
    *is_own = origin == NULL || (asked && host && strcmp(asked + 3, host) == 0);
    return NULL;
}

struct trial *trial_create(bool allows_private)
{
    struct trial *trial = calloc(1, sizeof *trial);
    if (trial == NULL || courier_create(&trial->courier, allows_private) != COURIER_OK) {
        free(trial);
        return NULL;
    }
    pthread_mutex_init(&trial->lock, NULL);
    return trial;
}

void trial_attach(struct trial *trial, struct handlers *handlers, sio_server *server)
{
    trial->handlers = handlers;
    trial->server = server;
    trial->ns = sio_of(server, "/");
    sio_on_connect(trial->ns, trial_on_connect, NULL);
    handlers_hand_over(handlers, EVENT_TRY, trial_on_event, trial);
}

void trial_destroy(struct trial *trial)
{
    if (trial == NULL) return;
    courier_destroy(trial->courier);
    while (trial->questions) trial_close(trial->questions);
    pthread_mutex_destroy(&trial->lock);
    free(trial);
}
