/* test_ceilings.c - what clients can make the server keep, and where it ends. */
#include "limits.h"
#include "live.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static sio_socket *last;
static sio_namespace *ns;
static char reason[64];
static char logged[128];
static unsigned replies;

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    last = socket;
    return NULL;
}

static void on_disconnect(sio_socket *socket, const char *why, void *context)
{
    (void)socket;
    (void)context;
    snprintf(reason, sizeof reason, "%s", why);
}

static void on_log(int level, const char *message, void *context)
{
    (void)context;
    if (level == SIO_DETAIL && strstr(message, "is to go")) snprintf(logged, sizeof logged, "%s", message);
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, sio_event_args(event));
}

static void on_reply(int error, sio_args args, void *context)
{
    (void)args;
    assert_int_equal(error, *(const int *)context);
    replies++;
}

static void start(sio_options options)
{
    live_open(options);
    ns = sio_of(live_server, "/");
    reason[0] = logged[0] = '\0';
    replies = 0;
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    assert_int_equal(sio_on_all(ns, "echo", on_echo, NULL), 0);
}

static int open_server(void **state)
{
    (void)state;
    start((sio_options){ 0 });
    return 0;
}

static int open_narrow(void **state)
{
    (void)state;
    start((sio_options){ .payload_bytes_max = 1000, .intake_bytes_max = 2500 });
    return 0;
}

static int open_short(void **state)
{
    (void)state;
    start((sio_options){ .backlog_bytes_max = 100000, .on_log = on_log });
    return 0;
}

static int close_server(void **state)
{
    (void)state;
    live_close();
    return 0;
}

/* ---- For each client --------------------------------------------------------------------------------------- */

static void a_socket_is_in_so_many_rooms(void **state)
{
    char name[32];
    (void)state;
    int ws = live_ws_joined();
    for (int i = 0; i < LIMIT_SOCKET_ROOMS; i++) {
        snprintf(name, sizeof name, "room %d", i);
        assert_int_equal(sio_join(last, name), 0);
    }
    assert_int_equal(sio_join(last, "one more"), SIO_EFULL);
    assert_int_equal(sio_join_all(ns, (sio_to){ 0 }, SIO_ROOMS("one more")), SIO_EFULL);
    assert_int_equal(sio_join(last, "room 7"), 0); /* it is there already */
    sio_leave(last, "room 7");
    assert_int_equal(sio_join(last, "one more"), 0);
    live_hang_up(&ws);
}

static void a_rooms_name_is_so_long(void **state)
{
    char name[LIMIT_ROOM_BYTES + 2] = "";
    (void)state;
    int ws = live_ws_joined();
    memset(name, 'r', LIMIT_ROOM_BYTES);
    assert_int_equal(sio_join(last, name), 0);
    name[LIMIT_ROOM_BYTES] = 'r';
    assert_int_equal(sio_join(last, name), SIO_EINVAL);
    live_hang_up(&ws);
}

static void a_client_owes_so_many_answers(void **state)
{
    static const int good = 0, gone = SIO_EGONE;
    (void)state;
    int ws = live_ws_joined();
    assert_int_equal(sio_emit_ack(last, "question", SIO_NO_ARGS, 0, on_reply, (void *)(uintptr_t)&good), 0);
    for (int i = 1; i < LIMIT_SOCKET_ACKS; i++)
        assert_int_equal(sio_emit_ack(last, "question", SIO_NO_ARGS, 0, on_reply, (void *)(uintptr_t)&gone), 0);
    assert_int_equal(sio_emit_ack(last, "question", SIO_NO_ARGS, 0, on_reply, (void *)(uintptr_t)&gone), SIO_EFULL);
    live_ws_send(ws, "430[]");
    live_turns(2);
    assert_int_equal(replies, 1);
    assert_int_equal(sio_emit_ack(last, "question", SIO_NO_ARGS, 0, on_reply, (void *)(uintptr_t)&gone), 0);
    live_hang_up(&ws);
    assert_int_equal(replies, 1 + LIMIT_SOCKET_ACKS);
}

/* ---- Slow readers ------------------------------------------------------------------------------------------ */

static char *text_of(size_t size)
{
    char *text = malloc(size + 1);
    assert_non_null(text);
    memset(text, 'x', size);
    text[size] = '\0';
    return text;
}

/* Until the kernel's buffers are full and then the server's own. */
static void fill(sio_socket *socket, const char *text)
{
    int error = 0;
    for (int i = 0; i < 1000 && error == 0; i++) error = sio_emit(socket, "news", SIO_ARGS(sio_text(text)));
    assert_int_equal(error, SIO_EFULL);
}

static void emit_tells_that_a_client_is_full(void **state)
{
    (void)state;
    char *text = text_of(50000);
    int ws = live_ws_joined();
    fill(last, text);
    assert_in_range(sio_unsent(last), 1, 100000);
    sio_broadcast(ns, (sio_to){ .is_volatile = true }, "lost", SIO_ARGS(sio_text(text)));
    live_turns(3);
    assert_in_range(sio_unsent(last), 1, 100000);
    assert_string_equal(reason, ""); /* it may catch up */
    while (sio_unsent(last)) live_ws_hear(ws);
    assert_int_equal(sio_emit(last, "news", SIO_ARGS(sio_text("again"))), 0);
    const char *heard;
    do heard = live_ws_hear(ws);
    while (strlen(heard) > 100);
    assert_string_equal(heard, "42[\"news\",\"again\"]"); /* and not the one that was volatile */
    free(text);
    live_hang_up(&ws);
}

static void who_misses_what_all_get_is_closed(void **state)
{
    (void)state;
    char *text = text_of(50000);
    int slow = live_ws_joined();
    fill(last, text);
    int quick = live_ws_joined();
    assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "all", SIO_ARGS(sio_text(text))), 0);
    live_turns(3);
    assert_string_equal(reason, "transport error");
    assert_string_equal(logged, "a client is to go: its backlog is full");
    assert_int_equal(strlen(live_ws_hear(quick)), 50000 + strlen("42[\"all\",\"\"]"));
    free(text);
    live_hang_up(&slow);
    live_hang_up(&quick);
}

static void so_is_who_polls_and_does_not_fetch(void **state)
{
    char sid[21], target[96];
    (void)state;
    char *text = text_of(50000);
    int fd = live_connect();
    const char *body = live_get(fd, "/socket.io/?EIO=4&transport=polling").body;
    assert_int_equal(sscanf(strstr(body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    snprintf(target, sizeof target, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    assert_int_equal(live_request(fd, "POST", target, NULL, "40").status, 200);
    fill(last, text);
    assert_string_equal(reason, "");
    assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "all", SIO_ARGS(sio_text(text))), 0);
    live_turns(3);
    assert_string_equal(reason, "transport error");
    assert_string_equal(logged, "a client is to go: its backlog is full");
    assert_int_equal(live_get(fd, target).status, 400);
    free(text);
    live_hang_up(&fd);
}

/* Its pings are answered, and it reads no answer. */
static void so_is_who_asks_and_does_not_read(void **state)
{
    char payload[120] = "";
    (void)state;
    int ws = live_ws_joined();
    for (int i = 0; i < 2000000 && reason[0] == '\0'; i++) live_ws_send_frame(ws, 0x89, payload, sizeof payload);
    assert_string_equal(reason, "transport error");
    assert_string_equal(logged, "a client is to go: it reads nothing of what it asks for");
    live_hang_up(&ws);
}

/* ---- Messages that do not end ------------------------------------------------------------------------------- */

static void post_all_but_the_last_byte(int fd)
{
    char body[900];
    memset(body, 'x', sizeof body);
    live_say(fd,
             "POST /socket.io/?EIO=4&transport=polling&sid=none HTTP/1.1\r\nHost: a\r\nContent-Length: 901\r\n\r\n");
    live_say_bytes(fd, body, sizeof body / 2);
    live_say_bytes(fd, body, sizeof body / 2);
}

static void uploads_share_one_ceiling(void **state)
{
    (void)state;
    int first = live_connect(), second = live_connect(), third = live_connect();
    post_all_but_the_last_byte(first);
    post_all_but_the_last_byte(second);
    post_all_but_the_last_byte(third);
    assert_true(live_is_closed(third));
    live_say(first, "x");
    assert_int_equal(live_reply(first, true).status, 400); /* there is no such session */
    live_hang_up(&second);
    live_hang_up(&third);
    third = live_connect(); /* what the others had is free again */
    second = live_connect();
    post_all_but_the_last_byte(second);
    post_all_but_the_last_byte(third);
    live_say(third, "x");
    assert_int_equal(live_reply(third, true).status, 400);
    live_hang_up(&first);
    live_hang_up(&second);
    live_hang_up(&third);
}

static void so_do_fragments(void **state)
{
    char part[900];
    (void)state;
    int ws[3];
    memset(part, 'x', sizeof part);
    for (int i = 0; i < 3; i++) {
        ws[i] = live_ws_joined();
        live_ws_send_frame(ws[i], 0x01, part, sizeof part);
    }
    assert_true(live_is_closed(ws[2]));
    assert_string_equal(reason, "transport error");
    live_ws_send_frame(ws[0], 0x80, "x", 1);
    assert_true(live_ws_is_closed(ws[0])); /* no packet begins with x */
    live_hang_up(&ws[0]);
    live_hang_up(&ws[1]);
    live_hang_up(&ws[2]);
    int again = live_ws_joined();
    live_ws_send_frame(again, 0x01, "421[\"echo\",", 11);
    live_ws_send_frame(again, 0x80, "1]", 2);
    assert_string_equal(live_ws_hear(again), "431[1]");
    live_hang_up(&again);
}

static void and_attachments(void **state)
{
    static const char text[] = "453-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1},"
                               "{\"_placeholder\":true,\"num\":2}]";
    char bytes[900] = { 0 };
    (void)state;
    int ws[2] = { live_ws_joined(), live_ws_joined() };
    for (int i = 0; i < 2; i++) {
        live_ws_send(ws[i], text);
        live_ws_send_binary(ws[i], bytes, sizeof bytes);
    }
    live_ws_send_binary(ws[1], bytes, sizeof bytes);
    assert_true(live_ws_is_closed(ws[1]));
    live_hang_up(&ws[1]);
    live_ws_send_binary(ws[0], bytes, sizeof bytes);
    live_ws_send_binary(ws[0], bytes, 1);
    live_ws_send(ws[0], "421[\"echo\",1]");
    assert_string_equal(live_ws_hear(ws[0]), "431[1]");
    live_hang_up(&ws[0]);
}

#define TEST(fn, open) cmocka_unit_test_setup_teardown(fn, open, close_server)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_socket_is_in_so_many_rooms, open_server),
        TEST(a_rooms_name_is_so_long, open_server),
        TEST(a_client_owes_so_many_answers, open_server),
        TEST(emit_tells_that_a_client_is_full, open_short),
        TEST(who_misses_what_all_get_is_closed, open_short),
        TEST(so_is_who_polls_and_does_not_fetch, open_short),
        TEST(so_is_who_asks_and_does_not_read, open_short),
        TEST(uploads_share_one_ceiling, open_narrow),
        TEST(so_do_fragments, open_narrow),
        TEST(and_attachments, open_narrow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
