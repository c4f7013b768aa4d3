#include "live.h"

#include "admin.h"
#include "observer.h"
#include "server.h"
#include "socket.h"

#include <stdio.h>
#include <stdlib.h>

#define HASH "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW" /* of "secret" */
/* The same password at a cost that takes a second: whoever waits for it still waits when the server ends. */
#define SLOW_HASH "$2b$14$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"

static char logged[256];
static char data[64];

static void on_log(int level, const char *message, void *context)
{
    (void)context;
    if (level == SIO_WARNING) snprintf(logged, sizeof logged, "%s", message);
}

static sio_value describe(sio_socket *socket, void *context)
{
    (void)socket;
    assert_ptr_equal(context, data);
    return data[0] ? sio_json(data, strlen(data)) : sio_bool(true);
}

static int open_live(void **state)
{
    (void)state;
    logged[0] = data[0] = '\0';
    live_open((sio_options){ .on_log = on_log });
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_close();
    return 0;
}

static void enable(const sio_admin_options *options)
{
    assert_int_equal(sio_admin_enable(live_server, options), 0);
}

static int open_ws(void)
{
    int fd = live_ws("?EIO=4&transport=websocket");
    live_ws_hear(fd);
    return fd;
}

/* The next event of that name, from its arguments on; others are dropped. */
static const char *hear_event(int fd, const char *name)
{
    char start[64];
    snprintf(start, sizeof start, "42/admin,[\"%s\",", name);
    for (;;) {
        const char *text = live_ws_hear(fd);
        assert_string_not_equal(text, "end");
        if (strncmp(text, start, strlen(start)) == 0) return text + strlen(start);
    }
}

/* An admin of a server without a password. */
static int open_admin(void)
{
    int fd = open_ws();
    live_ws_send(fd, "40/admin,");
    assert_memory_equal(live_ws_hear(fd), "40/admin,{\"sid\":", 16);
    return fd;
}

/* ---- Options ----------------------------------------------------------------------------------------------- */

static void options_are_checked(void **state)
{
    static const sio_admin_options bad[] = {
        { .username = NULL },
        { .username = "admin" },
        { .password_hash = HASH },
        { .username = "admin", .password_hash = HASH, .has_no_password = true },
        { .username = "admin", .password_hash = "secret" },
        { .username = "admin", .password_hash = HASH "x" },
        { .username = "admin", .password_hash = "$2x$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW" },
        { .username = "admin", .password_hash = "$2b$03$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW" },
        { .username = "admin", .password_hash = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WI=W" },
        { .has_no_password = true, .mode = "test" },
        { .has_no_password = true, .namespace_name = "admin" },
    };
    (void)state;
    assert_null(live_server->observer);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (live_server->admin == NULL) assert_int_equal(sio_admin_enable(live_server, &bad[i]), SIO_EINVAL);
    /* The last one got as far as to be freed with the server; it is told nothing. */
    assert_null(live_server->observer->on_session_end);
    assert_null(live_server->observer->on_connected);
}

static void it_is_enabled_once(void **state)
{
    (void)state;
    const sio_admin_options options = { .has_no_password = true };
    assert_false(live_server->options.keeps_handshake);
    enable(&options);
    assert_non_null(live_server->observer);
    assert_true(live_server->options.keeps_handshake);
    assert_int_equal(sio_admin_enable(live_server, &options), SIO_EINVAL);
}

static void production_keeps_no_handshakes(void **state)
{
    (void)state;
    enable(&(sio_admin_options){ .has_no_password = true, .mode = "production", .namespace_name = "/watch" });
    assert_false(live_server->options.keeps_handshake);
    assert_null(live_server->observer->on_sent);
    assert_string_equal(sio_name(live_server->admin->ns), "/watch");
}

/* ---- Who comes in ------------------------------------------------------------------------------------------ */

static void sessions_end_and_the_oldest_goes(void **state)
{
    struct admin_sessions sessions;
    char id[RANDOM_ID_SIZE + 1];
    (void)state;
    admin_sessions_init(&sessions);
    assert_false(admin_sessions_has(&sessions, (struct str){ (char[RANDOM_ID_SIZE]){ 0 }, RANDOM_ID_SIZE }, 0));
    for (int i = 0; i <= ADMIN_SESSIONS; i++) {
        snprintf(id, sizeof id, "%020d", i);
        admin_sessions_add(&sessions, id, 1000 + (uint64_t)i);
    }
    assert_false(admin_sessions_has(&sessions, STR("00000000000000000000"), 5));
    assert_true(admin_sessions_has(&sessions, STR("00000000000000000001"), 1000));
    assert_false(admin_sessions_has(&sessions, STR("00000000000000000001"), 1001));
    assert_true(admin_sessions_has(&sessions, str_from(id), 1000 + ADMIN_SESSIONS - 1));
    assert_false(admin_sessions_has(&sessions, STR("0000000000000000001"), 5));
    admin_sessions_free(&sessions);
}

static void a_password_lets_in_and_a_session_does(void **state)
{
    char text[128], session[32];
    (void)state;
    enable(&(sio_admin_options){ .username = "admin", .password_hash = HASH });
    int fd = open_ws();
    live_ws_send(fd, "40/admin,{\"username\":\"admin\",\"password\":\"s\\u0065cret\"}");
    assert_memory_equal(live_ws_hear(fd), "40/admin,{\"sid\":", 16);
    assert_int_equal(sscanf(hear_event(fd, "session"), "\"%20[^\"]\"]", session), 1);
    hear_event(fd, "config");
    int again = open_ws();
    snprintf(text, sizeof text, "40/admin,{\"sessionId\":\"%s\"}", session);
    live_ws_send(again, text);
    assert_memory_equal(live_ws_hear(again), "40/admin,{\"sid\":", 16);
    assert_memory_equal(live_ws_hear(again), "42/admin,[\"config\",", 19);
    for (int i = 0; i < ADMIN_SESSIONS; i++) live_server->admin->sessions.at[i].until = 1; /* the time is over */
    int late = open_ws();
    live_ws_send(late, text);
    assert_string_equal(live_ws_hear(late), "44/admin,{\"message\":\"invalid credentials\"}");
}

static void one_who_waits_may_leave(void **state)
{
    (void)state;
    enable(&(sio_admin_options){ .username = "admin", .password_hash = HASH });
    int fd = open_ws();
    live_ws_send(fd, "40/admin,{\"username\":\"admin\",\"password\":\"secret\"}");
    live_hang_up(&fd);
    fd = open_ws();
    live_ws_send(fd, "40/admin,{\"username\":\"admin\",\"password\":\"wrong\"}");
    assert_string_equal(live_ws_hear(fd), "44/admin,{\"message\":\"invalid credentials\"}");
    assert_int_equal(live_server->admin->ns->shards[0].sockets.count, 0);
}

/* There is room for few, the rest is told so, and nobody is decided about when the server ends. */
static void the_end_does_not_wait_for_those_who_wait(void **state)
{
    unsigned refused = 0;
    (void)state;
    enable(&(sio_admin_options){ .username = "admin", .password_hash = SLOW_HASH });
    for (int i = 0; i < 18; i++) {
        int fd = open_ws();
        live_ws_send(fd, "40/admin,{\"username\":\"admin\",\"password\":\"secret\"}");
        live_turns(2);
        refused += live_server->admin->ns->shards[0].sockets.count == 16 && i >= 16;
    }
    assert_int_equal(refused, 2);
}

static void admins_are_not_recovered(void **state)
{
    (void)state;
    live_close();
    live_open((sio_options){ .recovery_ms = 60000 });
    enable(&(sio_admin_options){ .has_no_password = true });
    int fd = open_ws();
    live_ws_send(fd, "40/admin,");
    assert_null(strstr(live_ws_hear(fd), "\"pid\""));
    live_ws_send(fd, "40");
    while (strncmp(live_ws_hear(fd), "40{", 3) != 0) {
    }
    assert_int_equal(live_server->recovery_bytes, 0);
}

/* ---- What they see ----------------------------------------------------------------------------------------- */

static void the_program_says_what_a_socket_is(void **state)
{
    (void)state;
    enable(&(sio_admin_options){ .has_no_password = true, .describe = describe, .context = data });
    snprintf(data, sizeof data, "{\"name\":\"Ada\"}");
    int fd = open_admin(), client = live_ws_joined();
    const char *text = hear_event(fd, "all_sockets");
    assert_non_null(strstr(text, "\"data\":{\"name\":\"Ada\"}"));
    while (strstr(text = hear_event(fd, "socket_connected"), "\"nsp\":\"/\"") == NULL) {
    }
    assert_non_null(strstr(text, "\"data\":{\"name\":\"Ada\"}"));
    char id[24];
    assert_int_equal(sscanf(text, "{\"id\":\"%20[^\"]", id), 1);
    sio_socket *socket = sio_find(sio_of(live_server, "/"), id);
    snprintf(data, sizeof data, "{\"name\":\"Alan\"}");
    sio_admin_updated(socket);
    text = hear_event(fd, "socket_updated");
    assert_non_null(strstr(text, "\"nsp\":\"/\",\"data\":{\"name\":\"Alan\"}}]"));
    data[0] = '\0';
    sio_admin_updated(socket);
    assert_non_null(strstr(hear_event(fd, "socket_updated"), "\"data\":{}}]"));
    live_hang_up(&client);
}

static sio_socket *kept;

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    kept = socket;
    return NULL;
}

static void without_admins_nothing_is_told(void **state)
{
    (void)state;
    sio_on_connect(sio_of(live_server, "/"), on_connect, NULL);
    int early = live_ws_joined();
    sio_admin_updated(kept); /* nobody watches */
    enable(&(sio_admin_options){ .has_no_password = true });
    uint64_t packets = counter_read(&live_server->workers[0].counters.packets_out);
    sio_admin_updated(kept);
    assert_int_equal(sio_emit(kept, "x", SIO_NO_ARGS), 0);
    assert_int_equal(counter_read(&live_server->workers[0].counters.packets_out), packets + 1);
    /* It came before anybody watched, so its handshake is forgotten. */
    int fd = open_admin();
    assert_non_null(strstr(hear_event(fd, "all_sockets"),
                           "\"handshake\":{\"address\":\"127.0.0.1\",\"headers\":{},\"query\":{},\"secure\":false}"));
    live_hang_up(&early);
}

/* Its own id: whoever is described in another thread than its own would be told of with the data of others. */
static sio_value describe_id(sio_socket *socket, void *context)
{
    static _Thread_local char json[64];
    (void)context;
    int size =
        snprintf(json, sizeof json, "{\"own\":\"%s\",\"worker\":%u}", sio_id(socket), sio_server_worker(live_server));
    return sio_json(json, (size_t)size);
}

static void sockets_of_all_workers_are_described(void **state)
{
    enum { WORKERS = 3, CLIENTS = 24 };
    char own[64];
    unsigned workers = 0, count = 0;
    (void)state;
    live_close();
    live_open((sio_options){ .workers = WORKERS });
    enable(&(sio_admin_options){ .has_no_password = true, .describe = describe_id });
    for (int i = 0; i < CLIENTS; i++) live_ws_joined(); /* at one worker alone with a chance of 1 in 10^11 */
    int fd = open_admin();
    const char *text = hear_event(fd, "all_sockets");
    for (const char *at = text; (at = strstr(at, "{\"id\":\"")) != NULL; at++, count++) {
        unsigned worker = 0;
        snprintf(own, sizeof own, "\"data\":{\"own\":\"%.20s\",\"worker\":", at + 7);
        const char *described = strstr(at, own);
        assert_non_null(described);
        assert_int_equal(sscanf(described + strlen(own), "%u", &worker), 1);
        workers |= 1U << worker;
    }
    assert_int_equal(count, CLIENTS + 1); /* the admin's own, too */
    assert_true(workers != 0 && (workers & (workers - 1)) != 0);
}

static void not_more_is_shown_than_an_admin_may_have_waiting(void **state)
{
    (void)state;
    live_close();
    live_open((sio_options){ .on_log = on_log, .backlog_bytes_max = 4000 });
    enable(&(sio_admin_options){ .has_no_password = true });
    for (int i = 0; i < 20; i++) live_ws_joined();
    assert_string_equal(logged, "");
    int fd = open_admin();
    const char *text = hear_event(fd, "all_sockets");
    assert_in_range(strlen(text), 1000, 2100);
    assert_string_equal(text + strlen(text) - 4, "]}]]");
    assert_string_equal(logged, "an admin is not shown all sockets: too many");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(options_are_checked),
        TEST(it_is_enabled_once),
        TEST(production_keeps_no_handshakes),
        TEST(sessions_end_and_the_oldest_goes),
        TEST(a_password_lets_in_and_a_session_does),
        TEST(one_who_waits_may_leave),
        TEST(the_end_does_not_wait_for_those_who_wait),
        TEST(admins_are_not_recovered),
        TEST(the_program_says_what_a_socket_is),
        TEST(without_admins_nothing_is_told),
        TEST(sockets_of_all_workers_are_described),
        TEST(not_more_is_shown_than_an_admin_may_have_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
