#include "round.h"

#include "server.h"

#include <stdlib.h>

struct round_visit {
    struct loop_message message; /* to the worker, then back */
    struct round *round;
    struct worker *worker;
};

void *round_create(size_t size, struct sio_namespace *ns, void (*visit)(struct round *round, struct worker *worker),
                   void (*end)(struct round *round))
{
    struct round *round = calloc(1, size);
    if (round == NULL) return NULL;
    arena_init(&round->memory, WORKER_ARENA_BYTES);
    round->visits = arena_calloc(&round->memory, ns->server->options.workers, sizeof *round->visits);
    if (round->visits == NULL) {
        free(round);
        return NULL;
    }
    namespace_take(ns);
    round->ns = ns;
    round->visit = visit;
    round->end = end;
    return round;
}

void round_free(struct round *round)
{
    namespace_drop(round->ns);
    arena_free(&round->memory);
    free(round);
}

/* That a loop ends changes nothing, here and below: before, the server's last turn runs everything. */
static void round_on_return(struct loop_message *message, bool is_dropped)
{
    struct round *round = ((struct round_visit *)message)->round;
    (void)is_dropped;
    if (--round->open == 0) round->end(round);
}

static void round_on_visit(struct loop_message *message, bool is_dropped)
{
    struct round_visit *visit = (struct round_visit *)message;
    (void)is_dropped;
    visit->round->visit(visit->round, visit->worker);
    message->fn = round_on_return;
    loop_send(visit->round->home, message);
}

void round_begin(struct round *round)
{
    struct sio_server *server = round->ns->server;
    struct worker *here = worker_here(server);
    round->home = &here->loop;
    round->open = server->options.workers - 1;
    if (round->open == 0) {
        round->end(round);
        return;
    }
    for (uint32_t i = 0; i < server->options.workers; i++) {
        struct worker *worker = &server->workers[i];
        if (worker == here) continue;
        round->visits[i] = (struct round_visit){ .message.fn = round_on_visit, .round = round, .worker = worker };
        loop_send(&worker->loop, &round->visits[i].message);
    }
}
