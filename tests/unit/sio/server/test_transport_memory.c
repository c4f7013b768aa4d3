/* test_transport_memory.c - every allocation fails once while clients use what test_memory.c leaves out: compression in
 * both directions, cookies, CORS, handshakes that wait, plain WebSockets, large files. The server goes on and serves
 * the next one.
 */
#include "failing.h"
#include "live.h"
#include "sio_websocket.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- The server -------------------------------------------------------------------------------------------- */

static unsigned echoes, waiting;
static sio_request_ticket ticket;
static char large[2001];

static bool is_allowed(const char *origin, void *context)
{
    (void)context;
    return origin[0] == 'h';
}

static const char *allow(sio_request *request, void *context)
{
    const char *query = sio_request_query(request);
    (void)context;
    if (strstr(query, "later") == NULL) return NULL;
    if (sio_request_later(request, &ticket) == 0) waiting++;
    return NULL;
}

static void on_headers(sio_request *request, bool is_first, void *context)
{
    (void)is_first;
    (void)context;
    const char *name, *value;
    if (sio_request_header_at(request, 0, &name, &value)) sio_reply_header(request, "X-Test", value);
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    sio_emit(socket, "large", SIO_ARGS(sio_text(large)));
    echoes++;
    return NULL;
}

static void on_message(sio_websocket *websocket, sio_value message, void *context)
{
    (void)context;
    echoes++;
    sio_websocket_send(websocket, message);
}

static const sio_deflate deflate = { .threshold_bytes = 1 };
static const sio_websocket_handler handler = { .on_message = on_message, .deflate = &deflate };

static void on_request(sio_request *request, void *context)
{
    (void)context;
    if (strcmp(sio_request_path(request), "/ws") == 0)
        sio_reply_websocket(request, &handler);
    else if (strcmp(sio_request_path(request), "/") != 0)
        sio_reply_file(request, "/");
    else
        sio_reply(request, 200, "text/plain", large, 2000);
}

static void start(void)
{
    memset(large, 'x', 2000);
    live_open((sio_options){ .on_request = on_request,
                             .cors.is_allowed = is_allowed,
                             .allow_request = allow,
                             .on_headers = on_headers,
                             .per_message_deflate = &deflate,
                             .cookie = &(sio_cookie){ 0 },
                             .initial_packet = sio_text("hi") });
    sio_on_connect(sio_of(live_server, "/"), on_connect, NULL);
}

/* ---- Clients that take whatever comes ---------------------------------------------------------------------- */

#define ORIGIN "Host: a\r\nOrigin: https://a.example\r\nAccept-Encoding: gzip\r\n"
#define UPGRADE                                                                                                        \
    ORIGIN "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"                                \
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"

static void say(int fd, const char *text)
{
    send(fd, text, strlen(text), MSG_NOSIGNAL);
    live_turns(3);
}

/* A frame masked with zeros. */
static void say_frame(int fd, int first, const char *bytes, size_t size)
{
    char frame[132] = { (char)first, (char)(0x80 | size) };
    memcpy(frame + 6, bytes, size);
    send(fd, frame, size + 6, MSG_NOSIGNAL);
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

static void over_a_plain_websocket(void)
{
    int fd = live_connect();
    say(fd, "GET /ws HTTP/1.1\r\n" UPGRADE);
    say_frame(fd, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
    say_frame(fd, 0x41, "\xf2\x00", 2);
    say_frame(fd, 0x80, "\x11\x00\x00", 3);
    drop(fd);
}

static void over_a_compressing_transport(void)
{
    int fd = live_connect();
    say(fd, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" UPGRADE);
    say_frame(fd, 0x81, "40", 2);
    drop(fd);
}

static void by_polls_that_wait(void)
{
    char answer[4096] = { 0 }, request[512];
    int fd = live_connect();
    waiting = 0;
    say(fd, "GET /socket.io/?EIO=4&transport=polling&later=1 HTTP/1.1\r\n" ORIGIN "\r\n");
    is_server = true; /* what the program does for one client may fail like all the rest */
    if (waiting) sio_request_answer(live_server, &ticket, NULL);
    is_server = false;
    live_turns(3);
    if (recv(fd, answer, sizeof answer - 1, MSG_DONTWAIT) > 0 && strstr(answer, "sid\":\"")) {
        const char *sid = strstr(answer, "sid\":\"") + 6;
        snprintf(request, sizeof request,
                 "POST /socket.io/?EIO=4&transport=polling&sid=%.20s HTTP/1.1\r\n" ORIGIN "Content-Length: 2\r\n\r\n40"
                 "GET /socket.io/?EIO=4&transport=polling&sid=%.20s HTTP/1.1\r\n" ORIGIN "\r\n",
                 sid, sid);
        say(fd, request);
    }
    say(fd, "GET / HTTP/1.1\r\n" ORIGIN "\r\n");
    say(fd, "OPTIONS /socket.io/ HTTP/1.1\r\n" ORIGIN "\r\n");
    drop(fd);
}

/* This program, which is large enough to be sent in pieces. */
static void by_a_large_file(void)
{
    char path[1024] = "", request[1200];
    assert_true(readlink("/proc/self/exe", path, sizeof path - 1) > 0);
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    int fd = live_connect();
    say(fd, request);
    close(fd); /* it does not wait for all of it */
    live_turns(3);
}

static void the_server_outlives_every_failure(void **state)
{
    bool is_last = false;
    (void)state;
    for (unsigned long number = 1; !is_last; number++) {
        failing = 0;
        start();
        failing = number;
        allocations = echoes = 0;
        over_a_plain_websocket();
        over_a_compressing_transport();
        by_polls_that_wait();
        by_a_large_file();
        is_last = allocations < number;
        failing = 0;
        if (is_last) assert_int_equal(echoes, 4);
        int fd = live_connect();
        assert_int_equal(live_get(fd, "/socket.io/?EIO=4&transport=polling").status, 200);
        live_hang_up(&fd);
        live_close();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_server_outlives_every_failure) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
