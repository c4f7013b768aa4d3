#include "live.h"

#include "buf.h"
#include "room.h"
#include "ws_deflate.h"

#include <stdio.h>
#include <stdlib.h>

enum { CLIENTS = 4 };
static int clients[CLIENTS];
static sio_socket *sockets[CLIENTS];
static unsigned connected;
static sio_namespace *ns;

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    sockets[connected++ % CLIENTS] = socket;
    return NULL;
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    connected = 0;
    for (int i = 0; i < CLIENTS; i++) clients[i] = live_ws_joined();
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    for (int i = 0; i < CLIENTS; i++) live_hang_up(&clients[i]);
    live_close();
    return 0;
}

/* Broadcasts "x" and tells who got it, as a digit a client; behind it everyone gets "end". */
static const char *reached(sio_to to)
{
    static char digits[4 * CLIENTS];
    char *at = digits;
    assert_int_equal(sio_broadcast(ns, to, "x", SIO_NO_ARGS), 0);
    assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "end", SIO_NO_ARGS), 0);
    for (int i = 0; i < CLIENTS; i++)
        while (strcmp(live_ws_hear(clients[i]), "42[\"x\"]") == 0) *at++ = (char)('0' + i);
    *at = '\0';
    return digits;
}

static void rooms_and_exceptions(void **state)
{
    (void)state;
    assert_int_equal(sio_join(sockets[0], "a"), 0);
    assert_int_equal(sio_join(sockets[0], "a"), 0); /* once */
    assert_int_equal(sio_join(sockets[1], "a"), 0);
    assert_int_equal(sio_join(sockets[1], "b"), 0);
    assert_int_equal(sio_join(sockets[2], "b"), 0);
    assert_string_equal(reached((sio_to){ 0 }), "0123");
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("a") }), "01");
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("a", "b") }), "012"); /* each once */
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("none") }), "");
    assert_string_equal(reached((sio_to){ .except = SIO_ROOMS("a") }), "23");
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("a"), .except = SIO_ROOMS("b") }), "0");
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS(sio_id(sockets[3])) }), "3");
    assert_string_equal(reached((sio_to){ .except = SIO_ROOMS(sio_id(sockets[1]), "b") }), "03");
    sio_leave(sockets[0], "a");
    sio_leave(sockets[0], "a");
    sio_leave(sockets[0], "never");
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("a") }), "1");
}

static void rooms_go_with_their_last_member(void **state)
{
    (void)state;
    sio_join(sockets[0], "a");
    sio_join(sockets[1], "a");
    assert_non_null(room_find(&ns->shards[0], STR("a")));
    live_hang_up(&clients[0]);
    assert_non_null(room_find(&ns->shards[0], STR("a")));
    sio_leave(sockets[1], "a");
    assert_null(room_find(&ns->shards[0], STR("a")));
    assert_int_equal(ns->shards[0].rooms.count, 0);
    clients[0] = live_ws_joined();
}

/* Joins and leaves at random, beside a table of what must come of it. */
static void many_rooms_against_a_table(void **state)
{
    enum { ROOMS = 12 };
    bool member[CLIENTS][ROOMS] = { { false } };
    (void)state;
    srand(1);
    for (int step = 0; step < 2000; step++) {
        int client = rand() % CLIENTS, room = rand() % ROOMS;
        char name[8];
        snprintf(name, sizeof name, "r%d", room);
        member[client][room] = !member[client][room];
        if (member[client][room])
            assert_int_equal(sio_join(sockets[client], name), 0);
        else
            sio_leave(sockets[client], name);
        if (step % 40) continue;
        char expected[CLIENTS + 1], *at = expected;
        for (int i = 0; i < CLIENTS; i++)
            if (member[i][room]) *at++ = (char)('0' + i);
        *at = '\0';
        assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS(name) }), expected);
    }
}

static void a_broadcast_with_bytes_suits_every_client(void **state)
{
    (void)state;
    int old = live_ws("?EIO=3&transport=websocket");
    live_ws_hear(old);
    live_ws_hear(old);
    assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "b", SIO_ARGS(sio_number(1), sio_bytes("\1\2", 2))), 0);
    assert_string_equal(live_ws_hear(clients[0]), "451-[\"b\",1,{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(clients[0]), "binary 0102");
    assert_string_equal(live_ws_hear(old), "451-[\"b\",1,{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(old), "binary 040102");
    live_hang_up(&old);
}

static void reserved_names_are_refused(void **state)
{
    (void)state;
    assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "disconnect", SIO_NO_ARGS), SIO_EINVAL);
}

static void a_socket_that_leaves_gets_no_more(void **state)
{
    (void)state;
    sio_disconnect(sockets[0]);
    assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "x", SIO_NO_ARGS), 0);
    assert_string_equal(live_ws_hear(clients[1]), "42[\"x\"]");
    assert_string_equal(live_ws_hear(clients[0]), "41");
}

/* ---- Many at once ------------------------------------------------------------------------------------------ */

static void a_socket_tells_its_rooms(void **state)
{
    const char *names[3] = { NULL };
    (void)state;
    assert_int_equal(sio_rooms(sockets[0], names, 3), 1);
    assert_string_equal(names[0], sio_id(sockets[0]));
    sio_join(sockets[0], "a");
    sio_join(sockets[0], "b");
    sio_join(sockets[0], "c");
    assert_int_equal(sio_rooms(sockets[0], names, 3), 4);
    assert_string_equal(names[0], sio_id(sockets[0]));
    assert_string_equal(names[1], "c");
    assert_string_equal(names[2], "b");
    sio_leave(sockets[0], "b");
    assert_int_equal(sio_rooms(sockets[0], NULL, 0), 3);
}

static void on_members(int error, const sio_member *members, size_t count, void *context)
{
    char *at = context;
    assert_int_equal(error, 0);
    for (size_t i = 0; i < count; i++) {
        unsigned client = 0;
        while (sockets[client] != members[i].socket) client++;
        assert_string_equal(members[i].id, sio_id(sockets[client]));
        assert_string_equal(members[i].rooms[0], members[i].id);
        assert_ptr_equal(members[i].data, sio_data(sockets[client]));
        at += sprintf(at, "%u", client);
        for (const char *const *room = members[i].rooms + 1; *room; room++) at += sprintf(at, "%s", *room);
    }
}

static void sockets_are_fetched_with_their_rooms(void **state)
{
    char members[64] = "";
    (void)state;
    sio_join(sockets[2], "a");
    sio_join(sockets[2], "b");
    assert_int_equal(sio_fetch(ns, (sio_to){ .rooms = SIO_ROOMS("a", "b") }, on_members, members), 0);
    assert_string_equal(members, "2ba");
    assert_int_equal(sio_fetch(ns, (sio_to){ .rooms = SIO_ROOMS("none") }, on_members, members), 0);
    assert_int_equal(sio_fetch(ns, (sio_to){ 0 }, NULL, NULL), SIO_EINVAL);
}

static void many_join_and_leave(void **state)
{
    (void)state;
    sio_join(sockets[0], "old");
    sio_join(sockets[1], "old");
    assert_int_equal(sio_join_all(ns, (sio_to){ .rooms = SIO_ROOMS("old") }, SIO_ROOMS("old", "new", "next")), 0);
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("new") }), "01");
    assert_int_equal(sio_leave_all(ns, (sio_to){ .except = SIO_ROOMS(sio_id(sockets[1])) }, SIO_ROOMS("new", "old")),
                     0);
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("new") }), "1");
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("old") }), "1");
    assert_string_equal(reached((sio_to){ .rooms = SIO_ROOMS("next") }), "01");
    assert_int_equal(sio_leave_all(ns, (sio_to){ .rooms = SIO_ROOMS("next") }, SIO_ROOMS("next")), 0);
    assert_null(room_find(&ns->shards[0], STR("next")));
    assert_int_equal(sio_join_all(ns, (sio_to){ 0 }, NULL), SIO_EINVAL);
}

static void many_are_disconnected(void **state)
{
    (void)state;
    sio_join(sockets[0], "out");
    assert_int_equal(sio_disconnect_all(ns, (sio_to){ .rooms = SIO_ROOMS("out") }, false), 0);
    assert_string_equal(live_ws_hear(clients[0]), "41");
    assert_int_equal(ns->shards[0].sockets.count, 3);
    assert_int_equal(sio_disconnect_all(ns, (sio_to){ 0 }, true), 0);
    for (int i = 1; i < CLIENTS; i++) {
        assert_string_equal(live_ws_hear(clients[i]), "41");
        assert_true(live_ws_is_closed(clients[i]));
    }
    assert_int_equal(ns->shards[0].sockets.count, 0);
}

static bool any_name(const char *name, void *context)
{
    (void)name;
    (void)context;
    return true;
}

static void patterns_have_no_sockets_of_their_own(void **state)
{
    sio_namespace *pattern = sio_of_match(live_server, any_name, NULL);
    (void)state;
    assert_int_equal(sio_fetch(pattern, (sio_to){ 0 }, on_members, NULL), SIO_EINVAL);
    assert_int_equal(sio_join_all(pattern, (sio_to){ 0 }, SIO_ROOMS("a")), SIO_EINVAL);
    assert_int_equal(sio_leave_all(pattern, (sio_to){ 0 }, SIO_ROOMS("a")), SIO_EINVAL);
    assert_int_equal(sio_disconnect_all(pattern, (sio_to){ 0 }, true), SIO_EINVAL);
}

/* ---- Asking many ------------------------------------------------------------------------------------------- */

struct asked {
    sio_answers end;
    unsigned ends;
    double sum;
};

static void on_answers(const sio_answers *answers, sio_args args, void *context)
{
    struct asked *asked = context;
    assert_int_equal(asked->ends, 0);
    asked->end = *answers;
    asked->ends = answers->is_end;
    assert_int_equal(args.count, answers->is_end ? 0 : 1);
    if (args.count) asked->sum += args.at[0].number;
}

static void everyone_answers(void **state)
{
    struct asked asked = { 0 };
    (void)state;
    sio_emit(sockets[0], "before", SIO_NO_ARGS);
    live_ws_hear(clients[0]);
    assert_int_equal(sio_broadcast_ack(ns, (sio_to){ 0 }, "ask", SIO_ARGS(sio_number(1)), 60000, on_answers, &asked),
                     0);
    for (int i = 0; i < CLIENTS; i++) {
        char answer[] = "430[0]";
        assert_string_equal(live_ws_hear(clients[i]), "420[\"ask\",1]"); /* written once: the same id for all */
        answer[4] = (char)('1' + i);
        assert_int_equal(asked.ends, 0);
        live_ws_send(clients[i], answer);
        live_turns(3);
    }
    assert_int_equal(asked.ends, 1);
    assert_int_equal(asked.end.error, 0);
    assert_int_equal(asked.end.asked, 4);
    assert_int_equal(asked.end.answered, 4);
    assert_true(asked.sum > 9.5 && asked.sum < 10.5);
}

static void some_answer_in_time(void **state)
{
    struct asked asked = { 0 };
    (void)state;
    assert_int_equal(sio_broadcast_ack(ns, (sio_to){ 0 }, "ask", SIO_NO_ARGS, 100, on_answers, &asked), 0);
    live_ws_send(clients[1], "430[7]");
    while (!asked.ends) assert_int_equal(sio_server_step(live_server, 10), 0);
    assert_int_equal(asked.end.error, SIO_ETIME);
    assert_int_equal(asked.end.asked, 4);
    assert_int_equal(asked.end.answered, 1);
    live_ws_send(clients[2], "430[7]"); /* too late: nobody is told */
    live_turns(3);
}

static void who_ends_does_not_answer(void **state)
{
    struct asked asked = { 0 };
    (void)state;
    const sio_to to = { .rooms = SIO_ROOMS(sio_id(sockets[0]), sio_id(sockets[1])) };
    assert_int_equal(sio_broadcast_ack(ns, to, "ask", SIO_NO_ARGS, 0, on_answers, &asked), 0);
    live_hang_up(&clients[0]);
    assert_int_equal(asked.ends, 0);
    live_ws_send(clients[1], "430[7]");
    live_turns(3);
    assert_int_equal(asked.ends, 1);
    assert_int_equal(asked.end.error, SIO_EGONE);
    assert_int_equal(asked.end.answered, 1);
    clients[0] = live_ws_joined();
}

static void nobody_is_asked(void **state)
{
    struct asked asked = { 0 };
    (void)state;
    assert_int_equal(
        sio_broadcast_ack(ns, (sio_to){ .rooms = SIO_ROOMS("none") }, "ask", SIO_NO_ARGS, 0, on_answers, &asked), 0);
    assert_int_equal(asked.ends, 1);
    assert_int_equal(asked.end.asked, 0);
    assert_int_equal(asked.end.error, 0);
    assert_int_equal(sio_broadcast_ack(ns, (sio_to){ 0 }, "disconnect", SIO_NO_ARGS, 0, on_answers, &asked),
                     SIO_EINVAL);
    assert_int_equal(sio_broadcast_ack(ns, (sio_to){ 0 }, "ask", SIO_NO_ARGS, 0, NULL, NULL), SIO_EINVAL);
}

/* ---- Compression ------------------------------------------------------------------------------------------- */

/* A client that offers this extension, and has joined. */
static int join_offering(const char *extension)
{
    int fd = live_connect();
    live_say(fd, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                 "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                 "Sec-WebSocket-Extensions: ");
    live_say(fd, extension);
    live_say(fd, "\r\n\r\n");
    live_hear(fd, "\r\n\r\n");
    assert_memory_equal(live_ws_hear(fd), "0{", 2);
    live_ws_send(fd, "40");
    assert_memory_equal(live_ws_hear(fd), "40{", 3);
    return fd;
}

/* What live_ws_hear has shown inflates to `text` in a window of so many bits. */
static void inflates(const char *shown, uint8_t bits, const char *text)
{
    static char bytes[4096];
    size_t size = 0, used;
    struct ws_deflate_pool *pool = ws_deflate_pool_create(0, 0);
    struct ws_deflate deflate;
    struct ws_inflated inflated;
    unsigned byte;
    assert_memory_equal(shown, "deflated ", 9);
    for (shown += 9; sscanf(shown, "%2x", &byte) == 1; shown += 2) bytes[size++] = (char)byte;
    ws_deflate_init(&deflate, pool, &(struct ws_deflate_params){ .client_max_window_bits = bits });
    assert_int_equal(ws_deflate_read(&deflate, (struct str){ bytes, size }, true, &used, &inflated), 0);
    assert_true(inflated.is_done);
    assert_true(str_equal((struct str){ inflated.at, inflated.size }, str_from(text)));
    ws_deflate_free(&deflate);
    ws_deflate_pool_destroy(pool);
}

/* 800 letters that say nothing about each other, twice: too far apart for a window of 512 bytes. */
static void a_broadcast_is_compressed_once_for_those_without_context(void **state)
{
    static char text[1601], packet[2000], first[4096];
    uint32_t random = 1;
    (void)state;
    live_open((sio_options){ .per_message_deflate = &(sio_deflate){ .threshold_bytes = 200 } });
    int single[] = { join_offering("permessage-deflate; server_no_context_takeover"),
                     join_offering("permessage-deflate; server_no_context_takeover") };
    int small = join_offering("permessage-deflate; server_no_context_takeover; server_max_window_bits=9");
    int context = join_offering("permessage-deflate"), plain = join_offering("x-unknown");
    for (size_t i = 0; i < 1600; i++) {
        random = random * 1664525 + 1013904223;
        text[i] = i < 800 ? (char)('A' + (random >> 24) % 58) : text[i - 800];
        if (text[i] == '\\') text[i] = '-';
    }
    snprintf(packet, sizeof packet, "42[\"x\",\"%s\"]", text);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(sio_broadcast(sio_of(live_server, "/"), (sio_to){ 0 }, "x", SIO_ARGS(sio_text(text))), 0);
        snprintf(first, sizeof first, "%s", live_ws_hear(single[0]));
        inflates(first, 15, packet);
        assert_string_equal(live_ws_hear(single[1]), first);
        const char *shown = live_ws_hear(small);
        assert_true(strlen(shown) > strlen(first) + 800);
        inflates(shown, 9, packet);
        shown = live_ws_hear(context);
        if (round == 0)
            assert_string_equal(shown, first);
        else
            assert_true(strlen(shown) < 200); /* it knows the first */
        assert_string_equal(live_ws_hear(plain), packet);
    }
    live_close();
}

static void a_broadcast_may_stay_uncompressed(void **state)
{
    static char text[300];
    (void)state;
    live_open((sio_options){ .per_message_deflate = &(sio_deflate){ .threshold_bytes = 200 } });
    int fd = join_offering("permessage-deflate");
    memset(text, 'x', sizeof text - 1);
    sio_namespace *everyone = sio_of(live_server, "/");
    assert_int_equal(sio_broadcast(everyone, (sio_to){ 0 }, "x", SIO_ARGS(sio_text(text))), 0);
    assert_memory_equal(live_ws_hear(fd), "deflated ", 9);
    assert_int_equal(sio_broadcast(everyone, (sio_to){ .is_uncompressed = true }, "x", SIO_ARGS(sio_text(text))), 0);
    assert_memory_equal(live_ws_hear(fd), "42[\"x\",\"xxx", 11);
    assert_int_equal(sio_broadcast(everyone, (sio_to){ 0 }, "x", SIO_ARGS(sio_text(text))), 0);
    assert_memory_equal(live_ws_hear(fd), "deflated ", 9);
    live_close();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rooms_and_exceptions),
        TEST(rooms_go_with_their_last_member),
        TEST(many_rooms_against_a_table),
        TEST(a_broadcast_with_bytes_suits_every_client),
        TEST(reserved_names_are_refused),
        TEST(a_socket_that_leaves_gets_no_more),
        TEST(a_socket_tells_its_rooms),
        TEST(sockets_are_fetched_with_their_rooms),
        TEST(many_join_and_leave),
        TEST(many_are_disconnected),
        TEST(patterns_have_no_sockets_of_their_own),
        TEST(everyone_answers),
        TEST(some_answer_in_time),
        TEST(who_ends_does_not_answer),
        cmocka_unit_test(a_broadcast_may_stay_uncompressed),
        cmocka_unit_test(a_broadcast_is_compressed_once_for_those_without_context),
        TEST(nobody_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
