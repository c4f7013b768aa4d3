/* fuzz_server.c - the whole server between clients that do anything in any order. Its clock is the input's, its clients
 * are at the other ends of socket pairs, so an input always does the same.
 *
 * An input is lines; the first letter says what happens, the digit behind it which of the clients does it:
 *   c0            connects
 *   g0?EIO=4…     asks for the server's path with this query; $1 stands for the session id that client 1 was given
 *   p0?EIO=4… 40  posts what follows the blank
 *   u0?EIO=4…     asks for a WebSocket; z0 for one that compresses; y0 for one of the program's own protocol
 *   t0text        sends a WebSocket frame with text, b0 one with bytes, f0Xbytes one with X as its first byte
 *   r0bytes       sends what follows as it is, with | for the end of a line of HTTP
 *   h0            hears what came; what a client does not hear stays in the kernel and then in the server
 *   s0 x0         ends its sending; hangs up
 *   w5            lets time pass, see `spans`
 *   e5            the server emits 10 to the power of 5 bytes to all, v5 the same to those that can take it
 *   a0 d0 j0      asks all, disconnects all, moves all to another room
 *   m0 m1         refuses, admits those who wait to enter the namespace /guarded
 *   k0 k1         refuses, lets in who asked last with "later" in its query
 *   i0 i1         drops, lets go on the last event whose name begins with y, which waits for that
 *   q0            is stopped */
#include "caller.h"
#include "clock.h"
#include "server.h"
#include "sio_admin.h"
#include "sio_websocket.h"
#include "socket.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    CLIENTS = 10,
    LINE_BYTES = 4096,
    LINES = 200,
    BACKLOG_BYTES = 40000,
    PAYLOAD_BYTES = 5000,
    FEW_CLIENTS = 4,
    INTAKE_BYTES = 7000
};

#define UPGRADE                                                                                                        \
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"                                       \
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define COMPRESSED "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"

struct client {
    int fd;
    char sid[32];
};

static sio_server *server;
static struct client clients[CLIENTS];
static uint64_t now_ms;
static unsigned connected, disconnected, asked, answered, opened, closed;
static sio_request_ticket ticket; /* of the last request that waits */
static sio_ticket undecided;      /* of the last event that waits */
static sio_namespace *decider;    /* that it waits in; NULL: there was none */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
uint64_t __wrap_clock_ms(void);

/* The linker leads the server's calls here (--wrap). */
uint64_t __wrap_clock_ms(void)
{
    return now_ms;
}

static void expect(bool is_true, const char *what)
{
    if (is_true) return;
    fprintf(stderr, "fuzz_server: %s\n", what);
    abort();
}

/* ---- The program that uses the server ------------------------------------------------------------------------ */

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)context;
    if (auth.kind == SIO_TEXT) return "not with a text";
    connected++;
    sio_join(socket, "room");
    return NULL;
}

static void on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    (void)socket;
    (void)context;
    expect(reason != NULL && reason[0] != '\0', "a disconnect without a reason");
    disconnected++;
}

static void on_reply(int error, sio_args args, void *context)
{
    (void)args;
    (void)context;
    expect(error <= 0, "an unknown error");
    answered++;
}

static void on_event(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_args args = sio_event_args(event);
    const char *name = sio_event_name(event);
    if (name[0] == 'k') sio_close(socket);
    if (name[0] == 'l') sio_disconnect(socket);
    if (sio_wants_ack(event)) sio_ack(event, args);
    int error = sio_emit(socket, "echo", args);
    expect(error == 0 || error == SIO_EFULL || error == SIO_EGONE || error == SIO_EINVAL || error == SIO_ENOMEM,
           "an unexpected error of sio_emit");
}

static void on_middleware(sio_socket *socket, void *context)
{
    (void)context;
    expect(sio_emit(socket, "early", SIO_NO_ARGS) == SIO_EINVAL, "an event for one who waits");
}

static bool on_filter(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    if (sio_event_name(event)[0] != 'y') return sio_event_name(event)[0] != 'z';
    int error = sio_filter_later(event, &undecided);
    expect(error == 0 || error == SIO_ENOMEM, "an unexpected error of sio_filter_later");
    decider = sio_namespace_of(socket);
    return false;
}

static const char *on_allow(sio_request *request, void *context)
{
    (void)context;
    if (strstr(sio_request_query(request), "later") == NULL) return NULL;
    return sio_request_later(request, &ticket) == 0 ? NULL : "no memory";
}

static void on_open(sio_websocket *websocket, void *context)
{
    (void)websocket;
    (void)context;
    opened++;
}

static void on_message(sio_websocket *websocket, sio_value message, void *context)
{
    (void)context;
    int error = sio_websocket_send(websocket, message);
    expect(error == 0 || error == SIO_EFULL || error == SIO_EGONE, "an unexpected error of sio_websocket_send");
}

static void on_close(sio_websocket *websocket, int code, void *context)
{
    (void)websocket;
    (void)context;
    expect(code >= 1000 && code < 5000, "a code that there is not");
    closed++;
}

static void on_request(sio_request *request, void *context)
{
    static const sio_deflate deflate = { .threshold_bytes = 100, .client_keeps_no_context = true };
    static const sio_websocket_handler handler = {
        .on_open = on_open, .on_message = on_message, .on_close = on_close, .deflate = &deflate
    };
    (void)context;
    if (strcmp(sio_request_path(request), "/raw") == 0) {
        sio_reply_websocket(request, &handler);
        return;
    }
    sio_reply_header(request, "X-Test", sio_request_path(request));
    sio_reply(request, 200, "text/plain", "here", 4);
}

/* Every second input is played to a server that keeps what clients miss and has admins, every eighth to one that speaks
 * MessagePack. */
static void start(size_t number)
{
    bool recovers = number % 2 == 1;
    static const sio_deflate deflate = { .threshold_bytes = 100 };
    static const char *const names[] = { "/", "/other", "/guarded" };
    sio_options options = { .payload_bytes_max = PAYLOAD_BYTES,
                            .backlog_bytes_max = BACKLOG_BYTES,
                            .clients_max = FEW_CLIENTS,
                            .intake_bytes_max = INTAKE_BYTES,
                            .cors_origin = "*",
                            .recovery_ms = recovers ? 5000 : 0,
                            .recovery_bytes_max = INTAKE_BYTES,
                            .keeps_handshake = recovers,
                            .uses_msgpack = number % 8 == 1,
                            .cookie = &(sio_cookie){ 0 },
                            .per_message_deflate = &deflate,
                            .allow_request = on_allow,
                            .on_request = on_request };
    now_ms = 1000000;
    connected = disconnected = asked = answered = opened = closed = 0;
    ticket = (sio_request_ticket){ 0 };
    decider = NULL;
    for (int i = 0; i < CLIENTS; i++) clients[i] = (struct client){ .fd = -1 };
    expect(sio_server_create(&server, &options) == 0, "no server");
    for (int i = 0; i < 3; i++) {
        sio_namespace *ns = sio_of(server, names[i]);
        expect(ns != NULL && sio_on_all(ns, NULL, on_event, NULL) == 0, "no namespace");
        sio_on_connect(ns, on_connect, NULL);
        sio_on_disconnect(ns, on_disconnect, NULL);
        expect(sio_filter(ns, on_filter, NULL) == 0, "no filter");
        if (i == 2) expect(sio_use(ns, on_middleware, NULL) == 0, "no middleware");
    }
    /* It may also be watched, by whoever joins /admin. */
    if (recovers) expect(sio_admin_enable(server, &(sio_admin_options){ .has_no_password = true }) == 0, "no admins");
}

static void step(void)
{
    for (int i = 0; i < 2; i++) expect(sio_server_step(server, 0) == 0, "a step fails");
}

/* ---- The clients ---------------------------------------------------------------------------------------------- */

static void client_connect(struct client *client)
{
    int fds[2];
    if (client->fd >= 0 || server->workers[0].http.is_draining) return;
    expect(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) == 0, "no socket pair");
    client->fd = fds[1];
    expect(caller_open(&server->workers[0], fds[0]), "no connection");
}

static void client_send(const struct client *client, const char *bytes, size_t size)
{
    if (client->fd >= 0) (void)!send(client->fd, bytes, size, MSG_NOSIGNAL);
}

/* Keeps the id of the session, wherever it stands in the answer. */
static void client_hear(struct client *client)
{
    static char bytes[1 << 16];
    ssize_t got;
    while (client->fd >= 0 && (got = recv(client->fd, bytes, sizeof bytes - 1, 0)) > 0) {
        bytes[got] = '\0';
        const char *sid = strstr(bytes, "\"sid\":\"");
        if (sid && bytes[0] == 'H') snprintf(client->sid, sizeof client->sid, "%.20s", sid + 7);
        step();
    }
}

static void client_hang_up(struct client *client)
{
    if (client->fd >= 0) close(client->fd);
    client->fd = -1;
}

/* The text with session ids in place of $0 to $9, up to `end`. */
static void put_text(struct buf *out, struct str text, const char *line_end)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '$' && i + 1 < text.size && text.at[i + 1] >= '0' && text.at[i + 1] <= '9')
            buf_append_str(out, str_from(clients[text.at[++i] - '0'].sid));
        else if (text.at[i] == '|' && line_end)
            buf_append_str(out, str_from(line_end));
        else
            buf_append_byte(out, text.at[i]);
    }
}

/* `start_of_line` is the method and the beginning of the path. */
static void client_request(const struct client *client, const char *start_of_line, struct str query, const char *more,
                           const struct str *body)
{
    struct buf out, content;
    buf_init(&out, 2 * LINE_BYTES * CLIENTS);
    buf_init(&content, LINE_BYTES * CLIENTS);
    if (body) put_text(&content, *body, "\x1e");
    buf_append_format(&out, "%s", start_of_line);
    put_text(&out, query, NULL);
    buf_append_format(&out, " HTTP/1.1\r\nHost: a\r\n%s", more);
    if (body) buf_append_format(&out, "Content-Length: %zu\r\n", content.size);
    buf_append_format(&out, "\r\n");
    buf_append(&out, content.at, content.size);
    client_send(client, out.at, out.size);
    buf_free(&out);
    buf_free(&content);
}

static void client_frame(const struct client *client, int first, struct str payload)
{
    char frame[LINE_BYTES + 8] = { (char)first };
    size_t head = payload.size < 126 ? 2 : 4;
    frame[1] = (char)(0x80 | (head == 2 ? payload.size : 126));
    if (head == 4) frame[2] = (char)(payload.size >> 8), frame[3] = (char)payload.size;
    memcpy(frame + head + 4, payload.at, payload.size); /* masked with zeros */
    client_send(client, frame, head + 4 + payload.size);
}

static void client_post(const struct client *client, struct str rest)
{
    size_t blank = str_find(rest, STR(" "));
    if (blank == STR_NONE) return;
    struct str body = { rest.at + blank + 1, rest.size - blank - 1 };
    client_request(client, "POST /socket.io/", (struct str){ rest.at, blank }, "", &body);
}

static void client_raw(const struct client *client, struct str rest)
{
    struct buf out;
    buf_init(&out, LINE_BYTES * CLIENTS);
    put_text(&out, rest, "\r\n");
    client_send(client, out.at, out.size);
    buf_free(&out);
}

/* ---- The server's part ---------------------------------------------------------------------------------------- */

static void emit(int power, bool is_volatile)
{
    static char text[100001];
    size_t size = 1;
    for (; power && size < 100000; power--) size *= 10;
    memset(text, 'x', size);
    text[size] = '\0';
    sio_broadcast(sio_of(server, "/"), (sio_to){ .is_volatile = is_volatile }, "news", SIO_ARGS(sio_text(text)));
}

static void ask_all(void)
{
    const struct roster *sockets = &sio_of(server, "/")->shards[0].sockets;
    for (size_t i = 0; i < sockets->count; i++)
        if (sio_emit_ack(sockets->members[i], "question", SIO_NO_ARGS, 3000, on_reply, NULL) == 0) asked++;
}

/* One who is refused leaves the roster, which puts another in its place: that one waits for the next time. */
static void admit_all(bool is_welcome)
{
    const struct roster *sockets = &sio_of(server, "/guarded")->shards[0].sockets;
    for (size_t i = 0; i < sockets->count; i++) {
        struct sio_socket *socket = sockets->members[i];
        int error = is_welcome ? sio_admit(socket) : sio_refuse(socket, "no");
        expect(error == 0 || error == SIO_EINVAL || error == SIO_EGONE, "an unexpected error of a decision");
    }
}

/* ---- Reading the input ---------------------------------------------------------------------------------------- */

static void act(const char *line, size_t size)
{
    static const uint32_t spans[10] = { 1, 16, 100, 1000, 5000, 10000, 25000, 30000, 45000, 65000 };
    if (size < 2 || line[1] < '0' || line[1] > '9') return;
    int digit = line[1] - '0';
    struct client *client = &clients[digit];
    struct str rest = { line + 2, size - 2 };
    switch (line[0]) {
    case 'c': client_connect(client); break;
    case 'g': client_request(client, "GET /socket.io/", rest, "", NULL); break;
    case 'p': client_post(client, rest); break;
    case 'u': client_request(client, "GET /socket.io/", rest, UPGRADE, NULL); break;
    case 'z': client_request(client, "GET /socket.io/", rest, UPGRADE COMPRESSED, NULL); break;
    case 'y': client_request(client, "GET /raw", rest, UPGRADE COMPRESSED, NULL); break;
    case 't': client_frame(client, 0x81, rest); break;
    case 'b': client_frame(client, 0x82, rest); break;
    case 'f':
        if (rest.size) client_frame(client, rest.at[0], (struct str){ rest.at + 1, rest.size - 1 });
        break;
    case 'r': client_raw(client, rest); break;
    case 'h': client_hear(client); break;
    case 's':
        if (client->fd >= 0) shutdown(client->fd, SHUT_WR);
        break;
    case 'x': client_hang_up(client); break;
    case 'w': now_ms += spans[digit]; break;
    case 'e': emit(digit, false); break;
    case 'v': emit(digit, true); break;
    case 'a': ask_all(); break;
    case 'd': sio_disconnect_all(sio_of(server, "/"), (sio_to){ 0 }, digit != 0); break;
    case 'j':
        sio_join_all(sio_of(server, "/"), (sio_to){ .rooms = SIO_ROOMS("room") }, SIO_ROOMS("hall", "house"));
        break;
    case 'm': admit_all(digit != 0); break;
    case 'k': sio_request_answer(server, &ticket, digit ? NULL : "no"); break;
    case 'i':
        if (decider) sio_filter_decide(decider, &undecided, digit != 0);
        break;
    case 'q': sio_server_stop(server); break;
    default: break;
    }
}

/* What has to hold at any time. */
static void check(void)
{
    const struct worker *worker = &server->workers[0];
    expect(worker->sessions.count <= FEW_CLIENTS, "more sessions than clients are allowed");
    expect(server->intake.bytes <= INTAKE_BYTES, "more of unfinished messages than allowed");
    expect(worker->loop.conns || worker->sessions.count || server->intake.bytes == 0, "memory taken by nobody");
    expect(disconnected <= connected, "a disconnect too many");
    expect(answered <= asked, "an answer too many");
    size_t most = BACKLOG_BYTES + 2 * PAYLOAD_BYTES;
    for (const struct conn *conn = worker->loop.conns; conn; conn = conn->next)
        expect(conn_unsent(conn) <= 2 * most, "a backlog without a bound");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *at = (const char *)data, *end = at + size;
    start(size);
    for (int lines = 0; at < end && lines < LINES; lines++) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((next ? next : end) - at);
        act(at, length < LINE_BYTES ? length : LINE_BYTES);
        step();
        check();
        at += length + 1;
    }
    sio_server_destroy(server);
    for (int i = 0; i < CLIENTS; i++) client_hang_up(&clients[i]);
    expect(connected == disconnected, "a socket without its disconnect");
    expect(opened == closed, "a WebSocket without its end");
    expect(asked == answered, "a question without its end");
    return 0;
}
