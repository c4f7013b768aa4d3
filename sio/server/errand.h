/* errand.h - what one worker asks of others: carried out in their threads.
 *
 *   errand_send ─▶ inbox of each other worker ─▶ run
 *
 * The inboxes are filled under the server's exchange_lock, so that all workers run the same errands in the same order:
 * recovery.h relies on that. Its texts lie in an arena of its own, for the caller's are gone when it is run. */
#ifndef SERVER_ERRAND_H
#define SERVER_ERRAND_H

#include "arena.h"
#include "namespace.h"
#include "worker.h"

#include <stdatomic.h>

struct errand;

/* Its place in one worker's inbox, and what wakes that worker. */
struct errand_link {
    struct loop_message message;
    struct errand_link *next;
    struct errand *errand;
    struct worker *to;
};

/* The first member of a struct of its kind. */
struct errand {
    atomic_uint references;
    struct sio_server *server;
    struct sio_namespace *ns; /* a user of it; NULL: none */
    struct arena memory;
    struct errand_link *links; /* one a worker */
    void (*run)(struct errand *errand, struct worker *worker);
    void (*release)(struct errand *errand); /* frees what is not in the arena; NULL: nothing */
};

/* `size` zeroed bytes that begin with an errand, with one reference, which is the caller's. NULL: no memory. */
void *errand_create(size_t size, struct sio_server *server, struct sio_namespace *ns,
                    void (*run)(struct errand *errand, struct worker *worker));
/* One reference more, and one less, from any thread. The last may take the namespace along: not under the
 * exchange_lock. */
void errand_take(struct errand *errand);
void errand_drop(struct errand *errand);

/* To all workers but this thread's, of which there is one at least; to that one. The caller's reference goes along. It
 * may be run while a handler there sends, so it calls no function of the program but those that see what is sent. */
void errand_send(struct errand *errand);
void errand_send_to(struct errand *errand, struct worker *worker);
/* To that worker, not by its inbox: run between two of its events, and in no order with other errands. */
void errand_post(struct errand *errand, struct worker *worker);
/* errand_send for a caller that holds the exchange_lock; and errand_drop for such a one. */
void errand_send_locked(struct errand *errand);
void errand_drop_locked(struct errand *errand);

/* Takes the exchange_lock when nothing waits for this worker any more: runs what does. */
void errand_lock(struct worker *worker);

#endif
