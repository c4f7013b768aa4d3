/* argument.h - the one argument that an event of ours carries, whatever a stranger sends in its place.
 *
 * It is a bare string, or an object with options, one of which may be "sequence": a number that the reply brings
 * back, so that the page can drop answers to what it no longer asks. */
#ifndef ARGUMENT_H
#define ARGUMENT_H

#include "actions.h"
#include "sio.h"

#include <yyjson.h>

struct argument {
    struct str text; /* of a bare string; at == NULL: it is an object */
    yyjson_val *object;
    yyjson_val *sequence; /* a number, or NULL */
    struct arena *arena;
};

/* Each of these returns false with `fault` filled when the argument is bad; the words in it name the member. */

/* Reads the first argument; further ones are ignored. `argument` is usable for the error reply in any case. */
bool argument_read(struct argument *argument, sio_args args, struct arena *arena, struct action_fault *fault);
/* The bare string, or the member `name`, which must be there: at most `limit` bytes of valid UTF-8. */
bool argument_main(const struct argument *argument, const char *name, size_t limit, struct str *text,
                   struct action_fault *fault);
/* The member `name` as a string; `text` stays as it is when it is not there. */
bool argument_text(const struct argument *argument, const char *name, size_t limit, struct str *text,
                   struct action_fault *fault);
/* The member `name` as a whole number from `least` to `most`; `number` stays as it is when it is not there. */
bool argument_number(const struct argument *argument, const char *name, uint32_t least, uint32_t most, uint32_t *number,
                     struct action_fault *fault);
/* The member "tier"; it stays as it is when it is not there. */
bool argument_tier(const struct argument *argument, enum engine_tier *tier, struct action_fault *fault);
/* The member `name` as true or false; `value` stays as it is when it is not there. */
bool argument_bool(const struct argument *argument, const char *name, bool *value, struct action_fault *fault);

#endif
