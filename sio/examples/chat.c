/* chat.c - a chat: everyone has a name and reads what the others write.
 *
 *   chat [PORT]
 *
 *     const socket = io("http://127.0.0.1:3000");
 *     socket.emit("name", "Ada", (problem) => problem && alert(problem));
 *     socket.emit("message", "Hello!");
 *     socket.on("message", (name, text) => show(`${name}: ${text}`)); */
#include <sio.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the server keeps for each socket, all zero when it comes. */
struct person {
    char name[32];
};

static sio_server *server;

/* Tells all the others. */
static void tell(sio_socket *socket, const char *event, sio_args args)
{
    sio_to others = { .except = SIO_ROOMS(sio_id(socket)) };
    sio_broadcast(sio_namespace_of(socket), others, event, args);
}

static const char *name_problem(sio_args args)
{
    const struct person *person;
    if (args.count != 1 || args.at[0].kind != SIO_TEXT || args.at[0].data.size == 0) return "A name is a text.";
    if (args.at[0].data.size >= sizeof person->name) return "This name is too long.";
    return NULL;
}

static void on_name(sio_socket *socket, sio_event *event, void *context)
{
    struct person *person = sio_data(socket);
    sio_args args = sio_event_args(event);
    const char *problem = name_problem(args);
    (void)context;
    if (problem == NULL) {
        memcpy(person->name, args.at[0].data.at, args.at[0].data.size + 1);
        tell(socket, "joined", args);
    }
    sio_ack(event, problem ? SIO_ARGS(sio_text(problem)) : SIO_ARGS(sio_json("null", 4)));
}

static void on_message(sio_socket *socket, sio_event *event, void *context)
{
    const struct person *person = sio_data(socket);
    sio_args args = sio_event_args(event);
    (void)context;
    if (person->name[0] == '\0' || args.count != 1 || args.at[0].kind != SIO_TEXT) return;
    tell(socket, "message", SIO_ARGS(sio_text(person->name), args.at[0]));
}

static void on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    const struct person *person = sio_data(socket);
    (void)context;
    if (person->name[0]) tell(socket, "left", SIO_ARGS(sio_text(person->name), sio_text(reason)));
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

int main(int count, char **words)
{
    uint16_t port = count > 1 ? (uint16_t)atoi(words[1]) : 3000;
    int error = sio_server_create(&server, &(sio_options){ .port = port, .socket_data_size = sizeof(struct person) });
    if (error == 0) {
        sio_namespace *ns = sio_of(server, "/");
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        sio_on_disconnect(ns, on_disconnect, NULL);
        error = sio_on_all(ns, "name", on_name, NULL);
        if (error == 0) error = sio_on_all(ns, "message", on_message, NULL);
    }
    if (error == 0) error = sio_server_run(server);
    if (error != 0) fprintf(stderr, "chat: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
