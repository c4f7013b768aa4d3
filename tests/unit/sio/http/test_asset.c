#include "live.h"

#include <stdio.h>

static int client;

static void on_request(sio_request *request, void *context)
{
    static const sio_asset page = { .path = "/", .type = "text/html", .etag = "\"1\"", .bytes = "page", .size = 4 };
    static const sio_asset script = { .path = "/main.js",
                                      .type = "text/javascript",
                                      .etag = "\"2\"",
                                      .is_immutable = true,
                                      .bytes = "0123456789",
                                      .size = 10,
                                      .gzip = "gzip",
                                      .gzip_size = 4,
                                      .brotli = "brotli",
                                      .brotli_size = 6 };
    (void)context;
    sio_reply_asset(request, strcmp(sio_request_path(request), "/") == 0 ? &page : &script);
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ .on_request = on_request });
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

static void what_changes_is_asked_for_again(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/");
    assert_string_equal(reply.body, "page");
    assert_string_equal(live_header(&reply, "Cache-Control"), "no-cache");
    assert_string_equal(live_header(&reply, "ETag"), "\"1\"");
    assert_string_equal(live_header(&reply, "Vary"), "");
    assert_int_equal(live_request(client, "GET", "/", "If-None-Match: \"1\"\r\n", NULL).status, 304);
}

static void what_does_not_is_kept_for_a_year(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/main.js");
    assert_string_equal(live_header(&reply, "Cache-Control"), "public, max-age=31536000, immutable");
    assert_string_equal(live_header(&reply, "Vary"), "Accept-Encoding");
}

static void codings_and_ranges(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "GET", "/main.js", "Accept-Encoding: br;q=0.1, gzip\r\n", NULL);
    assert_string_equal(reply.body, "gzip");
    assert_string_equal(live_header(&reply, "ETag"), "\"2-gzip\"");
    reply = live_request(client, "GET", "/main.js", "Accept-Encoding: br\r\nIf-None-Match: \"2-br\"\r\n", NULL);
    assert_int_equal(reply.status, 304);
    reply = live_request(client, "GET", "/main.js", "Range: bytes=8-\r\n", NULL);
    assert_int_equal(reply.status, 206);
    assert_string_equal(reply.body, "89");
    reply = live_request(client, "HEAD", "/main.js", NULL, NULL);
    assert_string_equal(live_header(&reply, "Content-Length"), "10");
    assert_int_equal(live_request(client, "POST", "/main.js", NULL, "").status, 405);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(what_changes_is_asked_for_again), TEST(what_does_not_is_kept_for_a_year),
                                        TEST(codings_and_ranges) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
