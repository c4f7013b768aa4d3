#include "live.h"

#include "namespace.h"

#include <stdio.h>
#include <stdlib.h>

static sio_namespace *ns;
static sio_socket *last;
static unsigned asked;
static bool frees_data;

struct id {
    char sid[21], pid[21], offset[64];
};

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    last = socket;
    sio_emit(socket, sio_recovered(socket) ? "back" : "hello", SIO_NO_ARGS);
    return NULL;
}

static void on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    (void)reason;
    (void)context;
    if (frees_data) *(int *)sio_data(socket) = 0;
}

static void admit(sio_socket *socket, void *context)
{
    (void)context;
    asked++;
    sio_admit(socket);
}

static bool fits(const char *name, void *context)
{
    (void)context;
    return strcmp(name, "/dyn") == 0;
}

static void open_with(sio_options options)
{
    options.socket_data_size = sizeof(int);
    live_open(options);
    ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    sio_use(ns, admit, NULL);
    asked = 0;
    frees_data = false;
}

static int open_live(void **state)
{
    (void)state;
    open_with((sio_options){ .recovery_ms = 3600000 });
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_close();
    return 0;
}

static int open_ws(void)
{
    int fd = live_ws("?EIO=4&transport=websocket");
    live_ws_hear(fd);
    return fd;
}

static void read_ids(const char *packet, struct id *id)
{
    assert_int_equal(sscanf(packet, "40{\"sid\":\"%20[^\"]\",\"pid\":\"%20[^\"]\"}", id->sid, id->pid), 2);
}

/* An event without arguments, whose offset is kept. */
static void hear_event(int fd, const char *name, struct id *id)
{
    char format[64];
    const char *packet = live_ws_hear(fd);
    snprintf(format, sizeof format, "42[\"%s\",\"%%63[^\"]\"]", name);
    if (sscanf(packet, format, id->offset) != 1) fail_msg("%s instead of %s", packet, name);
}

static int join(struct id *id)
{
    int fd = open_ws();
    live_ws_send(fd, "40");
    read_ids(live_ws_hear(fd), id);
    hear_event(fd, "hello", id);
    return fd;
}

static int come_back(const struct id *id)
{
    char packet[256];
    int fd = open_ws();
    snprintf(packet, sizeof packet, "40{\"a\":[1],\"pid\":\"%s\",\"offset\":\"%s\"}", id->pid, id->offset);
    live_ws_send(fd, packet);
    return fd;
}

static void missed_events_come_before_the_answer(void **state)
{
    struct id id, again;
    (void)state;
    int fd = join(&id);
    *(int *)sio_data(last) = 42;
    sio_join(last, "in");
    sio_broadcast(ns, (sio_to){ 0 }, "heard", SIO_NO_ARGS);
    hear_event(fd, "heard", &id);
    live_hang_up(&fd);
    assert_int_equal(ns->shards[0].sockets.count, 0);
    sio_broadcast(ns, (sio_to){ 0 }, "one", SIO_NO_ARGS);
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("out") }, "elsewhere", SIO_NO_ARGS);
    sio_broadcast(ns, (sio_to){ .except = SIO_ROOMS("in") }, "excepted", SIO_NO_ARGS);
    sio_broadcast(ns, (sio_to){ .is_volatile = true }, "volatile", SIO_NO_ARGS);
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("out", "in") }, "two", SIO_NO_ARGS);
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS(id.sid) }, "three", SIO_NO_ARGS);
    fd = come_back(&id);
    hear_event(fd, "one", &again);
    hear_event(fd, "two", &again);
    hear_event(fd, "three", &again);
    read_ids(live_ws_hear(fd), &again);
    hear_event(fd, "back", &again);
    assert_string_equal(again.sid, id.sid);
    assert_string_equal(again.pid, id.pid);
    assert_true(sio_recovered(last));
    assert_int_equal(*(int *)sio_data(last), 42);
    assert_int_equal(sio_rooms(last, NULL, 0), 2);
    assert_int_equal(asked, 1); /* the middleware, the first time */
}

static void bytes_are_missed_and_come(void **state)
{
    struct id id;
    (void)state;
    int fd = join(&id);
    live_hang_up(&fd);
    sio_broadcast(ns, (sio_to){ 0 }, "b", SIO_ARGS(sio_bytes("\1\2", 2)));
    fd = come_back(&id);
    assert_memory_equal(live_ws_hear(fd), "451-[\"b\",{\"_placeholder\":true,\"num\":0},\"", 40);
    assert_string_equal(live_ws_hear(fd), "binary 0102");
    assert_memory_equal(live_ws_hear(fd), "40{", 3);
}

static void many_arguments_get_an_offset_too(void **state)
{
    struct id id;
    sio_value values[40];
    (void)state;
    int fd = join(&id);
    for (size_t i = 0; i < 40; i++) values[i] = sio_bool(true);
    assert_int_equal(sio_emit(last, "x", (sio_args){ values, 40 }), 0);
    const char *packet = live_ws_hear(fd);
    assert_memory_equal(packet, "42[\"x\",true,true", 16);
    assert_non_null(strstr(packet, "true,true,\""));
}

static void the_data_are_those_that_the_handler_left(void **state)
{
    struct id id;
    (void)state;
    int fd = join(&id);
    *(int *)sio_data(last) = 42;
    frees_data = true;
    live_hang_up(&fd);
    fd = come_back(&id);
    assert_non_null(strstr(live_ws_hear(fd), id.sid));
    assert_int_equal(*(int *)sio_data(last), 0);
}

static void is_new(const struct id *id)
{
    struct id other;
    int fd = come_back(id);
    read_ids(live_ws_hear(fd), &other);
    hear_event(fd, "hello", &other);
    assert_string_not_equal(other.sid, id->sid);
    assert_string_not_equal(other.pid, id->pid);
    assert_false(sio_recovered(last));
    live_hang_up(&fd);
}

static void what_is_not_known_begins_anew(void **state)
{
    struct id id, bad;
    (void)state;
    int fd = join(&id);
    is_new(&id); /* still connected */
    live_hang_up(&fd);
    bad = id;
    bad.pid[0] = '!';
    is_new(&bad);
    bad = id;
    bad.offset[0] = '!';
    is_new(&bad);
    bad = id;
    strcat(bad.offset, "999");
    is_new(&bad);
    bad = id;
    bad.offset[8] = '\0';
    is_new(&bad);
    snprintf(bad.offset, sizeof bad.offset, "%.9s99999999999999999999", id.offset);
    is_new(&bad);
    fd = come_back(&id);
    assert_non_null(strstr(live_ws_hear(fd), id.sid));
}

static void who_wanted_to_leave_is_not_kept(void **state)
{
    struct id id;
    (void)state;
    int fd = join(&id);
    live_ws_send(fd, "41");
    live_turns(3);
    is_new(&id);
    fd = join(&id);
    sio_disconnect(last);
    assert_string_equal(live_ws_hear(fd), "41");
    is_new(&id);
    fd = join(&id);
    live_ws_send(fd, "4x");
    assert_true(live_ws_is_closed(fd));
    is_new(&id);
}

static void it_can_come_back_once(void **state)
{
    struct id id;
    (void)state;
    int fd = join(&id);
    live_hang_up(&fd);
    fd = come_back(&id);
    assert_non_null(strstr(live_ws_hear(fd), id.sid));
    is_new(&id);
}

static void a_namespace_of_a_pattern_waits_for_it(void **state)
{
    struct id id = { 0 };
    char packet[256];
    (void)state;
    sio_of_match(live_server, fits, NULL);
    int fd = open_ws();
    live_ws_send(fd, "40/dyn,");
    assert_int_equal(sscanf(live_ws_hear(fd), "40/dyn,{\"sid\":\"%20[^\"]\",\"pid\":\"%20[^\"]\"}", id.sid, id.pid), 2);
    sio_namespace *made = live_server->namespaces;
    assert_string_equal(sio_name(made), "/dyn");
    sio_broadcast(made, (sio_to){ 0 }, "x", SIO_NO_ARGS);
    assert_int_equal(sscanf(live_ws_hear(fd), "42/dyn,[\"x\",\"%63[^\"]", id.offset), 1);
    live_hang_up(&fd);
    fd = open_ws();
    snprintf(packet, sizeof packet, "40/dyn,{\"pid\":\"%s\",\"offset\":\"%s\"}", id.pid, id.offset);
    live_ws_send(fd, packet);
    assert_non_null(strstr(live_ws_hear(fd), id.sid));
}

static void old_clients_get_no_offsets_of_their_own(void **state)
{
    (void)state;
    int old = live_ws("?EIO=3&transport=websocket");
    live_ws_hear(old);
    assert_string_equal(live_ws_hear(old), "40");
    assert_string_equal(live_ws_hear(old), "42[\"hello\"]");
}

/* ---- With other options ------------------------------------------------------------------------------------ */

static void the_store_is_bounded(void **state)
{
    static char text[1000];
    struct id id;
    (void)state;
    open_with((sio_options){ .recovery_ms = 3600000, .recovery_bytes_max = 10000 });
    int fd = join(&id);
    live_hang_up(&fd);
    memset(text, 'x', sizeof text - 1);
    for (int i = 0; i < 100; i++) {
        sio_broadcast(ns, (sio_to){ 0 }, "x", SIO_ARGS(sio_text(text)));
        assert_in_range(live_server->recovery_bytes, 1000, 10000);
    }
    is_new(&id); /* what it missed is not all there */
    live_close();
}

static void what_is_too_large_makes_a_gap(void **state)
{
    static char text[20000];
    struct id id;
    (void)state;
    open_with((sio_options){ .recovery_ms = 3600000, .recovery_bytes_max = 10000 });
    int fd = join(&id);
    live_hang_up(&fd);
    memset(text, 'x', sizeof text - 1);
    sio_broadcast(ns, (sio_to){ 0 }, "x", SIO_ARGS(sio_text(text)));
    sio_broadcast(ns, (sio_to){ 0 }, "y", SIO_NO_ARGS);
    is_new(&id);
    live_close();
}

static void middlewares_are_asked_where_the_options_say_so(void **state)
{
    struct id id;
    (void)state;
    open_with((sio_options){ .recovery_ms = 3600000, .recovery_asks_again = true });
    int fd = join(&id);
    live_hang_up(&fd);
    fd = come_back(&id);
    assert_non_null(strstr(live_ws_hear(fd), id.sid));
    assert_int_equal(asked, 2);
    live_close();
}

static void after_the_time_it_is_forgotten(void **state)
{
    struct id id;
    (void)state;
    open_with((sio_options){ .recovery_ms = 20 });
    int fd = join(&id);
    live_hang_up(&fd);
    while (live_server->recovery_bytes) assert_int_equal(sio_server_step(live_server, 10), 0);
    is_new(&id);
    live_close();
}

static void without_it_nothing_is_different(void **state)
{
    (void)state;
    open_with((sio_options){ 0 });
    int fd = live_ws_joined();
    assert_string_equal(live_ws_hear(fd), "42[\"hello\"]");
    sio_broadcast(ns, (sio_to){ 0 }, "x", SIO_NO_ARGS);
    assert_string_equal(live_ws_hear(fd), "42[\"x\"]");
    live_hang_up(&fd);
    assert_null(ns->recovery);
    live_close();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(missed_events_come_before_the_answer),
        TEST(bytes_are_missed_and_come),
        TEST(many_arguments_get_an_offset_too),
        TEST(the_data_are_those_that_the_handler_left),
        TEST(what_is_not_known_begins_anew),
        TEST(who_wanted_to_leave_is_not_kept),
        TEST(it_can_come_back_once),
        TEST(a_namespace_of_a_pattern_waits_for_it),
        TEST(old_clients_get_no_offsets_of_their_own),
        cmocka_unit_test(the_store_is_bounded),
        cmocka_unit_test(what_is_too_large_makes_a_gap),
        cmocka_unit_test(middlewares_are_asked_where_the_options_say_so),
        cmocka_unit_test(after_the_time_it_is_forgotten),
        cmocka_unit_test(without_it_nothing_is_different),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
