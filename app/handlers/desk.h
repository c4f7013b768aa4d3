/* desk.h - what one worker of the server answers with. It belongs to the worker's thread, but for what is laid before
 * it: the edition that it is to answer from next. */
#ifndef DESK_H
#define DESK_H

#include "actions.h"
#include "edition.h"

enum { DESK_APART_BYTES = 128 };

struct handlers;
struct latest;

struct desk {
    struct handlers *handlers;
    unsigned number; /* of the worker */
    struct edition *edition;
    struct arena arena; /* of the event or request being answered */
    struct latest *latest;
    _Atomic(struct edition *) next; /* NULL: nothing is laid before it */
    atomic_bool is_used;            /* it has been asked something */
    char apart[DESK_APART_BYTES];   /* two threads that write to one cache line wait for each other */
};

void desk_init(struct desk *desk, struct handlers *handlers, unsigned number, struct edition *edition);
void desk_free(struct desk *desk); /* the editions are not its own */

/* What an action works with, in an empty arena; makes what is still missing. False: no memory. */
bool desk_action(struct desk *desk, struct action *action);
/* Lays an edition before it, in place of one that it has not taken. From any thread. */
void desk_lay(struct desk *desk, struct edition *edition);
/* Takes what is laid before it. True: all others have taken it, too. From its own thread, between two events. */
bool desk_take(struct desk *desk);

#endif
