/* batch_lines.h - many questions, one JSON object a line, answered in their order with a line each. */
#ifndef BATCH_LINES_H
#define BATCH_LINES_H

#include "actions.h"
#include "payload.h"

#include <stdio.h>

/* Answers one question with JSON in the action's arena; {NULL, 0}: it failed, as `fault` says, or there was no memory.
 */
typedef struct str batch_lines_fn(const struct action *action, yyjson_val *question, const void *context,
                                  struct action_fault *fault);

/* Answers until `in` ends; what fails is answered with {"error": {"code", "message", "nearest"?}}. Returns
 * COMMAND_DONE, or COMMAND_ERROR when a line was bad. */
int batch_lines_run(const struct action *action, FILE *in, FILE *out, batch_lines_fn *answer, const void *context);

/* The member `name`, of at most `limit` bytes; `text` stays as it is when it is not there. False: it is no such string.
 */
bool batch_lines_text(struct arena *arena, yyjson_val *question, const char *name, size_t limit, struct str *text,
                      struct action_fault *fault);

#endif
