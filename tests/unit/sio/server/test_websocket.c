#include "live.h"

#include <stdlib.h>

static int ws;
static const char *reason;
static sio_socket *socket;

static const char *on_connect(sio_socket *connected, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    socket = connected;
    return NULL;
}

static void on_disconnect(sio_socket *gone, const char *why, void *context)
{
    (void)gone;
    (void)context;
    reason = why;
}

static void on_echo(sio_socket *from, sio_event *event, void *context)
{
    (void)context;
    sio_emit(from, "echo", sio_event_args(event));
}

static void open_with(sio_options options)
{
    live_open(options);
    sio_namespace *ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    assert_int_equal(sio_on_all(ns, "echo", on_echo, NULL), 0);
    reason = NULL;
    socket = NULL;
    ws = live_ws_joined();
}

static int open_live(void **state)
{
    (void)state;
    open_with((sio_options){ .payload_bytes_max = 100000, .backlog_bytes_max = 1000000 });
    return 0;
}

static int open_hasty(void **state)
{
    (void)state;
    open_with((sio_options){ .ping_interval_ms = 50, .ping_timeout_ms = 50 });
    return 0;
}

static int open_impatient(void **state)
{
    (void)state;
    open_with((sio_options){ .connect_timeout_ms = 50 });
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&ws);
    live_close();
    return 0;
}

static void a_frame_one_byte_at_a_time(void **state)
{
    (void)state;
    /* 42["echo",1] masked with zeros, three times */
    for (const char *at = "\x81\x8c\0\0\0\0"
                          "42[\"echo\",1]\x81\x8c\0\0\0\0"
                          "42[\"echo\",2]",
                    *end = at + 36;
         at < end; at++)
        live_say_bytes(ws, at, 1);
    assert_string_equal(live_ws_hear(ws), "42[\"echo\",1]");
    assert_string_equal(live_ws_hear(ws), "42[\"echo\",2]");
}

static void fragments_with_a_ping_between(void **state)
{
    (void)state;
    live_ws_send_frame(ws, 0x01, "42[\"ec", 6);
    live_ws_send_frame(ws, 0x89, "hello", 5);
    live_ws_send_frame(ws, 0x00, "ho\",", 4);
    live_ws_send_frame(ws, 0x80, "1]", 2);
    assert_string_equal(live_ws_hear(ws), "pong hello");
    assert_string_equal(live_ws_hear(ws), "42[\"echo\",1]");
}

static void large_messages_both_ways(void **state)
{
    enum { SIZE = 90000 };
    char *text = malloc(SIZE + 16);
    (void)state;
    assert_non_null(text);
    memset(text, 'x', SIZE);
    memcpy(text, "42[\"echo\",\"", 11);
    memcpy(text + SIZE - 2, "\"]", 3);
    for (int i = 0; i < 5; i++) live_ws_send(ws, text);
    for (int i = 0; i < 5; i++) assert_string_equal(live_ws_hear(ws), text);
    free(text);
}

static void a_close_is_answered_with_its_code(void **state)
{
    (void)state;
    live_ws_send_frame(ws, 0x88, "\x0b\xb8", 2); /* 3000 */
    assert_string_equal(live_ws_hear(ws), "close 3000");
    assert_true(live_is_closed(ws));
    assert_string_equal(reason, "transport close");
}

/* Each of them ends the connection at once: no heartbeat is due within the time that the test waits. */
static void closes(int first, const void *bytes, size_t size, const char *close_frame)
{
    int fd = live_ws_joined();
    live_ws_send_frame(fd, first, bytes, size);
    assert_string_equal(live_ws_hear(fd), close_frame);
    assert_true(live_is_closed(fd));
    live_hang_up(&fd);
}

static void broken_frames_close_with_their_code(void **state)
{
    static char large[100001];
    (void)state;
    closes(0x81, "\xff\xfe", 2, "close 1007");
    closes(0xc1, "x", 1, "close 1002");        /* an extension bit */
    closes(0x83, "x", 1, "close 1002");        /* an unknown opcode */
    closes(0x80, "x", 1, "close 1002");        /* a continuation of nothing */
    closes(0x09, "x", 1, "close 1002");        /* a ping in fragments */
    closes(0x88, "\x03\xe7", 2, "close 1002"); /* 999 is no close code */
    closes(0x81, large, sizeof large, "close 1009");
}

static void unmasked_frames_close(void **state)
{
    (void)state;
    live_say_bytes(ws, "\x81\x01x", 3);
    assert_string_equal(live_ws_hear(ws), "close 1002");
    assert_true(live_is_closed(ws));
}

static void a_client_that_hangs_up(void **state)
{
    (void)state;
    live_hang_up(&ws);
    assert_string_equal(reason, "transport close");
    assert_null(sio_find(sio_of(live_server, "/"), "none"));
}

static void the_server_pings_and_gives_up(void **state)
{
    (void)state;
    assert_string_equal(live_ws_hear(ws), "2");
    live_ws_send(ws, "3");
    assert_string_equal(live_ws_hear(ws), "2");
    assert_true(live_ws_is_closed(ws));
    assert_string_equal(reason, "ping timeout");
}

static void clients_of_protocol_3_ping(void **state)
{
    (void)state;
    int fd = live_ws("?EIO=3&transport=websocket");
    assert_memory_equal(live_ws_hear(fd), "0{", 2);
    assert_string_equal(live_ws_hear(fd), "40");
    live_ws_send(fd, "2");
    assert_string_equal(live_ws_hear(fd), "3");
    live_ws_send(fd, "2probe");
    assert_string_equal(live_ws_hear(fd), "3probe");
    assert_true(live_ws_is_closed(fd)); /* no further ping */
    assert_string_equal(reason, "ping timeout");
    live_hang_up(&fd);
}

static void a_client_that_joins_nothing_is_closed(void **state)
{
    (void)state;
    int fd = live_ws("?EIO=4&transport=websocket");
    assert_memory_equal(live_ws_hear(fd), "0{", 2);
    assert_true(live_ws_is_closed(fd));
    live_hang_up(&fd);
}

/* It may send, but does not read: what waits for it stays within the limit, and others are not held up. */
static void a_client_that_does_not_read_is_limited(void **state)
{
    static char text[50001];
    int error = 0, sent = 0;
    (void)state;
    memset(text, 'x', sizeof text - 1);
    for (; error == 0 && sent < 1000; sent++) error = sio_emit(socket, "news", SIO_ARGS(sio_text(text)));
    assert_int_equal(error, SIO_EFULL);
    assert_true(sio_unsent(socket) <= 1000000);
    int other = live_ws_joined();
    live_ws_send(other, "42[\"echo\",1]");
    assert_string_equal(live_ws_hear(other), "42[\"echo\",1]");
    live_hang_up(&other);
}

static void a_broadcast_closes_a_client_that_does_not_read(void **state)
{
    static char text[50001];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    sio_namespace *ns = sio_of(live_server, "/");
    for (int i = 0; i < 1000 && reason == NULL; i++) {
        assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "news", SIO_ARGS(sio_text(text))), 0);
        live_turns(1);
    }
    assert_non_null(reason);
}

static void base64_for_clients_without_binary(void **state)
{
    (void)state;
    int fd = live_ws("?EIO=4&transport=websocket&b64=1");
    live_ws_hear(fd);
    live_ws_send(fd, "40");
    live_ws_hear(fd);
    live_ws_send(fd, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    live_ws_send(fd, "bAQID");
    assert_string_equal(live_ws_hear(fd), "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(fd), "bAQID");
    sio_broadcast(sio_of(live_server, "/"), (sio_to){ 0 }, "all", SIO_ARGS(sio_bytes("\1\2\3", 3)));
    assert_string_equal(live_ws_hear(fd), "451-[\"all\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(fd), "bAQID");
    assert_string_equal(live_ws_hear(ws), "451-[\"all\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(ws), "binary 010203");
    live_hang_up(&fd);
}

static void bytes_in_protocol_3_have_their_type(void **state)
{
    (void)state;
    int fd = live_ws("?EIO=3&transport=websocket");
    live_ws_hear(fd);
    live_ws_hear(fd);
    live_ws_send(fd, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    live_ws_send_binary(fd, "\4\1\2", 3);
    assert_string_equal(live_ws_hear(fd), "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(fd), "binary 040102");
    live_hang_up(&fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)
#define IMPATIENT(name) cmocka_unit_test_setup_teardown(name, open_impatient, close_live)
#define HASTY(name) cmocka_unit_test_setup_teardown(name, open_hasty, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_frame_one_byte_at_a_time),
        TEST(fragments_with_a_ping_between),
        TEST(large_messages_both_ways),
        TEST(a_close_is_answered_with_its_code),
        TEST(broken_frames_close_with_their_code),
        TEST(unmasked_frames_close),
        TEST(a_client_that_hangs_up),
        HASTY(the_server_pings_and_gives_up),
        HASTY(clients_of_protocol_3_ping),
        IMPATIENT(a_client_that_joins_nothing_is_closed),
        TEST(a_client_that_does_not_read_is_limited),
        TEST(a_broadcast_closes_a_client_that_does_not_read),
        TEST(base64_for_clients_without_binary),
        TEST(bytes_in_protocol_3_have_their_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
