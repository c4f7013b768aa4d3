#include "live.h"
#include "sio_websocket.h"

#include <stdio.h>

static int client, closed, opened;

static void on_open(sio_websocket *websocket, void *context)
{
    (void)context;
    opened++;
    sio_websocket_set_data(websocket, &opened);
}

static void on_message(sio_websocket *websocket, sio_value message, void *context)
{
    (void)context;
    assert_ptr_equal(sio_websocket_data(websocket), &opened);
    if (message.data.size == 4 && memcmp(message.data.at, "stop", 4) == 0) {
        sio_websocket_close(websocket, 4000);
        assert_int_equal(sio_websocket_send(websocket, message), SIO_EGONE);
    } else {
        assert_int_equal(sio_websocket_send(websocket, message), message.data.size > 200 ? SIO_EFULL : 0);
    }
}

static void on_close(sio_websocket *websocket, int code, void *context)
{
    assert_int_equal(*(int *)sio_websocket_data(websocket), 1);
    (void)context;
    closed = code;
}

static const sio_deflate deflate = { .threshold_bytes = 5 };
static const sio_deflate single = { .threshold_bytes = 5, .server_keeps_no_context = true };
static const sio_websocket_handler plain = { on_open, on_message, on_close, .message_bytes_max = 300 };
static const sio_websocket_handler deflating = { on_open, on_message, on_close, .deflate = &deflate };
static const sio_websocket_handler forgetting = { on_open, on_message, on_close, .deflate = &single };

static const sio_websocket_handler small = { on_open, on_message, on_close, .message_bytes_max = 4,
                                             .deflate = &deflate };

static void on_request(sio_request *request, void *context)
{
    const char *path = sio_request_path(request);
    (void)context;
    sio_reply_header(request, "X-Test", "yes");
    sio_reply_websocket(request, path[1] == 'd'   ? &deflating
                                 : path[1] == 'f' ? &forgetting
                                 : path[1] == 's' ? &small
                                                  : &plain);
}

static int open_live(void **state)
{
    (void)state;
    opened = closed = 0;
    live_open((sio_options){ .on_request = on_request, .backlog_bytes_max = 200 });
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

static const char *open_ws(const char *path, const char *extensions)
{
    char request[512];
    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
             path, extensions);
    live_say(client, request);
    return live_hear(client, "\r\n\r\n");
}

static void messages_come_and_go(void **state)
{
    (void)state;
    assert_non_null(strstr(open_ws("/", ""), "\r\nX-Test: yes\r\n"));
    assert_int_equal(opened, 1);
    live_ws_send(client, "hello");
    assert_string_equal(live_ws_hear(client), "hello");
    live_ws_send_binary(client, "\x01\x02", 2);
    assert_string_equal(live_ws_hear(client), "binary 0102");
    live_ws_send(client, "");
    assert_string_equal(live_ws_hear(client), "");
    live_ws_send_frame(client, 0x89, "p", 1);
    assert_string_equal(live_ws_hear(client), "pong p");
}

static void fragments_become_one_message(void **state)
{
    (void)state;
    open_ws("/", "");
    live_ws_send_frame(client, 0x01, "he", 2);
    live_ws_send_frame(client, 0x89, "", 0);
    live_ws_send_frame(client, 0x00, "l", 1);
    live_ws_send_frame(client, 0x80, "lo", 2);
    assert_string_equal(live_ws_hear(client), "pong ");
    assert_string_equal(live_ws_hear(client), "hello");
}

static void the_closing_handshake(void **state)
{
    (void)state;
    open_ws("/", "");
    live_ws_send_frame(client, 0x88, "\x0f\xa1", 2);
    assert_string_equal(live_ws_hear(client), "close 4001");
    assert_true(live_is_closed(client));
    assert_int_equal(closed, 4001);
}

static void one_that_is_closed_hears_nothing_more(void **state)
{
    (void)state;
    open_ws("/", "");
    live_ws_send(client, "stop");
    assert_string_equal(live_ws_hear(client), "close 4000");
    assert_true(live_is_closed(client));
    assert_int_equal(closed, 0);
}

static void a_broken_connection_is_told(void **state)
{
    (void)state;
    open_ws("/", "");
    live_hang_up(&client);
    assert_int_equal(closed, 1006);
    client = live_connect();
}

static void bad_text_closes_at_its_first_byte(void **state)
{
    (void)state;
    open_ws("/", "");
    live_ws_send_frame(client, 0x01, "a\xff", 2); /* the message has not ended */
    assert_string_equal(live_ws_hear(client), "close 1007");
    assert_int_equal(closed, 1007);
}

static void too_large_a_message_closes(void **state)
{
    char many[301] = { 0 };
    (void)state;
    open_ws("/", "");
    live_ws_send_binary(client, many, 250); /* more than the backlog holds: on_message sees to it */
    live_ws_send_binary(client, many, 301);
    assert_string_equal(live_ws_hear(client), "close 1009");
    assert_int_equal(closed, 1009);
}

static void a_stopping_server_says_so(void **state)
{
    (void)state;
    open_ws("/", "");
    sio_server_stop(live_server);
    assert_string_equal(live_ws_hear(client), "close 1001");
    assert_int_equal(closed, 1001);
}

static void what_is_no_websocket_is_refused(void **state)
{
    (void)state;
    assert_int_equal(live_get(client, "/").status, 400);
    live_hang_up(&client);
    client = live_connect();
    assert_non_null(strstr(open_ws("/", "Sec-WebSocket-Extensions: ;;\r\n"), " 400 "));
    assert_int_equal(opened, 0);
}

/* RFC 7692 §7.2.3.1 and §7.2.3.2: "Hello" alone, and again with what is known from the first. */
static void compressed_messages_with_context(void **state)
{
    (void)state;
    const char *head = open_ws("/d", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
    assert_non_null(strstr(head, "\r\nSec-WebSocket-Extensions: permessage-deflate"));
    live_ws_send_frame(client, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
    assert_string_equal(live_ws_hear(client), "deflated f248cdc9c90700");
    live_ws_send_frame(client, 0xc1, "\xf2\x00\x11\x00\x00", 5);
    assert_string_equal(live_ws_hear(client), "deflated f200110000");
    live_ws_send(client, "tiny");
    assert_string_equal(live_ws_hear(client), "tiny");
}

static void compressed_messages_without_context(void **state)
{
    (void)state;
    const char *head = open_ws("/f", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    assert_non_null(strstr(head, "server_no_context_takeover"));
    for (int i = 0; i < 2; i++) {
        live_ws_send_frame(client, 0x81, "Hello", 5);
        assert_string_equal(live_ws_hear(client), "deflated f248cdc9c90700");
    }
}

static void what_is_not_offered_is_not_used(void **state)
{
    (void)state;
    assert_null(strstr(open_ws("/d", ""), "Extensions"));
    live_ws_send(client, "Hello");
    assert_string_equal(live_ws_hear(client), "Hello");
    live_ws_send_frame(client, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
    assert_string_equal(live_ws_hear(client), "close 1002");
}

static void what_inflates_above_the_limit_closes(void **state)
{
    (void)state;
    open_ws("/s", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    live_ws_send_frame(client, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
    assert_string_equal(live_ws_hear(client), "close 1009");
}

static void what_does_not_inflate_closes(void **state)
{
    (void)state;
    open_ws("/d", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    live_ws_send_frame(client, 0xc2, "\xff\xff\xff", 3);
    assert_string_equal(live_ws_hear(client), "close 1007");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(messages_come_and_go),
        TEST(fragments_become_one_message),
        TEST(the_closing_handshake),
        TEST(one_that_is_closed_hears_nothing_more),
        TEST(a_broken_connection_is_told),
        TEST(bad_text_closes_at_its_first_byte),
        TEST(too_large_a_message_closes),
        TEST(a_stopping_server_says_so),
        TEST(what_is_no_websocket_is_refused),
        TEST(compressed_messages_with_context),
        TEST(compressed_messages_without_context),
        TEST(what_is_not_offered_is_not_used),
        TEST(what_inflates_above_the_limit_closes),
        TEST(what_does_not_inflate_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
