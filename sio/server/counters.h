/* counters.h - what a worker counts for sio_metrics.h; bytes are counted by its loop. */
#ifndef SERVER_COUNTERS_H
#define SERVER_COUNTERS_H

#include "counter.h"
#include "sio_metrics.h"

struct session;

/* What a session is counted as. */
enum counters_transport { COUNTERS_NONE, COUNTERS_POLLING, COUNTERS_WEBSOCKET };

struct counters {
    struct counter sessions[3][2], sessions_total; /* by transport and protocol; those without one are not read */
    struct counter upgrades_total;
    struct counter sockets;
    struct counter packets_in, packets_out;
    struct counter waiting; /* bytes for the next polls */
    struct counter handshake_errors[SIO_HANDSHAKE_CODES];
};

/* The session has this transport now. */
void counters_set_transport(struct session *session, enum counters_transport transport);

#endif
