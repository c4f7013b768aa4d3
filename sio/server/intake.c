#include "intake.h"

#include "server.h"

bool intake_take(struct worker *worker, size_t *taken, size_t size)
{
    struct sio_server *server = worker->server;
    size_t limit = server->options.intake_bytes_max;
    if (size > limit) return false;
    if (atomic_fetch_add_explicit(&server->intake_bytes, size, memory_order_relaxed) > limit - size) {
        atomic_fetch_sub_explicit(&server->intake_bytes, size, memory_order_relaxed);
        return false;
    }
    *taken += size;
    return true;
}

void intake_give_back(struct worker *worker, size_t *taken)
{
    if (*taken) atomic_fetch_sub_explicit(&worker->server->intake_bytes, *taken, memory_order_relaxed);
    *taken = 0;
}
