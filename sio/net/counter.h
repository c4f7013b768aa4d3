/* counter.h - a number that one thread changes and any thread may read. As it has one writer, counting is a plain load
 * and a plain store, without the locked instruction that an atomic addition would be. */
#ifndef NET_COUNTER_H
#define NET_COUNTER_H

#include <stdatomic.h>
#include <stdint.h>

struct counter {
    _Atomic uint64_t value;
};

static inline uint64_t counter_read(const struct counter *counter)
{
    return atomic_load_explicit(&counter->value, memory_order_relaxed);
}

/* Adds `more`; a difference below zero is added as its two's complement. */
static inline void counter_add(struct counter *counter, uint64_t more)
{
    atomic_store_explicit(&counter->value, counter_read(counter) + more, memory_order_relaxed);
}

static inline void counter_subtract(struct counter *counter, uint64_t less)
{
    counter_add(counter, (uint64_t)0 - less);
}

#endif
