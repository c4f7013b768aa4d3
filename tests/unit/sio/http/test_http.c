#include "live.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static int client;
static char seen[256];

static void on_request(sio_request *request, void *context)
{
    size_t size;
    const char *body = sio_request_body(request, &size), *name = sio_request_header(request, "X-NAME");
    (void)context;
    snprintf(seen, sizeof seen, "%s|%s|%s|%.*s|%s", sio_request_method(request), sio_request_path(request),
             sio_request_query(request), (int)size, body, name ? name : "-");
    if (strcmp(sio_request_path(request), "/silent") == 0) return;
    sio_reply(request, 200, "text/plain", seen, strlen(seen));
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ .on_request = on_request, .payload_bytes_max = 1000 });
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

static void a_request_is_decoded(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "POST", "/a%20b/%C3%A9?q=%20x", "x-name: Ada\r\n", "body");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "POST|/a b/\xc3\xa9|q=%20x|body|Ada");
    assert_string_equal(live_header(&reply, "Content-Type"), "text/plain");
    assert_int_equal(strlen(live_header(&reply, "Date")), 29);
    assert_string_equal(live_header(&reply, "Connection"), "");
}

static void one_byte_at_a_time(void **state)
{
    (void)state;
    for (const char *at = "PUT /x HTTP/1.1\r\nHost: a\r\nX-Name: n\r\nContent-Length: 3\r\n\r\nabc"; *at; at++)
        live_say_bytes(client, at, 1);
    assert_string_equal(live_reply(client, true).body, "PUT|/x||abc|n");
}

static void a_body_that_comes_later_in_pieces(void **state)
{
    (void)state;
    live_say(client, "POST /x?y HTTP/1.1\r\nHost: a\r\nX-Name: n\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r");
    live_say(client, "\nde\r\n0\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_string_equal(live_reply(client, true).body, "POST|/x|y|abcde|n");
    assert_string_equal(live_reply(client, true).body, "GET|/next|||-");
}

static void chunks_in_one_read(void **state)
{
    (void)state;
    live_say(client,
             "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assert_string_equal(live_reply(client, true).body, "POST|/x||abcde|-");
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        char request[64];
        snprintf(request, sizeof request, "GET /%d HTTP/1.1\r\nHost: a\r\n\r\n", i);
        live_say(client, request);
    }
    for (int i = 0; i < 100; i++) {
        char body[64];
        snprintf(body, sizeof body, "GET|/%d|||-", i);
        assert_string_equal(live_reply(client, true).body, body);
    }
}

static void expect_continue(void **state)
{
    (void)state;
    live_say(client, "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assert_string_equal(live_hear(client, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    live_say(client, "ok");
    assert_string_equal(live_reply(client, true).body, "POST|/x||ok|-");
}

static void head_has_everything_but_the_body(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "HEAD", "/x", NULL, NULL);
    assert_string_equal(live_header(&reply, "Content-Length"), "11");
    assert_string_equal(live_get(client, "/y").body, "GET|/y|||-"); /* nothing stands between them */
}

static void without_an_answer_404(void **state)
{
    (void)state;
    assert_int_equal(live_get(client, "/silent").status, 404);
    assert_int_equal(live_get(client, "/socket.io?EIO=4").status, 200); /* without the slash it is not the server's */
}

static void connection_close_is_done(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "GET", "/x", "Connection: close\r\n", NULL);
    assert_string_equal(live_header(&reply, "Connection"), "close");
    assert_true(live_is_closed(client));
}

static void http_1_0_closes_unless_asked_not_to(void **state)
{
    (void)state;
    live_say(client, "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    struct live_reply reply = live_reply(client, true);
    assert_string_equal(live_header(&reply, "Connection"), "keep-alive");
    live_say(client, "GET /x HTTP/1.0\r\n\r\n");
    reply = live_reply(client, true);
    assert_string_equal(live_header(&reply, "Connection"), "close");
    assert_true(live_is_closed(client));
}

static void half_closed_clients_get_their_answer(void **state)
{
    (void)state;
    live_say(client, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    shutdown(client, SHUT_WR);
    assert_string_equal(live_reply(client, true).body, "GET|/x|||-");
    assert_true(live_is_closed(client));
}

static void refused(const char *request, int status)
{
    int fd = live_connect();
    live_say(fd, request);
    struct live_reply reply = live_reply(fd, true);
    assert_int_equal(reply.status, status);
    assert_int_equal(reply.size, 0);
    assert_true(live_is_closed(fd));
    live_hang_up(&fd);
}

static void what_cannot_be_read_is_refused_and_closed(void **state)
{
    char head[20000];
    (void)state;
    refused("GET /x HTTP/1.1\r\n\r\n", 400);
    refused("nonsense\r\n\r\n", 400);
    refused("GET /x HTTP/2.0\r\nHost: a\r\n\r\n", 505);
    refused("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413);
    refused("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    memset(head, 'a', sizeof head - 1);
    head[sizeof head - 1] = '\0';
    memcpy(head, "GET /x HTTP/1.1\r\nX: ", 20);
    refused(head, 431);
    memset(head, 'a', sizeof head - 1);
    memcpy(head, "GET /", 5);
    refused(head, 414);
}

/* The client goes on sending while it is refused; it must still be able to read why. */
static void a_refusal_reaches_a_client_that_is_still_sending(void **state)
{
    char body[4096];
    (void)state;
    memset(body, 'x', sizeof body);
    live_say(client, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    for (int i = 0; i < 20; i++) live_say_bytes(client, body, sizeof body);
    assert_int_equal(live_reply(client, true).status, 413);
    assert_true(live_is_closed(client));
}

static void a_bad_path_is_refused(void **state)
{
    (void)state;
    assert_int_equal(live_get(client, "/%zz").status, 400);
    assert_int_equal(live_get(client, "/a%00b").status, 400);
    assert_int_equal(live_get(client, "/%ff").status, 400);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_request_is_decoded),
        TEST(one_byte_at_a_time),
        TEST(a_body_that_comes_later_in_pieces),
        TEST(chunks_in_one_read),
        TEST(pipelined_requests_are_answered_in_order),
        TEST(expect_continue),
        TEST(head_has_everything_but_the_body),
        TEST(without_an_answer_404),
        TEST(connection_close_is_done),
        TEST(http_1_0_closes_unless_asked_not_to),
        TEST(half_closed_clients_get_their_answer),
        TEST(what_cannot_be_read_is_refused_and_closed),
        TEST(a_refusal_reaches_a_client_that_is_still_sending),
        TEST(a_bad_path_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
