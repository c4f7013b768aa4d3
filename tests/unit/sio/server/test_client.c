#include "live.h"

#include <stdio.h>

static int ws;
static char seen[512];
static const char *reason;

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)context;
    snprintf(seen, sizeof seen, "%s %s", sio_name(sio_namespace_of(socket)),
             auth.kind == SIO_JSON ? (const char *)auth.data.at : "none");
    assert_int_equal(sio_emit(socket, "welcome", SIO_ARGS(sio_bytes("\7", 1))), 0); /* after the answer, on the wire */
    if (auth.kind == SIO_JSON && strstr(auth.data.at, "refuse")) return "not you";
    if (auth.kind == SIO_JSON && strstr(auth.data.at, "data")) {
        assert_int_equal(sio_refuse_with(socket, sio_bytes("x", 1)), SIO_EINVAL);
        assert_int_equal(sio_refuse_with(socket, sio_json("{\"code\":7}", 10)), 0);
        return "not \"you\"";
    }
    return NULL;
}

static void on_disconnect(sio_socket *socket, const char *why, void *context)
{
    (void)context;
    assert_int_equal(sio_emit(socket, "late", SIO_NO_ARGS), SIO_EGONE);
    assert_int_equal(sio_join(socket, "late"), SIO_EGONE);
    reason = why;
}

static void on_leave(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_disconnect(socket);
    sio_emit(socket, "bye", SIO_NO_ARGS); /* the handler has not returned */
}

static bool is_dynamic(const char *name, void *context)
{
    (void)context;
    return strncmp(name, "/dyn-", 5) == 0;
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ .socket_data_size = 40 });
    sio_namespace *namespaces[] = { sio_of(live_server, "/"), sio_of(live_server, "/chat"),
                                    sio_of_match(live_server, is_dynamic, NULL) };
    for (int i = 0; i < 3; i++) {
        sio_on_connect(namespaces[i], on_connect, NULL);
        sio_on_disconnect(namespaces[i], on_disconnect, NULL);
        assert_int_equal(sio_on_all(namespaces[i], "leave", on_leave, NULL), 0);
    }
    reason = NULL;
    seen[0] = '\0';
    ws = live_ws("?EIO=4&transport=websocket");
    assert_memory_equal(live_ws_hear(ws), "0{", 2);
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&ws);
    live_close();
    return 0;
}

static void hear_accept(const char *head, const char *welcome)
{
    const char *text = live_ws_hear(ws);
    assert_memory_equal(text, head, strlen(head));
    assert_int_equal(strlen(text), strlen(head) + strlen("{\"sid\":\"12345678901234567890\"}"));
    assert_string_equal(live_ws_hear(ws), welcome);
    assert_string_equal(live_ws_hear(ws), "binary 07");
}

static void joining_is_answered_before_what_is_sent(void **state)
{
    (void)state;
    live_ws_send(ws, "40{\"token\":\"\xc3\xa9\"}");
    hear_accept("40", "451-[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(seen, "/ {\"token\":\"\xc3\xa9\"}");
}

static void several_namespaces_over_one_connection(void **state)
{
    (void)state;
    live_ws_send(ws, "40/chat,");
    hear_accept("40/chat,", "451-/chat,[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(seen, "/chat none");
    live_ws_send(ws, "40");
    hear_accept("40", "451-[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
    live_ws_send(ws, "41/chat,");
    live_turns(2);
    assert_string_equal(reason, "client namespace disconnect");
    live_ws_send(ws, "42[\"leave\"]");
    assert_string_equal(live_ws_hear(ws), "42[\"bye\"]");
    assert_string_equal(live_ws_hear(ws), "41");
    assert_string_equal(reason, "server namespace disconnect");
    live_ws_send(ws, "40/chat,"); /* the connection lives on */
    hear_accept("40/chat,", "451-/chat,[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
}

static void an_event_right_behind_connect_is_taken(void **state)
{
    (void)state;
    live_say_bytes(ws,
                   "\x81\x82\0\0\0\0"
                   "40\x81\x8b\0\0\0\0"
                   "42[\"leave\"]",
                   8 + 17);
    hear_accept("40", "451-[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(ws), "42[\"bye\"]");
}

static void a_namespace_that_does_not_exist(void **state)
{
    (void)state;
    live_ws_send(ws, "40/random,");
    assert_string_equal(live_ws_hear(ws), "44/random,{\"message\":\"Invalid namespace\"}");
    live_ws_send(ws, "40/chat?a=b,"); /* in protocol 5 a question mark is part of the name */
    assert_string_equal(live_ws_hear(ws), "44/chat?a=b,{\"message\":\"Invalid namespace\"}");
}

static void a_refusal_has_its_reason_and_data(void **state)
{
    (void)state;
    live_ws_send(ws, "40{\"refuse\":1}");
    assert_string_equal(live_ws_hear(ws), "44{\"message\":\"not you\"}");
    live_ws_send(ws, "40{\"data\":1}");
    assert_string_equal(live_ws_hear(ws), "44{\"message\":\"not \\\"you\\\"\",\"data\":{\"code\":7}}");
    assert_null(reason); /* it was never let in */
    live_ws_send(ws, "40{}");
    hear_accept("40", "451-[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
}

static void namespaces_by_a_pattern_come_and_go(void **state)
{
    (void)state;
    live_ws_send(ws, "40/dyn-1,");
    hear_accept("40/dyn-1,", "451-/dyn-1,[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(seen, "/dyn-1 none");
    live_ws_send(ws, "42/dyn-1,[\"leave\"]");
    assert_string_equal(live_ws_hear(ws), "42/dyn-1,[\"bye\"]");
    assert_string_equal(live_ws_hear(ws), "41/dyn-1,");
    live_ws_send(ws, "40/dyn-1,");
    hear_accept("40/dyn-1,", "451-/dyn-1,[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
    live_ws_send(ws, "40/dyx,");
    assert_string_equal(live_ws_hear(ws), "44/dyx,{\"message\":\"Invalid namespace\"}");
}

static void protocol_4_says_it_otherwise(void **state)
{
    (void)state;
    int old = live_ws("?EIO=3&transport=websocket");
    assert_memory_equal(live_ws_hear(old), "0{", 2);
    assert_string_equal(live_ws_hear(old), "40");
    assert_string_equal(seen, "/ none");
    assert_string_equal(live_ws_hear(old), "451-[\"welcome\",{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(old), "binary 0407");
    live_ws_send(old, "40"); /* it has joined already: no answer */
    live_ws_send(old, "40/chat?token=a%22b&x=%2B,");
    assert_string_equal(live_ws_hear(old), "40/chat,");
    assert_string_equal(seen, "/chat {\"token\":\"a\\\"b\",\"x\":\"+\"}");
    live_ws_hear(old);
    live_ws_hear(old);
    live_ws_send(old, "40/dyn-2?refuse=1,");
    assert_string_equal(live_ws_hear(old), "44/dyn-2,\"not you\"");
    live_ws_send(old, "40/dyn-2?data=1,");
    assert_string_equal(live_ws_hear(old), "44/dyn-2,{\"code\":7}");
    live_ws_send(old, "40/none,");
    assert_string_equal(live_ws_hear(old), "44/none,\"Invalid namespace\"");
    live_hang_up(&old);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(joining_is_answered_before_what_is_sent),
        TEST(several_namespaces_over_one_connection),
        TEST(an_event_right_behind_connect_is_taken),
        TEST(a_namespace_that_does_not_exist),
        TEST(a_refusal_has_its_reason_and_data),
        TEST(namespaces_by_a_pattern_come_and_go),
        TEST(protocol_4_says_it_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
