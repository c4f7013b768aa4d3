/* bench_server.c - the server that the benchmarks measure, with what they ask for: the events `echo` (answered) and
 * `broadcast` (sent to everyone), GET /json, and a WebSocket at "/" that sends back what it gets.
 *
 *   bench_server
 *
 * Prints "listening on PORT". Its peers in peers/ and raw_epoll.c do the same. */
#include <sio_websocket.h>

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

static sio_server *server;

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
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

int main(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    int error = sio_server_create(&server, &(sio_options){ .clients_max = 50000 });
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
