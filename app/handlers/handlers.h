/* handlers.h - the events of event_table, bound to one server and one engine.
 *
 * All of it belongs to the thread that runs the server. */
#ifndef HANDLERS_H
#define HANDLERS_H

#include "actions.h"
#include "engine.h"
#include "sio.h"

struct handlers;

/* Takes over `opened` and makes the scratch for it. ENGINE_ENOMEM: the engine stays the caller's. */
int handlers_create(struct handlers **handlers, engine *opened);
/* Answers the events of `server`, and GET /health. Outlives the server. A negative SIO_E code. */
int handlers_attach(struct handlers *handlers, sio_server *server);
/* Answers from a new index from now on, closes the old one and tells every client. Takes both over. */
void handlers_replace(struct handlers *handlers, engine *fresh, engine_scratch *scratch);
/* What an action of another way in (a page address) works with, in its own arena. Good until handlers_replace. */
struct action handlers_action(const struct handlers *handlers, struct arena *arena);
void handlers_destroy(struct handlers *handlers); /* NULL is fine */

#endif
