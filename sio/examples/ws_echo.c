/* ws_echo.c - plain WebSockets on any path: every message comes back. For WebSocket test suites, and as an example of
 * sio_websocket.h.
 *
 *   ws_echo [--port 9001] [--deflate] [--workers N] */
#include <sio_websocket.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sio_server *server;

static void on_message(sio_websocket *websocket, sio_value message, void *context)
{
    (void)context;
    /* A client that sends and does not read is not worth waiting for. */
    if (sio_websocket_send(websocket, message) == SIO_EFULL) sio_websocket_close(websocket, 1008);
}

static void on_request(sio_request *request, void *context)
{
    sio_reply_websocket(request, context);
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

int main(int count, char **arguments)
{
    static const sio_deflate deflate = { .threshold_bytes = 1 };
    sio_websocket_handler handler = { .on_message = on_message, .message_bytes_max = 16 << 20 };
    sio_options options = {
        .port = 9001, .backlog_bytes_max = 64 << 20, .on_request = on_request, .context = &handler
    };
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--deflate") == 0) handler.deflate = &deflate;
        if (i + 1 == count) break;
        if (strcmp(arguments[i], "--port") == 0) options.port = (uint16_t)atoi(arguments[i + 1]);
        if (strcmp(arguments[i], "--workers") == 0) options.workers = (uint32_t)atoi(arguments[i + 1]);
    }
    int error = sio_server_create(&server, &options);
    if (error == 0) {
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        printf("listening on %u\n", sio_server_port(server));
        fflush(stdout);
        error = sio_server_run(server);
    }
    if (error != 0) fprintf(stderr, "ws_echo: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
