#include "live.h"

#include "sio_metrics.h"

#include <stdio.h>
#include <stdlib.h>

static sio_counters counters(void)
{
    sio_counters now;
    sio_server_counters(live_server, &now);
    return now;
}

static void nothing_happened(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    sio_counters now = counters(), zero = { 0 };
    assert_memory_equal(&now, &zero, sizeof now);
    live_close();
}

static void requests_and_connections(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    int fd = live_connect();
    live_get(fd, "/none");
    live_get(fd, "/none");
    sio_counters now = counters();
    assert_int_equal(now.connections, 1);
    assert_int_equal(now.requests_total, 2);
    assert_true(now.bytes_in > 2 * sizeof "GET /none HTTP/1.1" && now.bytes_out > 2 * sizeof "HTTP/1.1 404");
    live_hang_up(&fd);
    while (counters().connections) live_turns(1);
    assert_int_equal(counters().connections_total, 1);
    live_close();
}

static const char *refuse_no(sio_request *request, void *context)
{
    (void)context;
    return strstr(sio_request_query(request), "&no") ? "no" : NULL;
}

static void handshake_errors_by_code(void **state)
{
    static const char *const targets[] = {
        "/socket.io/?EIO=4&transport=pigeon",     "/socket.io/?EIO=4&transport=polling&sid=none",
        "/socket.io/?EIO=4&transport=polling",    "/socket.io/?EIO=4&transport=websocket",
        "/socket.io/?EIO=4&transport=polling&no", "/socket.io/?EIO=3&transport=polling",
    };
    (void)state;
    live_open((sio_options){ .refuse_eio3 = true, .allow_request = refuse_no });
    int fd = live_connect();
    for (int code = 0; code < SIO_HANDSHAKE_CODES; code++) {
        struct live_reply reply = live_request(fd, code == 2 ? "PUT" : "GET", targets[code], "", NULL);
        char wanted[32];
        snprintf(wanted, sizeof wanted, "{\"code\":%d,", code);
        assert_non_null(strstr(reply.body, wanted));
        sio_counters now = counters();
        for (int other = 0; other < SIO_HANDSHAKE_CODES; other++)
            assert_int_equal(now.handshake_errors[other], other <= code);
    }
    live_hang_up(&fd);
    live_close();
}

static void sessions_by_transport_and_protocol(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    int websocket = live_ws_joined(), old = live_ws("?EIO=3&transport=websocket"), polling = live_connect();
    live_ws_hear(old);
    live_get(polling, "/socket.io/?EIO=4&transport=polling");
    live_get(polling, "/socket.io/?EIO=3&transport=polling");
    sio_counters now = counters();
    assert_int_equal(now.websocket[0], 1);
    assert_int_equal(now.websocket[1], 1);
    assert_int_equal(now.polling[0], 1);
    assert_int_equal(now.polling[1], 1);
    assert_int_equal(now.sessions_total, 4);
    assert_int_equal(now.sockets, 3); /* of Engine.IO 3 both, as they join by connecting */
    live_hang_up(&websocket);
    live_hang_up(&old);
    while (counters().connections > 1) live_turns(1);
    now = counters();
    assert_int_equal(now.websocket[0] + now.websocket[1], 0);
    assert_int_equal(now.polling[0] + now.polling[1], 2);
    assert_int_equal(now.sessions_total, 4);
    live_close();
}

static void an_upgrade_moves_a_session(void **state)
{
    char target[128];
    (void)state;
    live_open((sio_options){ 0 });
    int fd = live_connect();
    struct live_reply reply = live_get(fd, "/socket.io/?EIO=4&transport=polling");
    const char *sid = strstr(reply.body, "\"sid\":\"");
    assert_non_null(sid);
    snprintf(target, sizeof target, "?EIO=4&transport=websocket&sid=%.20s", sid + 7);
    int websocket = live_ws(target);
    live_ws_send(websocket, "2probe");
    assert_string_equal(live_ws_hear(websocket), "3probe");
    assert_int_equal(counters().polling[1], 1);
    live_ws_send(websocket, "5");
    while (counters().upgrades_total == 0) live_turns(1);
    assert_int_equal(counters().polling[1], 0);
    assert_int_equal(counters().websocket[1], 1);
    live_hang_up(&fd);
    live_hang_up(&websocket);
    live_close();
}

static void on_join(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    assert_int_equal(sio_join(socket, sio_event_args(event).at[0].data.at), 0);
    sio_ack(event, SIO_NO_ARGS);
}

static void packets_and_rooms(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    assert_int_equal(sio_on_all(sio_of(live_server, "/"), "join", on_join, NULL), 0);
    int one = live_ws_joined(), two = live_ws_joined();
    sio_counters before = counters();
    live_ws_send(one, "421[\"join\",\"a\"]");
    live_ws_send(one, "422[\"join\",\"b\"]");
    live_ws_send(two, "423[\"join\",\"a\"]");
    live_ws_hear(one);
    live_ws_hear(one);
    live_ws_hear(two);
    sio_counters now = counters();
    assert_int_equal(now.rooms, 2);
    assert_int_equal(now.packets_in - before.packets_in, 3);
    assert_int_equal(now.packets_out - before.packets_out, 3);
    sio_broadcast(sio_of(live_server, "/"), (sio_to){ 0 }, "bytes", SIO_ARGS(sio_bytes("x", 1)));
    assert_int_equal(counters().packets_out - now.packets_out, 4); /* an event and an attachment each */
    live_hang_up(&one);
    while (counters().sockets > 1) live_turns(1);
    assert_int_equal(counters().rooms, 1);
    live_hang_up(&two);
    while (counters().rooms) live_turns(1);
    live_close();
}

/* A client that does not read: what it is sent waits, and is forgotten with it. */
static void the_backlog(void **state)
{
    enum { SIZE = 1000000 };
    char *text = calloc(1, SIZE + 1);
    (void)state;
    memset(text, 'x', SIZE);
    live_open((sio_options){ .backlog_bytes_max = 64 << 20 });
    int fd = live_ws_joined();
    for (int i = 0; i < 20; i++)
        sio_broadcast(sio_of(live_server, "/"), (sio_to){ 0 }, "much", SIO_ARGS(sio_text(text)));
    sio_counters now = counters();
    assert_true(now.backlog_bytes > 0);
    assert_true(now.backlog_bytes + now.bytes_out > (uint64_t)20 * SIZE);
    live_hang_up(&fd);
    while (counters().connections) live_turns(1);
    assert_int_equal(counters().backlog_bytes, 0);
    live_close();
    free(text);
}

static void what_waits_for_a_poll(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    int fd = live_connect();
    live_get(fd, "/socket.io/?EIO=3&transport=polling");
    sio_broadcast(sio_of(live_server, "/"), (sio_to){ 0 }, "event", SIO_NO_ARGS);
    assert_true(counters().backlog_bytes >= sizeof "2[\"event\"]" - 1);
    sio_disconnect_all(sio_of(live_server, "/"), (sio_to){ 0 }, true);
    live_close();
}

static void the_text(void **state)
{
    static char text[SIO_METRICS_BYTES], piece[10];
    sio_counters now = { .websocket = { 3, UINT64_MAX }, .handshake_errors = { [5] = 7 } };
    (void)state;
    size_t size = sio_metrics_text(&now, text, sizeof text);
    assert_int_equal(size, strlen(text));
    assert_non_null(strstr(text, "# TYPE sio_sessions gauge\nsio_sessions{transport=\"polling\",protocol=\"3\"} 0\n"));
    assert_non_null(strstr(text, "\nsio_sessions{transport=\"websocket\",protocol=\"3\"} 3\n"));
    assert_non_null(strstr(text, "\nsio_sessions{transport=\"websocket\",protocol=\"4\"} 18446744073709551615\n"));
    assert_non_null(strstr(text, "\nsio_handshake_errors_total{code=\"5\"} 7\n"));
    assert_int_equal(sio_metrics_text(&now, piece, sizeof piece), size);
    assert_int_equal(strlen(piece), sizeof piece - 1);
    assert_memory_equal(piece, text, sizeof piece - 1);
    assert_int_equal(sio_metrics_text(&now, NULL, 0), size);
    memset(&now, 0xff, sizeof now);
    assert_true(sio_metrics_text(&now, text, sizeof text) < SIO_METRICS_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_happened),
        cmocka_unit_test(requests_and_connections),
        cmocka_unit_test(handshake_errors_by_code),
        cmocka_unit_test(sessions_by_transport_and_protocol),
        cmocka_unit_test(an_upgrade_moves_a_session),
        cmocka_unit_test(packets_and_rooms),
        cmocka_unit_test(the_backlog),
        cmocka_unit_test(what_waits_for_a_poll),
        cmocka_unit_test(the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
