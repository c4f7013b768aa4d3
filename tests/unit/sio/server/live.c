#include "live.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "buf.h"
#include "clock.h"

/* The bit RSV1 of a compressed message (RFC 7692 §6). */
enum { LIVE_WS_DEFLATED = 0x40 };

enum { LIVE_BYTES = 64 << 20, LIVE_CLIENTS = 1024 };

sio_server *live_server;
static struct buf received[LIVE_CLIENTS]; /* by descriptor: what came and was not asked for yet */
static bool ended[LIVE_CLIENTS];
static struct buf shown;

void live_open(sio_options options)
{
    for (int i = 0; i < LIVE_CLIENTS; i++) buf_init(&received[i], LIVE_BYTES);
    buf_init(&shown, LIVE_BYTES);
    assert_int_equal(sio_server_create(&live_server, &options), 0);
}

void live_close(void)
{
    sio_server_destroy(live_server);
    live_server = NULL;
    for (int i = 0; i < LIVE_CLIENTS; i++) buf_free(&received[i]);
    buf_free(&shown);
}

void live_turns(int turns)
{
    for (int i = 0; i < turns; i++) assert_int_equal(sio_server_step(live_server, 0), 0);
}

int live_connect(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(sio_server_port(live_server)) };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_in_range(fd, 0, LIVE_CLIENTS - 1);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int)), 0);
    buf_clear(&received[fd]);
    ended[fd] = false;
    return fd;
}

void live_hang_up(int *fd)
{
    close(*fd);
    *fd = -1;
    live_turns(3);
}

/* Takes what has come; lets the server work and waits a little when there is nothing. */
static void live_take(int fd)
{
    char bytes[65536];
    ssize_t got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got > 0)
        buf_append(&received[fd], bytes, (size_t)got);
    else if (got == 0 || errno != EAGAIN)
        ended[fd] = true;
    else
        assert_int_equal(sio_server_step(live_server, 1), 0);
}

void live_say_bytes(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size) {
        ssize_t sent = send(fd, at, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            live_take(fd);
            continue;
        }
        if (sent < 0) return; /* the server has closed it: the test sees it when it listens */
        at += sent;
        size -= (size_t)sent;
    }
    live_turns(1);
}

void live_say(int fd, const char *text)
{
    live_say_bytes(fd, text, strlen(text));
}

/* Moves `size` bytes of what came to where they are shown. */
static const char *live_show(int fd, size_t size)
{
    buf_clear(&shown);
    buf_append(&shown, received[fd].at ? received[fd].at : "", size);
    buf_append_byte(&shown, '\0');
    buf_consume(&received[fd], size);
    return shown.at;
}

const char *live_hear(int fd, const char *end)
{
    for (uint64_t start = clock_ms(); clock_ms() - start < LIVE_MS;) {
        size_t at = str_find(buf_str(&received[fd]), str_from(end));
        if (at != STR_NONE) return live_show(fd, at + strlen(end));
        if (ended[fd]) return live_show(fd, received[fd].size);
        live_take(fd);
    }
    fail_msg("nothing with \"%s\" came", end);
    return "";
}

static bool live_has(int fd, size_t size)
{
    for (uint64_t start = clock_ms(); received[fd].size < size; live_take(fd)) {
        if (ended[fd]) return false;
        if (clock_ms() - start > LIVE_MS) fail_msg("%zu bytes are missing", size - received[fd].size);
    }
    return true;
}

bool live_is_closed(int fd)
{
    for (uint64_t start = clock_ms(); !ended[fd] && clock_ms() - start < LIVE_MS;) live_take(fd);
    return ended[fd];
}

/* ---- HTTP -------------------------------------------------------------------------------------------------- */

const char *live_header(const struct live_reply *reply, const char *name)
{
    static char value[1024];
    for (const char *line = strchr(reply->head, '\n'); line && line[1]; line = strchr(line + 1, '\n')) {
        size_t size = strlen(name);
        if (strncasecmp(line + 1, name, size) != 0 || line[1 + size] != ':') continue;
        const char *start = line + 1 + size + 2;
        snprintf(value, sizeof value, "%.*s", (int)strcspn(start, "\r"), start);
        return value;
    }
    return "";
}

struct live_reply live_reply(int fd, bool has_body)
{
    static char *head, *body;
    struct live_reply reply = { 0 };
    free(head);
    free(body);
    body = NULL;
    head = strdup(live_hear(fd, "\r\n\r\n"));
    reply.head = head;
    assert_int_equal(sscanf(head, "HTTP/1.1 %d ", &reply.status), 1);
    reply.size = has_body ? strtoul(live_header(&reply, "Content-Length"), NULL, 10) : 0;
    assert_true(live_has(fd, reply.size));
    body = malloc(reply.size + 1); /* with the NUL that live_show adds */
    assert_non_null(body);
    memcpy(body, live_show(fd, reply.size), reply.size + 1);
    reply.body = body;
    return reply;
}

struct live_reply live_request(int fd, const char *method, const char *target, const char *more, const char *body)
{
    struct buf request;
    buf_init(&request, LIVE_BYTES);
    buf_append_format(&request, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s", method, target, more ? more : "");
    if (body) buf_append_format(&request, "Content-Length: %zu\r\n", strlen(body));
    buf_append_format(&request, "\r\n%s", body ? body : "");
    live_say_bytes(fd, request.at, request.size);
    buf_free(&request);
    return live_reply(fd, strcmp(method, "HEAD") != 0);
}

struct live_reply live_get(int fd, const char *target)
{
    return live_request(fd, "GET", target, NULL, NULL);
}

/* ---- WebSocket --------------------------------------------------------------------------------------------- */

int live_ws(const char *target)
{
    char request[512];
    int fd = live_connect();
    snprintf(request, sizeof request,
             "GET /socket.io/%s HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
             target);
    live_say(fd, request);
    const char *head = live_hear(fd, "\r\n\r\n");
    assert_non_null(strstr(head, "HTTP/1.1 101 "));
    assert_non_null(strstr(head, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")); /* RFC 6455 §1.3 */
    return fd;
}

void live_ws_send_frame(int fd, int first, const void *bytes, size_t size)
{
    static const unsigned char mask[4] = { 0x12, 0x34, 0x56, 0x78 };
    struct buf frame;
    buf_init(&frame, LIVE_BYTES);
    buf_append_byte(&frame, (char)first);
    if (size < 126)
        buf_append_byte(&frame, (char)(0x80 | size));
    else if (size < 65536)
        buf_append(&frame, (char[]){ (char)0xfe, (char)(size >> 8), (char)size }, 3);
    else
        buf_append(
            &frame,
            (char[]){ (char)0xff, 0, 0, 0, 0, (char)(size >> 24), (char)(size >> 16), (char)(size >> 8), (char)size },
            9);
    buf_append(&frame, mask, 4);
    for (size_t i = 0; i < size; i++) buf_append_byte(&frame, (char)(((const unsigned char *)bytes)[i] ^ mask[i % 4]));
    live_say_bytes(fd, frame.at, frame.size);
    buf_free(&frame);
}

void live_ws_send(int fd, const char *text)
{
    live_ws_send_frame(fd, 0x81, text, strlen(text));
}

void live_ws_send_binary(int fd, const void *bytes, size_t size)
{
    live_ws_send_frame(fd, 0x82, bytes, size);
}

static const char *live_ws_show(int opcode, const unsigned char *payload, size_t size)
{
    static char *text;
    free(text);
    text = malloc(2 * size + 16);
    assert_non_null(text);
    if (opcode == 2 || opcode & LIVE_WS_DEFLATED) {
        char *at = text + sprintf(text, opcode & LIVE_WS_DEFLATED ? "deflated " : "binary ");
        for (size_t i = 0; i < size; i++) at += sprintf(at, "%02x", payload[i]);
    } else if (opcode == 8) {
        sprintf(text, size >= 2 ? "close %d" : "close", size >= 2 ? payload[0] << 8 | payload[1] : 0);
    } else {
        sprintf(text, "%s%.*s", opcode == 9 ? "ping " : opcode == 10 ? "pong " : "", (int)size, (const char *)payload);
    }
    return text;
}

const char *live_ws_hear(int fd)
{
    size_t head = 2, size;
    if (!live_has(fd, head)) return "end";
    const unsigned char *bytes = (const unsigned char *)received[fd].at;
    assert_int_equal(bytes[0] & 0x30, 0); /* no other extension */
    assert_int_equal(bytes[1] & 0x80, 0); /* servers do not mask */
    int opcode = bytes[0] & (LIVE_WS_DEFLATED | 15);
    size = bytes[1];
    if (size == 126) head = 4;
    if (size == 127) head = 10;
    if (!live_has(fd, head)) return "end";
    bytes = (const unsigned char *)received[fd].at;
    if (head > 2) size = 0;
    for (size_t i = 2; i < head; i++) size = size << 8 | bytes[i];
    if (!live_has(fd, head + size)) return "end";
    const char *text = live_ws_show(opcode, (const unsigned char *)received[fd].at + head, size);
    buf_consume(&received[fd], head + size);
    return text;
}

int live_ws_joined(void)
{
    int fd = live_ws("?EIO=4&transport=websocket");
    assert_memory_equal(live_ws_hear(fd), "0{\"sid\":\"", 9);
    live_ws_send(fd, "40");
    assert_memory_equal(live_ws_hear(fd), "40{\"sid\":\"", 10);
    return fd;
}

bool live_ws_is_closed(int fd)
{
    const char *text;
    do text = live_ws_hear(fd);
    while (strncmp(text, "close", 5) != 0 && strcmp(text, "end") != 0);
    return strcmp(text, "end") != 0 && live_is_closed(fd);
}
