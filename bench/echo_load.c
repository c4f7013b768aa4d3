/* echo_load.c - drives a Socket.IO server's `echo` event over WebSocket and prints one JSON line of figures.
 *
 *   echo_load --port 9001 [--connections 100] [--in-flight 16] [--size 64] [--seconds 4] [--warm-up 1]
 *
 * Each connection keeps so many events 42<id>["echo","…"] in flight and counts the acknowledgements 43<id>["…"].
 * Closed loop, one thread, one epoll set. The server's frames are only counted: an answer of another length than
 * the question's ends the run with an error, so a server that cheats on the text is seen. */
#include "buf.h"
#include "clock.h"
#include "str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    LOAD_READ_BYTES = 256 * 1024,
    LOAD_PENDING_MAX = 64 * 1024 * 1024,
    /* Ack ids count up within this range, so that every event of a run has the same length. */
    LOAD_FIRST_ID = 1000000,
    LOAD_ID_COUNT = 8000000,
    LOAD_LATENCY_BUCKETS = 1000000, /* one a microsecond */
};

struct load_options {
    uint16_t port;
    unsigned connections, in_flight, size, seconds, warm_up;
};

struct load_connection {
    int fd;
    bool is_ready;      /* its namespace is joined */
    bool is_upgraded;   /* its 101 has been read */
    struct buf input;
    struct buf output;
    uint64_t *sent_us;  /* a ring by id */
    uint32_t next_id;
};

struct load {
    struct load_options options;
    int epoll;
    struct load_connection *connections;
    unsigned ready;
    uint64_t counted, errors;
    bool is_measuring;
    uint32_t *latencies;
    char *payload;
};

static _Noreturn void load_fail(const char *what)
{
    fprintf(stderr, "echo_load: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

/* Client frames are masked (RFC 6455 §5.3); a mask of zeros leaves the text as it is. */
static void load_frame(struct buf *output, const char *text, size_t size)
{
    uint8_t head[8] = { 0x81 };
    size_t head_size = 2;
    if (size < 126) {
        head[1] = (uint8_t)(0x80 | size);
    } else {
        head[1] = 0x80 | 126;
        head[2] = (uint8_t)(size >> 8);
        head[3] = (uint8_t)size;
        head_size = 4;
    }
    buf_append(output, head, head_size);
    buf_append(output, "\0\0\0\0", 4);
    buf_append(output, text, size);
}

static void load_send(struct load *load, struct load_connection *connection)
{
    char text[65536];
    uint32_t id = connection->next_id;
    int size = snprintf(text, sizeof text, "42%u[\"echo\",\"%s\"]", LOAD_FIRST_ID + id % LOAD_ID_COUNT, load->payload);
    connection->sent_us[id % load->options.in_flight] = clock_us();
    connection->next_id++;
    load_frame(&connection->output, text, (size_t)size);
}

static void load_flush(struct load_connection *connection)
{
    while (connection->output.size) {
        ssize_t sent = send(connection->fd, connection->output.at, connection->output.size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) {
            /* The kernel's buffer is full: the answers still to come will make room. */
            return;
        }
        if (sent < 0) load_fail("send");
        buf_consume(&connection->output, (size_t)sent);
    }
}

static void load_record(struct load *load, uint64_t sent_us)
{
    uint64_t latency = clock_us() - sent_us;
    load->counted++;
    load->latencies[latency < LOAD_LATENCY_BUCKETS ? latency : LOAD_LATENCY_BUCKETS - 1]++;
}

static void load_on_text(struct load *load, struct load_connection *connection, struct str text)
{
    if (str_starts(text, STR("0{"))) {
        load_frame(&connection->output, "40", 2);
    } else if (str_starts(text, STR("40"))) {
        connection->is_ready = true;
        load->ready++;
    } else if (str_equal(text, STR("2"))) {
        load_frame(&connection->output, "3", 1);
    } else if (str_starts(text, STR("43"))) {
        char *end;
        uint32_t id = (uint32_t)strtoul(text.at + 2, &end, 10) - LOAD_FIRST_ID;
        if (text.size != 2 + 7 + 4 + load->options.size) load->errors++;
        if (load->is_measuring) load_record(load, connection->sent_us[id % load->options.in_flight]);
        load_send(load, connection);
    }
}

/* Takes one frame off `input`; false when it is not whole yet. */
static bool load_take_frame(struct str *input, struct str *text)
{
    const uint8_t *at = (const uint8_t *)input->at;
    size_t head = 2, size;
    if (input->size < 2) return false;
    size = at[1] & 0x7F;
    if (size == 126) {
        if (input->size < 4) return false;
        size = (size_t)at[2] << 8 | at[3];
        head = 4;
    }
    if (input->size < head + size) return false;
    *text = str_cut(*input, head, head + size);
    *input = str_cut(*input, head + size, input->size);
    return true;
}

static void load_on_input(struct load *load, struct load_connection *connection)
{
    struct str input = buf_str(&connection->input), text;
    size_t all = input.size;
    if (!connection->is_upgraded) {
        size_t end = str_find(input, STR("\r\n\r\n"));
        if (end == STR_NONE) return;
        if (!str_starts(input, STR("HTTP/1.1 101"))) load_fail("the server refused the WebSocket");
        connection->is_upgraded = true;
        input = str_cut(input, end + 4, input.size);
    }
    while (load_take_frame(&input, &text)) load_on_text(load, connection, text);
    buf_consume(&connection->input, all - input.size);
}

static void load_on_readable(struct load *load, struct load_connection *connection)
{
    char *at = buf_reserve(&connection->input, LOAD_READ_BYTES);
    if (at == NULL) load_fail("no memory");
    ssize_t size = recv(connection->fd, at, LOAD_READ_BYTES, 0);
    if (size == 0) load_fail("the server closed a connection");
    if (size < 0) {
        if (errno == EAGAIN || errno == EINTR) return;
        load_fail("recv");
    }
    connection->input.size += (size_t)size;
    load_on_input(load, connection);
    load_flush(connection);
}

static void load_turn(struct load *load)
{
    struct epoll_event events[256];
    int count = epoll_wait(load->epoll, events, 256, 100);
    for (int i = 0; i < count; i++) load_on_readable(load, events[i].data.ptr);
}

static void load_connect(struct load *load, struct load_connection *connection)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(load->options.port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int on = 1;
    connection->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connection->fd < 0 || connect(connection->fd, (struct sockaddr *)&address, sizeof address) != 0)
        load_fail("connect");
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    buf_init(&connection->input, LOAD_PENDING_MAX);
    buf_init(&connection->output, LOAD_PENDING_MAX);
    connection->sent_us = calloc(load->options.in_flight, sizeof *connection->sent_us);
    if (connection->sent_us == NULL) load_fail("no memory");
    buf_append_str(&connection->output,
                   STR("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                       "Sec-WebSocket-Version: 13\r\n\r\n"));
    load_flush(connection);
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = connection };
    if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0) load_fail("epoll_ctl");
}

static void load_run_for(struct load *load, unsigned seconds)
{
    uint64_t end = clock_us() + (uint64_t)seconds * 1000000u;
    while (clock_us() < end) load_turn(load);
}

static uint32_t load_quantile(const struct load *load, double part)
{
    uint64_t wanted = (uint64_t)((double)load->counted * part), seen = 0;
    for (uint32_t us = 0; us < LOAD_LATENCY_BUCKETS; us++)
        if ((seen += load->latencies[us]) > wanted) return us;
    return 0;
}

static struct load_options load_read_options(int count, char **words)
{
    static const struct option names[] = {
        { "port", required_argument, NULL, 'p' },    { "connections", required_argument, NULL, 'c' },
        { "in-flight", required_argument, NULL, 'i' }, { "size", required_argument, NULL, 's' },
        { "seconds", required_argument, NULL, 'd' },   { "warm-up", required_argument, NULL, 'w' },
        { NULL, 0, NULL, 0 },
    };
    struct load_options options = { .connections = 100, .in_flight = 16, .size = 64, .seconds = 4, .warm_up = 1 };
    for (int name; (name = getopt_long(count, words, "", names, NULL)) != -1;) {
        unsigned value = name == '?' ? 0 : (unsigned)strtoul(optarg, NULL, 10);
        switch (name) {
        case 'p': options.port = (uint16_t)value; break;
        case 'c': options.connections = value; break;
        case 'i': options.in_flight = value; break;
        case 's': options.size = value; break;
        case 'd': options.seconds = value; break;
        case 'w': options.warm_up = value; break;
        default: exit(2);
        }
    }
    if (options.port == 0 || options.connections == 0 || options.in_flight == 0 || options.size > 60000) {
        fputs("usage: echo_load --port N [--connections N] [--in-flight N] [--size BYTES] [--seconds N] [--warm-up N]\n", stderr);
        exit(2);
    }
    return options;
}

int main(int count, char **words)
{
    struct load load = { .options = load_read_options(count, words), .epoll = epoll_create1(0) };
    load.connections = calloc(load.options.connections, sizeof *load.connections);
    load.latencies = calloc(LOAD_LATENCY_BUCKETS, sizeof *load.latencies);
    load.payload = calloc(1, load.options.size + 1);
    if (load.epoll < 0 || !load.connections || !load.latencies || !load.payload) load_fail("no memory");
    memset(load.payload, 'x', load.options.size);

    for (unsigned i = 0; i < load.options.connections; i++) load_connect(&load, &load.connections[i]);
    while (load.ready < load.options.connections) load_turn(&load);
    for (unsigned i = 0; i < load.options.connections; i++) {
        for (unsigned k = 0; k < load.options.in_flight; k++) load_send(&load, &load.connections[i]);
        load_flush(&load.connections[i]);
    }
    load_run_for(&load, load.options.warm_up);
    load.is_measuring = true;
    load_run_for(&load, load.options.seconds);
    errno = 0;
    if (load.errors) load_fail("the server answered with another text than it was sent");
    printf("{\"messages_per_second\":%.0f,\"p50_us\":%u,\"p99_us\":%u}\n",
           (double)load.counted / load.options.seconds, load_quantile(&load, .5), load_quantile(&load, .99));
    return 0;
}
