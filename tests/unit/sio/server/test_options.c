#include "live.h"

#include <stdio.h>
#include <unistd.h>

static int client;
static char sid[21];

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&client);
    live_close();
    return 0;
}

static void open_with(sio_options options)
{
    live_open(options);
    client = live_connect();
}

static struct live_reply handshake(const char *more)
{
    struct live_reply reply = live_request(client, "GET", "/socket.io/?EIO=4&transport=polling", more, NULL);
    if (reply.status == 200) assert_int_equal(sscanf(strstr(reply.body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    return reply;
}

static struct live_reply upgrade(const char *target)
{
    return live_request(client, "GET", target,
                        "Origin: https://a.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                        NULL);
}

/* ---- Path and transports ----------------------------------------------------------------------------------- */

static void a_path_ends_in_a_slash(void **state)
{
    (void)state;
    open_with((sio_options){ .path = "/a/b//" });
    assert_int_equal(live_get(client, "/a/b/?EIO=4&transport=polling").status, 200);
    assert_int_equal(live_get(client, "/a/b/anything?EIO=4&transport=polling").status, 200);
    assert_int_equal(live_get(client, "/a/b?EIO=4&transport=polling").status, 404);
}

static void a_bare_path_does_not(void **state)
{
    (void)state;
    open_with((sio_options){ .path = "/a/b/", .is_path_bare = true });
    assert_int_equal(live_get(client, "/a/b?EIO=4&transport=polling").status, 200);
    assert_int_equal(live_get(client, "/a/b/?EIO=4&transport=polling").status, 200);
    assert_int_equal(live_get(client, "/a/?EIO=4&transport=polling").status, 404);
}

static void a_transport_not_offered_is_unknown(void **state)
{
    (void)state;
    open_with((sio_options){ .transports = SIO_WEBSOCKET });
    assert_string_equal(handshake(NULL).body, "{\"code\":0,\"message\":\"Transport unknown\"}");
    int fd = live_ws("?EIO=4&transport=websocket");
    assert_string_equal(strstr(live_ws_hear(fd), "\"upgrades\":[]") ? "none" : "some", "none");
    live_hang_up(&fd);
}

static void polling_alone_offers_no_upgrade(void **state)
{
    (void)state;
    open_with((sio_options){ .transports = SIO_POLLING });
    assert_non_null(strstr(handshake(NULL).body, "\"upgrades\":[],"));
    assert_string_equal(upgrade("/socket.io/?EIO=4&transport=websocket").body, "Transport unknown");
}

static void upgrades_can_be_refused(void **state)
{
    char target[96];
    (void)state;
    open_with((sio_options){ .refuse_upgrades = true });
    assert_non_null(strstr(handshake(NULL).body, "\"upgrades\":[],"));
    snprintf(target, sizeof target, "?EIO=4&transport=websocket&sid=%s", sid);
    int fd = live_ws(target);
    assert_true(live_ws_is_closed(fd));
    live_hang_up(&fd);
}

static void an_upgrade_has_its_time(void **state)
{
    char target[96];
    (void)state;
    open_with((sio_options){ .upgrade_timeout_ms = 20 });
    handshake(NULL);
    snprintf(target, sizeof target, "?EIO=4&transport=websocket&sid=%s", sid);
    int fd = live_ws(target);
    assert_true(live_ws_is_closed(fd));
    live_hang_up(&fd);
}

static void options_that_cannot_be_are_refused(void **state)
{
    sio_server *server;
    (void)state;
    assert_int_equal(sio_server_create(&server, &(sio_options){ .path = "socket.io" }), SIO_EINVAL);
    assert_int_equal(sio_server_create(&server, &(sio_options){ .transports = 4 }), SIO_EINVAL);
    assert_int_equal(sio_server_create(&server, &(sio_options){ .initial_packet = sio_number(1) }), SIO_EINVAL);
}

/* ---- Cookie, initial packet, ids, headers ------------------------------------------------------------------- */

static void the_default_cookie(void **state)
{
    char expected[128], target[128];
    (void)state;
    open_with((sio_options){ .cookie = &(sio_cookie){ 0 } });
    struct live_reply reply = handshake(NULL);
    snprintf(expected, sizeof expected, "io=%s; Path=/; HttpOnly; SameSite=Lax", sid);
    assert_string_equal(live_header(&reply, "Set-Cookie"), expected);
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    reply = live_request(client, "POST", target, NULL, "40");
    assert_string_equal(live_header(&reply, "Set-Cookie"), "");
    reply = live_get(client, target);
    assert_string_equal(live_header(&reply, "Set-Cookie"), "");
}

static void a_cookie_with_everything(void **state)
{
    char expected[256];
    (void)state;
    const sio_cookie cookie = { "c",
                                "/p",
                                "example.org",
                                .max_age_s = 86400,
                                .expires_at = 784111777,
                                .same_site = "None",
                                .priority = "High",
                                .is_secure = true,
                                .is_partitioned = true,
                                .is_readable = true };
    open_with((sio_options){ .cookie = &cookie });
    struct live_reply reply = handshake(NULL);
    snprintf(expected, sizeof expected,
             "c=%s; Max-Age=86400; Domain=example.org; Path=/p; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Secure; "
             "Partitioned; Priority=High; SameSite=None",
             sid);
    assert_string_equal(live_header(&reply, "Set-Cookie"), expected);
}

static void an_initial_packet_follows_the_open_packet(void **state)
{
    (void)state;
    open_with((sio_options){ .initial_packet = sio_text("hi") });
    struct live_reply reply = handshake(NULL);
    assert_string_equal(strstr(reply.body, "}\x1e"), "}\x1e"
                                                     "4hi");
    int fd = live_ws("?EIO=4&transport=websocket");
    live_ws_hear(fd);
    assert_string_equal(live_ws_hear(fd), "4hi");
    live_hang_up(&fd);
}

static void an_initial_packet_of_bytes(void **state)
{
    (void)state;
    open_with((sio_options){ .initial_packet = sio_bytes("\x01\x02", 2) });
    assert_string_equal(strstr(handshake(NULL).body, "}\x1e"), "}\x1e"
                                                               "bAQI=");
}

static int same_id(sio_request *request, char id[21], void *context)
{
    (void)context;
    if (strstr(sio_request_query(request), "fail")) return -1;
    strcpy(id, strstr(sio_request_query(request), "short") ? "short" : "ABCDEFGHIJ0123456-_z");
    return 0;
}

static void ids_can_be_given(void **state)
{
    static const char bad[] = "{\"code\":3,\"message\":\"Bad request\"}";
    (void)state;
    open_with((sio_options){ .generate_id = same_id });
    assert_string_equal(live_get(client, "/socket.io/?EIO=4&transport=polling&fail=1").body, bad);
    assert_string_equal(live_get(client, "/socket.io/?EIO=4&transport=polling&short=1").body, bad);
    handshake(NULL);
    assert_string_equal(sid, "ABCDEFGHIJ0123456-_z");
    assert_string_equal(handshake(NULL).body, bad); /* in use */
}

static void add_header(sio_request *request, bool is_first, void *context)
{
    (void)context;
    const char *name, *value;
    assert_true(sio_request_header_at(request, 0, &name, &value));
    assert_string_equal(name, "Host");
    assert_string_equal(value, "localhost");
    assert_false(sio_request_header_at(request, 50, &name, &value));
    assert_int_equal(sio_reply_header(request, is_first ? "X-First" : "X-Later", sio_request_method(request)), 0);
}

static void headers_can_be_added(void **state)
{
    char target[128];
    (void)state;
    open_with((sio_options){ .on_headers = add_header });
    struct live_reply reply = handshake(NULL);
    assert_string_equal(live_header(&reply, "X-First"), "GET");
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    reply = live_request(client, "POST", target, NULL, "40");
    assert_string_equal(live_header(&reply, "X-Later"), "POST");
    reply = live_get(client, target);
    assert_string_equal(live_header(&reply, "X-Later"), "GET");
    assert_string_equal(live_header(&reply, "X-First"), "");
    reply = upgrade("/socket.io/?EIO=4&transport=websocket");
    assert_int_equal(reply.status, 101);
    assert_string_equal(live_header(&reply, "X-First"), "GET");
}

/* ---- CORS -------------------------------------------------------------------------------------------------- */

static bool is_example(const char *origin, void *context)
{
    assert_ptr_equal(context, sid);
    return strlen(origin) > 8 && strcmp(origin + strlen(origin) - 8, ".example") == 0;
}

static void origins_of_a_list_are_answered_with_themselves(void **state)
{
    static const char *const origins[] = { "https://a.example", "https://b.example", NULL };
    (void)state;
    open_with((sio_options){ .cors = { .origins = origins, .credentials = true, .exposed_headers = "X-A" } });
    struct live_reply reply = handshake("Origin: https://b.example\r\n");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://b.example");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Credentials"), "true");
    assert_string_equal(live_header(&reply, "Access-Control-Expose-Headers"), "X-A");
    assert_string_equal(live_header(&reply, "Vary"), "Origin");
    reply = handshake("Origin: https://c.example\r\n");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "");
    assert_string_equal(live_header(&reply, "Vary"), "Origin");
    reply = upgrade("/socket.io/?EIO=4&transport=websocket");
    assert_int_equal(reply.status, 101);
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://a.example");
}

static void origins_can_be_decided_by_a_function(void **state)
{
    (void)state;
    open_with((sio_options){ .cors.is_allowed = is_example, .context = sid });
    struct live_reply reply = handshake("Origin: https://x.example\r\n");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://x.example");
    reply = handshake("Origin: https://x.example.org\r\n");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "");
    reply = live_request(client, "GET", "/socket.io/?EIO=4&transport=none", "Origin: https://x.example\r\n", NULL);
    assert_int_equal(reply.status, 400);
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://x.example");
}

static void a_pending_poll_is_answered_as_it_asked(void **state)
{
    char target[128];
    (void)state;
    open_with((sio_options){ .cors.is_allowed = is_example, .context = sid });
    handshake(NULL);
    snprintf(target, sizeof target,
             "GET /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1\r\nHost: a\r\n"
             "Origin: https://p.example\r\n\r\n",
             sid);
    live_say(client, target);
    int other = live_connect();
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    struct live_reply reply = live_request(other, "POST", target, NULL, "40");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "");
    live_hang_up(&other);
    reply = live_reply(client, true);
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://p.example");
}

static void a_preflight_tells_all(void **state)
{
    (void)state;
    open_with((sio_options){ .cors = { .origin = "https://a.example",
                                       .methods = "GET,POST",
                                       .allowed_headers = "X-A",
                                       .exposed_headers = "X-B",
                                       .credentials = true,
                                       .max_age_s = 600 } });
    struct live_reply reply = live_request(client, "OPTIONS", "/socket.io/?EIO=4&transport=polling",
                                           "Access-Control-Request-Headers: x-c\r\n", NULL);
    assert_int_equal(reply.status, 204);
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://a.example");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Methods"), "GET,POST");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Headers"), "X-A");
    assert_string_equal(live_header(&reply, "Access-Control-Expose-Headers"), "X-B");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Credentials"), "true");
    assert_string_equal(live_header(&reply, "Access-Control-Max-Age"), "600");
    assert_string_equal(live_header(&reply, "Vary"), "Origin");
    assert_string_equal(live_header(&reply, "Content-Length"), "0");
}

static void a_body_too_large_has_cors_headers(void **state)
{
    (void)state;
    open_with((sio_options){ .cors.is_allowed = is_example, .context = sid, .payload_bytes_max = 4 });
    struct live_reply reply =
        live_request(client, "POST", "/socket.io/?EIO=4&transport=polling", "Origin: https://x.example\r\n", "12345");
    assert_int_equal(reply.status, 413);
    assert_int_equal(reply.size, 0);
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "https://x.example");
}

/* ---- allow_request ------------------------------------------------------------------------------------------ */

static sio_request_ticket ticket;
static int asked;

static const char *allow(sio_request *request, void *context)
{
    const char *query = sio_request_query(request);
    (void)context;
    asked++;
    if (strstr(query, "later")) {
        assert_int_equal(sio_request_later(request, &ticket), 0);
        assert_int_equal(sio_request_later(request, &ticket), SIO_EINVAL);
        assert_int_equal(sio_request_answer(live_server, &ticket, NULL), SIO_EINVAL);
        return "is not looked at";
    }
    if (strstr(query, "custom")) return "not \"you\"";
    return strstr(query, "deny") ? "Forbidden" : NULL;
}

static int open_asking(void **state)
{
    (void)state;
    asked = 0;
    open_with((sio_options){ .allow_request = allow, .refuse_eio3 = true, .cors_origin = "*" });
    return 0;
}

static void a_request_can_be_refused(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/socket.io/?EIO=4&transport=polling&deny=1");
    assert_int_equal(reply.status, 403);
    assert_string_equal(reply.body, "{\"code\":4,\"message\":\"Forbidden\"}");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "*");
    assert_string_equal(live_get(client, "/socket.io/?EIO=4&transport=polling&custom=1").body,
                        "{\"code\":4,\"message\":\"not \\\"you\\\"\"}");
    assert_int_equal(handshake(NULL).status, 200);
    reply = upgrade("/socket.io/?EIO=4&transport=websocket&custom=1");
    assert_int_equal(reply.status, 400);
    assert_string_equal(reply.body, "not \"you\"");
}

static void only_new_sessions_are_asked_for(void **state)
{
    char target[128];
    (void)state;
    handshake(NULL);
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=polling&deny=1&sid=%s", sid);
    assert_int_equal(live_request(client, "POST", target, NULL, "40").status, 200);
    assert_int_equal(asked, 1);
    live_get(client, "/socket.io/?EIO=4&transport=none"); /* what is wrong anyway is not asked for */
    assert_int_equal(asked, 1);
    assert_string_equal(live_get(client, "/socket.io/?EIO=3&transport=polling").body,
                        "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    assert_int_equal(asked, 2);
}

static void the_answer_may_come_later(void **state)
{
    (void)state;
    live_say(client, "GET /socket.io/?EIO=4&transport=polling&later=1 HTTP/1.1\r\nHost: a\r\n\r\n"
                     "GET /socket.io/?EIO=4&transport=none HTTP/1.1\r\nHost: a\r\n\r\n");
    live_turns(5);
    assert_int_equal(asked, 1);
    assert_int_equal(sio_request_answer(live_server, &ticket, NULL), 0);
    assert_int_equal(sio_request_answer(live_server, &ticket, NULL), SIO_EGONE);
    assert_int_equal(live_reply(client, true).status, 200);
    assert_int_equal(live_reply(client, true).status, 400); /* the one behind it waited */
}

static void a_late_refusal(void **state)
{
    (void)state;
    live_say(client, "GET /socket.io/?EIO=4&transport=polling&later=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    live_turns(2);
    assert_int_equal(sio_request_answer(live_server, &ticket, "no"), 0);
    struct live_reply reply = live_reply(client, true);
    assert_int_equal(reply.status, 403);
    assert_string_equal(reply.body, "{\"code\":4,\"message\":\"no\"}");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "*");
}

static void a_websocket_may_wait_too(void **state)
{
    (void)state;
    live_say(client, "GET /socket.io/?EIO=4&transport=websocket&later=1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                     "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    live_ws_send(client, "40"); /* in the same breath: it stays until the WebSocket is there */
    live_turns(3);
    assert_int_equal(sio_request_answer(live_server, &ticket, NULL), 0);
    assert_non_null(strstr(live_hear(client, "\r\n\r\n"), " 101 "));
    assert_memory_equal(live_ws_hear(client), "0{\"sid\":", 8);
    assert_memory_equal(live_ws_hear(client), "40{\"sid\":", 9);
}

static void who_does_not_wait_is_gone(void **state)
{
    (void)state;
    live_say(client, "GET /socket.io/?EIO=4&transport=polling&later=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    live_turns(2);
    live_hang_up(&client);
    client = live_connect();
    assert_int_equal(sio_request_answer(live_server, &ticket, NULL), SIO_EGONE);
}

static void a_decision_that_does_not_come(void **state)
{
    (void)state;
    open_with((sio_options){ .allow_request = allow, .request_timeout_ms = 20 });
    live_say(client, "GET /socket.io/?EIO=4&transport=polling&later=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(live_reply(client, true).status, 503);
    assert_true(live_is_closed(client));
    assert_int_equal(sio_request_answer(live_server, &ticket, NULL), SIO_EGONE);
}

static int id_later(sio_request *request, char id[21], void *context)
{
    (void)id;
    (void)context;
    assert_int_equal(sio_request_later(request, &ticket), 0);
    return SIO_EINVAL; /* not looked at */
}

static void an_id_may_come_later(void **state)
{
    (void)state;
    open_with((sio_options){ .generate_id = id_later });
    live_say(client, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
    live_turns(2);
    assert_int_equal(sio_request_answer(live_server, &ticket, NULL), SIO_EINVAL);
    assert_int_equal(sio_request_answer_id(live_server, &ticket, "abcdefghijklmnopqrst"), 0);
    assert_int_equal(sio_request_answer_id(live_server, &ticket, "abcdefghijklmnopqrst"), SIO_EGONE);
    assert_memory_equal(live_reply(client, true).body, "0{\"sid\":\"abcdefghijklmnopqrst\"", 30);
    const char *const bad[] = {
        NULL, "", "abcdefghijklmnopqrst", "abcdefghijklmnopqrs", "abcdefghijklmnopqrstu", "abcdefghijklmnopqrs/"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        live_say(client, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
        live_turns(2);
        assert_int_equal(sio_request_answer_id(live_server, &ticket, bad[i]), 0);
        assert_string_equal(live_reply(client, true).body, "{\"code\":3,\"message\":\"Bad request\"}");
    }
}

static void so_may_the_decision_before_it(void **state)
{
    (void)state;
    open_with((sio_options){ .generate_id = id_later, .allow_request = allow });
    live_say(client, "GET /socket.io/?EIO=4&transport=websocket&later=1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                     "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    live_ws_send(client, "40");
    live_turns(3);
    sio_request_ticket first = ticket;
    assert_int_equal(sio_request_answer_id(live_server, &first, "abcdefghijklmnopqrst"), SIO_EINVAL);
    assert_int_equal(sio_request_answer(live_server, &first, NULL), 0);
    assert_int_equal(sio_request_answer(live_server, &first, NULL), SIO_EGONE);
    live_turns(3);
    assert_int_equal(sio_request_answer_id(live_server, &ticket, "abcdefghijklmnopqrst"), 0);
    assert_non_null(strstr(live_hear(client, "\r\n\r\n"), " 101 "));
    assert_memory_equal(live_ws_hear(client), "0{\"sid\":\"abcdefghijklmnopqrst\"", 30);
    assert_memory_equal(live_ws_hear(client), "40{\"sid\":", 9);
}

static void one_who_does_not_wait_for_an_id_is_gone(void **state)
{
    (void)state;
    open_with((sio_options){ .generate_id = id_later });
    live_say(client, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
    live_turns(2);
    live_hang_up(&client);
    client = live_connect();
    assert_int_equal(sio_request_answer_id(live_server, &ticket, "abcdefghijklmnopqrst"), SIO_EGONE);
}

static char refusals[256];

static void on_refused(sio_request *request, int code, const char *message, void *context)
{
    (void)context;
    size_t size = strlen(refusals);
    snprintf(refusals + size, sizeof refusals - size, "%d %s %s;", code, message, sio_request_method(request));
    sio_reply_header(request, "X-Why", "told");
}

static void refusals_are_told(void **state)
{
    (void)state;
    refusals[0] = '\0';
    open_with((sio_options){ .on_refused = on_refused, .allow_request = allow, .refuse_eio3 = true });
    struct live_reply reply = live_get(client, "/socket.io/?EIO=4&transport=none");
    assert_string_equal(live_header(&reply, "X-Why"), "told");
    live_request(client, "POST", "/socket.io/?EIO=4&transport=polling", NULL, "x");
    live_get(client, "/socket.io/?EIO=4&transport=polling&custom=1");
    live_get(client, "/socket.io/?EIO=3&transport=polling");
    handshake(NULL);
    assert_string_equal(refusals, "0 Transport unknown GET;2 Bad handshake method POST;4 not \"you\" GET;"
                                  "5 Unsupported protocol version GET;");
}

/* ---- Slow clients ------------------------------------------------------------------------------------------- */

static void a_head_that_does_not_end(void **state)
{
    (void)state;
    open_with((sio_options){ .request_timeout_ms = 20 });
    live_say(client, "GET / HTTP/1.1\r\nHost: a\r\nX");
    assert_int_equal(live_reply(client, true).status, 408);
    assert_true(live_is_closed(client));
}

static void a_body_that_does_not_come(void **state)
{
    (void)state;
    open_with((sio_options){ .request_timeout_ms = 20 });
    live_say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12");
    assert_int_equal(live_reply(client, true).status, 408);
    assert_true(live_is_closed(client));
}

/* What drips in gives no more time. */
static void a_body_that_drips(void **state)
{
    char bytes[2] = "x";
    (void)state;
    open_with((sio_options){ .request_timeout_ms = 50 });
    live_say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 30; i++) {
        usleep(5000);
        live_say(client, bytes);
    }
    assert_int_equal(live_reply(client, true).status, 408);
}

static void an_idle_connection_ends(void **state)
{
    (void)state;
    open_with((sio_options){ .idle_timeout_ms = 20 });
    assert_int_equal(live_get(client, "/").status, 404);
    assert_true(live_is_closed(client));
}

static void one_that_waits_when_the_server_ends(void **state)
{
    (void)state;
    live_say(client, "GET /socket.io/?EIO=4&transport=polling&later=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    live_turns(2);
    assert_int_equal(asked, 1);
}

#define TEST(name) cmocka_unit_test_teardown(name, close_live)
#define ASKING(name) cmocka_unit_test_setup_teardown(name, open_asking, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_path_ends_in_a_slash),
        TEST(a_bare_path_does_not),
        TEST(a_transport_not_offered_is_unknown),
        TEST(polling_alone_offers_no_upgrade),
        TEST(upgrades_can_be_refused),
        TEST(an_upgrade_has_its_time),
        cmocka_unit_test(options_that_cannot_be_are_refused),
        TEST(the_default_cookie),
        TEST(a_cookie_with_everything),
        TEST(an_initial_packet_follows_the_open_packet),
        TEST(an_initial_packet_of_bytes),
        TEST(ids_can_be_given),
        TEST(headers_can_be_added),
        TEST(origins_of_a_list_are_answered_with_themselves),
        TEST(origins_can_be_decided_by_a_function),
        TEST(a_pending_poll_is_answered_as_it_asked),
        TEST(a_preflight_tells_all),
        TEST(a_body_too_large_has_cors_headers),
        ASKING(a_request_can_be_refused),
        ASKING(only_new_sessions_are_asked_for),
        ASKING(the_answer_may_come_later),
        TEST(an_id_may_come_later),
        TEST(so_may_the_decision_before_it),
        TEST(one_who_does_not_wait_for_an_id_is_gone),
        ASKING(a_late_refusal),
        ASKING(a_websocket_may_wait_too),
        ASKING(who_does_not_wait_is_gone),
        ASKING(one_that_waits_when_the_server_ends),
        TEST(a_decision_that_does_not_come),
        TEST(refusals_are_told),
        TEST(a_head_that_does_not_end),
        TEST(a_body_that_does_not_come),
        TEST(a_body_that_drips),
        TEST(an_idle_connection_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
