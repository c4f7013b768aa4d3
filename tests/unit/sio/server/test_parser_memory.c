/* test_parser_memory.c - every allocation fails once while clients speak MessagePack, come back to what they missed,
 * and join namespaces that are made for them: the server goes on and serves the next one. */
#include "failing.h"
#include "live.h"

#include "buf.h"
#include "msgpack_packet.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned echoes;
static sio_namespace *pattern;

static bool fits(const char *name, void *context)
{
    (void)context;
    return name[1] == 'd';
}

static void on_own(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)event;
    (void)context;
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    echoes++;
    sio_ack(event, sio_event_args(event));
    sio_on(socket, "own", on_own, NULL);
    sio_emit(socket, "echo", sio_event_args(event));
    sio_broadcast(sio_namespace_of(socket), (sio_to){ 0 }, "all", sio_event_args(event));
    sio_broadcast(pattern, (sio_to){ 0 }, "all", SIO_NO_ARGS);
    sio_of(live_server, "/made");
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    sio_emit(socket, "welcome", SIO_ARGS(sio_bytes("bytes", 5)));
    return NULL;
}

static void start(bool is_msgpack)
{
    live_open((sio_options){ .uses_msgpack = is_msgpack, .recovery_ms = 60000 });
    sio_namespace *ns = sio_of(live_server, "/");
    pattern = sio_of_match(live_server, fits, NULL);
    assert_non_null(pattern);
    sio_on_connect(ns, on_connect, NULL);
    sio_on_connect(pattern, on_connect, NULL);
    assert_int_equal(sio_on_all(ns, "echo", on_echo, NULL), 0);
    assert_int_equal(sio_on_all(pattern, "echo", on_echo, NULL), 0);
}

/* ---- Clients that take whatever comes ---------------------------------------------------------------------- */

static int open_websocket(const char *query)
{
    char request[256];
    int fd = live_connect();
    int size = snprintf(request, sizeof request,
                        "GET /socket.io/?EIO=4&transport=websocket%s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                        query);
    send(fd, request, (size_t)size, MSG_NOSIGNAL);
    live_turns(3);
    return fd;
}

/* A frame masked with zeros. */
static void say(int fd, int first, struct str payload)
{
    char frame[256] = { (char)first, (char)(0x80 | payload.size) };
    assert_true(payload.size < 126);
    memcpy(frame + 6, payload.at, payload.size);
    send(fd, frame, payload.size + 6, MSG_NOSIGNAL);
    live_turns(3);
}

/* All that has come, NUL-ended. */
static const char *take(int fd)
{
    static char bytes[65536];
    size_t size = 0;
    for (ssize_t got; (got = recv(fd, bytes + size, sizeof bytes - 1 - size, MSG_DONTWAIT)) > 0;) size += (size_t)got;
    for (size_t i = 0; i < size; i++) /* so that it is one text */
        if (bytes[i] == '\0') bytes[i] = ' ';
    bytes[size] = '\0';
    return bytes;
}

static void drop(int fd)
{
    take(fd);
    close(fd);
    live_turns(3);
}

static void say_packet(int fd, struct buf *packet)
{
    say(fd, 0x82, buf_str(packet));
    buf_clear(packet);
}

static void in_msgpack(void)
{
    struct buf packet;
    buf_init(&packet, 4096);
    int fd = open_websocket(""), base64 = open_websocket("&b64=1");
    say(base64, 0x81, STR("bgqR0eXBlAKNuc3ChLw==")); /* {type: 0, nsp: "/"} */
    msgpack_packet_write_connect(&packet, STR("/"), STR("{\"a\":1}"));
    say_packet(fd, &packet);
    const sio_args args =
        SIO_ARGS(sio_bytes("\1\2\3", 3), sio_json("{\"in\":[1.5,\"\xc3\xa9\"]}", 17), sio_text("\"e\""));
    msgpack_packet_write_event(&packet, STR("/"), 5, STR("echo"), args);
    say_packet(fd, &packet);
    msgpack_packet_write_connect(&packet, STR("/d1"), STR_EMPTY);
    say_packet(fd, &packet);
    msgpack_packet_write_event(&packet, STR("/d1"), PACKET_NO_ID, STR("echo"), SIO_NO_ARGS);
    say_packet(fd, &packet);
    buf_free(&packet);
    drop(fd);
    drop(base64);
}

static void in_text(void)
{
    int fd = open_websocket("");
    say(fd, 0x81, STR("40/d1,"));
    say(fd, 0x81, STR("42/d1,[\"echo\",1]"));
    drop(fd);
}

/* A client whose connection breaks, that misses an event with bytes, and comes back for it. */
static void and_come_back(void)
{
    char pid[64] = "", offset[64] = "", auth[256];
    int fd = open_websocket("");
    say(fd, 0x81, STR("40"));
    live_turns(2);
    const char *heard = take(fd), *at = strstr(heard, "\"pid\":\"");
    if (at) sscanf(at, "\"pid\":\"%63[^\"]", pid);
    at = strstr(heard, "\"num\":0},\"");
    if (at) sscanf(at, "\"num\":0},\"%63[^\"]", offset);
    close(fd);
    live_turns(3);
    is_server = true; /* what the program does for all may fail like all the rest */
    sio_broadcast(sio_of(live_server, "/"), (sio_to){ 0 }, "missed", SIO_ARGS(sio_bytes("bytes", 5)));
    is_server = false;
    fd = open_websocket("");
    int size = snprintf(auth, sizeof auth, "40{\"pid\":\"%s\",\"offset\":\"%s\"}", pid, offset);
    say(fd, 0x81, (struct str){ auth, (size_t)size });
    if (strstr(take(fd), "missed")) echoes++;
    drop(fd);
}

static void outlives(bool is_msgpack, unsigned expected)
{
    bool is_last = false;
    for (unsigned long number = 1; !is_last; number++) {
        start(is_msgpack);
        failing = number;
        allocations = echoes = 0;
        if (is_msgpack)
            in_msgpack();
        else
            in_text();
        if (!is_msgpack) and_come_back();
        is_last = allocations < number;
        failing = 0;
        if (is_last) assert_int_equal(echoes, expected);
        int fd = live_ws("?EIO=4&transport=websocket");
        assert_memory_equal(live_ws_hear(fd), "0{", 2);
        live_hang_up(&fd);
        live_close();
    }
}

static void the_server_outlives_every_failure(void **state)
{
    (void)state;
    outlives(false, 2);
}

static void so_does_one_that_speaks_messagepack(void **state)
{
    (void)state;
    outlives(true, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_server_outlives_every_failure),
                                        cmocka_unit_test(so_does_one_that_speaks_messagepack) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
