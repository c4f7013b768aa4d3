/* latest.h - of the questions that one client asks with every key, only the newest need be answered.
 *
 *     one read:  keystroke 1 │ 2 │ … │ 199 │ 200        1 is answered as it comes, nobody knows of the others yet;
 *     its turn:  answer    1 │ - │ … │  -  │ 200        200 at the end of the turn, and those between give way
 *
 * Only questions that carry a sequence give way, and only to one of the same event: whoever numbers them says that they
 * replace each other. Who gives way is answered {"superseded": true} with its sequence. While no second question comes
 * in the same turn of the loop, this costs nothing. */
#ifndef LATEST_H
#define LATEST_H

#include "event_table.h"

struct latest;

/* NULL: no memory. `answer` is called for those that were put off, with `context`. */
typedef void latest_answer(void *context, const struct event *event, sio_args args, struct str *reply);
struct latest *latest_create(sio_namespace *ns, latest_answer *answer, void *context);
void latest_destroy(struct latest *latest); /* NULL is fine */

/* True when the question was put off, and will be answered later; false: the caller answers it now. */
bool latest_put_off(struct latest *latest, sio_socket *socket, const struct event *event, sio_event *question,
                    struct arena *arena);

#endif
