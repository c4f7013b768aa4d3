#include "live.h"

#include <stdio.h>

static int getter;
static char sid[21], polling_target[160], ws_target[160];
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

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    sio_namespace *ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    reason = NULL;
    getter = live_connect();
    const char *body = live_get(getter, "/socket.io/?EIO=4&transport=polling").body;
    assert_int_equal(sscanf(body, "0{\"sid\":\"%20[^\"]", sid), 1);
    snprintf(polling_target, sizeof polling_target, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    snprintf(ws_target, sizeof ws_target, "?EIO=4&transport=websocket&sid=%s", sid);
    assert_string_equal(live_request(getter, "POST", polling_target, NULL, "40").body, "ok");
    assert_memory_equal(live_get(getter, polling_target).body, "40{", 3);
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&getter);
    live_close();
    return 0;
}

static void ask(void)
{
    char request[256];
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", polling_target);
    live_say(getter, request);
    live_turns(3);
}

static void a_session_moves_with_what_waits(void **state)
{
    (void)state;
    ask();
    int ws = live_ws(ws_target);
    live_ws_send(ws, "2probe");
    assert_string_equal(live_ws_hear(ws), "3probe");
    assert_string_equal(live_reply(getter, true).body, "6"); /* so that the client can pause */
    assert_string_equal(sio_transport(socket), "polling");
    sio_emit(socket, "waits", SIO_ARGS(sio_bytes("\1\2", 2)));
    live_ws_send(ws, "5");
    assert_string_equal(live_ws_hear(ws), "451-[\"waits\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(ws), "binary 0102");
    assert_string_equal(sio_transport(socket), "websocket");
    assert_null(reason);
    struct live_reply reply = live_get(getter, polling_target);
    assert_int_equal(reply.status, 400);
    assert_string_equal(reply.body, "{\"code\":3,\"message\":\"Bad request\"}");
    live_hang_up(&ws);
    assert_string_equal(reason, "transport close");
}

static void noops_come_again_while_the_client_polls(void **state)
{
    (void)state;
    int ws = live_ws(ws_target);
    live_ws_send(ws, "2probe");
    for (int i = 0; i < 3; i++) assert_string_equal(live_get(getter, polling_target).body, "6");
    live_hang_up(&ws);
}

static void events_go_on_over_polling_while_a_probe_waits(void **state)
{
    (void)state;
    int ws = live_ws(ws_target);
    live_ws_send(ws, "2probe");
    assert_string_equal(live_ws_hear(ws), "3probe");
    sio_emit(socket, "news", SIO_NO_ARGS);
    assert_string_equal(live_get(getter, polling_target).body, "42[\"news\"]");
    live_hang_up(&ws);
    assert_null(reason); /* a lost probe leaves the session as it was */
    sio_emit(socket, "news", SIO_NO_ARGS);
    assert_string_equal(live_get(getter, polling_target).body, "42[\"news\"]");
    assert_string_equal(sio_transport(socket), "polling");
}

static void another_packet_closes_the_probe_only(void **state)
{
    (void)state;
    int ws = live_ws(ws_target);
    live_ws_send(ws, "42[\"event\"]");
    assert_true(live_ws_is_closed(ws));
    assert_null(reason);
    live_hang_up(&ws);
}

static void a_second_websocket_is_closed(void **state)
{
    (void)state;
    int ws = live_ws(ws_target), second = live_ws(ws_target);
    assert_true(live_ws_is_closed(second));
    live_ws_send(ws, "2probe");
    assert_string_equal(live_ws_hear(ws), "3probe");
    live_ws_send(ws, "5");
    live_turns(2);
    int third = live_ws(ws_target);
    assert_true(live_ws_is_closed(third));
    sio_emit(socket, "news", SIO_NO_ARGS);
    assert_string_equal(live_ws_hear(ws), "42[\"news\"]");
    live_hang_up(&ws);
    live_hang_up(&second);
    live_hang_up(&third);
}

static void a_poll_that_pends_at_the_switch_is_let_go(void **state)
{
    (void)state;
    int ws = live_ws(ws_target);
    ask();
    live_ws_send(ws, "5");
    assert_string_equal(live_reply(getter, true).body, "6");
    live_hang_up(&ws);
}

static void the_end_of_the_session_ends_the_probe(void **state)
{
    (void)state;
    int ws = live_ws(ws_target);
    assert_string_equal(live_request(getter, "POST", polling_target, NULL, "1").body, "ok");
    assert_string_equal(reason, "transport close");
    assert_true(live_ws_is_closed(ws));
    live_hang_up(&ws);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_session_moves_with_what_waits),
        TEST(noops_come_again_while_the_client_polls),
        TEST(events_go_on_over_polling_while_a_probe_waits),
        TEST(another_packet_closes_the_probe_only),
        TEST(a_second_websocket_is_closed),
        TEST(a_poll_that_pends_at_the_switch_is_let_go),
        TEST(the_end_of_the_session_ends_the_probe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
