/* sio_metrics.h - what a server has done and what it holds, in numbers and as text for Prometheus. */
#ifndef SIO_METRICS_H
#define SIO_METRICS_H

#include "sio.h"
#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

enum { SIO_HANDSHAKE_CODES = 6 }; /* the codes 0 to 5 of Engine.IO's handshake errors */

typedef struct sio_counters {
    /* At the moment. */
    uint64_t connections; /* of TCP, whatever they are used for */
    uint64_t polling[2];  /* sessions by transport; [0] of Engine.IO 3 (clients 1.x, 2.x), [1] of Engine.IO 4 */
    uint64_t websocket[2];
    uint64_t sockets;       /* clients in a namespace, counted in each */
    uint64_t rooms;         /* those that somebody is in */
    uint64_t backlog_bytes; /* written, and not taken by the clients yet */
    /* Since the server was created. */
    uint64_t connections_total, sessions_total;
    uint64_t upgrades_total;          /* sessions that went from polling to WebSocket */
    uint64_t requests_total;          /* of HTTP, those of polling included */
    uint64_t packets_in, packets_out; /* of Engine.IO: events, acknowledgements, attachments, heartbeats */
    uint64_t bytes_in, bytes_out;     /* of all connections, without what TLS adds */
    uint64_t handshake_errors[SIO_HANDSHAKE_CODES]; /* clients turned away, by the code that they were told */
} sio_counters;

/* Any thread may call it as long as the server lives. Each number is right, but they are not of the very same moment.
 */
void sio_server_counters(const sio_server *server, sio_counters *counters);

enum { SIO_METRICS_BYTES = 8192 }; /* room enough for sio_metrics_text() */
/* Writes the counters in Prometheus' text format, version 0.0.4, NUL-ended, as much as `size` allows. Returns the bytes
 * of the whole text without the NUL. Its content type is SIO_METRICS_TYPE. */
size_t sio_metrics_text(const sio_counters *counters, char *text, size_t size);
#define SIO_METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"
#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
