/* http.c - plain HTTP beside Socket.IO: a small service for notes, and what the server counts, for Prometheus.
 *
 *   http [PORT]
 *
 *   curl -X PUT --data 'buy tea' http://127.0.0.1:3000/notes/1
 *   curl http://127.0.0.1:3000/notes/1
 *   curl http://127.0.0.1:3000/metrics
 *
 * Whoever is connected by Socket.IO hears of each note: socket.on("note", (number, text) => …). */
#include <sio.h>
#include <sio_http.h>
#include <sio_metrics.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTES = 10, NOTE_BYTES = 200 };

static sio_server *server;
static char notes[NOTES][NOTE_BYTES + 1];

/* The number of "/notes/N"; -1: there is no such note. */
static int note_number(const sio_request *request)
{
    const char *text = sio_request_path(request) + strlen("/notes/");
    return text[0] >= '0' && text[0] <= '9' && text[1] == '\0' ? text[0] - '0' : -1;
}

static void get_note(sio_request *request, void *context)
{
    int number = note_number(request);
    (void)context;
    if (number < 0 || notes[number][0] == '\0') return; /* 404 */
    sio_reply(request, 200, "text/plain; charset=utf-8", notes[number], strlen(notes[number]));
}

/* A note is text: no NUL, and as the library does not check it, anything else goes to the clients as it came. */
static void put_note(sio_request *request, void *context)
{
    int number = note_number(request);
    size_t size;
    const char *body = sio_request_body(request, &size);
    (void)context;
    if (number < 0) return;
    if (size == 0 || size > NOTE_BYTES || memchr(body, '\0', size)) {
        sio_reply(request, 400, "text/plain", "A note has 1 to 200 bytes.\n", 27);
        return;
    }
    memcpy(notes[number], body, size);
    notes[number][size] = '\0';
    sio_broadcast(sio_of(server, "/"), (sio_to){ 0 }, "note", SIO_ARGS(sio_number(number), sio_text(notes[number])));
    sio_reply(request, 204, NULL, NULL, 0);
}

static void get_metrics(sio_request *request, void *context)
{
    char text[SIO_METRICS_BYTES];
    sio_counters counters;
    (void)context;
    sio_server_counters(server, &counters);
    size_t size = sio_metrics_text(&counters, text, sizeof text);
    sio_reply_header(request, "Cache-Control", "no-store");
    sio_reply(request, 200, SIO_METRICS_TYPE, text, size);
}

static void on_log(int level, const char *message, void *context)
{
    (void)context;
    if (level <= SIO_NOTE) fprintf(stderr, "http: %s\n", message);
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

int main(int count, char **words)
{
    uint16_t port = count > 1 ? (uint16_t)atoi(words[1]) : 3000;
    int error = sio_server_create(&server, &(sio_options){ .port = port, .on_log = on_log });
    if (error == 0) {
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        error = sio_route(server, "GET", "/notes/*", get_note, NULL);
        if (error == 0) error = sio_route(server, "PUT", "/notes/*", put_note, NULL);
        if (error == 0) error = sio_route(server, "GET", "/metrics", get_metrics, NULL);
    }
    if (error == 0) error = sio_server_run(server);
    if (error != 0) fprintf(stderr, "http: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
