#include "errand.h"

#include "server.h"

#include <stdlib.h>

/* ---- Life -------------------------------------------------------------------------------------------------- */

void *errand_create(size_t size, struct sio_server *server, struct sio_namespace *ns,
                    void (*run)(struct errand *errand, struct worker *worker))
{
    struct errand *errand = calloc(1, size);
    if (errand == NULL) return NULL;
    atomic_init(&errand->references, 1);
    errand->server = server;
    errand->run = run;
    arena_init(&errand->memory, WORKER_ARENA_BYTES);
    errand->links = arena_calloc(&errand->memory, server->options.workers, sizeof *errand->links);
    if (errand->links == NULL) {
        free(errand);
        return NULL;
    }
    if (ns) namespace_take(ns);
    errand->ns = ns;
    return errand;
}

void errand_take(struct errand *errand)
{
    atomic_fetch_add_explicit(&errand->references, 1, memory_order_relaxed);
}

void errand_drop(struct errand *errand)
{
    if (atomic_fetch_sub_explicit(&errand->references, 1, memory_order_acq_rel) != 1) return;
    if (errand->release) errand->release(errand);
    if (errand->ns) namespace_drop(errand->ns);
    arena_free(&errand->memory);
    free(errand);
}

/* ---- Arriving ---------------------------------------------------------------------------------------------- */

/* Takes the oldest out of the inbox and runs it, without the lock. False: there is none. */
static bool errand_run_next(struct worker *worker)
{
    struct errand_link *link = worker->inbox;
    if (link == NULL) return false;
    worker->inbox = link->next;
    pthread_mutex_unlock(&worker->server->exchange_lock);
    link->errand->run(link->errand, worker);
    pthread_mutex_lock(&worker->server->exchange_lock);
    return true;
}

void errand_lock(struct worker *worker)
{
    pthread_mutex_lock(&worker->server->exchange_lock);
    while (errand_run_next(worker)) {
    }
}

/* It may have been run before, by errand_lock. The reference is the message's. */
static void errand_on_message(struct loop_message *message, bool is_dropped)
{
    struct errand_link *link = (struct errand_link *)message;
    struct errand *errand = link->errand;
    if (!is_dropped) {
        errand_lock(link->to);
        pthread_mutex_unlock(&errand->server->exchange_lock);
    }
    errand_drop(errand);
}

/* ---- Leaving ----------------------------------------------------------------------------------------------- */

/* A reference goes along. */
static void errand_put(struct errand *errand, struct worker *to)
{
    struct errand_link *link = &errand->links[to->number], **end = &to->inbox;
    *link = (struct errand_link){ .message.fn = errand_on_message, .errand = errand, .to = to };
    if (to->inbox) end = to->inbox_end;
    *end = link;
    to->inbox_end = &link->next;
    loop_send(&to->loop, &link->message);
}

void errand_send_locked(struct errand *errand)
{
    struct sio_server *server = errand->server;
    const struct worker *here = worker_here(server);
    for (uint32_t i = 2; i < server->options.workers; i++) errand_take(errand); /* all but the one it has */
    for (uint32_t i = 0; i < server->options.workers; i++)
        if (&server->workers[i] != here) errand_put(errand, &server->workers[i]);
}

static void errand_run_nothing(struct errand *errand, struct worker *worker)
{
    (void)errand;
    (void)worker;
}

/* Others drop it, where no lock is held. */
void errand_drop_locked(struct errand *errand)
{
    errand->run = errand_run_nothing;
    errand_send_locked(errand);
}

void errand_send(struct errand *errand)
{
    pthread_mutex_lock(&errand->server->exchange_lock);
    errand_send_locked(errand);
    pthread_mutex_unlock(&errand->server->exchange_lock);
}

static void errand_on_post(struct loop_message *message, bool is_dropped)
{
    const struct errand_link *link = (struct errand_link *)message;
    struct errand *errand = link->errand;
    if (!is_dropped) errand->run(errand, link->to);
    errand_drop(errand);
}

void errand_post(struct errand *errand, struct worker *worker)
{
    struct errand_link *link = &errand->links[worker->number];
    *link = (struct errand_link){ .message.fn = errand_on_post, .errand = errand, .to = worker };
    loop_send(&worker->loop, &link->message);
}

void errand_send_to(struct errand *errand, struct worker *worker)
{
    pthread_mutex_lock(&errand->server->exchange_lock);
    errand_put(errand, worker);
    pthread_mutex_unlock(&errand->server->exchange_lock);
}
