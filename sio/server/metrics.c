#include "sio_metrics.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One line of the text. Lines of one name follow each other, and the first has the help and the type. */
struct metrics_line {
    const char *name, *labels;
    size_t offset; /* of the number in sio_counters */
    const char *type, *help;
};

#define METRICS_AT(member) offsetof(sio_counters, member)

static const struct metrics_line metrics_lines[] = {
    { "sio_connections", "", METRICS_AT(connections), "gauge", "TCP connections open." },
    { "sio_sessions", "{transport=\"polling\",protocol=\"3\"}", METRICS_AT(polling[0]), "gauge",
      "Engine.IO sessions by transport and protocol." },
    { "sio_sessions", "{transport=\"polling\",protocol=\"4\"}", METRICS_AT(polling[1]), NULL, NULL },
    { "sio_sessions", "{transport=\"websocket\",protocol=\"3\"}", METRICS_AT(websocket[0]), NULL, NULL },
    { "sio_sessions", "{transport=\"websocket\",protocol=\"4\"}", METRICS_AT(websocket[1]), NULL, NULL },
    { "sio_sockets", "", METRICS_AT(sockets), "gauge", "Clients in a namespace, counted in each." },
    { "sio_rooms", "", METRICS_AT(rooms), "gauge", "Rooms that somebody is in." },
    { "sio_backlog_bytes", "", METRICS_AT(backlog_bytes), "gauge", "Bytes written that clients have not taken." },
    { "sio_connections_total", "", METRICS_AT(connections_total), "counter", "TCP connections accepted." },
    { "sio_sessions_total", "", METRICS_AT(sessions_total), "counter", "Engine.IO sessions opened." },
    { "sio_upgrades_total", "", METRICS_AT(upgrades_total), "counter", "Sessions upgraded to WebSocket." },
    { "sio_http_requests_total", "", METRICS_AT(requests_total), "counter", "HTTP requests." },
    { "sio_packets_total", "{direction=\"in\"}", METRICS_AT(packets_in), "counter", "Engine.IO packets." },
    { "sio_packets_total", "{direction=\"out\"}", METRICS_AT(packets_out), NULL, NULL },
    { "sio_bytes_total", "{direction=\"in\"}", METRICS_AT(bytes_in), "counter", "Bytes of all connections." },
    { "sio_bytes_total", "{direction=\"out\"}", METRICS_AT(bytes_out), NULL, NULL },
    { "sio_handshake_errors_total", "{code=\"0\"}", METRICS_AT(handshake_errors[0]), "counter",
      "Clients turned away, by Engine.IO's code." },
    { "sio_handshake_errors_total", "{code=\"1\"}", METRICS_AT(handshake_errors[1]), NULL, NULL },
    { "sio_handshake_errors_total", "{code=\"2\"}", METRICS_AT(handshake_errors[2]), NULL, NULL },
    { "sio_handshake_errors_total", "{code=\"3\"}", METRICS_AT(handshake_errors[3]), NULL, NULL },
    { "sio_handshake_errors_total", "{code=\"4\"}", METRICS_AT(handshake_errors[4]), NULL, NULL },
    { "sio_handshake_errors_total", "{code=\"5\"}", METRICS_AT(handshake_errors[5]), NULL, NULL },
};

struct metrics_text {
    char *at;
    size_t room, size;
};

__attribute__((format(printf, 2, 3))) static void metrics_add(struct metrics_text *text, const char *format, ...)
{
    size_t used = text->size < text->room ? text->size : text->room;
    va_list values;
    va_start(values, format);
    int size = vsnprintf(text->room > used ? text->at + used : NULL, text->room - used, format, values);
    va_end(values);
    if (size > 0) text->size += (size_t)size;
}

size_t sio_metrics_text(const sio_counters *counters, char *text, size_t size)
{
    struct metrics_text metrics = { .at = text, .room = size };
    if (size) *text = '\0';
    for (size_t i = 0; i < sizeof metrics_lines / sizeof *metrics_lines; i++) {
        const struct metrics_line *line = &metrics_lines[i];
        uint64_t value;
        memcpy(&value, (const char *)counters + line->offset, sizeof value);
        if (line->type)
            metrics_add(&metrics, "# HELP %s %s\n# TYPE %s %s\n", line->name, line->help, line->name, line->type);
        metrics_add(&metrics, "%s%s %" PRIu64 "\n", line->name, line->labels, value);
    }
    return metrics.size;
}
