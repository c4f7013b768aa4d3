/* raw_epoll.c - the practical limit: what a loop around epoll reaches that does nothing but the benchmark.
 *
 * One thread, one receive buffer, one send for all that one read brought. It knows the packets of the benchmark by
 * their first bytes and checks nothing: no server could do less. It is what the library is compared with, not an
 * example.
 *
 * Prints "listening on PORT". GET /json; "/" sends texts back; "/socket.io/" speaks the few packets of Socket.IO that
 * `echo` and `broadcast` need. */
#include "buf.h"
#include "str.h"
#include "ws_accept.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RAW_RECEIVE_BYTES = 256 * 1024, RAW_KEPT_MAX = 64 * 1024 * 1024, RAW_CLIENTS = 65536 };

struct raw_client {
    int fd, place; /* in raw.clients */
    bool is_websocket, is_socketio, waits;
    struct buf input, output; /* a frame that is not whole; what the kernel did not take */
};

static struct {
    int epoll, listener, count;
    struct raw_client *clients[RAW_CLIENTS];
    struct buf cork;
    char receive[RAW_RECEIVE_BYTES];
} raw;

static void raw_drop(struct raw_client *client)
{
    close(client->fd);
    raw.clients[client->place] = raw.clients[--raw.count];
    raw.clients[client->place]->place = client->place;
    buf_free(&client->input);
    buf_free(&client->output);
    free(client);
}

static void raw_watch(struct raw_client *client, bool waits)
{
    struct epoll_event event = { .events = waits ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = client };
    if (client->waits != waits) epoll_ctl(raw.epoll, EPOLL_CTL_MOD, client->fd, &event);
    client->waits = waits;
}

static void raw_send(struct raw_client *client, struct str bytes)
{
    ssize_t sent = client->output.size ? 0 : send(client->fd, bytes.at, bytes.size, MSG_NOSIGNAL);
    size_t done = sent > 0 ? (size_t)sent : 0;
    if (done == bytes.size) return;
    buf_append_str(&client->output, str_cut(bytes, done, bytes.size));
    raw_watch(client, true);
}

static void raw_on_writable(struct raw_client *client)
{
    ssize_t sent = send(client->fd, client->output.at, client->output.size, MSG_NOSIGNAL);
    if (sent > 0) buf_consume(&client->output, (size_t)sent);
    if (client->output.size) return;
    buf_free(&client->output);
    raw_watch(client, false);
}

/* ---- Frames ------------------------------------------------------------------------------------------------ */

static void raw_frame(struct buf *out, struct str first, struct str second, struct str third)
{
    size_t size = first.size + second.size + third.size;
    buf_append_byte(out, (char)0x81);
    if (size < 126) {
        buf_append_byte(out, (char)size);
    } else {
        char head[3] = { 126, (char)(size >> 8), (char)size };
        buf_append(out, head, 3);
    }
    buf_append_str(out, first);
    buf_append_str(out, second);
    buf_append_str(out, third);
}

static void raw_broadcast(struct str text)
{
    struct buf frame;
    buf_init(&frame, RAW_KEPT_MAX);
    raw_frame(&frame, text, STR_EMPTY, STR_EMPTY);
    for (int i = 0; i < raw.count; i++)
        if (raw.clients[i]->is_socketio) raw_send(raw.clients[i], buf_str(&frame));
    buf_free(&frame);
}

/* 42ID["echo",VALUE] → 43ID[VALUE] */
static void raw_echo(struct str packet)
{
    size_t bracket = str_find_byte(packet, '['), comma = str_find_byte(packet, ',');
    if (bracket == STR_NONE || comma == STR_NONE) return;
    raw_frame(&raw.cork, STR("43"), str_cut(packet, 2, bracket + 1), str_cut(packet, comma + 1, packet.size));
}

static void raw_on_text(struct raw_client *client, struct str text)
{
    if (!client->is_socketio)
        raw_frame(&raw.cork, text, STR_EMPTY, STR_EMPTY);
    else if (str_equal(text, STR("40")))
        raw_frame(&raw.cork, STR("40{\"sid\":\"raw\"}"), STR_EMPTY, STR_EMPTY);
    else if (str_starts(text, STR("42[\"broadcast\"")))
        raw_broadcast(text);
    else if (str_starts(text, STR("42")))
        raw_echo(text);
}

static void raw_unmask(char *at, size_t size, const char mask[4])
{
    for (size_t i = 0; i < size; i++) at[i] = (char)(at[i] ^ mask[i % 4]);
}

/* Returns the bytes used. Longer frames than 64 KiB are not in the benchmark. */
static size_t raw_read_frames(struct raw_client *client, char *bytes, size_t size)
{
    size_t used = 0;
    for (;;) {
        const unsigned char *at = (const unsigned char *)bytes + used;
        size_t left = size - used, head = 6, length;
        if (left < 6) return used;
        length = at[1] & 0x7F;
        if (length == 126) {
            length = (size_t)at[2] << 8 | at[3];
            head = 8;
        }
        if (left < head + length) return used;
        raw_unmask(bytes + used + head, length, bytes + used + head - 4);
        raw_on_text(client, (struct str){ bytes + used + head, length });
        used += head + length;
    }
}

/* ---- HTTP -------------------------------------------------------------------------------------------------- */

static void raw_upgrade(struct raw_client *client, struct str head)
{
    char accept[WS_ACCEPT_SIZE];
    size_t key = str_find(head, STR("Sec-WebSocket-Key: "));
    if (key == STR_NONE || !ws_accept_key(str_cut(head, key + 19, key + 43), accept)) return;
    buf_append_format(&raw.cork,
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: %.*s\r\n\r\n",
                      WS_ACCEPT_SIZE, accept);
    client->is_websocket = true;
    client->is_socketio = str_starts(head, STR("GET /socket.io/"));
    if (client->is_socketio)
        raw_frame(&raw.cork,
                  STR("0{\"sid\":\"raw\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":"
                      "1000000}"),
                  STR_EMPTY, STR_EMPTY);
}

static size_t raw_read_request(struct raw_client *client, char *bytes, size_t size)
{
    struct str input = { bytes, size };
    size_t end = str_find(input, STR("\r\n\r\n"));
    if (end == STR_NONE) return 0;
    if (str_starts(input, STR("GET /json ")))
        buf_append_str(&raw.cork, STR("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n"
                                      "{\"status\":\"healthy\"}"));
    else
        raw_upgrade(client, str_cut(input, 0, end));
    return end + 4;
}

/* ---- The loop ---------------------------------------------------------------------------------------------- */

static size_t raw_read(struct raw_client *client, char *bytes, size_t size)
{
    size_t used = 0, step;
    do {
        bool was_websocket = client->is_websocket;
        step = was_websocket ? raw_read_frames(client, bytes + used, size - used)
                             : raw_read_request(client, bytes + used, size - used);
        used += step;
        if (was_websocket) break;
    } while (step);
    return used;
}

static void raw_on_readable(struct raw_client *client)
{
    ssize_t got = recv(client->fd, raw.receive, sizeof raw.receive, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        raw_drop(client);
        return;
    }
    char *bytes = raw.receive;
    size_t size = (size_t)got;
    bool has_rest = client->input.size > 0;
    if (has_rest) {
        buf_append(&client->input, bytes, size);
        bytes = client->input.at;
        size = client->input.size;
    }
    buf_clear(&raw.cork);
    size_t used = raw_read(client, bytes, size);
    if (has_rest)
        buf_consume(&client->input, used);
    else if (used < size)
        buf_append(&client->input, bytes + used, size - used);
    if (client->input.size == 0) buf_free(&client->input);
    if (raw.cork.size) raw_send(client, buf_str(&raw.cork));
}

static void raw_on_accept(void)
{
    for (int fd; raw.count < RAW_CLIENTS && (fd = accept4(raw.listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        struct raw_client *client = calloc(1, sizeof *client);
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };
        if (client == NULL) exit(1);
        client->fd = fd;
        client->place = raw.count;
        buf_init(&client->input, RAW_KEPT_MAX);
        buf_init(&client->output, RAW_KEPT_MAX);
        raw.clients[raw.count++] = client;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
        epoll_ctl(raw.epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

static void raw_turn(void)
{
    struct epoll_event events[512];
    int count = epoll_wait(raw.epoll, events, 512, -1);
    for (int i = 0; i < count; i++) {
        struct raw_client *client = events[i].data.ptr;
        if (client == NULL) {
            raw_on_accept();
            continue;
        }
        if (events[i].events & EPOLLOUT) raw_on_writable(client);
        if (events[i].events & ~(uint32_t)EPOLLOUT) raw_on_readable(client);
    }
}

static void raw_listen(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t size = sizeof address;
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    raw.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    raw.epoll = epoll_create1(0);
    if (bind(raw.listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(raw.listener, 4096) != 0 ||
        getsockname(raw.listener, (struct sockaddr *)&address, &size) != 0 ||
        epoll_ctl(raw.epoll, EPOLL_CTL_ADD, raw.listener, &event) != 0) {
        perror("raw_epoll");
        exit(1);
    }
    printf("listening on %u\n", ntohs(address.sin_port));
    fflush(stdout);
}

int main(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    buf_init(&raw.cork, RAW_KEPT_MAX);
    raw_listen();
    for (;;) raw_turn();
}
