/* lookup.h - an open index to ask from the command line. */
#ifndef LOOKUP_H
#define LOOKUP_H

#include "actions.h"

struct lookup {
    engine *engine;
    engine_scratch *scratch;
    struct arena arena;
};

/* Opens the index at `path`, or says on stderr why not and how to go on, beginning with `title`. */
bool lookup_open_engine(engine **opened, const char *title, const char *path);
/* The same for the index that --index (may be NULL) or the default names, with all that an action needs. */
bool lookup_open(struct lookup *lookup, const char *title, const char *option);
struct action lookup_action(struct lookup *lookup);
void lookup_close(struct lookup *lookup);

/* What a person means by an id, whole or short for one. False: several may be meant, and stderr has been told. Where
 * nothing is called so the id stays what it is. */
bool lookup_meaning(struct lookup *lookup, const char *title, const char *id, struct resolved *resolved);

/* Says on stderr what went wrong, and what may have been meant. */
void lookup_print_fault(const char *title, const struct action_fault *fault);

#endif
