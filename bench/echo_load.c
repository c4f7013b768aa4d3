/* echo_load.c - drives a Socket.IO server's `echo` event over WebSocket and prints one JSON line of figures.
 *
 *   echo_load --port 9001 [--connections 100] [--in-flight 16] [--size 64] [--seconds 4] [--warm-up 1] [--raw]
 *
 * Each connection keeps so many events 42<id>["echo","…"] in flight and counts the acknowledgements 43<id>["…"].
 * With --raw the texts are sent to a plain WebSocket server at "/" as they are, and have to come back.
 * Closed loop, one thread, one epoll set. The server's frames are only counted: an answer of another length than
 * the question's ends the run with an error, so a server that cheats on the text is seen. */
#include "clock.h"
#include "latencies.h"
#include "load_client.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

enum {
    /* Ack ids count up within this range, so that every event of a run has the same length. */
    LOAD_FIRST_ID = 1000000,
    LOAD_ID_COUNT = 8000000,
};

struct load_options {
    uint16_t port;
    unsigned connections, in_flight, size, seconds, warm_up;
    bool is_raw;
};

struct load_connection {
    struct load_client client;
    uint64_t *sent_us; /* a ring by id */
    uint32_t next_id, heard_id;
    bool is_ready; /* its namespace is joined */
};

struct load {
    struct load_options options;
    int epoll;
    struct load_connection *connections;
    unsigned ready;
    uint64_t errors;
    bool is_measuring;
    struct latencies latencies;
    char *payload;
};

static void load_send(struct load *load, struct load_connection *connection)
{
    char text[65536];
    uint32_t id = connection->next_id++;
    int size = load->options.is_raw ? snprintf(text, sizeof text, "%s", load->payload)
                                    : snprintf(text, sizeof text, "42%u[\"echo\",\"%s\"]",
                                               LOAD_FIRST_ID + id % LOAD_ID_COUNT, load->payload);
    connection->sent_us[id % load->options.in_flight] = clock_us();
    load_client_frame(&connection->client, (struct str){ text, (size_t)size });
}

static void load_on_echo(struct load *load, struct load_connection *connection, uint32_t id)
{
    if (load->is_measuring)
        latencies_add(&load->latencies, clock_us() - connection->sent_us[id % load->options.in_flight]);
    load_send(load, connection);
}

static void load_on_ready(struct load *load, struct load_connection *connection)
{
    if (connection->is_ready) return;
    connection->is_ready = true;
    load->ready++;
}

static void load_on_packet(struct load *load, struct load_connection *connection, struct str text)
{
    if (str_starts(text, STR("0{"))) {
        load_client_frame(&connection->client, STR("40"));
    } else if (str_starts(text, STR("40"))) {
        load_on_ready(load, connection);
    } else if (str_equal(text, STR("2"))) {
        load_client_frame(&connection->client, STR("3"));
    } else if (str_starts(text, STR("43"))) {
        char *end;
        uint32_t id = (uint32_t)strtoul(text.at + 2, &end, 10) - LOAD_FIRST_ID;
        if (text.size != 2 + 7 + 4 + load->options.size) load->errors++;
        load_on_echo(load, connection, id);
    }
}

static void load_on_readable(struct load *load, struct load_connection *connection)
{
    struct load_client *client = &connection->client;
    struct str input, text;
    if (!load_client_read(client)) return;
    if (client->is_upgraded && load->options.is_raw) load_on_ready(load, connection);
    input = buf_str(&client->input);
    size_t all = input.size;
    while (client->is_upgraded && load_client_take(&input, &text)) {
        if (!load->options.is_raw) {
            load_on_packet(load, connection, text);
            continue;
        }
        if (text.size != load->options.size) load->errors++;
        load_on_echo(load, connection, connection->heard_id++);
    }
    buf_consume(&client->input, all - input.size);
    load_client_flush(client);
}

static void load_turn(struct load *load)
{
    struct epoll_event events[256];
    int count = epoll_wait(load->epoll, events, 256, 100);
    for (int i = 0; i < count; i++) load_on_readable(load, events[i].data.ptr);
}

static void load_connect(struct load *load, struct load_connection *connection)
{
    connection->sent_us = calloc(load->options.in_flight, sizeof *connection->sent_us);
    if (connection->sent_us == NULL) load_fail("no memory");
    load_client_open(&connection->client, load->options.port, load->epoll, connection);
    load_client_upgrade(&connection->client, load->options.is_raw ? "/" : "/socket.io/?EIO=4&transport=websocket");
}

static void load_run_for(struct load *load, unsigned seconds)
{
    uint64_t end = clock_us() + (uint64_t)seconds * 1000000u;
    while (clock_us() < end) load_turn(load);
}

static struct load_options load_read_options(int count, char **words)
{
    static const struct option names[] = {
        { "port", required_argument, NULL, 'p' },
        { "connections", required_argument, NULL, 'c' },
        { "in-flight", required_argument, NULL, 'i' },
        { "size", required_argument, NULL, 's' },
        { "seconds", required_argument, NULL, 'd' },
        { "warm-up", required_argument, NULL, 'w' },
        { "raw", no_argument, NULL, 'r' },
        { NULL, 0, NULL, 0 },
    };
    struct load_options options = { .connections = 100, .in_flight = 16, .size = 64, .seconds = 4, .warm_up = 1 };
    for (int name; (name = getopt_long(count, words, "", names, NULL)) != -1;) {
        unsigned value = optarg == NULL ? 0 : (unsigned)strtoul(optarg, NULL, 10);
        switch (name) {
        case 'p': options.port = (uint16_t)value; break;
        case 'c': options.connections = value; break;
        case 'i': options.in_flight = value; break;
        case 's': options.size = value; break;
        case 'd': options.seconds = value; break;
        case 'w': options.warm_up = value; break;
        case 'r': options.is_raw = true; break;
        default: exit(2);
        }
    }
    if (options.port == 0 || options.connections == 0 || options.in_flight == 0 || options.size > 60000) {
        fputs("usage: echo_load --port N [--connections N] [--in-flight N] [--size BYTES] [--seconds N] [--warm-up N] "
              "[--raw]\n",
              stderr);
        exit(2);
    }
    return options;
}

int main(int count, char **words)
{
    struct load load = { .options = load_read_options(count, words), .epoll = epoll_create1(0) };
    load.connections = calloc(load.options.connections, sizeof *load.connections);
    latencies_init(&load.latencies);
    load.payload = calloc(1, load.options.size + 1);
    if (load.epoll < 0 || !load.connections || !load.payload) load_fail("no memory");
    memset(load.payload, 'x', load.options.size);

    for (unsigned i = 0; i < load.options.connections; i++) load_connect(&load, &load.connections[i]);
    while (load.ready < load.options.connections) load_turn(&load);
    for (unsigned i = 0; i < load.options.connections; i++) {
        for (unsigned k = 0; k < load.options.in_flight; k++) load_send(&load, &load.connections[i]);
        load_client_flush(&load.connections[i].client);
    }
    load_run_for(&load, load.options.warm_up);
    load.is_measuring = true;
    load_run_for(&load, load.options.seconds);
    errno = 0;
    if (load.errors) load_fail("the server answered with another text than it was sent");
    printf("{\"messages_per_second\":%.0f,\"p50_us\":%u,\"p99_us\":%u}\n",
           (double)load.latencies.count / load.options.seconds, latencies_quantile(&load.latencies, .5),
           latencies_quantile(&load.latencies, .99));
    return 0;
}
