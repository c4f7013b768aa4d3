/* round.h - a question to all workers, and what comes of it where it was asked.
 *
 *   round_begin ─┬▶ visit, in the thread of each other worker ─┬▶ end, in the thread that began
 *                └▶ …                                         ─┘
 *
 * A visit is made between two events of the worker, unlike an errand (errand.h), which may be run while a handler
 * sends: so it may call functions of the program, and what is lent to a handler stays as it is. Errands that the
 * same thread has sent before are done. */
#ifndef SERVER_ROUND_H
#define SERVER_ROUND_H

#include "arena.h"
#include "namespace.h"
#include "worker.h"

struct round_visit;

/* The first member of a struct of its kind. */
struct round {
    struct sio_namespace *ns; /* a user of it */
    struct arena memory;      /* for what the visits need to know; touched by the thread that began */
    struct round_visit *visits;
    struct loop *home;
    uint32_t open; /* visits that are not over */
    void (*visit)(struct round *round, struct worker *worker);
    void (*end)(struct round *round); /* frees it, by round_free */
};

/* `size` zeroed bytes that begin with a round. NULL: no memory. */
void *round_create(size_t size, struct sio_namespace *ns, void (*visit)(struct round *round, struct worker *worker),
                   void (*end)(struct round *round));
/* Cannot fail. With one worker the end comes before it returns. */
void round_begin(struct round *round);
void round_free(struct round *round);

#endif
