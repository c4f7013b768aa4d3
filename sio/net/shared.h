/* shared.h - bytes that several connections are to send: written once, counted, freed by the last. */
#ifndef NET_SHARED_H
#define NET_SHARED_H

#include "str.h"

#include <stdatomic.h>

struct shared {
    atomic_uint references;
    size_t size;
    char bytes[];
};

/* A copy of `head` and `body`, one behind the other, with one reference, which is the caller's; NULL: no memory. */
struct shared *shared_create(struct str head, struct str body);
/* One more reference. Returns `shared`. */
struct shared *shared_take(struct shared *shared);
/* One reference less; the last one frees. NULL is fine. */
void shared_drop(struct shared *shared);

#endif
