/* crowd_load.c - opens many Socket.IO clients over WebSocket, holds them, and measures broadcasts to all of them.
 *
 *   crowd_load --port 9001 [--connections 5000] [--at-once 256]
 *
 * Prints {"connected_per_second"} when all have joined the default namespace, of which `at-once` are on their way at a
 * time. Then each line on the standard input has the first client emit `broadcast`, which the server is to send to
 * everyone, and prints {"last_us"}: the time until the last has it. Ends with the input. */
#include "clock.h"
#include "load_client.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

struct crowd_client {
    struct load_client client;
    bool is_joined;
};

struct crowd {
    uint16_t port;
    unsigned connections, at_once;
    unsigned opened, joined, heard;
    int epoll;
    struct crowd_client *clients;
};

static void crowd_on_text(struct crowd *crowd, struct crowd_client *client, struct str text)
{
    if (str_starts(text, STR("0{"))) {
        load_client_frame(&client->client, STR("40"));
    } else if (str_starts(text, STR("40")) && !client->is_joined) {
        client->is_joined = true;
        crowd->joined++;
    } else if (str_equal(text, STR("2"))) {
        load_client_frame(&client->client, STR("3"));
    } else if (str_starts(text, STR("42[\"broadcast\""))) {
        crowd->heard++;
    }
}

static void crowd_on_readable(struct crowd *crowd, struct crowd_client *client)
{
    struct str input, text;
    if (!load_client_read(&client->client)) return;
    input = buf_str(&client->client.input);
    size_t all = input.size;
    while (client->client.is_upgraded && load_client_take(&input, &text)) crowd_on_text(crowd, client, text);
    buf_consume(&client->client.input, all - input.size);
    load_client_flush(&client->client);
    load_client_rest(&client->client);
}

static void crowd_open(struct crowd *crowd)
{
    while (crowd->opened < crowd->connections && crowd->opened - crowd->joined < crowd->at_once) {
        struct crowd_client *client = &crowd->clients[crowd->opened++];
        load_client_open(&client->client, crowd->port, crowd->epoll, client);
        load_client_upgrade(&client->client, "/socket.io/?EIO=4&transport=websocket");
    }
}

/* One wait. *has_input becomes true when the standard input has something. */
static void crowd_turn(struct crowd *crowd, bool *has_input)
{
    struct epoll_event events[512];
    int count = epoll_wait(crowd->epoll, events, 512, 1000);
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr == NULL)
            *has_input = true;
        else
            crowd_on_readable(crowd, events[i].data.ptr);
    }
}

static void crowd_connect(struct crowd *crowd)
{
    bool has_input = false;
    uint64_t start = clock_us();
    while (crowd->joined < crowd->connections) {
        crowd_open(crowd);
        crowd_turn(crowd, &has_input);
    }
    printf("{\"connected_per_second\":%.0f}\n", crowd->connections * 1e6 / (double)(clock_us() - start));
    fflush(stdout);
}

static void crowd_broadcast(struct crowd *crowd)
{
    bool has_input = false;
    uint64_t start = clock_us();
    crowd->heard = 0;
    load_client_frame(&crowd->clients[0].client,
                      STR("42[\"broadcast\",\"sixty-four bytes of news that everyone is to have, right now\"]"));
    load_client_flush(&crowd->clients[0].client);
    while (crowd->heard < crowd->connections) crowd_turn(crowd, &has_input);
    printf("{\"last_us\":%llu}\n", (unsigned long long)(clock_us() - start));
    fflush(stdout);
}

/* Answers heartbeats while nothing is asked. False at the end of the input. */
static bool crowd_wait_for_line(struct crowd *crowd)
{
    char line[64];
    bool has_input = false;
    while (!has_input) crowd_turn(crowd, &has_input);
    return read(STDIN_FILENO, line, sizeof line) > 0;
}

static struct crowd crowd_read_options(int count, char **words)
{
    static const struct option names[] = {
        { "port", required_argument, NULL, 'p' },
        { "connections", required_argument, NULL, 'c' },
        { "at-once", required_argument, NULL, 'a' },
        { NULL, 0, NULL, 0 },
    };
    struct crowd crowd = { .connections = 5000, .at_once = 256 };
    for (int name; (name = getopt_long(count, words, "", names, NULL)) != -1;) {
        unsigned value = optarg ? (unsigned)strtoul(optarg, NULL, 10) : 0;
        switch (name) {
        case 'p': crowd.port = (uint16_t)value; break;
        case 'c': crowd.connections = value; break;
        case 'a': crowd.at_once = value; break;
        default: exit(2);
        }
    }
    if (crowd.port && crowd.connections && crowd.at_once) return crowd;
    fputs("usage: crowd_load --port N [--connections N] [--at-once N]\n", stderr);
    exit(2);
}

int main(int count, char **words)
{
    struct crowd crowd = crowd_read_options(count, words);
    struct epoll_event input = { .events = EPOLLIN, .data.ptr = NULL };
    load_raise_limit();
    crowd.epoll = epoll_create1(0);
    crowd.clients = calloc(crowd.connections, sizeof *crowd.clients);
    if (crowd.epoll < 0 || crowd.clients == NULL) load_fail("no memory");
    crowd_connect(&crowd);
    if (epoll_ctl(crowd.epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input) != 0) load_fail("the standard input is a file");
    while (crowd_wait_for_line(&crowd)) crowd_broadcast(&crowd);
    return 0;
}
