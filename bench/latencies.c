#include "latencies.h"

#include "load_client.h"

#include <stdlib.h>

enum { LATENCIES_BUCKETS = 1000000 };

void latencies_init(struct latencies *latencies)
{
    *latencies = (struct latencies){ .buckets = calloc(LATENCIES_BUCKETS, sizeof *latencies->buckets) };
    if (latencies->buckets == NULL) load_fail("no memory");
}

void latencies_add(struct latencies *latencies, uint64_t us)
{
    latencies->count++;
    if (us > latencies->max_us) latencies->max_us = us;
    latencies->buckets[us < LATENCIES_BUCKETS ? us : LATENCIES_BUCKETS - 1]++;
}

uint32_t latencies_quantile(const struct latencies *latencies, double part)
{
    uint64_t wanted = (uint64_t)((double)latencies->count * part), seen = 0;
    for (uint32_t us = 0; us < LATENCIES_BUCKETS; us++)
        if ((seen += latencies->buckets[us]) > wanted) return us;
    return 0;
}
