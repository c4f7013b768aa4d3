#include "live.h"

#include "buf.h"
#include "room.h"

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
    assert_non_null(room_find(ns, STR("a")));
    live_hang_up(&clients[0]);
    assert_non_null(room_find(ns, STR("a")));
    sio_leave(sockets[1], "a");
    assert_null(room_find(ns, STR("a")));
    assert_int_equal(ns->rooms.count, 0);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rooms_and_exceptions),       TEST(rooms_go_with_their_last_member),
        TEST(many_rooms_against_a_table), TEST(a_broadcast_with_bytes_suits_every_client),
        TEST(reserved_names_are_refused), TEST(a_socket_that_leaves_gets_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
