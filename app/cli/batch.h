/* batch.h - many searches, one JSON object a line, so that any script can measure.
 *
 *   in:   {"q": "pods"}   and optionally "api" (an id) and "kind" (a filter, see actions.h); other members are ignored
 *   out:  {"hits": [the contract's hits], "total": 12, "microseconds": 83}
 *   or:   {"error": {"code", "message", "nearest"?}}
 *
 * `microseconds` is the time of engine_search alone. Lines are answered as they come, in their order; words of
 * descriptions always count. */
#ifndef BATCH_H
#define BATCH_H

#include "actions.h"

#include <stdio.h>

/* Answers until `in` ends. Returns COMMAND_DONE, or COMMAND_ERROR when a line was bad. */
int batch_run(const struct action *action, FILE *in, FILE *out, uint32_t limit);

#endif
