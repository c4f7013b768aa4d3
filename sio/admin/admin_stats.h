/* admin_stats.h - server_stats: who the server is, how long it runs, and what went through it since the last time. */
#ifndef ADMIN_STATS_H
#define ADMIN_STATS_H

#include "sio_metrics.h"
#include "timer.h"

#include <stdatomic.h>

struct admin;

enum {
    ADMIN_STATS_TICK_MS = 1000,
    ADMIN_STATS_SECONDS = 2, /* what one report covers, as the reference's */
    ADMIN_STATS_REASONS = 7,
};

/* What happened in one second. */
struct admin_second {
    int64_t at_ms; /* since 1970, a whole second */
    uint64_t sessions, packets_in, packets_out, bytes_in, bytes_out;
    uint64_t ends[ADMIN_STATS_REASONS];
};

struct admin_stats {
    struct admin *admin;
    struct timer timer;
    uint64_t started_ms;
    sio_counters last;
    atomic_ullong ends[ADMIN_STATS_REASONS]; /* sessions that ended in this second, by the reason */
    struct admin_second seconds[ADMIN_STATS_SECONDS];
    unsigned count; /* of those that are filled */
};

void admin_stats_start(struct admin *admin);
void admin_stats_stop(struct admin *admin);
/* A session ended. */
void admin_stats_count_end(struct admin_stats *stats, const char *reason);
/* Sends the numbers to one who has just come. */
void admin_stats_send(struct admin *admin, sio_socket *socket);

#endif
