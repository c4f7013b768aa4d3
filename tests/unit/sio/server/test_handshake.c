#include "live.h"

#include <stdio.h>
#include <stdlib.h>

static int client;

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ .cors_origin = "*" });
    client = live_connect();
    return 0;
}

static const char *allow(sio_request *request, void *context)
{
    (void)context;
    return strstr(sio_request_query(request), "deny") ? "" : NULL;
}

static int open_strict(void **state)
{
    (void)state;
    live_open((sio_options){
        .cors_origin = "https://example.org", .refuse_eio3 = true, .clients_max = 2, .allow_request = allow });
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

static void sid_of(const char *body, char sid[21])
{
    assert_int_equal(sscanf(strstr(body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
}

static void the_open_packet_is_exact(void **state)
{
    char sid[21], expected[256];
    (void)state;
    struct live_reply reply = live_get(client, "/socket.io/?EIO=4&transport=polling");
    assert_int_equal(reply.status, 200);
    assert_string_equal(live_header(&reply, "Content-Type"), "text/plain; charset=UTF-8");
    assert_string_equal(live_header(&reply, "Cache-Control"), "no-store");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "*");
    sid_of(reply.body, sid);
    snprintf(expected, sizeof expected,
             "0{\"sid\":\"%s\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,"
             "\"maxPayload\":1000000}",
             sid);
    assert_string_equal(reply.body, expected);
}

static void what_follows_the_path_does_not_matter(void **state)
{
    (void)state;
    assert_int_equal(live_get(client, "/socket.io/anything/else?EIO=4&transport=polling").status, 200);
    assert_int_equal(live_get(client, "/socket.io?EIO=4&transport=polling").status, 404);
    assert_int_equal(live_get(client, "/socket.iox/?EIO=4&transport=polling").status, 404);
}

/* Over a WebSocket there is nothing to upgrade to. */
static void the_open_packet_of_a_websocket(void **state)
{
    char sid[21], expected[256];
    (void)state;
    for (int protocol = 3; protocol <= 4; protocol++) {
        int fd = live_ws(protocol == 3 ? "?EIO=3&transport=websocket" : "?EIO=4&transport=websocket");
        const char *open = live_ws_hear(fd);
        sid_of(open, sid);
        snprintf(
            expected, sizeof expected,
            "0{\"sid\":\"%s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}",
            sid);
        assert_string_equal(open, expected);
        live_hang_up(&fd);
    }
}

static void protocol_3_is_in_the_default_namespace_at_once(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/socket.io/?EIO=3&transport=polling&b64=1");
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, ":0{\"sid\":\""));
    assert_string_equal(reply.body + reply.size - 5, "}2:40");
}

static void refused(const char *method, const char *target, int status, const char *body)
{
    struct live_reply reply = live_request(client, method, target, NULL, strcmp(method, "POST") == 0 ? "x" : NULL);
    assert_int_equal(reply.status, status);
    assert_string_equal(reply.body, body);
    assert_string_equal(live_header(&reply, "Content-Type"), "application/json");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "*");
}

static void errors_have_their_codes_in_order(void **state)
{
    static const char unknown[] = "{\"code\":0,\"message\":\"Transport unknown\"}";
    static const char no_session[] = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    static const char method[] = "{\"code\":2,\"message\":\"Bad handshake method\"}";
    static const char bad[] = "{\"code\":3,\"message\":\"Bad request\"}";
    (void)state;
    refused("GET", "/socket.io/", 400, unknown);
    refused("GET", "/socket.io/?EIO=4&transport=abc", 400, unknown);
    refused("GET", "/socket.io/?EIO=4&transport=webtransport", 400, unknown);
    refused("GET", "/socket.io/?EIO=4&transport=polling&sid=none", 400, no_session);
    refused("POST", "/socket.io/?EIO=4&transport=polling&sid=__proto__", 400, no_session);
    refused("POST", "/socket.io/?EIO=4&transport=polling", 400, method);
    refused("PUT", "/socket.io/?EIO=4&transport=websocket", 400, method);
    refused("GET", "/socket.io/?EIO=4&transport=websocket", 400, bad);
}

static void code(const char *method, const char *target, int expected)
{
    char body[32];
    struct live_reply reply = live_request(client, method, target, NULL, strcmp(method, "POST") == 0 ? "x" : NULL);
    snprintf(body, sizeof body, "{\"code\":%d,", expected);
    assert_int_equal(reply.status, expected == 4 ? 403 : 400);
    assert_memory_equal(reply.body, body, strlen(body));
}

/* Of several faults the first in this order is told: transport, session, method, upgrade, allow_request,
 * version. */
static void the_first_fault_is_told(void **state)
{
    (void)state;
    code("POST", "/socket.io/?EIO=3&transport=abc&sid=none&deny", 0);
    code("POST", "/socket.io/?EIO=3&transport=polling&sid=none&deny", 1);
    code("GET", "/socket.io/?EIO=3&transport=websocket&sid=none&deny", 1);
    code("POST", "/socket.io/?EIO=3&transport=websocket&deny", 2);
    code("GET", "/socket.io/?EIO=3&transport=websocket&deny", 3);
    code("GET", "/socket.io/?EIO=3&transport=polling&deny", 4);
    code("GET", "/socket.io/?EIO=3&transport=polling", 5);
    code("GET", "/socket.io/?EIO=4&transport=polling&deny", 4);
    struct live_reply reply = live_request(client, "HEAD", "/socket.io/?EIO=4&transport=polling", NULL, NULL);
    assert_int_equal(reply.status, 400);
    assert_int_equal(atoi(live_header(&reply, "Content-Length")),
                     strlen("{\"code\":2,\"message\":\"Bad handshake method\"}"));
}

static void a_transport_that_is_not_the_sessions_is_refused(void **state)
{
    char sid[21], target[128];
    (void)state;
    sid_of(live_get(client, "/socket.io/?EIO=4&transport=polling").body, sid);
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=websocket&sid=%s", sid);
    refused("GET", target, 400, "{\"code\":3,\"message\":\"Bad request\"}");
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    struct live_reply reply = live_request(client, "PUT", target, NULL, NULL);
    assert_int_equal(reply.status, 500);
    assert_int_equal(reply.size, 0);
}

static void protocol_3_can_be_refused(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/socket.io/?EIO=3&transport=polling");
    assert_int_equal(reply.status, 400);
    assert_string_equal(reply.body, "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    reply = live_get(client, "/socket.io/?transport=polling");
    assert_string_equal(reply.body, "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
}

static void one_origin_varies(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/socket.io/?EIO=4&transport=polling");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://example.org");
    assert_string_equal(live_header(&reply, "Vary"), "Origin");
}

static void preflight(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "OPTIONS", "/socket.io/?EIO=4&transport=polling",
                                           "Access-Control-Request-Headers: x-a,x-b\r\n", NULL);
    assert_int_equal(reply.status, 204);
    assert_string_equal(live_header(&reply, "Content-Length"), "0");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Methods"), "GET,HEAD,PUT,PATCH,POST,DELETE");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Headers"), "x-a,x-b");
}

static void more_clients_than_allowed_get_503(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) assert_int_equal(live_get(client, "/socket.io/?EIO=4&transport=polling").status, 200);
    assert_int_equal(live_get(client, "/socket.io/?EIO=4&transport=polling").status, 503);
}

static void upgrade_refused(const char *target, const char *message)
{
    int fd = live_connect();
    struct live_reply reply = live_request(fd, "GET", target,
                                           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                                           NULL);
    assert_int_equal(reply.status, 400);
    assert_string_equal(reply.body, message);
    assert_string_equal(live_header(&reply, "Content-Type"), "text/html");
    assert_true(live_is_closed(fd));
    live_hang_up(&fd);
}

static void websocket_errors_are_text_and_close(void **state)
{
    (void)state;
    upgrade_refused("/socket.io/?EIO=4&transport=abc", "Transport unknown");
    upgrade_refused("/socket.io/?EIO=4&transport=websocket&sid=none", "Session ID unknown");
    upgrade_refused("/socket.io/?EIO=4&transport=polling", "Bad request");
}

static void a_websocket_of_a_wrong_version_is_refused(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "GET", "/socket.io/?EIO=4&transport=websocket",
                                           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
                                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                                           NULL);
    assert_int_equal(reply.status, 426);
    assert_string_equal(live_header(&reply, "Sec-WebSocket-Version"), "13");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)
#define STRICT(name) cmocka_unit_test_setup_teardown(name, open_strict, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_open_packet_is_exact),
        TEST(what_follows_the_path_does_not_matter),
        TEST(the_open_packet_of_a_websocket),
        TEST(protocol_3_is_in_the_default_namespace_at_once),
        TEST(errors_have_their_codes_in_order),
        STRICT(the_first_fault_is_told),
        TEST(a_transport_that_is_not_the_sessions_is_refused),
        STRICT(protocol_3_can_be_refused),
        STRICT(one_origin_varies),
        TEST(preflight),
        STRICT(more_clients_than_allowed_get_503),
        TEST(websocket_errors_are_text_and_close),
        TEST(a_websocket_of_a_wrong_version_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
