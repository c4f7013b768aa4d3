#include "live.h"

#include "sio_metrics.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *reason;
static sio_server *running;

static void on_disconnect(sio_socket *socket, const char *why, void *context)
{
    (void)socket;
    (void)context;
    reason = why;
}

static void wrong_options(void **state)
{
    sio_server *server;
    (void)state;
    assert_int_equal(sio_server_create(&server, &(sio_options){ .host = "no such host" }), SIO_ESYS);
    assert_null(server);
    assert_int_equal(sio_server_create(&server, &(sio_options){ .path = "no-slash" }), SIO_EINVAL);
    assert_int_equal(sio_server_create(&server, &(sio_options){ .tls_cert = "cert.pem" }), SIO_ETLS);
    assert_int_equal(sio_server_create(&server, &(sio_options){ .payload_bytes_max = SIZE_MAX }), SIO_EINVAL);
    sio_server_destroy(NULL);
    sio_server_stop(NULL);
}

static void a_taken_port(void **state)
{
    sio_server *first, *second;
    (void)state;
    assert_int_equal(sio_server_create(&first, &(sio_options){ 0 }), 0);
    assert_int_equal(sio_server_create(&second, &(sio_options){ .port = sio_server_port(first) }), SIO_ESYS);
    assert_int_equal(errno, EADDRINUSE);
    sio_server_destroy(first);
}

static void errors_have_texts(void **state)
{
    (void)state;
    assert_string_equal(sio_strerror(SIO_ENOMEM), "out of memory");
    assert_string_equal(sio_strerror(SIO_ETIME), "the acknowledgement did not come in time");
    assert_string_equal(sio_strerror(0), "no error");
    assert_string_equal(sio_strerror(-99), "unknown error");
}

static void namespaces_are_found_again(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    assert_non_null(sio_of(live_server, "/"));
    assert_ptr_equal(sio_of(live_server, "/a"), sio_of(live_server, "/a"));
    assert_null(sio_of(live_server, "a"));
    assert_null(sio_of(live_server, ""));
    live_close();
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(running);
}

static void raise_signal(void *context)
{
    (void)context;
    raise(SIGTERM);
}

static void stopping_from_a_signal_handler(void **state)
{
    (void)state;
    assert_int_equal(sio_server_create(&running, &(sio_options){ 0 }), 0);
    assert_true(sio_server_is_running(running));
    signal(SIGTERM, on_signal);
    assert_int_equal(sio_server_post(running, raise_signal, NULL), 0);
    assert_int_equal(sio_server_run(running), 0);
    assert_false(sio_server_is_running(running));
    signal(SIGTERM, SIG_DFL);
    sio_server_destroy(running);
}

/* Everyone is told, what was sent before is still read, and clients of every transport can connect again elsewhere. */
static void stopping_tells_the_clients(void **state)
{
    char sid[21], target[128], request[256];
    (void)state;
    live_open((sio_options){ 0 });
    sio_namespace *ns = sio_of(live_server, "/");
    sio_on_disconnect(ns, on_disconnect, NULL);
    reason = NULL;
    int ws = live_ws_joined(), idle = live_connect(), getter = live_connect();
    assert_int_equal(live_get(idle, "/none").status, 404);
    assert_int_equal(sscanf(live_get(getter, "/socket.io/?EIO=4&transport=polling").body, "0{\"sid\":\"%20[^\"]", sid),
                     1);
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
    live_say(getter, request);
    live_turns(2);
    sio_broadcast(ns, (sio_to){ 0 }, "last", SIO_NO_ARGS);
    sio_server_stop(live_server);
    assert_string_equal(live_ws_hear(ws), "42[\"last\"]");
    assert_string_equal(live_ws_hear(ws), "close"); /* no DISCONNECT, after which clients would not come back */
    assert_true(live_is_closed(ws));
    assert_string_equal(live_reply(getter, true).body, "1");
    assert_true(live_is_closed(getter));
    assert_true(live_is_closed(idle));
    assert_string_equal(reason, "server shutting down");
    live_hang_up(&ws);
    live_hang_up(&idle);
    live_hang_up(&getter);
    while (sio_server_is_running(live_server)) assert_int_equal(sio_server_step(live_server, 1000), 0);
    live_close();
}

/* A WebSocket that has left unread more than the kernel takes. */
static int open_a_slow_reader(uint32_t stop_timeout_ms)
{
    enum { SIZE = 100000 };
    static char text[SIZE + 1];
    live_open((sio_options){ .stop_timeout_ms = stop_timeout_ms, .backlog_bytes_max = 16 << 20 });
    sio_namespace *ns = sio_of(live_server, "/");
    memset(text, 'x', SIZE);
    int ws = live_ws_joined();
    for (int i = 0; i < 100; i++)
        assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "news", SIO_ARGS(sio_text(text))), 0);
    live_turns(2);
    sio_server_stop(live_server);
    live_turns(2);
    assert_true(sio_server_is_running(live_server));
    return ws;
}

static void a_stop_waits_for_slow_readers(void **state)
{
    (void)state;
    int ws = open_a_slow_reader(3600 * 1000);
    for (int i = 0; i < 100; i++) assert_memory_equal(live_ws_hear(ws), "42[\"news\",", 10);
    assert_string_equal(live_ws_hear(ws), "close");
    live_hang_up(&ws);
    while (sio_server_is_running(live_server)) assert_int_equal(sio_server_step(live_server, 1000), 0);
    live_close();
}

static void but_not_for_ever(void **state)
{
    (void)state;
    int ws = open_a_slow_reader(1);
    while (sio_server_is_running(live_server)) assert_int_equal(sio_server_step(live_server, 1000), 0);
    live_close();
    close(ws);
}

static void destroying_tells_the_handlers(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    sio_on_disconnect(sio_of(live_server, "/"), on_disconnect, NULL);
    reason = NULL;
    int ws = live_ws_joined(), half = live_connect();
    live_say(half, "GET / HTTP/1.1\r\nHo");
    live_close();
    assert_string_equal(reason, "server shutting down");
    close(ws);
    close(half);
}

static void set_flag(void *context)
{
    *(bool *)context = true;
}

static void *post_and_stop(void *context)
{
    sio_server_post(running, set_flag, context);
    sio_server_stop(running);
    return NULL;
}

static char logged[1024];

static void on_log(int level, const char *message, void *context)
{
    size_t size = strlen(logged);
    assert_ptr_equal(context, logged);
    snprintf(logged + size, sizeof logged - size, "%d %s\n", level, message);
}

static void what_happens_is_logged(void **state)
{
    (void)state;
    logged[0] = '\0';
    live_open((sio_options){ .on_log = on_log, .context = logged });
    int fd = live_connect();
    live_get(fd, "/socket.io/?EIO=4&transport=pigeon");
    live_hang_up(&fd);
    assert_string_equal(logged, "4 a client is turned away: Transport unknown\n");
    logged[0] = '\0';
    fd = live_ws_joined();
    live_ws_send(fd, "1");
    assert_true(live_ws_is_closed(fd));
    live_hang_up(&fd);
    assert_string_equal(logged, "4 a client is gone: transport close\n");
    logged[0] = '\0';
    sio_server_stop(live_server);
    live_turns(1);
    assert_string_equal(logged, "3 stopping: the clients are told\n");
    live_close();
    assert_string_equal(logged, "3 stopping: the clients are told\n");
}

/* Descriptors run out: the server says so once, the client waits in the kernel's queue, and is served later. */
static void what_keeps_clients_out_is_logged(void **state)
{
    struct rlimit before;
    (void)state;
    logged[0] = '\0';
    live_open((sio_options){ .on_log = on_log, .context = logged });
    int fd = live_connect();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit none = { (rlim_t)fd + 1, before.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    while (logged[0] == '\0') live_turns(1);
    live_turns(50);
    assert_string_equal(logged, "2 no new clients for the moment: Too many open files\n");
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(live_get(fd, "/none").status, 404);
    live_hang_up(&fd);
    live_close();
}

/* Stops the server when it has seen it count. */
static void *read_counters(void *context)
{
    sio_counters *counters = context;
    while (counters->requests_total == 0 || counters->bytes_out == 0) sio_server_counters(running, counters);
    sio_server_stop(running);
    return NULL;
}

static void *ask_once(void *context)
{
    (void)context;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(sio_server_port(running)) };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    static const char text[] = "GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    char answer[1024];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool is_good = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
                   send(fd, text, sizeof text - 1, 0) == (ssize_t)sizeof text - 1;
    while (is_good && recv(fd, answer, sizeof answer, 0) > 0) {
    }
    close(fd);
    return NULL;
}

static void other_threads_read_counters(void **state)
{
    pthread_t reader, client;
    sio_counters counters = { 0 };
    (void)state;
    assert_int_equal(sio_server_create(&running, &(sio_options){ 0 }), 0);
    assert_int_equal(pthread_create(&reader, NULL, read_counters, &counters), 0);
    assert_int_equal(pthread_create(&client, NULL, ask_once, NULL), 0);
    assert_int_equal(sio_server_run(running), 0);
    pthread_join(reader, NULL);
    pthread_join(client, NULL);
    /* The reader's last look may have begun before the client came: each counter is read for itself. */
    sio_server_counters(running, &counters);
    assert_int_equal(counters.requests_total, 1);
    assert_int_equal(counters.connections_total, 1);
    sio_server_destroy(running);
}

static void other_threads_post_and_stop(void **state)
{
    pthread_t thread;
    bool flag = false;
    (void)state;
    assert_int_equal(sio_server_create(&running, &(sio_options){ 0 }), 0);
    assert_int_equal(pthread_create(&thread, NULL, post_and_stop, &flag), 0);
    assert_int_equal(sio_server_run(running), 0);
    pthread_join(thread, NULL);
    assert_true(flag);
    sio_server_destroy(running);
}

static void inside_another_loop(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    struct pollfd ready = { .fd = sio_server_fd(live_server), .events = POLLIN };
    assert_true(ready.fd >= 0);
    int client = live_connect();
    assert_int_equal(poll(&ready, 1, LIVE_MS), 1);
    assert_int_equal(live_get(client, "/").status, 404);
    live_hang_up(&client);
    live_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_options),
        cmocka_unit_test(a_taken_port),
        cmocka_unit_test(errors_have_texts),
        cmocka_unit_test(namespaces_are_found_again),
        cmocka_unit_test(stopping_from_a_signal_handler),
        cmocka_unit_test(stopping_tells_the_clients),
        cmocka_unit_test(a_stop_waits_for_slow_readers),
        cmocka_unit_test(but_not_for_ever),
        cmocka_unit_test(destroying_tells_the_handlers),
        cmocka_unit_test(what_happens_is_logged),
        cmocka_unit_test(what_keeps_clients_out_is_logged),
        cmocka_unit_test(other_threads_read_counters),
        cmocka_unit_test(other_threads_post_and_stop),
        cmocka_unit_test(inside_another_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
