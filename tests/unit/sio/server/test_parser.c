#include "live.h"

#include "buf.h"
#include "msgpack_packet.h"
#include "namespace.h"

#include <stdio.h>
#include <stdlib.h>

static struct buf packet;

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_emit(socket, "echo", sio_event_args(event));
    sio_ack(event, sio_event_args(event));
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)context;
    sio_emit(socket, "held", SIO_ARGS(auth, sio_bytes("\1\2", 2)));
    return NULL;
}

static const char *on_denied(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    sio_refuse_with(socket, sio_number(7));
    return "no";
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ .uses_msgpack = true });
    sio_on_all(sio_of(live_server, "/"), "echo", on_echo, NULL);
    sio_on_connect(sio_of(live_server, "/held"), on_connect, NULL);
    sio_on_connect(sio_of(live_server, "/denied"), on_denied, NULL);
    buf_init(&packet, 65536);
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    buf_free(&packet);
    live_close();
    return 0;
}

/* The packet that was written last, as live_ws_hear shows it. */
static const char *shown(void)
{
    static char text[4096];
    char *at = text + sprintf(text, "binary ");
    for (size_t i = 0; i < packet.size; i++) at += sprintf(at, "%02x", (unsigned char)packet.at[i]);
    buf_clear(&packet);
    return text;
}

static void say(int fd)
{
    live_ws_send_binary(fd, packet.at, packet.size);
    buf_clear(&packet);
}

static int join(const char *nsp, const char *auth)
{
    int fd = live_ws("?EIO=4&transport=websocket");
    live_ws_hear(fd);
    msgpack_packet_write_connect(&packet, str_from(nsp), str_from(auth));
    say(fd);
    return fd;
}

static const sio_args everything = { (const sio_value[]){ { .kind = SIO_NUMBER, .number = 1.5 },
                                                          { .kind = SIO_BYTES, .data = { "\1\2\3", 3 } },
                                                          { .kind = SIO_TEXT, .data = { "\"e\"", 3 } },
                                                          { .kind = SIO_JSON, .data = { "{\"a\":[1]}", 9 } } },
                                     4 };

static void events_and_acknowledgements(void **state)
{
    (void)state;
    int fd = join("/", "");
    assert_memory_equal(live_ws_hear(fd), "binary 8", 8);
    msgpack_packet_write_event(&packet, STR("/"), 5, STR("echo"), everything);
    say(fd);
    msgpack_packet_write_event(&packet, STR("/"), PACKET_NO_ID, STR("echo"), everything);
    assert_string_equal(live_ws_hear(fd), shown());
    msgpack_packet_write_ack(&packet, STR("/"), 5, everything);
    assert_string_equal(live_ws_hear(fd), shown());
}

static void a_broadcast_reaches_every_transport(void **state)
{
    (void)state;
    int fd = join("/", ""), base64 = live_ws("?EIO=4&transport=websocket&b64=1");
    live_ws_hear(fd);
    live_ws_hear(base64);
    live_ws_send(base64, "bgqR0eXBlAKNuc3ChLw=="); /* {type: 0, nsp: "/"} */
    assert_memory_equal(live_ws_hear(base64), "bg", 2);
    assert_int_equal(sio_broadcast(sio_of(live_server, "/"), (sio_to){ 0 }, "all", everything), 0);
    msgpack_packet_write_event(&packet, STR("/"), PACKET_NO_ID, STR("all"), everything);
    assert_string_equal(live_ws_hear(fd), shown());
    assert_memory_equal(live_ws_hear(base64), "bg", 2);
}

static void what_a_connect_function_sends_comes_behind(void **state)
{
    (void)state;
    int fd = join("/held", "{\"a\":1}");
    assert_memory_equal(live_ws_hear(fd), "binary 8", 8);
    msgpack_packet_write_event(&packet, STR("/held"), PACKET_NO_ID, STR("held"),
                               SIO_ARGS(sio_json("{\"a\":1}", 7), sio_bytes("\1\2", 2)));
    assert_string_equal(live_ws_hear(fd), shown());
}

static void refusals_and_ends(void **state)
{
    (void)state;
    int fd = join("/denied", "");
    msgpack_packet_write_connect_error(&packet, STR("/denied"), STR("no"), STR("7"));
    assert_string_equal(live_ws_hear(fd), shown());
    msgpack_packet_write_connect(&packet, STR("/held"), STR_EMPTY);
    say(fd);
    live_ws_hear(fd);
    live_ws_hear(fd);
    sio_disconnect_all(sio_of(live_server, "/held"), (sio_to){ 0 }, false);
    msgpack_packet_write_disconnect(&packet, STR("/held"));
    assert_string_equal(live_ws_hear(fd), shown());
}

static void other_forms_close(void **state)
{
    (void)state;
    int fd = join("/", "");
    live_ws_send(fd, "42[\"x\"]");
    assert_true(live_ws_is_closed(fd));
    fd = join("/", "");
    live_ws_send_binary(fd, "\xc1", 1);
    assert_true(live_ws_is_closed(fd));
    fd = join("/", "[1]");
    assert_true(live_ws_is_closed(fd));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(events_and_acknowledgements),
        TEST(a_broadcast_reaches_every_transport),
        TEST(what_a_connect_function_sends_comes_behind),
        TEST(refusals_and_ends),
        TEST(other_forms_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
