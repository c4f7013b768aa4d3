#include "live.h"

#include <stdio.h>

static int getter, poster;
static char target[160];
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
    socket = NULL;
}

static void on_echo(sio_socket *from, sio_event *event, void *context)
{
    (void)context;
    sio_emit(from, "echo", sio_event_args(event));
}

/* A session that polls; Engine.IO 4 with "/" joined, or 3. */
static void open_session(sio_options options, const char *query)
{
    char sid[21];
    live_open(options);
    sio_namespace *ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    assert_int_equal(sio_on_all(ns, "echo", on_echo, NULL), 0);
    reason = NULL;
    socket = NULL;
    getter = live_connect();
    poster = live_connect();
    snprintf(target, sizeof target, "/socket.io/?transport=polling&%s", query);
    const char *body = live_get(getter, target).body;
    assert_int_equal(sscanf(strstr(body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    snprintf(target, sizeof target, "/socket.io/?transport=polling&%s&sid=%s", query, sid);
}

static void join(void)
{
    assert_string_equal(live_request(poster, "POST", target, NULL, "40").body, "ok");
    assert_memory_equal(live_get(getter, target).body, "40{\"sid\":\"", 10);
}

static int open_live(void **state)
{
    (void)state;
    open_session((sio_options){ .payload_bytes_max = 1000, .backlog_bytes_max = 4000 }, "EIO=4");
    join();
    return 0;
}

static int open_old(void **state)
{
    (void)state;
    open_session((sio_options){ 0 }, "EIO=3");
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&getter);
    live_hang_up(&poster);
    live_close();
    return 0;
}

static void ask(int fd)
{
    char request[256];
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
    live_say(fd, request);
    live_turns(3);
}

static struct live_reply post(const char *body)
{
    return live_request(poster, "POST", target, NULL, body);
}

static bool is_session_gone(void)
{
    int fd = live_connect();
    struct live_reply reply = live_get(fd, target);
    bool is_gone = reply.status == 400 && strstr(reply.body, "Session ID unknown") != NULL;
    live_hang_up(&fd);
    return is_gone;
}

static void a_pending_poll_gets_what_comes(void **state)
{
    (void)state;
    ask(getter);
    struct live_reply reply = post("42[\"echo\",1]\x1e"
                                   "42[\"echo\",\"\xc3\xa9\"]");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "ok");
    assert_string_equal(live_header(&reply, "Content-Type"), "text/html");
    assert_string_equal(live_header(&reply, "Cache-Control"), "no-store");
    /* Both in one answer: what one turn brings leaves together. */
    assert_string_equal(live_reply(getter, true).body, "42[\"echo\",1]\x1e"
                                                       "42[\"echo\",\"\xc3\xa9\"]");
}

static void what_waits_goes_with_the_next_poll(void **state)
{
    (void)state;
    post("42[\"echo\",1]");
    post("42[\"echo\",2]");
    assert_string_equal(live_get(getter, target).body, "42[\"echo\",1]\x1e"
                                                       "42[\"echo\",2]");
}

static void binary_is_base64_in_protocol_4(void **state)
{
    (void)state;
    post("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\x1e"
         "bAQID");
    assert_string_equal(live_get(getter, target).body, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\x1e"
                                                       "bAQID");
}

static void an_overlapping_poll_closes_both(void **state)
{
    (void)state;
    int second = live_connect();
    ask(getter);
    struct live_reply reply = live_get(second, target);
    assert_int_equal(reply.status, 400);
    assert_int_equal(reply.size, 0);
    assert_string_equal(live_reply(getter, true).body, strstr(target, "EIO=3") ? "1:1" : "1");
    assert_string_equal(reason, "transport error");
    assert_true(is_session_gone());
    live_hang_up(&second);
}

static void a_lost_poll_closes(void **state)
{
    (void)state;
    ask(getter);
    live_hang_up(&getter);
    assert_string_equal(reason, "transport error");
    assert_true(is_session_gone());
}

/* The head of a POST of twelve bytes, and the first of them. */
static void begin_post(int fd)
{
    char request[300];
    snprintf(request, sizeof request, "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n4", target);
    live_say(fd, request);
    live_turns(3);
}

static void a_second_post_on_its_way_closes(void **state)
{
    (void)state;
    int second = live_connect();
    begin_post(poster);
    begin_post(second);
    struct live_reply reply = live_reply(second, true);
    assert_int_equal(reply.status, 400);
    assert_int_equal(reply.size, 0);
    assert_true(live_is_closed(second));
    assert_string_equal(reason, "transport error");
    live_say(poster, "2[\"echo\",1]");
    assert_int_equal(live_reply(poster, true).status, 400); /* its session is gone */
    assert_true(is_session_gone());
    live_hang_up(&second);
}

static void so_does_one_that_is_whole(void **state)
{
    (void)state;
    int second = live_connect();
    begin_post(second);
    struct live_reply reply = post("42[\"echo\",1]");
    assert_int_equal(reply.status, 400);
    assert_int_equal(reply.size, 0);
    assert_string_equal(reason, "transport error");
    assert_true(is_session_gone());
    live_hang_up(&second);
}

static void a_lost_post_closes(void **state)
{
    (void)state;
    begin_post(poster);
    live_hang_up(&poster);
    assert_string_equal(reason, "transport error");
    assert_true(is_session_gone());
}

static void posts_one_after_the_other_are_taken(void **state)
{
    (void)state;
    int second = live_connect();
    begin_post(second);
    live_say(second, "2[\"echo\",1]");
    assert_string_equal(live_reply(second, true).body, "ok");
    begin_post(second);
    live_say(second, "2[\"echo\",2]");
    assert_string_equal(live_reply(second, true).body, "ok");
    assert_string_equal(post("42[\"echo\",3]").body, "ok");
    assert_string_equal(live_get(getter, target).body, "42[\"echo\",1]\x1e"
                                                       "42[\"echo\",2]\x1e"
                                                       "42[\"echo\",3]");
    live_hang_up(&second);
    assert_null(reason);
}

static void garbage_is_ok_and_closes(void **state)
{
    (void)state;
    ask(getter);
    assert_string_equal(post("garbage").body, "ok");
    assert_string_equal(live_reply(getter, true).body, "1");
    assert_string_equal(reason, "parse error");
    assert_true(is_session_gone());
}

static void an_empty_body_closes(void **state)
{
    (void)state;
    assert_string_equal(post("").body, "ok");
    assert_true(is_session_gone());
}

static void close_lets_the_poll_go(void **state)
{
    (void)state;
    ask(getter);
    assert_string_equal(post("1").body, "ok");
    assert_string_equal(live_reply(getter, true).body, "6");
    assert_string_equal(reason, "transport close");
    assert_true(is_session_gone());
}

static void a_ping_from_a_client_of_protocol_4_closes(void **state)
{
    (void)state;
    assert_string_equal(post("2").body, "ok");
    assert_string_equal(reason, "transport error");
    assert_true(is_session_gone());
}

static void bytes_are_refused_in_protocol_4(void **state)
{
    (void)state;
    struct live_reply reply = live_request(poster, "POST", target, "Content-Type: application/octet-stream\r\n", "x");
    assert_int_equal(reply.status, 400);
    assert_true(is_session_gone());
}

static void a_body_above_the_limit_is_413_and_the_session_lives(void **state)
{
    char body[1100];
    (void)state;
    memset(body, '4', sizeof body - 1);
    body[sizeof body - 1] = '\0';
    struct live_reply reply = post(body);
    assert_int_equal(reply.status, 413);
    assert_int_equal(reply.size, 0);
    assert_true(live_is_closed(poster));
    poster = live_connect();
    post("42[\"echo\",1]");
    assert_string_equal(live_get(getter, target).body, "42[\"echo\",1]");
}

static void a_client_that_does_not_poll_has_a_full_backlog(void **state)
{
    char text[1001] = { 0 };
    (void)state;
    memset(text, 'x', 1000);
    for (int i = 0; i < 3; i++) assert_int_equal(sio_emit(socket, "news", SIO_ARGS(sio_text(text))), 0);
    assert_int_equal(sio_emit(socket, "news", SIO_ARGS(sio_text(text))), SIO_EFULL);
    assert_true(sio_unsent(socket) > 3000);
    live_get(getter, target);
    assert_int_equal(sio_unsent(socket), 0);
    assert_int_equal(sio_emit(socket, "news", SIO_ARGS(sio_text(text))), 0);
}

static void volatile_events_need_a_pending_poll(void **state)
{
    (void)state;
    sio_namespace *ns = sio_of(live_server, "/");
    sio_broadcast(ns, (sio_to){ .is_volatile = true }, "lost", SIO_NO_ARGS);
    ask(getter);
    sio_broadcast(ns, (sio_to){ .is_volatile = true }, "kept", SIO_NO_ARGS);
    assert_string_equal(live_reply(getter, true).body, "42[\"kept\"]");
}

static void closing_from_the_server_reaches_the_next_poll(void **state)
{
    (void)state;
    sio_emit(socket, "last", SIO_NO_ARGS);
    sio_close(socket);
    live_turns(3);
    assert_string_equal(reason, "server namespace disconnect");
    assert_string_equal(live_get(getter, target).body, "42[\"last\"]\x1e"
                                                       "41");
    assert_string_equal(live_get(getter, target).body, "1");
    assert_true(is_session_gone());
}

static void requests_behind_a_pending_poll_wait(void **state)
{
    (void)state;
    ask(getter);
    live_say(getter, "GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
    post("42[\"echo\",1]");
    assert_string_equal(live_reply(getter, true).body, "42[\"echo\",1]");
    assert_int_equal(live_reply(getter, true).status, 404);
}

static void protocol_3_counts_utf_16(void **state)
{
    (void)state;
    post("19:42[\"echo\",\"\xc3\xa9\xf0\x9f\x98\x80\"]");
    live_turns(3);
    assert_non_null(reason); /* 16 units were announced as 19 */
}

static void protocol_3_text(void **state)
{
    (void)state;
    post("16:42[\"echo\",\"\xc3\xa9\xf0\x9f\x98\x80\"]");
    assert_string_equal(live_get(getter, target).body, "16:42[\"echo\",\"\xc3\xa9\xf0\x9f\x98\x80\"]");
}

static void protocol_3_answers_pings(void **state)
{
    (void)state;
    post("1:2");
    assert_string_equal(live_get(getter, target).body, "1:3");
}

static void protocol_3_sends_bytes_in_its_binary_form(void **state)
{
    (void)state;
    post("42:451-[\"echo\",{\"_placeholder\":true,\"num\":0}]10:b4AQIDBA==");
    struct live_reply reply = live_get(getter, target);
    assert_string_equal(live_header(&reply, "Content-Type"), "application/octet-stream");
    assert_memory_equal(reply.body + reply.size - 8, "\x01\x05\xff\x04\x01\x02\x03\x04", 8);
}

/* Newlines of a message come as \n with its backslash doubled where it stood before; what ends a line in JavaScript but
 * not in JSON leaves as an escape, and bytes as base64. */
static void jsonp_escapes(void **state)
{
    char jsonp_target[200];
    (void)state;
    snprintf(jsonp_target, sizeof jsonp_target, "%s&j=3x", target);
    live_request(poster, "POST", jsonp_target, "Content-Type: application/x-www-form-urlencoded\r\n",
                 "d=16%3A42%5B%22echo%22%2C%22%E2%80%A8%5C%22%22%5D");
    assert_string_equal(live_get(getter, jsonp_target).body,
                        "___eio[3](\"16:42[\\\"echo\\\",\\\"\\u2028\\\\\\\"\\\"]\");");
    live_request(poster, "POST", jsonp_target, "Content-Type: application/x-www-form-urlencoded\r\n",
                 "d=42%3A451-%5B%22echo%22%2C%7B%22_placeholder%22%3Atrue%2C%22num%22%3A0%7D%5D6%3Ab4AQID");
    struct live_reply reply = live_get(getter, jsonp_target);
    assert_non_null(strstr(reply.body, "6:b4AQID\");"));
    live_request(poster, "POST", jsonp_target, "Content-Type: application/x-www-form-urlencoded\r\n", "e=1");
    assert_int_equal(live_get(getter, jsonp_target).status, 400);
}

static void jsonp(void **state)
{
    char jsonp_target[200];
    (void)state;
    snprintf(jsonp_target, sizeof jsonp_target, "%s&j=7", target);
    struct live_reply reply =
        live_request(poster, "POST", jsonp_target, "Content-Type: application/x-www-form-urlencoded\r\n",
                     "d=12%3A42%5B%22echo%22%2C1%5D");
    assert_string_equal(reply.body, "ok");
    reply = live_get(getter, jsonp_target);
    assert_string_equal(live_header(&reply, "Content-Type"), "text/javascript; charset=UTF-8");
    assert_string_equal(reply.body, "___eio[7](\"12:42[\\\"echo\\\",1]\");");
}

static void internet_explorers_filter_is_switched_off(void **state)
{
    (void)state;
    struct live_reply reply = live_request(poster, "POST", target, "User-Agent: x Trident/7.0\r\n", "1:2");
    assert_string_equal(live_header(&reply, "X-XSS-Protection"), "0");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)
#define OLD(name) cmocka_unit_test_setup_teardown(name, open_old, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pending_poll_gets_what_comes),
        TEST(what_waits_goes_with_the_next_poll),
        TEST(binary_is_base64_in_protocol_4),
        TEST(an_overlapping_poll_closes_both),
        OLD(an_overlapping_poll_closes_both),
        TEST(a_lost_poll_closes),
        TEST(a_second_post_on_its_way_closes),
        TEST(so_does_one_that_is_whole),
        TEST(a_lost_post_closes),
        TEST(posts_one_after_the_other_are_taken),
        OLD(a_second_post_on_its_way_closes),
        TEST(garbage_is_ok_and_closes),
        TEST(an_empty_body_closes),
        TEST(close_lets_the_poll_go),
        TEST(a_ping_from_a_client_of_protocol_4_closes),
        TEST(bytes_are_refused_in_protocol_4),
        TEST(a_body_above_the_limit_is_413_and_the_session_lives),
        TEST(a_client_that_does_not_poll_has_a_full_backlog),
        TEST(volatile_events_need_a_pending_poll),
        TEST(closing_from_the_server_reaches_the_next_poll),
        TEST(requests_behind_a_pending_poll_wait),
        OLD(protocol_3_counts_utf_16),
        OLD(protocol_3_text),
        OLD(protocol_3_answers_pings),
        OLD(protocol_3_sends_bytes_in_its_binary_form),
        OLD(jsonp_escapes),
        OLD(jsonp),
        OLD(internet_explorers_filter_is_switched_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
