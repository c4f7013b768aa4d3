#include "live.h"

#include "namespace.h"

#include <stdio.h>
#include <stdlib.h>

static char seen[1024];
static sio_socket *waiting;
static sio_namespace *ns, *pattern;

static void note(const char *what)
{
    strcat(strcat(seen, seen[0] ? " " : ""), what);
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    note("connect");
    sio_emit(socket, "hello", SIO_NO_ARGS);
    return NULL;
}

static void on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    (void)socket;
    (void)context;
    note(reason);
}

static void admit(sio_socket *socket, void *context)
{
    note(context);
    assert_int_equal(sio_emit(socket, "too soon", SIO_NO_ARGS), SIO_EINVAL);
    assert_int_equal(sio_admit(socket), 0);
}

static void decide_later(sio_socket *socket, void *context)
{
    note(context);
    waiting = socket;
}

static void refuse(sio_socket *socket, void *context)
{
    note("refuse");
    if (context) assert_int_equal(sio_refuse_with(socket, sio_json(context, strlen(context))), 0);
    assert_int_equal(sio_refuse(socket, "not you"), 0);
    assert_int_equal(sio_refuse(socket, "not you"), SIO_EGONE);
    assert_int_equal(sio_admit(socket), SIO_EGONE);
}

static bool fits(const char *name, void *context)
{
    (void)context;
    return strncmp(name, "/dyn-", 5) == 0;
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ .connect_timeout_ms = 600000 });
    ns = sio_of(live_server, "/");
    pattern = sio_of_match(live_server, fits, NULL);
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    sio_on_connect(pattern, on_connect, NULL);
    seen[0] = '\0';
    waiting = NULL;
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

/* ---- Middlewares ------------------------------------------------------------------------------------------- */

static void middlewares_are_asked_in_order(void **state)
{
    (void)state;
    sio_use(ns, admit, (char[]){ "one" });
    sio_use(ns, admit, (char[]){ "two" });
    assert_int_equal(sio_use(ns, NULL, NULL), SIO_EINVAL);
    int fd = open_ws();
    live_ws_send(fd, "40");
    assert_memory_equal(live_ws_hear(fd), "40{\"sid\":", 9);
    assert_string_equal(live_ws_hear(fd), "42[\"hello\"]");
    assert_string_equal(seen, "one two connect");
}

static void a_middleware_may_answer_later(void **state)
{
    (void)state;
    sio_use(ns, admit, (char[]){ "one" });
    sio_use(ns, decide_later, (char[]){ "later" });
    sio_use(ns, admit, (char[]){ "two" });
    int fd = open_ws();
    live_ws_send(fd, "40");
    live_turns(3);
    assert_string_equal(seen, "one later");
    assert_ptr_equal(sio_find(ns, sio_id(waiting)), waiting);
    assert_int_equal(sio_join(waiting, "room"), 0);
    assert_int_equal(sio_broadcast(ns, (sio_to){ 0 }, "x", SIO_NO_ARGS), 0);
    assert_int_equal(sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("room") }, "x", SIO_NO_ARGS), 0);
    assert_int_equal(sio_admit(waiting), 0);
    assert_int_equal(sio_admit(waiting), SIO_EINVAL);
    assert_int_equal(sio_refuse(waiting, "x"), SIO_EINVAL);
    assert_memory_equal(live_ws_hear(fd), "40{\"sid\":", 9);
    assert_string_equal(live_ws_hear(fd), "42[\"hello\"]");
    assert_int_equal(sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("room") }, "y", SIO_NO_ARGS), 0);
    assert_string_equal(live_ws_hear(fd), "42[\"y\"]");
    assert_string_equal(seen, "one later two connect");
}

static void a_refusal_has_a_message_and_data(void **state)
{
    (void)state;
    sio_use(ns, refuse, (char[]){ "{\"code\":7}" });
    sio_use(ns, admit, (char[]){ "never" });
    int fd = open_ws();
    live_ws_send(fd, "40");
    assert_string_equal(live_ws_hear(fd), "44{\"message\":\"not you\",\"data\":{\"code\":7}}");
    int old = live_ws("?EIO=3&transport=websocket");
    live_ws_hear(old);
    assert_string_equal(live_ws_hear(old), "44{\"code\":7}");
    assert_string_equal(seen, "refuse refuse");
    assert_int_equal(ns->shards[0].sockets.count, 0);
}

static void a_refusal_without_data(void **state)
{
    (void)state;
    sio_use(ns, refuse, NULL);
    int fd = open_ws();
    live_ws_send(fd, "40");
    assert_string_equal(live_ws_hear(fd), "44{\"message\":\"not you\"}");
    int old = live_ws("?EIO=3&transport=websocket");
    live_ws_hear(old);
    assert_string_equal(live_ws_hear(old), "44\"not you\"");
}

static void a_refusal_may_come_later(void **state)
{
    (void)state;
    sio_use(pattern, decide_later, (char[]){ "later" });
    int fd = open_ws();
    live_ws_send(fd, "40/dyn-1,");
    live_turns(3);
    refuse(waiting, NULL);
    assert_string_equal(live_ws_hear(fd), "44/dyn-1,{\"message\":\"not you\"}");
    assert_int_equal(live_server->namespace_names.count, 1); /* "/": the empty one is gone */
}

static void who_waits_may_leave(void **state)
{
    char id[24];
    (void)state;
    sio_use(ns, decide_later, (char[]){ "later" });
    int fd = open_ws();
    live_ws_send(fd, "40");
    live_turns(3);
    snprintf(id, sizeof id, "%s", sio_id(waiting));
    live_hang_up(&fd);
    assert_null(sio_find(ns, id));
    assert_string_equal(seen, "later"); /* no disconnect of what never was connected */
}

static void an_event_before_the_decision_closes(void **state)
{
    (void)state;
    sio_use(ns, decide_later, (char[]){ "later" });
    int fd = open_ws();
    live_ws_send(fd, "40");
    live_ws_send(fd, "42[\"x\"]");
    assert_true(live_ws_is_closed(fd));
    assert_int_equal(ns->shards[0].sockets.count, 0);
}

/* ---- Patterns ---------------------------------------------------------------------------------------------- */

static void on_namespace(sio_namespace *made, void *context)
{
    (void)context;
    note(sio_name(made));
    sio_use(made, admit, (char[]){ "own" });
}

static void a_made_namespace_inherits(void **state)
{
    (void)state;
    static char inherited[] = "inherited";
    sio_use(pattern, admit, inherited);
    sio_on_namespace(pattern, on_namespace, NULL);
    int fd = open_ws();
    live_ws_send(fd, "40/dyn-1,");
    assert_memory_equal(live_ws_hear(fd), "40/dyn-1,{\"sid\":", 16);
    assert_string_equal(live_ws_hear(fd), "42/dyn-1,[\"hello\"]");
    live_ws_send(fd, "41/dyn-1,");
    live_turns(3);
    assert_int_equal(live_server->namespace_names.count, 1);
}

static void a_namespace_asked_for_by_name_stays(void **state)
{
    (void)state;
    int fd = open_ws();
    live_ws_send(fd, "40/dyn-1,");
    live_ws_hear(fd);
    sio_namespace *made = sio_of(live_server, "/dyn-1");
    live_hang_up(&fd);
    assert_ptr_equal(sio_of(live_server, "/dyn-1"), made);
    assert_int_equal(made->shards[0].sockets.count, 0);
}

static void a_client_joins_so_many_and_no_more(void **state)
{
    char text[64];
    (void)state;
    int fd = open_ws();
    for (int i = 0; i < LIMIT_CLIENT_NAMESPACES; i++) {
        snprintf(text, sizeof text, "40/dyn-%d,", i);
        live_ws_send(fd, text);
        assert_memory_equal(live_ws_hear(fd), text, strlen(text));
        live_ws_hear(fd);
    }
    live_ws_send(fd, "40/dyn-x,");
    assert_string_equal(live_ws_hear(fd), "44/dyn-x,{\"message\":\"Too many namespaces\"}");
}

/* ---- Events ------------------------------------------------------------------------------------------------ */

static void on_event(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    note(context);
    note(sio_event_name(event));
}

static void on_sent(sio_socket *socket, const char *event, sio_args args, void *context)
{
    char text[64];
    (void)socket;
    (void)context;
    snprintf(text, sizeof text, "sent:%s/%zu", event, args.count);
    note(text);
}

static bool drop_bad(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    if (strcmp(sio_event_name(event), "bad") != 0) return true;
    sio_ack(event, SIO_ARGS(sio_text("no")));
    return false;
}

static void catch_all_listeners_see_everything(void **state)
{
    static char any[] = "any", own[] = "own";
    (void)state;
    sio_on_any(ns, on_event, any);
    sio_on_any_sent(ns, on_sent, NULL);
    sio_on_all(ns, "x", on_event, own);
    int fd = live_ws_joined();
    live_ws_hear(fd);
    live_ws_send(fd, "42[\"x\"]");
    live_ws_send(fd, "42[\"y\"]");
    live_turns(3);
    assert_string_equal(seen, "connect sent:hello/0 any x own x any y");
    seen[0] = '\0';
    sio_broadcast(ns, (sio_to){ 0 }, "all", SIO_ARGS(sio_number(1)));
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("none") }, "none", SIO_NO_ARGS);
    assert_string_equal(seen, "sent:all/1");
}

static void a_filter_drops_events(void **state)
{
    static char any[] = "any", own[] = "own";
    (void)state;
    sio_filter(ns, drop_bad, NULL);
    sio_on_any(ns, on_event, any);
    sio_on_all(ns, NULL, on_event, own);
    int fd = live_ws_joined();
    live_ws_hear(fd);
    seen[0] = '\0';
    live_ws_send(fd, "420[\"bad\"]");
    assert_string_equal(live_ws_hear(fd), "430[\"no\"]");
    live_ws_send(fd, "42[\"good\"]");
    live_turns(3);
    assert_string_equal(seen, "any bad any good own good");
}

static void catch_all_listeners_go(void **state)
{
    static char one[] = "one", two[] = "two";
    (void)state;
    sio_on_any(ns, on_event, one);
    sio_on_any(ns, on_event, two);
    sio_on_any_sent(ns, on_sent, NULL);
    int fd = live_ws_joined();
    live_ws_hear(fd);
    sio_off_any(ns, on_event, one);
    sio_off_any_sent(ns, on_sent, one); /* with another context: it stays */
    seen[0] = '\0';
    live_ws_send(fd, "42[\"x\"]");
    live_turns(3);
    sio_broadcast(ns, (sio_to){ 0 }, "all", SIO_NO_ARGS);
    assert_string_equal(seen, "two x sent:all/0");
    sio_off_any(ns, NULL, NULL);
    sio_off_any_sent(ns, NULL, NULL);
    live_ws_send(fd, "42[\"x\"]");
    live_turns(3);
    sio_broadcast(ns, (sio_to){ 0 }, "all", SIO_NO_ARGS);
    assert_string_equal(seen, "two x sent:all/0");
}

static void forget(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)event;
    note(context);
    sio_off_any(pattern, forget, context);
}

/* The last of the pattern's, behind which those of the namespace itself come. */
static void a_catch_all_listener_takes_itself_away(void **state)
{
    static char first[] = "first", second[] = "second", any[] = "any";
    (void)state;
    sio_on_any(pattern, forget, first);
    sio_on_any(pattern, forget, second);
    sio_on_namespace(pattern, on_namespace, NULL);
    int fd = open_ws();
    live_ws_send(fd, "40/dyn-1,");
    live_ws_hear(fd);
    sio_on_any(sio_of(live_server, "/dyn-1"), on_event, any);
    seen[0] = '\0';
    live_ws_send(fd, "42/dyn-1,[\"x\"]");
    live_ws_send(fd, "42/dyn-1,[\"y\"]");
    live_turns(3);
    assert_string_equal(seen, "first second any x any y");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(middlewares_are_asked_in_order),
        TEST(a_middleware_may_answer_later),
        TEST(a_refusal_has_a_message_and_data),
        TEST(a_refusal_without_data),
        TEST(a_refusal_may_come_later),
        TEST(who_waits_may_leave),
        TEST(an_event_before_the_decision_closes),
        TEST(a_made_namespace_inherits),
        TEST(a_namespace_asked_for_by_name_stays),
        TEST(a_client_joins_so_many_and_no_more),
        TEST(catch_all_listeners_see_everything),
        TEST(a_filter_drops_events),
        TEST(catch_all_listeners_go),
        TEST(a_catch_all_listener_takes_itself_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
