#include "intake.h"

#include "server.h"

bool intake_take(struct worker *worker, size_t *taken, size_t size)
{
    size_t limit = worker->server->options.intake_bytes_max;
    if (size > limit || worker->intake_bytes > limit - size) return false;
    worker->intake_bytes += size;
    *taken += size;
    return true;
}

void intake_give_back(struct worker *worker, size_t *taken)
{
    worker->intake_bytes -= *taken;
    *taken = 0;
}
