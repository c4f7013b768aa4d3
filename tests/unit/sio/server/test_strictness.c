/* test_strictness.c - what clients must not send, and what they may though it means nothing: in both generations
 * (Engine.IO 3 with Socket.IO 4, Engine.IO 4 with Socket.IO 5), over WebSocket in one piece and byte by byte, and by
 * polling.
 *
 * No heartbeat is due while the tests wait: who is closed is closed for what it sent. */
#include "live.h"

#include "base64.h"
#include "buf.h"

#include <stdio.h>

enum { OLD = 1, NEW = 2, BOTH = OLD | NEW };

/* A message is text, or bytes behind a '\1'. Without a reason it is ignored, and the next event is answered. */
#define BYTES "\1"
#define PLACEHOLDER "{\"_placeholder\":true,\"num\":0}"
#define ONE_ATTACHMENT "451-[\"echo\"," PLACEHOLDER "]"
static const struct row {
    int generations;
    const char *reason;
    const char *messages[3];
} rows[] = {
    /* Engine.IO: types that a client does not send are ignored, those that do not exist are not. */
    { BOTH, NULL, { "0" } },
    { BOTH, NULL, { "5" } },
    { BOTH, NULL, { "6" } },
    { BOTH, "transport close", { "1" } },
    { NEW, "transport error", { "2" } }, /* heartbeats go one way */
    { NEW, NULL, { "3" } },
    { OLD, "transport error", { "3" } },
    { BOTH, "parse error", { "" } },
    { BOTH, "parse error", { "7" } },
    { BOTH, "parse error", { "9" } },
    { BOTH, "parse error", { "x" } },
    { BOTH, "parse error", { "4" } }, /* a packet of Socket.IO has a type */
    /* Socket.IO: types. */
    { BOTH, "parse error", { "4x" } },
    { BOTH, "parse error", { "4abc" } },
    { BOTH, "parse error", { "47" } },
    { BOTH, "parse error", { "49" } },
    { BOTH, "parse error", { "44" } }, /* errors are the server's to tell */
    { BOTH, "parse error", { "44{\"message\":\"no\"}" } },
    /* Events. */
    { BOTH, NULL, { "42" } },
    { BOTH, NULL, { "4212" } },
    { BOTH, NULL, { "42[1]" } },
    { BOTH, NULL, { "42[\"nobody\"]" } },
    { BOTH, "parse error", { "42[]" } },
    { BOTH, "parse error", { "42[null]" } },
    { BOTH, "parse error", { "42[true]" } },
    { BOTH, "parse error", { "42[{}]" } },
    { BOTH, "parse error", { "42{}" } },
    { BOTH, "parse error", { "42\"echo\"" } },
    { BOTH, "parse error", { "42[\"echo\"" } },
    { BOTH, "parse error", { "42[\"echo\"]]" } },
    { BOTH, "parse error", { "42[\"echo\",]" } },
    { BOTH, "parse error", { "42[\"connect\"]" } },
    { BOTH, "parse error", { "42[\"connect_error\"]" } },
    { BOTH, "parse error", { "42[\"disconnect\",1]" } },
    { BOTH, "parse error", { "42[\"disconnecting\"]" } },
    { BOTH, "parse error", { "42[\"newListener\"]" } },
    { BOTH, "parse error", { "42[\"removeListener\"]" } },
    { BOTH, "parse error", { "42/other,[\"echo\"]" } }, /* not joined */
    /* Acknowledgements. */
    { BOTH, NULL, { "4399[1]" } }, /* of no question */
    { BOTH, "parse error", { "431{}" } },
    { BOTH, "parse error", { "431\"text\"" } },
    { BOTH, "parse error", { "43/other,1[]" } },
    /* Attachments. */
    { BOTH, "parse error", { "45[\"echo\"]" } },
    { BOTH, "parse error", { "45-[\"echo\"]" } },
    { BOTH, "parse error", { "45x-[\"echo\"]" } },
    { BOTH, "parse error", { "450-[\"echo\"]" } },
    { BOTH, "parse error", { "451[\"echo\"]" } },
    { BOTH, "parse error", { "4511-[\"echo\"," PLACEHOLDER "]" } }, /* ten are the most */
    { BOTH, "parse error", { "451-[\"echo\",{\"_placeholder\":true,\"num\":1}]", BYTES "x" } },
    { BOTH, "parse error", { "451-[\"echo\",{\"_placeholder\":true,\"num\":-1}]", BYTES "x" } },
    { BOTH, "parse error", { "451-[\"echo\",{\"_placeholder\":true,\"num\":\"0\"}]", BYTES "x" } },
    { BOTH, "parse error", { ONE_ATTACHMENT, "42[\"echo\"]" } }, /* text while bytes are awaited */
    { BOTH, "parse error", { ONE_ATTACHMENT, ONE_ATTACHMENT } },
    { BOTH, "parse error", { BYTES "x" } }, /* bytes that nobody awaits */
    { BOTH, "parse error", { BYTES "" } },
    /* Namespaces. */
    { NEW, "parse error", { "40" } }, /* joined already */
    { NEW, "parse error", { "40{}" } },
    { OLD, NULL, { "40" } },
    { NEW, "parse error", { "40/other,[1]" } },
    { NEW, "parse error", { "40/other,null" } },
    { NEW, "parse error", { "40/other,\"text\"" } },
    { NEW, "parse error", { "40/other,{" } },
    { BOTH, "parse error", { "41{}" } },
    { BOTH, "parse error", { "41/other" } },
    { BOTH, "client namespace disconnect", { "41", "42[\"echo\"]" } }, /* and then it is in none */
};

static sio_namespace *ns;
static char reason[64];

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_emit(socket, "echo", sio_event_args(event));
}

static void on_disconnect(sio_socket *socket, const char *why, void *context)
{
    (void)socket;
    (void)context;
    snprintf(reason, sizeof reason, "%s", why);
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    ns = sio_of(live_server, "/");
    sio_on_disconnect(ns, on_disconnect, NULL);
    assert_int_equal(sio_on_all(ns, "echo", on_echo, NULL), 0);
    assert_non_null(sio_of(live_server, "/other"));
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_close();
    return 0;
}

static bool is_bytes(const char *message)
{
    return message[0] == BYTES[0];
}

/* ---- Over WebSocket ---------------------------------------------------------------------------------------- */

/* A frame masked with zeros, of less than 126 bytes. */
static void append_frame(struct buf *frames, int protocol, const char *message)
{
    struct str payload = str_from(is_bytes(message) ? message + 1 : message);
    bool has_type = is_bytes(message) && protocol == 3;
    buf_append_byte(frames, is_bytes(message) ? '\x82' : '\x81');
    buf_append_byte(frames, (char)(0x80 | (payload.size + has_type)));
    buf_append(frames, "\0\0\0", 4);
    if (has_type) buf_append_byte(frames, 4);
    buf_append_str(frames, payload);
}

static int open_websocket(int protocol)
{
    if (protocol == 4) return live_ws_joined();
    int fd = live_ws("?EIO=3&transport=websocket");
    assert_memory_equal(live_ws_hear(fd), "0{", 2);
    assert_string_equal(live_ws_hear(fd), "40");
    return fd;
}

static void check_websocket(const struct row *row, int protocol, bool is_by_byte)
{
    struct buf frames;
    buf_init(&frames, 4096);
    int fd = open_websocket(protocol);
    for (const char *const *message = row->messages; *message; message++) append_frame(&frames, protocol, *message);
    reason[0] = '\0';
    for (size_t at = 0, step = is_by_byte ? 1 : frames.size; at < frames.size; at += step)
        live_say_bytes(fd, frames.at + at, step);
    buf_free(&frames);
    if (row->reason) {
        bool is_closed = strcmp(live_ws_hear(fd), "close") == 0 && live_is_closed(fd); /* without a code */
        if (!is_closed) fail_msg("%s does not close", row->messages[0]);
    } else {
        live_ws_send(fd, "42[\"echo\",1]");
        assert_string_equal(live_ws_hear(fd), "42[\"echo\",1]");
    }
    assert_string_equal(reason, row->reason ? row->reason : "");
    live_hang_up(&fd);
}

/* ---- By polling -------------------------------------------------------------------------------------------- */

static void append_packet(struct buf *body, int protocol, const char *message)
{
    struct buf packet;
    buf_init(&packet, 4096);
    if (is_bytes(message)) buf_append_str(&packet, protocol == 3 ? STR("b4") : STR("b"));
    if (is_bytes(message))
        base64_write(&packet, str_from(message + 1));
    else
        buf_append_str(&packet, str_from(message));
    if (protocol == 3)
        buf_append_format(body, "%zu:", packet.size);
    else if (body->size)
        buf_append_byte(body, '\x1e');
    buf_append_str(body, buf_str(&packet));
    buf_free(&packet);
}

static void open_session(int fd, int protocol, char target[160])
{
    char sid[21];
    snprintf(target, 160, "/socket.io/?transport=polling&EIO=%d", protocol);
    const char *body = live_get(fd, target).body;
    assert_int_equal(sscanf(strstr(body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    snprintf(target, 160, "/socket.io/?transport=polling&EIO=%d&sid=%s", protocol, sid);
    if (protocol == 3) return;
    assert_string_equal(live_request(fd, "POST", target, NULL, "40").body, "ok");
    assert_memory_equal(live_get(fd, target).body, "40{", 3);
}

static void check_polling(const struct row *row, int protocol)
{
    char target[160];
    struct buf body;
    int fd = live_connect();
    open_session(fd, protocol, target);
    buf_init(&body, 4096);
    for (const char *const *message = row->messages; *message; message++) append_packet(&body, protocol, *message);
    buf_append_byte(&body, '\0');
    reason[0] = '\0';
    struct live_reply reply = live_request(fd, "POST", target, NULL, body.at);
    assert_int_equal(reply.status, 200); /* whatever stands in it */
    assert_string_equal(reply.body, "ok");
    if (row->reason) {
        reply = live_get(fd, target);
        if (reply.status != 400) fail_msg("%s does not close", row->messages[0]);
        assert_string_equal(reply.body, "{\"code\":1,\"message\":\"Session ID unknown\"}");
    } else {
        live_request(fd, "POST", target, NULL, protocol == 3 ? "12:42[\"echo\",1]" : "42[\"echo\",1]");
        assert_string_equal(live_get(fd, target).body, protocol == 3 ? "12:42[\"echo\",1]" : "42[\"echo\",1]");
    }
    assert_string_equal(reason, row->reason ? row->reason : "");
    buf_free(&body);
    live_hang_up(&fd);
}

/* ---- Tests ------------------------------------------------------------------------------------------------- */

static void every_row_over_every_transport(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int protocol = 3; protocol <= 4; protocol++) {
            if ((rows[i].generations & (protocol == 3 ? OLD : NEW)) == 0) continue;
            check_websocket(&rows[i], protocol, false);
            check_websocket(&rows[i], protocol, true);
            check_polling(&rows[i], protocol);
        }
}

/* Socket.IO 5 joins no namespace by itself. */
static void nothing_but_connect_comes_first(void **state)
{
    static const char *const messages[] = { "42[\"echo\"]", "41", "431[]", ONE_ATTACHMENT, "42" };
    (void)state;
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        int fd = live_ws("?EIO=4&transport=websocket");
        assert_memory_equal(live_ws_hear(fd), "0{", 2);
        live_ws_send(fd, messages[i]);
        if (strncmp(messages[i], "45", 2) == 0) live_ws_send_binary(fd, "x", 1);
        if (!live_ws_is_closed(fd)) fail_msg("%s does not close", messages[i]);
        live_hang_up(&fd);
    }
}

static void ten_attachments_are_taken(void **state)
{
    char text[512] = "4510-[\"echo\"", hex[16];
    (void)state;
    for (int i = 0; i < 10; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), ",{\"_placeholder\":true,\"num\":%d}", i);
    strcat(text, "]");
    for (int protocol = 3; protocol <= 4; protocol++) {
        int fd = open_websocket(protocol);
        live_ws_send(fd, text);
        for (char i = 0; i < 10; i++)
            live_ws_send_binary(fd, protocol == 3 ? (char[]){ 4, i } : &i, protocol == 3 ? 2 : 1);
        assert_string_equal(live_ws_hear(fd), text);
        for (int i = 0; i < 10; i++) {
            snprintf(hex, sizeof hex, "binary %s%02x", protocol == 3 ? "04" : "", i);
            assert_string_equal(live_ws_hear(fd), hex);
        }
        live_hang_up(&fd);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_row_over_every_transport),
        TEST(nothing_but_connect_comes_first),
        TEST(ten_attachments_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
