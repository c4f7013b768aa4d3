/* sio_suite.c - the server that the test suite of the Socket.IO protocol, version 5, expects.
 *
 *   sio_suite [--port 3000] */
#include "serve.h"

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)context;
    sio_emit(socket, "auth", SIO_ARGS(auth.kind == SIO_NULL ? sio_json("{}", 2) : auth));
    return NULL;
}

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
    return serve(&options, set_up, NULL);
}
