/* rooms.c - readers of topics: a room for each topic, messages to several rooms at once, and a namespace beside it.
 *
 *   rooms [PORT]
 *
 *     const socket = io("http://127.0.0.1:3000/topics");
 *     socket.emit("read", "tea", () => {});
 *     socket.emit("write", ["tea", "coffee"], "It is ready.");   // everyone who reads one of them, once
 *     socket.on("news", (text) => console.log(text));
 *     socket.emit("forget", "tea"); */
#include <sio.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whatever clients say, a room's name is one that a topic can have. */
enum { TOPICS = 4 };
static const char *const topics[TOPICS] = { "tea", "coffee", "water", "juice" };

static sio_server *server;

static const char *topic_of(sio_args args)
{
    if (args.count == 0 || args.at[0].kind != SIO_TEXT) return NULL;
    for (size_t i = 0; i < TOPICS; i++)
        if (strcmp(topics[i], args.at[0].data.at) == 0) return topics[i];
    return NULL;
}

static void on_read(sio_socket *socket, sio_event *event, void *context)
{
    const char *topic = topic_of(sio_event_args(event));
    (void)context;
    bool is_joined = topic && sio_join(socket, topic) == 0;
    sio_ack(event, SIO_ARGS(sio_bool(is_joined)));
}

static void on_forget(sio_socket *socket, sio_event *event, void *context)
{
    const char *topic = topic_of(sio_event_args(event));
    (void)context;
    if (topic) sio_leave(socket, topic);
    sio_ack(event, SIO_NO_ARGS);
}

/* The topics that a JSON array of texts names: it is enough to look for each, as none has a character to escape. */
static size_t choose_topics(const char *json, const char *chosen[TOPICS + 1])
{
    size_t count = 0;
    for (size_t i = 0; i < TOPICS; i++) {
        char quoted[16];
        snprintf(quoted, sizeof quoted, "\"%s\"", topics[i]);
        if (strstr(json, quoted)) chosen[count++] = topics[i];
    }
    chosen[count] = NULL;
    return count;
}

/* The writer reads it too when it is in one of the rooms, unless it is excluded. */
static void on_write(sio_socket *socket, sio_event *event, void *context)
{
    const char *chosen[TOPICS + 1];
    sio_args args = sio_event_args(event);
    (void)context;
    if (args.count != 2 || args.at[0].kind != SIO_JSON || args.at[1].kind != SIO_TEXT) return;
    if (choose_topics(args.at[0].data.at, chosen) == 0) return;
    sio_broadcast(sio_namespace_of(socket), (sio_to){ .rooms = chosen, .except = SIO_ROOMS(sio_id(socket)) }, "news",
                  SIO_ARGS(args.at[1]));
}

static int set_up(sio_namespace *ns)
{
    if (ns == NULL) return SIO_ENOMEM;
    int error = sio_on_all(ns, "read", on_read, NULL);
    if (error == 0) error = sio_on_all(ns, "forget", on_forget, NULL);
    if (error == 0) error = sio_on_all(ns, "write", on_write, NULL);
    return error;
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

int main(int count, char **words)
{
    uint16_t port = count > 1 ? (uint16_t)atoi(words[1]) : 3000;
    int error = sio_server_create(&server, &(sio_options){ .port = port });
    if (error == 0) {
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        error = set_up(sio_of(server, "/topics"));
    }
    if (error == 0) error = sio_server_run(server);
    if (error != 0) fprintf(stderr, "rooms: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
