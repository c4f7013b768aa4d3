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

/* The same, for who needs the id of one element: where a way leads on into a model (`at`, which may be empty, behind
 * what the id says), that of the field there. Returns the exit status; unless COMMAND_DONE stderr has been told. */
int lookup_element(struct lookup *lookup, const char *title, const char *id, struct str at, struct str *found);
/* One way behind another; either may be empty. */
struct str lookup_way(struct lookup *lookup, struct str first, struct str then);

/* Says on stderr what went wrong, and what may have been meant. Returns the exit status. */
int lookup_fail(const char *title, enum action_error error, const struct action_fault *fault);

#endif
