/* latencies.h - how long the answers of a run took: counted by the microsecond. */
#ifndef BENCH_LATENCIES_H
#define BENCH_LATENCIES_H

#include <stdint.h>

struct latencies {
    uint32_t *buckets; /* one a microsecond; the last has all that took longer */
    uint64_t count, max_us;
};

/* Ends the program when there is no memory. */
void latencies_init(struct latencies *latencies);
void latencies_add(struct latencies *latencies, uint64_t us);
/* The time that this part of the answers took at most: .5 is the median. 0: there are none. */
uint32_t latencies_quantile(const struct latencies *latencies, double part);

#endif
