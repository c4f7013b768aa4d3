#include "intake.h"

bool intake_take(struct intake *intake, size_t *taken, size_t size)
{
    if (size > intake->limit) return false;
    if (atomic_fetch_add_explicit(&intake->bytes, size, memory_order_relaxed) > intake->limit - size) {
        atomic_fetch_sub_explicit(&intake->bytes, size, memory_order_relaxed);
        return false;
    }
    *taken += size;
    return true;
}

void intake_give_back(struct intake *intake, size_t *taken)
{
    if (*taken) atomic_fetch_sub_explicit(&intake->bytes, *taken, memory_order_relaxed);
    *taken = 0;
}
