#include "live.h"

static int client;
static char one[] = "one", posted[] = "posted", prefix[] = "prefix", any[] = "any"; /* what the routes answer */

static void on_hit(sio_request *request, void *context)
{
    sio_reply(request, 200, "text/plain", context, strlen(context));
}

static void on_headers(sio_request *request, void *context)
{
    (void)context;
    assert_int_equal(sio_reply_header(request, "X-Good", "yes"), 0);
    assert_int_equal(sio_reply_header(request, "X-Bad", "a\r\nSet-Cookie: b"), SIO_EINVAL);
    assert_int_equal(sio_reply_header(request, "X Bad", "a"), SIO_EINVAL);
    assert_int_equal(sio_reply_header(request, "Content-Length", "5"), SIO_EINVAL);
    assert_int_equal(sio_reply_header(request, "Transfer-Encoding", "chunked"), SIO_EINVAL);
    assert_int_equal(sio_reply(request, 99, NULL, NULL, 0), SIO_EINVAL);
    assert_int_equal(sio_reply(request, 200, "a\nb", NULL, 0), SIO_EINVAL);
    assert_int_equal(sio_reply(request, 204, NULL, NULL, 0), 0);
    assert_int_equal(sio_reply(request, 200, NULL, NULL, 0), SIO_EINVAL); /* once */
}

static void on_nothing(sio_request *request, void *context)
{
    (void)request;
    (void)context;
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    assert_int_equal(sio_route(live_server, "GET", "/api/one", on_hit, one), 0);
    assert_int_equal(sio_route(live_server, "POST", "/api/one", on_hit, posted), 0);
    assert_int_equal(sio_route(live_server, "GET", "/api/*", on_hit, prefix), 0);
    assert_int_equal(sio_route(live_server, NULL, "/any", on_hit, any), 0);
    assert_int_equal(sio_route(live_server, "GET", "/headers", on_headers, NULL), 0);
    assert_int_equal(sio_route(live_server, "GET", "/nothing", on_nothing, NULL), 0);
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

static void the_first_that_fits_wins(void **state)
{
    (void)state;
    assert_string_equal(live_get(client, "/api/one").body, "one");
    assert_string_equal(live_get(client, "/api/two").body, "prefix");
    assert_string_equal(live_get(client, "/api/one/more").body, "prefix");
    assert_string_equal(live_request(client, "POST", "/api/one", NULL, "").body, "posted");
    assert_string_equal(live_request(client, "DELETE", "/any", NULL, NULL).body, "any");
    assert_int_equal(live_get(client, "/ap").status, 404);
    assert_int_equal(live_get(client, "/nothing").status, 404);
}

static void get_takes_head(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "HEAD", "/api/one", NULL, NULL);
    assert_int_equal(reply.status, 200);
    assert_string_equal(live_header(&reply, "Content-Length"), "3");
}

static void another_method_is_405_with_allow(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "DELETE", "/api/one", NULL, NULL);
    assert_int_equal(reply.status, 405);
    assert_string_equal(live_header(&reply, "Allow"), "GET, HEAD, POST");
    reply = live_request(client, "POST", "/api/two", NULL, "");
    assert_int_equal(reply.status, 405);
    assert_string_equal(live_header(&reply, "Allow"), "GET, HEAD");
}

static void headers_cannot_break_the_head(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/headers");
    assert_int_equal(reply.status, 204);
    assert_string_equal(live_header(&reply, "X-Good"), "yes");
    assert_null(strstr(reply.head, "Set-Cookie"));
    assert_string_equal(live_header(&reply, "Content-Length"), "");
    assert_string_equal(live_get(client, "/api/one").body, "one");
}

static void bad_routes_are_refused(void **state)
{
    (void)state;
    assert_int_equal(sio_route(live_server, "GET", "no-slash", on_hit, NULL), SIO_EINVAL);
    assert_int_equal(sio_route(live_server, "GET", "", on_hit, NULL), SIO_EINVAL);
    assert_int_equal(sio_route(live_server, "GET", "/x", NULL, NULL), SIO_EINVAL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_that_fits_wins),      TEST(get_takes_head),         TEST(another_method_is_405_with_allow),
        TEST(headers_cannot_break_the_head), TEST(bad_routes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
