/* bench_server.c - the server that the benchmarks measure, with what they ask for: the events `echo` (answered) and
 * `broadcast` (sent to everyone), GET /json, and a WebSocket at "/" that sends back what it gets.
 *
 *   bench_server [--workers N] [--work US]
 *
 * With --work each echo costs so many microseconds of processor time more, as the work of a real handler does.
 * Prints "listening on PORT". Its peers in peers/ and raw_epoll.c do the same. */
#include <sio_websocket.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static sio_server *server;
static unsigned work_us;

/* Microseconds of processor time that this thread has had. */
static unsigned long thread_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (unsigned long)now.tv_sec * 1000000 + (unsigned long)now.tv_nsec / 1000;
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    for (unsigned long start = work_us ? thread_us() : 0; work_us && thread_us() - start < work_us;) {
    }
    sio_ack(event, sio_event_args(event));
}

static void on_broadcast(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_broadcast(sio_namespace_of(socket), (sio_to){ 0 }, "broadcast", sio_event_args(event));
}

static void on_json(sio_request *request, void *context)
{
    static const char json[] = "{\"status\":\"healthy\"}";
    (void)context;
    sio_reply(request, 200, "application/json", json, sizeof json - 1);
}

static void on_message(sio_websocket *websocket, sio_value message, void *context)
{
    (void)context;
    sio_websocket_send(websocket, message);
}

static void on_websocket(sio_request *request, void *context)
{
    static const sio_websocket_handler handler = { .on_message = on_message };
    (void)context;
    sio_reply_websocket(request, &handler);
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

static int set_up(sio_namespace *ns)
{
    int error = sio_on_all(ns, "echo", on_echo, NULL);
    if (error == 0) error = sio_on_all(ns, "broadcast", on_broadcast, NULL);
    if (error == 0) error = sio_route(server, "GET", "/json", on_json, NULL);
    if (error == 0) error = sio_route(server, "GET", "/", on_websocket, NULL);
    return error;
}

static void read_flags(sio_options *options, int count, char **words)
{
    for (int i = 1; i + 1 < count; i += 2) {
        uint32_t value = (uint32_t)strtoul(words[i + 1], NULL, 10);
        if (strcmp(words[i], "--workers") == 0) options->workers = value;
        if (strcmp(words[i], "--work") == 0) work_us = value;
    }
}

int main(int count, char **words)
{
    sio_options options = { .clients_max = 50000 };
    struct rlimit limit;
    read_flags(&options, count, words);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    int error = sio_server_create(&server, &options);
    if (error == 0) error = set_up(sio_of(server, "/"));
    if (error == 0) {
        signal(SIGTERM, on_signal);
        printf("listening on %u\n", sio_server_port(server));
        fflush(stdout);
        error = sio_server_run(server);
    }
    if (error != 0) fprintf(stderr, "bench_server: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
