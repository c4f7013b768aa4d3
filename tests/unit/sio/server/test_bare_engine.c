#include "live.h"
#include "sio_engine.h"

#include <stdio.h>
#include <unistd.h>

static int client, context, opened;
static char sid[21], closed[64];
static sio_session *last;

static void on_open(sio_session *session, void *given)
{
    assert_ptr_equal(given, &context);
    opened++;
    last = session;
    assert_null(sio_session_data(session));
    sio_session_set_data(session, closed);
    assert_int_equal(sio_session_send(session, sio_text("hi")), 0);
}

static void on_message(sio_session *session, sio_value message, void *given)
{
    char text[128];
    (void)given;
    assert_ptr_equal(sio_session_data(session), closed);
    if (message.kind == SIO_BYTES || message.data.size != 3) {
        assert_int_equal(sio_session_send(session, message), 0);
    } else if (memcmp(message.data.at, "who", 3) == 0) {
        snprintf(text, sizeof text, "%s %s %d", sio_session_id(session), sio_session_transport(session),
                 sio_session_protocol(session));
        sio_session_send(session, sio_text(text));
    } else if (memcmp(message.data.at, "hdr", 3) == 0) {
        const sio_request *post = sio_session_request(session);
        sio_session_send(session, sio_text(post ? sio_request_header(post, "x-test") : "none"));
    } else {
        sio_session_send(session, sio_text("bye"));
        sio_session_close(session);
        assert_int_equal(sio_session_send(session, sio_text("late")), SIO_EGONE);
    }
}

static void on_close(sio_session *session, const char *reason, void *given)
{
    assert_ptr_equal(given, &context);
    assert_ptr_equal(sio_session_data(session), closed);
    snprintf(closed, sizeof closed, "%s", reason);
}

static int open_live(void **state)
{
    const sio_engine engine = { on_open, on_message, on_close, &context };
    (void)state;
    opened = 0;
    closed[0] = '\0';
    live_open((sio_options){ .engine = &engine, .backlog_bytes_max = 1000 });
    client = live_connect();
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&client);
    live_close();
    return 0;
}

static const char *target(void)
{
    static char text[96];
    snprintf(text, sizeof text, "/engine.io/?EIO=4&transport=polling&sid=%s", sid);
    return text;
}

static void handshake(void)
{
    struct live_reply reply = live_get(client, "/engine.io/?EIO=4&transport=polling");
    assert_int_equal(sscanf(strstr(reply.body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    assert_string_equal(strchr(reply.body, '\x1e'), "\x1e"
                                                    "4hi");
}

static int ws(void)
{
    int fd = live_connect();
    live_say(fd, "GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                 "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    assert_non_null(strstr(live_hear(fd, "\r\n\r\n"), " 101 "));
    assert_memory_equal(live_ws_hear(fd), "0{\"sid\":", 8);
    assert_string_equal(live_ws_hear(fd), "4hi");
    return fd;
}

static void messages_over_polling(void **state)
{
    (void)state;
    handshake();
    live_request(client, "POST", target(), "X-Test: yes\r\n",
                 "4hello\x1e"
                 "4hdr\x1e"
                 "bAQID");
    assert_string_equal(live_get(client, target()).body, "4hello\x1e"
                                                         "4yes\x1e"
                                                         "bAQID");
    assert_int_equal(opened, 1);
}

static void messages_over_a_websocket(void **state)
{
    (void)state;
    int fd = ws();
    live_ws_send(fd, "4hello");
    assert_string_equal(live_ws_hear(fd), "4hello");
    live_ws_send(fd, "4hdr");
    assert_string_equal(live_ws_hear(fd), "4none");
    live_ws_send_binary(fd, "\x01\x02", 2);
    assert_string_equal(live_ws_hear(fd), "binary 0102");
    live_ws_send(fd, "4who");
    assert_non_null(strstr(live_ws_hear(fd), " websocket 4"));
    live_hang_up(&fd);
    live_turns(3);
    assert_string_equal(closed, "transport close");
}

static void a_session_that_is_closed_gets_what_was_sent(void **state)
{
    (void)state;
    int fd = ws();
    live_ws_send(fd, "4end");
    assert_string_equal(live_ws_hear(fd), "4bye");
    assert_true(live_ws_is_closed(fd));
    assert_string_equal(closed, "forced close");
    live_hang_up(&fd);
    handshake();
    closed[0] = '\0';
    live_request(client, "POST", target(), NULL, "4end");
    assert_string_equal(closed, "forced close");
    assert_string_equal(live_get(client, target()).body, "4bye");
    assert_string_equal(live_get(client, target()).body, "1");
    assert_int_equal(live_get(client, target()).status, 400);
}

static void only_messages_are_sent_and_only_as_many_as_fit(void **state)
{
    char many[1001] = { 0 };
    (void)state;
    handshake();
    assert_int_equal(sio_session_send(last, sio_number(1)), SIO_EINVAL);
    assert_int_equal(sio_session_send(last, sio_bytes(many, 500)), 0);
    assert_true(sio_session_unsent(last) >= 500);
    assert_int_equal(sio_session_send(last, sio_bytes(many, 600)), SIO_EFULL);
}

static void nobody_has_to_join_a_namespace(void **state)
{
    (void)state;
    int fd = ws();
    live_ws_send(fd, "40/none,");
    assert_string_equal(live_ws_hear(fd), "40/none,");
    live_hang_up(&fd);
}

static void base64_is_the_sessions(void **state)
{
    char place[96];
    (void)state;
    struct live_reply reply = live_get(client, "/engine.io/?EIO=3&transport=polling&b64=1");
    assert_int_equal(sscanf(strstr(reply.body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    snprintf(place, sizeof place, "/engine.io/?EIO=3&transport=polling&sid=%s", sid);
    live_request(client, "POST", place, NULL, "6:4hello10:b4AQIDBA==");
    assert_string_equal(live_get(client, place).body, "6:4hello10:b4AQIDBA==");
}

static void who_comes_too_late_is_gone_even_before_the_timer(void **state)
{
    char place[96];
    const sio_engine engine = { 0 };
    (void)state;
    live_open((sio_options){ .engine = &engine, .ping_interval_ms = 1, .ping_timeout_ms = 1 });
    client = live_connect();
    struct live_reply reply = live_get(client, "/engine.io/?EIO=3&transport=polling&b64=1");
    assert_int_equal(sscanf(strstr(reply.body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    usleep(5000); /* sockets come before timers in a turn */
    snprintf(place, sizeof place, "/engine.io/?EIO=3&transport=polling&sid=%s", sid);
    assert_int_equal(live_get(client, place).status, 400);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(messages_over_polling),
        TEST(messages_over_a_websocket),
        TEST(a_session_that_is_closed_gets_what_was_sent),
        TEST(only_messages_are_sent_and_only_as_many_as_fit),
        TEST(nobody_has_to_join_a_namespace),
        TEST(base64_is_the_sessions),
        cmocka_unit_test_teardown(who_comes_too_late_is_gone_even_before_the_timer, close_live),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
