/* Clients in threads of their own come and go while three workers serve them: over polling, where each request has a
 * connection of its own, so that most are led to another worker; over WebSockets that they upgrade to; with broadcasts
 * and questions to all, in the clear and over TLS. For ThreadSanitizer, and for whoever loses or mixes up an answer. */
#include "tls_client.h"
#include "unit.h"

#include "sio.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WORKERS = 3, CLIENTS = 6, ROUNDS = 8, TEXT = 1 << 16 };

/* ---- The server -------------------------------------------------------------------------------------------- */

static sio_server *server;
static pthread_t runner;
static atomic_uint connects, disconnects, open_questions;
static char folder[] = P_tmpdir "/sio-load-XXXXXX";

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    atomic_fetch_add(&connects, 1);
    return sio_join(socket, "room") ? "no memory" : NULL;
}

static void on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    (void)socket;
    (void)reason;
    (void)context;
    atomic_fetch_add(&disconnects, 1);
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, sio_event_args(event));
}

static void on_answers(const sio_answers *answers, sio_args args, void *context)
{
    (void)args;
    (void)context;
    if (answers->is_end) atomic_fetch_sub(&open_questions, 1);
}

static void on_fetched(int error, const sio_member *members, size_t count, void *context)
{
    (void)context;
    for (size_t i = 0; i < count; i++)
        if (strcmp(members[i].id, members[i].rooms[0]) != 0) error = SIO_EINVAL;
    if (error == 0) atomic_fetch_sub(&open_questions, 1);
}

/* What reaches into all workers, all at once. */
static void on_stir(sio_socket *socket, sio_event *event, void *context)
{
    sio_namespace *ns = sio_namespace_of(socket);
    (void)event;
    (void)context;
    atomic_fetch_add(&open_questions, 2);
    if (sio_fetch(ns, (sio_to){ .rooms = SIO_ROOMS("room") }, on_fetched, NULL) != 0)
        atomic_fetch_sub(&open_questions, 1);
    if (sio_broadcast_ack(ns, (sio_to){ 0 }, "stirred", SIO_NO_ARGS, 200, on_answers, NULL) != 0)
        atomic_fetch_sub(&open_questions, 1);
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("room"), .except = SIO_ROOMS(sio_id(socket)) }, "stirred",
                  SIO_ARGS(sio_bytes("abc", 3)));
    sio_broadcast(ns, (sio_to){ .is_volatile = true }, "stirred", SIO_NO_ARGS);
    sio_join_all(ns, (sio_to){ .rooms = SIO_ROOMS("room") }, SIO_ROOMS("other"));
    sio_leave_all(ns, (sio_to){ .rooms = SIO_ROOMS("other") }, SIO_ROOMS("other"));
}

static bool is_dynamic(const char *name, void *context)
{
    (void)context;
    return name[1] == 'd';
}

static void *run_server(void *context)
{
    *(int *)context = sio_server_run(server);
    return NULL;
}

static void start(sio_options options)
{
    static int result;
    atomic_store(&connects, 0);
    atomic_store(&disconnects, 0);
    atomic_store(&open_questions, 0);
    options.workers = WORKERS;
    options.ping_interval_ms = 60000;
    assert_int_equal(sio_server_create(&server, &options), 0);
    sio_namespace *both[] = { sio_of(server, "/"), sio_of_match(server, is_dynamic, NULL) };
    for (int i = 0; i < 2; i++) {
        sio_on_connect(both[i], on_connect, NULL);
        sio_on_disconnect(both[i], on_disconnect, NULL);
        assert_int_equal(sio_on_all(both[i], "echo", on_echo, NULL), 0);
        assert_int_equal(sio_on_all(both[i], "stir", on_stir, NULL), 0);
    }
    assert_int_equal(pthread_create(&runner, NULL, run_server, &result), 0);
}

static void stop(void)
{
    sio_server_stop(server);
    pthread_join(runner, NULL);
    sio_server_destroy(server);
    assert_int_equal(atomic_load(&connects), atomic_load(&disconnects));
    assert_int_equal(atomic_load(&open_questions), 0);
}

/* ---- A client ---------------------------------------------------------------------------------------------- */

/* A connection, and what has come over it and was not asked for. Everything waits: each client has its thread. */
struct line {
    int fd;
    SSL *ssl; /* NULL: in the clear */
    size_t size;
    char text[TEXT];
};

static SSL_CTX *tls; /* NULL: in the clear */

static void line_open(struct line *line)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(sio_server_port(server)) };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    line->size = 0;
    line->ssl = NULL;
    line->fd = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval patience = { .tv_sec = 20 };
    setsockopt(line->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(line->fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
    if (connect(line->fd, (struct sockaddr *)&address, sizeof address) != 0 || tls == NULL) return;
    line->ssl = SSL_new(tls);
    SSL_set_fd(line->ssl, line->fd);
    SSL_connect(line->ssl);
}

static void line_close(struct line *line)
{
    SSL_free(line->ssl);
    close(line->fd);
}

static void line_send(struct line *line, const void *bytes, size_t size)
{
    if (line->ssl)
        (void)SSL_write(line->ssl, bytes, (int)size);
    else
        (void)!send(line->fd, bytes, size, MSG_NOSIGNAL);
}

/* False: nothing more comes, or not in time. */
static bool line_hear(struct line *line)
{
    size_t room = TEXT - 1 - line->size;
    ssize_t got = line->ssl ? SSL_read(line->ssl, line->text + line->size, (int)room)
                            : recv(line->fd, line->text + line->size, room, 0);
    if (got <= 0) return false;
    line->size += (size_t)got;
    line->text[line->size] = '\0';
    return true;
}

static void line_drop(struct line *line, size_t size)
{
    memmove(line->text, line->text + size, line->size - size);
    line->size -= size;
    line->text[line->size] = '\0';
}

/* The body of the next answer; false: there is none, or it is no 200. */
static bool line_reply(struct line *line, char body[TEXT])
{
    char *end, *length;
    line->text[line->size] = '\0';
    while ((end = strstr(line->text, "\r\n\r\n")) == NULL)
        if (!line_hear(line)) return false;
    size_t head = (size_t)(end - line->text) + 4, size = 0;
    if ((length = strstr(line->text, "Content-Length: ")) != NULL) size = strtoul(length + 16, NULL, 10);
    while (line->size < head + size)
        if (!line_hear(line)) return false;
    memcpy(body, line->text + head, size);
    body[size] = '\0';
    bool is_good = strncmp(line->text, "HTTP/1.1 200", 12) == 0;
    line_drop(line, head + size);
    return is_good;
}

static bool line_request(struct line *line, const char *sid, const char *post, char body[TEXT])
{
    char request[512];
    int size = snprintf(request, sizeof request, "%s /socket.io/?EIO=4&transport=polling%s%s HTTP/1.1\r\nHost: a\r\n",
                        post ? "POST" : "GET", *sid ? "&sid=" : "", sid);
    size += post ? snprintf(request + size, sizeof request - (size_t)size, "Content-Length: %zu\r\n\r\n%s",
                            strlen(post), post)
                 : snprintf(request + size, sizeof request - (size_t)size, "\r\n");
    line_send(line, request, (size_t)size);
    return line_reply(line, body);
}

/* One request over a connection of its own, as clients without keep-alive make them. */
static bool ask(const char *sid, const char *post, char body[TEXT])
{
    struct line *line = malloc(sizeof *line);
    line_open(line);
    bool is_good = line_request(line, sid, post, body);
    line_close(line);
    free(line);
    return is_good;
}

/* Polls until `wanted` has come; what others stir comes in between. */
static bool poll_for(const char *sid, const char *wanted, char body[TEXT])
{
    do {
        if (!ask(sid, NULL, body)) return false;
    } while (strstr(body, wanted) == NULL);
    return true;
}

static void frame(struct line *line, const char *text)
{
    char bytes[256] = { (char)0x81, (char)(0x80 | strlen(text)) };
    memcpy(bytes + 6, text, strlen(text)); /* masked with zeros */
    line_send(line, bytes, 6 + strlen(text));
}

/* Hears until `wanted` has come; frames are short, so their text can be looked for as it is. */
static bool frames_have(struct line *line, const char *wanted)
{
    for (;;) {
        for (size_t i = 0; i + strlen(wanted) <= line->size; i++)
            if (memcmp(line->text + i, wanted, strlen(wanted)) == 0) {
                line_drop(line, i + strlen(wanted));
                return true;
            }
        if (line->size > TEXT / 2) line_drop(line, line->size - strlen(wanted));
        if (!line_hear(line)) return false;
    }
}

static bool upgrade(struct line *line, const char *sid)
{
    char request[512];
    int size =
        snprintf(request, sizeof request,
                 "GET /socket.io/?EIO=4&transport=websocket&sid=%s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                 "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                 sid);
    line_send(line, request, (size_t)size);
    if (!frames_have(line, "\r\n\r\n")) return false;
    frame(line, "2probe");
    if (!frames_have(line, "3probe")) return false;
    frame(line, "5");
    return true;
}

/* All of it once: false when something did not come. */
static bool live_once(struct line *line, char body[TEXT], const char *ns, bool ends_politely)
{
    char sid[21], join[64], stir[64], echo[64], answer[64];
    snprintf(join, sizeof join, "40%s", ns);
    snprintf(stir, sizeof stir, "42%s[\"stir\"]", ns);
    snprintf(echo, sizeof echo, "42%s7[\"echo\",\"near\"]", ns);
    snprintf(answer, sizeof answer, "43%s7[\"near\"]", ns);
    if (!ask("", NULL, body) || strstr(body, "\"sid\":\"") == NULL) return false;
    snprintf(sid, sizeof sid, "%.20s", strstr(body, "\"sid\":\"") + 7);
    if (!ask(sid, join, body) || !poll_for(sid, join, body)) return false;
    if (!ask(sid, stir, body) || !ask(sid, echo, body) || !poll_for(sid, answer, body)) return false;
    line_open(line);
    bool is_good = upgrade(line, sid);
    if (is_good) {
        frame(line, stir);
        frame(line, echo);
        is_good = frames_have(line, answer);
    }
    if (ends_politely) frame(line, "41");
    line_close(line);
    return is_good;
}

static void *live(void *context)
{
    struct line *line = malloc(sizeof *line);
    char *body = malloc(TEXT);
    uintptr_t number = (uintptr_t)context, failed = 0;
    for (unsigned round = 0; round < ROUNDS; round++)
        if (!live_once(line, body, (number + round) % 3 ? "" : "/dyn,", round % 2)) failed++;
    free(line);
    free(body);
    return (void *)failed;
}

static void let_them_live(void)
{
    pthread_t threads[CLIENTS];
    uintptr_t failed = 0;
    for (uintptr_t i = 0; i < CLIENTS; i++) assert_int_equal(pthread_create(&threads[i], NULL, live, (void *)i), 0);
    for (int i = 0; i < CLIENTS; i++) {
        void *one;
        pthread_join(threads[i], &one);
        failed += (uintptr_t)one;
    }
    assert_int_equal(failed, 0);
    assert_int_equal(atomic_load(&connects), CLIENTS * ROUNDS);
}

/* ---- The tests --------------------------------------------------------------------------------------------- */

static void in_the_clear(void **state)
{
    (void)state;
    start((sio_options){ 0 });
    let_them_live();
    stop();
}

static void with_recovery(void **state)
{
    (void)state;
    start((sio_options){ .recovery_ms = 100, .recovery_bytes_max = 1 << 16 });
    let_them_live();
    stop();
}

/* The certificates are read anew meanwhile. */
static void over_tls(void **state)
{
    char cert[64], key[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    tls_client_certificate(folder, "load.example", NULL);
    snprintf(cert, sizeof cert, "%s/load.example.pem", folder);
    snprintf(key, sizeof key, "%s/load.example.key", folder);
    tls = SSL_CTX_new(TLS_client_method());
    start((sio_options){ .tls_cert = cert, .tls_key = key });
    sio_server_reload_certificates(server);
    let_them_live();
    sio_server_reload_certificates(server);
    stop();
    SSL_CTX_free(tls);
    tls = NULL;
    unlink(cert);
    unlink(key);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_the_clear),
        cmocka_unit_test(with_recovery),
        cmocka_unit_test(over_tls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
