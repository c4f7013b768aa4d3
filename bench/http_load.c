/* http_load.c - asks an HTTP server for one thing over connections that stay, one request a connection at a time, and
 * prints one JSON line of figures.
 *
 *   http_load --port 9001 [--target /json] [--connections 100] [--seconds 3]
 *
 * Every answer must be 200 and of the length that its head says. */
#include "clock.h"
#include "load_client.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/epoll.h>

struct http_load {
    uint16_t port;
    unsigned connections, seconds;
    const char *target;
    int epoll;
    uint64_t counted;
    char request[512];
};

static void http_load_ask(const struct http_load *load, struct load_client *client)
{
    buf_append_str(&client->output, str_from(load->request));
    load_client_flush(client);
}

/* The value of Content-Length in a head that is whole. */
static size_t http_load_length(struct str head)
{
    struct str line;
    while (str_split(&head, '\n', &line))
        if (line.size > 15 && strncasecmp(line.at, "content-length:", 15) == 0) return strtoul(line.at + 15, NULL, 10);
    errno = 0;
    load_fail("an answer without Content-Length");
}

static void http_load_on_readable(struct http_load *load, struct load_client *client)
{
    if (!load_client_read(client)) return;
    struct str input = buf_str(&client->input);
    size_t end = str_find(input, STR("\r\n\r\n"));
    if (end == STR_NONE) return;
    errno = 0;
    if (!str_starts(input, STR("HTTP/1.1 200"))) load_fail("an answer that is not 200");
    size_t whole = end + 4 + http_load_length(str_cut(input, 0, end + 2));
    if (input.size < whole) return;
    buf_consume(&client->input, whole);
    load->counted++;
    http_load_ask(load, client);
}

static void http_load_run(struct http_load *load)
{
    struct epoll_event events[256];
    uint64_t end = clock_us() + (uint64_t)load->seconds * 1000000u;
    while (clock_us() < end) {
        int count = epoll_wait(load->epoll, events, 256, 100);
        for (int i = 0; i < count; i++) http_load_on_readable(load, events[i].data.ptr);
    }
}

static struct http_load http_load_options(int count, char **words)
{
    static const struct option names[] = {
        { "port", required_argument, NULL, 'p' },
        { "target", required_argument, NULL, 't' },
        { "connections", required_argument, NULL, 'c' },
        { "seconds", required_argument, NULL, 'd' },
        { NULL, 0, NULL, 0 },
    };
    struct http_load load = { .target = "/json", .connections = 100, .seconds = 3 };
    for (int name; (name = getopt_long(count, words, "", names, NULL)) != -1;) {
        switch (name) {
        case 'p': load.port = (uint16_t)strtoul(optarg, NULL, 10); break;
        case 't': load.target = optarg; break;
        case 'c': load.connections = (unsigned)strtoul(optarg, NULL, 10); break;
        case 'd': load.seconds = (unsigned)strtoul(optarg, NULL, 10); break;
        default: exit(2);
        }
    }
    if (load.port && load.connections && load.seconds) return load;
    fputs("usage: http_load --port N [--target PATH] [--connections N] [--seconds N]\n", stderr);
    exit(2);
}

int main(int count, char **words)
{
    struct http_load load = http_load_options(count, words);
    struct load_client *clients = calloc(load.connections, sizeof *clients);
    load_raise_limit();
    load.epoll = epoll_create1(0);
    if (clients == NULL || load.epoll < 0) load_fail("no memory");
    snprintf(load.request, sizeof load.request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", load.target);
    for (unsigned i = 0; i < load.connections; i++) {
        load_client_open(&clients[i], load.port, load.epoll, &clients[i]);
        clients[i].is_upgraded = true; /* it speaks HTTP, and no 101 will come */
        http_load_ask(&load, &clients[i]);
    }
    http_load_run(&load);
    printf("{\"requests_per_second\":%.0f}\n", (double)load.counted / load.seconds);
    return 0;
}
