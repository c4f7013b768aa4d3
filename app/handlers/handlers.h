/* handlers.h - the events of event_table, bound to one server and to the index that it answers from.
 *
 *   edition   an open index                                                        (edition.h)
 *   desk      what one worker answers with, touched by its thread alone            (desk.h)
 *
 * A new index is laid before each worker, which takes it between two events; the old one is closed when the last has
 * left it. No event waits for that, and none takes a lock. */
#ifndef HANDLERS_H
#define HANDLERS_H

#include "actions.h"
#include "engine.h"
#include "sio.h"

struct handlers;

/* Takes over `opened`, for a server of so many workers. ENGINE_ENOMEM: the engine stays the caller's. */
int handlers_create(struct handlers **handlers, engine *opened, unsigned workers);
/* What is told of the program; borrowed. Call it before the server runs. */
void handlers_set_site(struct handlers *handlers, const struct action_site *site);
/* Has `fn` answer the event of this name, which the table has, too. Call it before handlers_attach. */
void handlers_hand_over(struct handlers *handlers, const char *event, sio_event_fn *fn, void *context);
/* Answers the events of `server`, and GET /health. Outlives the server. A negative SIO_E code. */
int handlers_attach(struct handlers *handlers, sio_server *server);
void handlers_destroy(struct handlers *handlers); /* NULL is fine */

/* What an action of another way in (a page address) works with, in the thread of any worker; its arena is empty, and
 * the worker's own. Good until that thread handles the next event or request. False: no memory. */
bool handlers_action(struct handlers *handlers, struct action *action);

/* These three belong to one thread, which need not be a worker's. */

/* The newest index. It is open until handlers_settle after the next handlers_replace. */
const engine *handlers_engine(const struct handlers *handlers);
/* Has all workers answer from `fresh` from now on, each as soon as its event under way is done, and takes it over. The
 * last of them tells every client, then calls `on_taken`, which may be NULL. ENGINE_ENOMEM: nothing has changed. */
int handlers_replace(struct handlers *handlers, engine *fresh, void (*on_taken)(void *context), void *context);
/* Closes what is no longer used, and reminds workers that have not taken the newest. True: something is left to do. */
bool handlers_settle(struct handlers *handlers);

#endif
