/* intake.h - the memory of messages that are not whole yet, of all clients of a server together.
 *
 * Ten thousand clients that each send all but the last byte of what they may send would fill ten gigabytes, and nothing
 * would be wrong with any of them. */
#ifndef NET_INTAKE_H
#define NET_INTAKE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct intake {
    atomic_size_t bytes;
    size_t limit;
};

/* `size` bytes more are kept for one message, which has `*taken` so far. False: the limit is reached, and the client
 * has to go. From any thread, as the other one. */
bool intake_take(struct intake *intake, size_t *taken, size_t size);
/* The message is whole, or lost. */
void intake_give_back(struct intake *intake, size_t *taken);

#endif
