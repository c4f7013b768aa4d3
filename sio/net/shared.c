#include "shared.h"

#include <stdlib.h>

struct shared *shared_create(struct str head, struct str body)
{
    struct shared *shared = malloc(sizeof *shared + head.size + body.size);
    if (shared == NULL) return NULL;
    atomic_init(&shared->references, 1);
    shared->size = head.size + body.size;
    if (head.size) memcpy(shared->bytes, head.at, head.size);
    if (body.size) memcpy(shared->bytes + head.size, body.at, body.size);
    return shared;
}

struct shared *shared_take(struct shared *shared)
{
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void shared_drop(struct shared *shared)
{
    if (shared == NULL) return;
    if (atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) == 1) free(shared);
}
