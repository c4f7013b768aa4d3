/* example_batch.h - many payloads, one JSON object a line, so that all of an API can be had, and checked.
 *
 *   in:   {"id": "kubernetes.io/object/Pod"}   and optionally "format", "tier", "at", "status", "mediaType"
 *   out:  the reply of app:api-element-example-action
 *   or:   {"error": {"code", "message", "nearest"?}} */
#ifndef EXAMPLE_BATCH_H
#define EXAMPLE_BATCH_H

#include "actions.h"

#include <stdio.h>

/* Answers until `in` ends; what a line does not say is as `wish` has it. Returns COMMAND_DONE, or COMMAND_ERROR when a
 * line was bad. */
int example_batch_run(const struct action *action, const struct engine_payload_wish *wish, FILE *in, FILE *out);

#endif
