/* edition.h - an open index, and what each worker needs beside it to answer.
 *
 *   newest ─▶ edition ─▶ older …      a list of the thread that brings new ones (handlers_replace)
 *
 * Workers only count themselves in and out: closing a large index takes milliseconds, so it is done by the thread that
 * has the list. */
#ifndef EDITION_H
#define EDITION_H

#include "engine.h"

#include <stdatomic.h>

struct edition {
    engine *engine;
    struct edition *older;
    atomic_uint users;               /* workers that answer from it, or will */
    atomic_uint waited_for;          /* workers that do not answer from it yet */
    void (*on_taken)(void *context); /* what the last of them calls; NULL: nothing */
    void *context;
    unsigned workers;
    engine_scratch *scratches[]; /* one a worker, which alone touches it once it has the edition; NULL: not made yet */
};

/* Takes `opened` over, with no user yet. NULL: no memory, and the engine stays the caller's. */
struct edition *edition_create(engine *opened, unsigned workers);
/* Makes the scratch of a worker. ENGINE_OK, ENGINE_ENOMEM. */
int edition_prepare(struct edition *edition, unsigned worker);
/* Frees those in the list behind `newest` that nobody uses. True when others are left. */
bool edition_sweep(struct edition *newest);
void edition_free_all(struct edition *newest);

#endif
