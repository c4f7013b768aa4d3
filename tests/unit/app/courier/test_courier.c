#include "unit.h"

#include "courier.h"
#include "limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- A server that answers one connection after the other with what a test wrote ------------------------------- */

static struct {
    int listener;
    unsigned port;
    pthread_t thread;
    const char *head; /* of the answer; NULL: it never comes */
    size_t body;      /* bytes of it, all 'x' */
    char asked[1 << 14];
} peer;

static void peer_answer(int client)
{
    static char block[1 << 14];
    size_t size = 0;
    memset(block, 'x', sizeof block);
    while (size < sizeof peer.asked - 1) {
        ssize_t count = read(client, peer.asked + size, sizeof peer.asked - 1 - size);
        if (count <= 0) return;
        size += (size_t)count;
        peer.asked[size] = 0;
        if (strstr(peer.asked, "\r\n\r\n") && !strstr(peer.asked, "wait-for-body")) break;
        if (strstr(peer.asked, "the end")) break;
    }
    /* Taken before anything is sent: with that the test may go on to its next answer. */
    const char *head = peer.head;
    size_t left = peer.body;
    if (head == NULL) {
        (void)!read(client, block, 1); /* until the other side has had enough */
        return;
    }
    (void)!write(client, head, strlen(head));
    while (left > 0) {
        ssize_t count = send(client, block, left < sizeof block ? left : sizeof block, MSG_NOSIGNAL);
        if (count <= 0) break;
        left -= (size_t)count;
    }
}

static void *peer_run(void *context)
{
    (void)context;
    for (int client; (client = accept(peer.listener, NULL, NULL)) >= 0; close(client)) peer_answer(client);
    return NULL;
}

static int peer_start(void **state)
{
    (void)state;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    peer.listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(peer.listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(peer.listener, 8), 0);
    getsockname(peer.listener, (struct sockaddr *)&address, &size);
    peer.port = ntohs(address.sin_port);
    return pthread_create(&peer.thread, NULL, peer_run, NULL);
}

static int peer_stop(void **state)
{
    (void)state;
    shutdown(peer.listener, SHUT_RDWR);
    pthread_join(peer.thread, NULL);
    return close(peer.listener);
}

/* ---- Asking ------------------------------------------------------------------------------------------------------ */

static struct {
    sem_t is_there;
    int error;
    unsigned status;
    char headers[4096], body[64], why[256];
    size_t body_size;
    bool is_cut;
} got;

static void on_done(const struct courier_answer *answer, void *context)
{
    assert_ptr_equal(context, &got);
    got.error = answer->error;
    got.status = answer->status;
    got.body_size = answer->body.size;
    got.is_cut = answer->is_cut;
    snprintf(got.headers, sizeof got.headers, "%.*s", STR_FORMAT(answer->headers));
    snprintf(got.body, sizeof got.body, "%.*s", STR_FORMAT(answer->body));
    snprintf(got.why, sizeof got.why, "%s", answer->why);
    sem_post(&got.is_there);
}

static int ask(bool allows_private, const struct courier_request *request)
{
    struct courier *courier;
    sem_init(&got.is_there, 0, 0);
    assert_int_equal(courier_create(&courier, allows_private), COURIER_OK);
    int error = courier_send(courier, request, on_done, &got);
    if (error == COURIER_OK) {
        while (sem_wait(&got.is_there) != 0) continue;
        error = got.error;
    }
    courier_destroy(courier);
    sem_destroy(&got.is_there);
    return error;
}

static int get(const char *format, bool allows_private)
{
    char url[256];
    snprintf(url, sizeof url, format, peer.port);
    return ask(allows_private, &(struct courier_request){ .method = STR("GET"), .url = str_from(url) });
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static void a_request_is_sent_and_its_answer_told(void **state)
{
    (void)state;
    char url[64];
    const struct courier_header headers[] = { { STR("X-Key"), STR("a;b") }, { STR("wait-for-body"), STR_EMPTY } };
    snprintf(url, sizeof url, "http://127.0.0.1:%u/a%%20b?c=d", peer.port);
    peer.head =
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\nX-A: 1\r\nContent-Length: 4\r\n\r\n";
    peer.body = 4;
    const struct courier_request request = {
        .method = STR("PUT"),
        .url = str_from(url),
        .headers = headers,
        .header_count = 2,
        .body = STR("this is the end"),
        .has_body = true,
    };
    assert_int_equal(ask(true, &request), COURIER_OK);
    assert_int_equal(got.status, 201);
    assert_string_equal(got.headers, "X-A: 1\r\nContent-Length: 4\r\n");
    assert_string_equal(got.body, "xxxx");
    assert_non_null(strstr(peer.asked, "PUT /a%20b?c=d HTTP/1.1\r\n"));
    assert_non_null(strstr(peer.asked, "X-Key: a;b\r\nwait-for-body:\r\n"));
    assert_null(strstr(peer.asked, "Content-Type"));
    assert_non_null(strstr(peer.asked, "\r\n\r\nthis is the end"));
}

static void private_addresses_are_refused_whatever_they_are_called(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "http://127.0.0.1:%u/",
        "http://localhost:%u/",
        "http://[::1]:%u/",
        "http://[::ffff:127.0.0.1]:%u/",
        "http://2130706433:%u/",
        "http://0x7f.1:%u/",
        "http://0:%u/",
        "http://127.1:%u/",
        "https://10.1.2.3:%u/",
        "http://169.254.169.254:%u/",
        "http://[fe80::1%%25lo]:%u/",
        "http://user:word@127.0.0.1:%u/",
    };
    peer.head = "HTTP/1.1 200 OK\r\n\r\n";
    peer.asked[0] = 0;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        if (get(urls[i], false) != COURIER_EREFUSED) fail_msg("%s: %d %s", urls[i], got.error, got.why);
    assert_string_equal(peer.asked, ""); /* nothing came */
}

static void redirects_are_told_and_not_followed(void **state)
{
    (void)state;
    peer.head = "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/secrets\r\nContent-Length: 0\r\n\r\n";
    peer.body = 0;
    assert_int_equal(get("http://127.0.0.1:%u/", true), COURIER_OK);
    assert_int_equal(got.status, 302);
    assert_non_null(strstr(got.headers, "Location: http://169.254.169.254/secrets"));
}

static void a_long_body_is_cut(void **state)
{
    (void)state;
    peer.head = "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n";
    peer.body = 10000000;
    assert_int_equal(get("http://127.0.0.1:%u/", true), COURIER_OK);
    assert_true(got.is_cut);
    assert_int_equal(got.body_size, LIMIT_COURIER_BODY_BYTES);
}

static void endless_headers_are_an_error(void **state)
{
    (void)state;
    static char head[1 << 17];
    size_t size = (size_t)snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\n");
    while (size < sizeof head - 100)
        size += (size_t)snprintf(head + size, sizeof head - size, "X-%zu: %060d\r\n", size, 1);
    peer.head = head;
    assert_int_equal(get("http://127.0.0.1:%u/", true), COURIER_EBROKEN);
}

static void what_is_no_http_is_an_error(void **state)
{
    (void)state;
    peer.head = "what?\r\n\r\n";
    peer.body = 0;
    assert_int_equal(get("http://127.0.0.1:%u/", true), COURIER_EBROKEN);
    assert_int_equal(get("http://127.0.0.1:1/%u", true), COURIER_EUNREACHED);
    assert_true(got.why[0] != 0);
    assert_int_equal(get("http://nowhere.invalid/%u", true), COURIER_EUNREACHED);
    static const char *const others[] = { "file:///etc/passwd?%u", "gopher://127.0.0.1:%u/", "ftp://127.0.0.1:%u/",
                                          "http://:%u" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (get(others[i], true) != COURIER_EADDRESS) fail_msg("%s: %d %s", others[i], got.error, got.why);
}

static void a_line_end_is_in_no_request(void **state)
{
    (void)state;
    static const struct courier_header bad[] = {
        { STR_INIT("X"), STR_INIT("a\r\nHost: b") },
        { STR_INIT("X\n"), STR_INIT("a") },
        { STR_INIT("X"), STR_INIT("a\0b") },
    };
    struct courier_request request = { .method = STR("GET"), .url = STR("http://127.0.0.1/"), .header_count = 1 };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        request.headers = &bad[i];
        assert_int_equal(ask(true, &request), COURIER_EINVAL);
    }
    request.header_count = 0;
    request.method = STR("GET / HTTP/1.1\r\nX:");
    assert_int_equal(ask(true, &request), COURIER_EINVAL);
    request.method = STR("GET");
    request.url = STR("http://127.0.0.1/\0x");
    assert_int_equal(ask(true, &request), COURIER_EINVAL);
    static char long_body[LIMIT_COURIER_BODY_BYTES + 1];
    request.url = STR("http://127.0.0.1/");
    request.body = (struct str){ long_body, sizeof long_body };
    assert_int_equal(ask(true, &request), COURIER_EINVAL);
}

static void no_more_than_so_many_at_a_time_and_all_end(void **state)
{
    (void)state;
    struct courier *courier;
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", peer.port);
    peer.head = NULL;
    sem_init(&got.is_there, 0, 0);
    assert_int_equal(courier_create(&courier, true), COURIER_OK);
    const struct courier_request request = { .method = STR("GET"), .url = str_from(url) };
    for (int i = 0; i < LIMIT_COURIER_REQUESTS; i++)
        assert_int_equal(courier_send(courier, &request, on_done, &got), COURIER_OK);
    assert_int_equal(courier_send(courier, &request, on_done, &got), COURIER_EFULL);
    courier_destroy(courier);
    for (int i = 0; i < LIMIT_COURIER_REQUESTS; i++) assert_int_equal(sem_trywait(&got.is_there), 0);
    assert_int_equal(got.error, COURIER_EGONE);
    sem_destroy(&got.is_there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_sent_and_its_answer_told),
        cmocka_unit_test(private_addresses_are_refused_whatever_they_are_called),
        cmocka_unit_test(redirects_are_told_and_not_followed),
        cmocka_unit_test(a_long_body_is_cut),
        cmocka_unit_test(endless_headers_are_an_error),
        cmocka_unit_test(what_is_no_http_is_an_error),
        cmocka_unit_test(a_line_end_is_in_no_request),
        cmocka_unit_test(no_more_than_so_many_at_a_time_and_all_end),
    };
    return cmocka_run_group_tests_name("courier", tests, peer_start, peer_stop);
}
