#include "counters.h"

#include "server.h"
#include "session.h"

void counters_set_transport(struct session *session, enum counters_transport transport)
{
    struct counters *counters = &session->worker->counters;
    bool is_new = session->protocol == 4;
    counter_subtract(&counters->sessions[session->counted_as][is_new], 1);
    counter_add(&counters->sessions[transport][is_new], 1);
    session->counted_as = (uint8_t)transport;
}

static void counters_add_worker(const struct worker *worker, sio_counters *sums)
{
    const struct counters *counters = &worker->counters;
    sums->connections += counter_read(&worker->http.connections);
    for (int i = 0; i < 2; i++) {
        sums->polling[i] += counter_read(&counters->sessions[COUNTERS_POLLING][i]);
        sums->websocket[i] += counter_read(&counters->sessions[COUNTERS_WEBSOCKET][i]);
    }
    sums->sockets += counter_read(&counters->sockets);
    sums->backlog_bytes += counter_read(&worker->loop.unsent) + counter_read(&counters->waiting);
    sums->connections_total += counter_read(&worker->http.connections_total);
    sums->sessions_total += counter_read(&counters->sessions_total);
    sums->upgrades_total += counter_read(&counters->upgrades_total);
    sums->requests_total += counter_read(&worker->http.requests_total);
    sums->packets_in += counter_read(&counters->packets_in);
    sums->packets_out += counter_read(&counters->packets_out);
    sums->bytes_in += counter_read(&worker->loop.bytes_in);
    sums->bytes_out += counter_read(&worker->loop.bytes_out);
    for (int i = 0; i < SIO_HANDSHAKE_CODES; i++)
        sums->handshake_errors[i] += counter_read(&counters->handshake_errors[i]);
}

void sio_server_counters(const sio_server *server, sio_counters *counters)
{
    *counters = (sio_counters){ .rooms = room_names_count(&server->room_names) };
    for (uint32_t i = 0; i < server->options.workers; i++) counters_add_worker(&server->workers[i], counters);
}
