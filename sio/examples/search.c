/* search.c - the smallest useful server: a page, an event, a reply, a room.
 *
 *   search [PORT]
 *
 * Run it beside its folder `web` and open http://127.0.0.1:3000/. In a client:
 *
 *     const socket = io("http://127.0.0.1:3000", { auth: { token: "any" } });
 *     socket.emit("search", "pets", (names) => show(names)); */
#include <sio.h>
#include <sio_http.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static sio_server *server;

static void on_request(sio_request *request, void *context)
{
    (void)context;
    sio_reply_file(request, "web");
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)context;
    if (auth.kind == SIO_NULL) return "token missing";
    if (sio_join(socket, "readers") != 0) return "try again later";
    return NULL;
}

static void on_search(sio_socket *socket, sio_event *event, void *context)
{
    static const char names[] = "[\"petstore\",\"petfinder\"]";
    sio_namespace *ns = context;
    sio_args args = sio_event_args(event);

    if (args.count != 1 || args.at[0].kind != SIO_TEXT) {
        sio_disconnect(socket);
        return;
    }
    sio_ack(event, SIO_ARGS(sio_json(names, sizeof names - 1)));
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("readers"), .except = SIO_ROOMS(sio_id(socket)) }, "searched", args);
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

int main(int count, char **words)
{
    int error = sio_server_create(&server, &(sio_options){
                                               .port = count > 1 ? (uint16_t)atoi(words[1]) : 3000,
                                               .on_request = on_request,
                                           });
    if (error == 0) {
        sio_namespace *ns = sio_of(server, "/");
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        sio_on_connect(ns, on_connect, NULL);
        error = sio_on_all(ns, "search", on_search, ns);
    }
    if (error == 0) error = sio_server_run(server);
    if (error != 0) fprintf(stderr, "search: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
