/* test_memory.c - every allocation of the server fails once: the client that it was for may be closed, but the server
 * goes on, the others stay, and the next one is served. */
#include "failing.h"
#include "live.h"
#include "sio_admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- The server -------------------------------------------------------------------------------------------- */

static unsigned echoes;

static void on_reply(int error, sio_args args, void *context)
{
    (void)error;
    (void)args;
    (void)context;
}

static void on_answers(const sio_answers *answers, sio_args args, void *context)
{
    (void)answers;
    (void)args;
    (void)context;
}

static void on_members(int error, const sio_member *members, size_t count, void *context)
{
    (void)error;
    (void)members;
    (void)count;
    (void)context;
}

static void admit(sio_socket *socket, void *context)
{
    (void)context;
    sio_handshake(socket);
    sio_admit(socket);
}

static sio_ticket undecided;

static void decide(void *context)
{
    (void)context;
    sio_filter_decide(sio_of(live_server, "/"), &undecided, true);
}

/* Every echo is decided about at the end of the turn in which it came. */
static bool postpone(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    if (sio_filter_later(event, &undecided) != 0) return false;
    sio_server_post(live_server, decide, NULL);
    return true;
}

static void on_sent(sio_socket *socket, const char *event, sio_args args, void *context)
{
    (void)socket;
    (void)event;
    (void)args;
    (void)context;
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    if (sio_join(socket, "room") != 0) return "no memory";
    sio_emit(socket, "welcome", SIO_ARGS(sio_bytes("bytes", 5)));
    return NULL;
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    sio_namespace *ns = context;
    echoes++;
    sio_ack(event, sio_event_args(event));
    sio_emit(socket, "echo", sio_event_args(event));
    sio_emit_ack(socket, "question", SIO_NO_ARGS, 1000, on_reply, NULL);
    sio_join(socket, "other");
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("room") }, "all", SIO_ARGS(sio_bytes("bytes", 5)));
    sio_broadcast_ack(ns, (sio_to){ .rooms = SIO_ROOMS("room") }, "ask", SIO_NO_ARGS, 1000, on_answers, NULL);
    sio_join_all(ns, (sio_to){ 0 }, SIO_ROOMS("more", "and more"));
    sio_fetch(ns, (sio_to){ 0 }, on_members, NULL);
}

static void on_request(sio_request *request, void *context)
{
    (void)context;
    sio_reply_header(request, "X-Test", "yes");
    if (sio_request_header(request, "Host")) sio_reply_file(request, "/");
}

static bool is_recovering; /* with all that is kept for clients that come back */
static bool is_watched;    /* with an admin who is told everything */

static void start(void)
{
    live_open((sio_options){ .on_request = on_request,
                             .cors_origin = "https://example.org",
                             .recovery_ms = is_recovering ? 60000 : 0,
                             .keeps_handshake = is_recovering });
    sio_namespace *ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    assert_int_equal(sio_on_all(ns, "echo", on_echo, ns), 0);
    assert_int_equal(sio_use(ns, admit, NULL), 0);
    assert_int_equal(sio_on_any_sent(ns, on_sent, NULL), 0);
    if (is_watched) assert_int_equal(sio_filter(ns, postpone, NULL), 0);
    if (is_watched) assert_int_equal(sio_admin_enable(live_server, &(sio_admin_options){ .has_no_password = true }), 0);
}

/* ---- Clients that take whatever comes ---------------------------------------------------------------------- */

static void say(int fd, const char *bytes, size_t size)
{
    send(fd, bytes, size, MSG_NOSIGNAL);
    live_turns(3);
}

static void drop(int fd)
{
    char bytes[4096];
    while (recv(fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
    }
    close(fd);
    live_turns(3);
}

#define SAY(fd, literal) say(fd, literal, sizeof literal - 1)
#define UPGRADE                                                                                                        \
    "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"                            \
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

/* Takes what has come. True when the connection is still there. */
static bool is_served(int fd)
{
    char bytes[4096];
    ssize_t got;
    while ((got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0) {
    }
    return got < 0;
}

/* A frame masked with zeros, of less than 126 bytes. */
static void say_frame(int fd, int first, const char *bytes, size_t size)
{
    char frame[132] = { (char)first, (char)(0x80 | size) };
    memcpy(frame + 6, bytes, size);
    say(fd, frame, size + 6);
}

static void say_text(int fd, const char *text)
{
    say_frame(fd, 0x81, text, strlen(text));
}

static void talk_over_websocket(void)
{
    int fd = live_connect();
    SAY(fd, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n");
    SAY(fd, UPGRADE);
    say_text(fd, "40{\"a\":\"b\"}");
    say_text(fd, "421[\"echo\",1]");
    say_text(fd, "452-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    say_frame(fd, 0x82, "bytes", 5);
    drop(fd); /* before the second attachment */
}

static void talk_in_fragments(void)
{
    int fd = live_connect();
    SAY(fd, "GET /socket.io/?EIO=3&transport=websocket&b64=1 HTTP/1.1\r\n" UPGRADE);
    say_frame(fd, 0x01, "42[\"", 4);
    say_frame(fd, 0x80, "echo\",1]", 8);
    drop(fd);
    fd = live_connect();
    SAY(fd, "GET /socket.io/?EIO=3&transport=websocket HTTP/1.1\r\n" UPGRADE);
    say_text(fd, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    say_frame(fd, 0x82, "\4bytes", 6);
    drop(fd);
}

static void talk_by_polling(void)
{
    char answer[4096] = { 0 }, request[512];
    int fd = live_connect();
    SAY(fd, "GET /socket.io/?EIO=3&transport=polling&j=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    if (recv(fd, answer, sizeof answer - 1, MSG_DONTWAIT) > 0 && strstr(answer, "sid\\\":\\\"")) {
        const char *sid = strstr(answer, "sid\\\":\\\"") + 8;
        int size = snprintf(request, sizeof request,
                            "POST /socket.io/?EIO=3&transport=polling&sid=%.20s HTTP/1.1\r\nHost: a\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n8\r\n12:42[\"e\r\n7\r\ncho\",1]\r\n0\r\n\r\n",
                            sid);
        say(fd, request, (size_t)size);
        size = snprintf(request, sizeof request,
                        "GET /socket.io/?EIO=3&transport=polling&sid=%.20s HTTP/1.1\r\nHost: a\r\n\r\n", sid);
        say(fd, request, (size_t)size);
        int ws = live_connect();
        size = snprintf(request, sizeof request,
                        "GET /socket.io/?EIO=3&transport=websocket&sid=%.20s HTTP/1.1\r\n" UPGRADE, sid);
        say(ws, request, (size_t)size);
        say_text(ws, "2probe");
        say_text(ws, "5");
        say_text(ws, "42[\"echo\",1]");
        drop(ws);
    }
    drop(fd);
}

static void ask_for_files(void)
{
    int fd = live_connect();
    SAY(fd, "GET /etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n");
    SAY(fd, "HEAD /etc/passwd HTTP/1.1\r\nHost: a\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n123");
    SAY(fd, "45GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    drop(fd);
}

static void watch(void)
{
    int fd = live_connect();
    SAY(fd, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" UPGRADE);
    say_text(fd, "40/admin,");
    say_text(fd, "42/admin,[\"join\",\"/\",\"by admin\",null]");
    say_text(fd, "42/admin,[\"emit\",\"/\",\"by admin\",\"hello\",{\"a\":1}]");
    talk_over_websocket();
    drop(fd);
}

static void everything(void)
{
    if (is_watched) watch();
    talk_over_websocket();
    talk_in_fragments();
    talk_by_polling();
    ask_for_files();
}

static void the_server_outlives_every_failure(void **state)
{
    (void)state;
    for (failing = 1;; failing++) {
        unsigned long number = failing;
        start();
        failing = 0;
        int first = live_ws_joined(), second = live_ws_joined();
        failing = number;
        allocations = echoes = 0;
        everything();
        unsigned heard = echoes;
        bool is_last = allocations < failing;
        failing = 0;
        assert_true(is_served(first) || is_served(second)); /* both get all broadcasts */
        live_hang_up(&first);
        live_hang_up(&second);
        int ws = live_ws_joined();
        live_ws_hear(ws);
        live_ws_hear(ws);
        live_ws_send(ws, "421[\"echo\",1]");
        assert_string_equal(live_ws_hear(ws), "431[1]");
        live_hang_up(&ws);
        live_close();
        failing = number;
        if (!is_last) continue;
        assert_int_equal(heard, is_watched ? 6 : 5); /* without a failure every conversation comes to its event */
        break;
    }
    failing = 0;
}

static void so_does_one_that_keeps_what_clients_miss(void **state)
{
    is_recovering = true;
    the_server_outlives_every_failure(state);
    is_recovering = false;
}

static void so_does_one_that_is_watched(void **state)
{
    is_watched = true;
    the_server_outlives_every_failure(state);
    is_watched = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_server_outlives_every_failure),
                                        cmocka_unit_test(so_does_one_that_keeps_what_clients_miss),
                                        cmocka_unit_test(so_does_one_that_is_watched) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
