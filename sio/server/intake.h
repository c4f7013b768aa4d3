/* intake.h - the memory of messages that are not whole yet, of all clients of a server together.
 *
 * Ten thousand clients that each send all but the last byte of what they may send would fill ten gigabytes, and nothing
 * would be wrong with any of them. */
#ifndef SERVER_INTAKE_H
#define SERVER_INTAKE_H

#include <stdbool.h>
#include <stddef.h>

struct worker;

/* `size` bytes more are kept for one message, which has `*taken` so far. False: options.intake_bytes_max is reached,
 * and the client has to go. */
bool intake_take(struct worker *worker, size_t *taken, size_t size);
/* The message is whole, or lost. */
void intake_give_back(struct worker *worker, size_t *taken);

#endif
