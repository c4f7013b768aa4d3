/* sio_suite.c - the server that the test suite of the Socket.IO protocol, version 5, expects.
 *
 *   sio_suite [--port 3000] */
#include "serve.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- What is emitted upon connection ------------------------------------------------------------------------ */

/* The suite waits for the answer to CONNECT, then begins to wait for this event. Its WebSocket gives both at once when
 * they come in one read, so that the second would be missed: a server quicker than the suite has to take its time. */
enum { GREETINGS_MOST = 1024, GREETING_MS = 10 };

static struct greeting {
    sio_namespace *ns;
    char id[24];
    char *auth; /* NULL: none was sent */
    uint64_t due;
} greetings[GREETINGS_MOST];
static size_t greetings_first, greetings_count;
static pthread_mutex_t greetings_lock = PTHREAD_MUTEX_INITIALIZER; /* any worker may have a client */

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Its turn is over, and the time is looked at. */
static void wake(void *context)
{
    (void)context;
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    struct greeting greeting = { .ns = sio_namespace_of(socket), .due = now_ms() + GREETING_MS };
    (void)context;
    snprintf(greeting.id, sizeof greeting.id, "%s", sio_id(socket));
    if (auth.kind == SIO_JSON) greeting.auth = strndup(auth.data.at, auth.data.size);
    pthread_mutex_lock(&greetings_lock);
    bool has_room = greetings_count < GREETINGS_MOST;
    if (has_room) greetings[(greetings_first + greetings_count++) % GREETINGS_MOST] = greeting;
    pthread_mutex_unlock(&greetings_lock);
    if (has_room) {
        sio_server_post(serve_server, wake, NULL);
        return NULL;
    }
    free(greeting.auth);
    return "too many at once";
}

/* To the room of its id, for the socket may be another worker's. */
static void greet(const struct greeting *greeting)
{
    const char *auth = greeting->auth ? greeting->auth : "{}";
    sio_broadcast(greeting->ns, (sio_to){ .rooms = SIO_ROOMS(greeting->id) }, "auth",
                  SIO_ARGS(sio_json(auth, strlen(auth))));
}

static int greet_those_due(void)
{
    pthread_mutex_lock(&greetings_lock);
    for (; greetings_count && greetings[greetings_first].due <= now_ms(); greetings_count--) {
        greet(&greetings[greetings_first]);
        free(greetings[greetings_first].auth);
        greetings_first = (greetings_first + 1) % GREETINGS_MOST;
    }
    int wait = greetings_count ? 1 : -1;
    pthread_mutex_unlock(&greetings_lock);
    return wait;
}

/* ---- Events ------------------------------------------------------------------------------------------------- */

static void on_message(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_emit(socket, "message-back", sio_event_args(event));
}

static void on_message_with_ack(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, sio_event_args(event));
}

static int set_up(void)
{
    sio_namespace *main_namespace = sio_of(serve_server, "/"), *custom = sio_of(serve_server, "/custom");
    if (main_namespace == NULL || custom == NULL) return SIO_ENOMEM;
    sio_on_connect(main_namespace, on_connect, NULL);
    sio_on_connect(custom, on_connect, NULL);
    int error = sio_on_all(main_namespace, "message", on_message, NULL);
    return error ? error : sio_on_all(main_namespace, "message-with-ack", on_message_with_ack, NULL);
}

int main(int count, char **arguments)
{
    sio_options options = serve_options(3000);
    options.refuse_eio3 = true;
    options.ping_interval_ms = 300;
    options.ping_timeout_ms = 200;
    options.connect_timeout_ms = 1000;
    serve_read_flags(&options, count, arguments);
    return serve(&options, set_up, greet_those_due);
}
