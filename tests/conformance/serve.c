#include "serve.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

sio_server *serve_server;

static const sio_deflate deflate = { .threshold_bytes = 0 };

static uint32_t serve_number(const char *flag, const char *value)
{
    char *end;
    unsigned long number = value ? strtoul(value, &end, 10) : 0;
    if (value == NULL || *value == '\0' || *end != '\0' || number > UINT32_MAX) {
        fprintf(stderr, "%s needs a number\n", flag);
        exit(2);
    }
    return (uint32_t)number;
}

static bool serve_read_switch(sio_options *options, const char *flag)
{
    if (strcmp(flag, "--eio3") == 0)
        options->refuse_eio3 = false;
    else if (strcmp(flag, "--no-eio3") == 0)
        options->refuse_eio3 = true;
    else if (strcmp(flag, "--deflate") == 0)
        options->per_message_deflate = &deflate;
    else if (strcmp(flag, "--recovery") == 0)
        options->recovery_ms = 120000;
    else if (strcmp(flag, "--msgpack") == 0)
        options->uses_msgpack = true;
    else
        return false;
    return true;
}

static bool serve_read_number(sio_options *options, const char *flag, const char *value)
{
    if (strcmp(flag, "--port") == 0)
        options->port = (uint16_t)serve_number(flag, value);
    else if (strcmp(flag, "--ping-interval") == 0)
        options->ping_interval_ms = serve_number(flag, value);
    else if (strcmp(flag, "--ping-timeout") == 0)
        options->ping_timeout_ms = serve_number(flag, value);
    else if (strcmp(flag, "--connect-timeout") == 0)
        options->connect_timeout_ms = serve_number(flag, value);
    else if (strcmp(flag, "--workers") == 0)
        options->workers = serve_number(flag, value);
    else
        return false;
    return true;
}

void serve_read_flags(sio_options *options, int count, char **arguments)
{
    for (int i = 1; i < count; i++) {
        if (serve_read_switch(options, arguments[i])) continue;
        if (!serve_read_number(options, arguments[i], i + 1 < count ? arguments[i + 1] : NULL)) {
            fprintf(stderr, "unknown flag %s\n", arguments[i]);
            exit(2);
        }
        i++;
    }
}

sio_options serve_options(uint16_t port)
{
    return (sio_options){ .port = port, .cors_origin = "*" };
}

static void serve_on_signal(int number)
{
    (void)number;
    sio_server_stop(serve_server);
}

static int serve_loop(int (*tick)(void))
{
    int error = 0, wait = -1;
    while (error == 0 && sio_server_is_running(serve_server)) {
        error = sio_server_step(serve_server, wait);
        if (tick) wait = tick();
    }
    return error;
}

int serve(const sio_options *options, int (*set_up)(void), int (*tick)(void))
{
    int error = sio_server_create(&serve_server, options);
    if (error == 0) {
        signal(SIGINT, serve_on_signal);
        signal(SIGTERM, serve_on_signal);
        if (set_up) error = set_up();
    }
    if (error == 0) {
        printf("listening on %u\n", sio_server_port(serve_server));
        fflush(stdout);
        error = serve_loop(tick);
    }
    if (error != 0) perror(sio_strerror(error));
    sio_server_destroy(serve_server);
    return error != 0;
}
