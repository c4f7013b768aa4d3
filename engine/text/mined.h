/* mined.h - values that only a description tells: "One of `Always`, `OnFailure`, Never." → Always, OnFailure, Never.
 *
 * A list of them stands behind words like "one of", "can be", "valid values are". What is quoted in it, or looks like a
 * constant (Always, MAX_SIZE), is a value. Many specifications, that of Kubernetes among them, tell values nowhere
 * else. */
#ifndef ENGINE_MINED_H
#define ENGINE_MINED_H

#include "str.h"

#include <stdbool.h>

struct mined {
    struct str rest; /* behind the last value */
    bool has_begun;
};

/* The first list of values in `description`, of which the first kilobyte is looked at; for mined_next. */
struct mined mined_begin(struct str description);
/* The next value, a part of the description without its quotes, never empty; false at the end of the list. */
bool mined_next(struct mined *mined, struct str *value);

/* The first value of all; the empty str when there is none. */
struct str mined_value(struct str description);

#endif
