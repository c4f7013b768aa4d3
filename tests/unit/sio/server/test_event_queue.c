#include "live.h"

#include "buf.h"
#include "limits.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>

static sio_namespace *ns;
static struct buf seen;
static sio_ticket tickets[8];
static unsigned ticket_count;
static char reason[64], logged[128];
static sio_socket *last;
static int replied;

static const char *heard(void)
{
    live_turns(3);
    buf_append_byte(&seen, '\0');
    seen.size--;
    return seen.at;
}

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

static void on_event(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    (void)socket;
    (void)context;
    buf_append_format(&seen, "%s", sio_event_name(event));
    for (size_t i = 0; i < args.count; i++) {
        const sio_value *value = &args.at[i];
        if (value->kind == SIO_NUMBER) buf_append_format(&seen, "%g", value->number);
        if (value->kind == SIO_TEXT || value->kind == SIO_JSON)
            buf_append_format(&seen, "%s", (const char *)value->data.at);
        if (value->kind == SIO_BYTES) buf_append(&seen, value->data.at, value->data.size);
        for (uint32_t j = 0; value->kind == SIO_JSON && j < value->attachment_count; j++)
            buf_append(&seen, value->attachments[j].data.at, value->attachments[j].data.size);
    }
    buf_append_byte(&seen, ' ');
    if (sio_wants_ack(event)) sio_ack(event, args);
    if (strcmp(sio_event_name(event), "leave") == 0) sio_disconnect(socket);
    sio_ticket ticket;
    assert_int_equal(sio_filter_later(event, &ticket), SIO_EINVAL);
}

/* Events whose names begin with w have to wait; those that begin with a are answered as well. */
static bool wait_for_it(sio_socket *socket, sio_event *event, void *context)
{
    sio_ticket none;
    char first = sio_event_name(event)[0];
    (void)socket;
    (void)context;
    if (first != 'w' && first != 'a') return true;
    assert_true(ticket_count < 8);
    assert_int_equal(sio_filter_later(event, &tickets[ticket_count]), 0);
    assert_int_equal(sio_filter_later(event, &none), SIO_EINVAL);
    assert_int_equal(sio_filter_decide(ns, &tickets[ticket_count++], true), SIO_EINVAL);
    if (first == 'a') assert_int_equal(sio_ack(event, SIO_ARGS(sio_text("early"))), 0);
    return false; /* not looked at */
}

static void on_log(int level, const char *message, void *context)
{
    (void)context;
    if (level == SIO_DETAIL && strstr(message, "is to go")) snprintf(logged, sizeof logged, "%s", message);
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ .on_log = on_log, .payload_bytes_max = 10000 });
    ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    assert_int_equal(sio_filter(ns, wait_for_it, NULL), 0);
    assert_int_equal(sio_on_all(ns, NULL, on_event, NULL), 0);
    buf_init(&seen, 1 << 20);
    reason[0] = logged[0] = '\0';
    ticket_count = 0;
    replied = 1;
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_close();
    buf_free(&seen);
    return 0;
}

static void decide(unsigned number, bool passes)
{
    assert_int_equal(sio_filter_decide(ns, &tickets[number], passes), 0);
    assert_int_equal(sio_filter_decide(ns, &tickets[number], passes), SIO_EGONE);
}

static void events_keep_their_order(void **state)
{
    (void)state;
    int fd = live_ws_joined(), other = live_ws_joined();
    live_ws_send(
        fd, "452-[\"wait\",1,\"text\",{\"b\":{\"_placeholder\":true,\"num\":1}},{\"_placeholder\":true,\"num\":0}]");
    live_ws_send_binary(fd, "first", 5);
    live_ws_send_binary(fd, "second", 6);
    live_ws_send(fd, "42[\"x\",{\"a\":[1]}]");
    live_ws_send(fd, "42[\"y\"]");
    live_ws_send(other, "42[\"other\"]");
    assert_string_equal(heard(), "other ");
    decide(0, true);
    assert_string_equal(heard(),
                        "other wait1text{\"b\":{\"_placeholder\":true,\"num\":1}}firstsecondfirst x{\"a\":[1]} y ");
    live_ws_send(fd, "42[\"z\"]");
    assert_string_equal(heard() + seen.size - 2, "z ");
    assert_int_equal(live_server->intake.bytes, 0);
}

static void an_event_may_be_dropped(void **state)
{
    (void)state;
    int fd = live_ws_joined();
    live_ws_send(fd, "42[\"wait\"]");
    live_ws_send(fd, "42[\"x\"]");
    assert_string_equal(heard(), "");
    decide(0, false);
    assert_string_equal(heard(), "x ");
}

static void one_that_waits_may_wait_for_the_next_filter(void **state)
{
    (void)state;
    assert_int_equal(sio_filter(ns, wait_for_it, NULL), 0);
    int fd = live_ws_joined();
    live_ws_send(fd, "42[\"w1\"]");
    live_ws_send(fd, "42[\"x\"]");
    live_ws_send(fd, "42[\"w2\"]");
    live_ws_send(fd, "42[\"y\"]");
    live_turns(3);
    decide(0, true);
    assert_string_equal(heard(), "");
    decide(1, true);
    assert_string_equal(heard(), "w1 x ");
    decide(2, true);
    decide(3, true);
    assert_string_equal(heard(), "w1 x w2 y ");
}

static void acknowledgements_are_given_in_time(void **state)
{
    (void)state;
    int fd = live_ws_joined();
    live_ws_send(fd, "421[\"wait\",7]");
    live_ws_send(fd, "422[\"x\",8]");
    live_turns(3);
    decide(0, true);
    assert_string_equal(live_ws_hear(fd), "431[7]");
    assert_string_equal(live_ws_hear(fd), "432[8]");
    live_ws_send(fd, "423[\"answered\",9]");
    assert_string_equal(live_ws_hear(fd), "433[\"early\"]");
    decide(1, true); /* and not a second time */
    live_ws_send(fd, "424[\"x\"]");
    assert_string_equal(live_ws_hear(fd), "434[]");
}

static void on_reply(int error, sio_args args, void *context)
{
    (void)args;
    (void)context;
    replied = error;
}

static void answers_of_the_client_do_not_wait(void **state)
{
    (void)state;
    int fd = live_ws_joined();
    live_ws_send(fd, "42[\"wait\"]");
    live_turns(3);
    assert_int_equal(sio_emit_ack(last, "question", SIO_NO_ARGS, 0, on_reply, NULL), 0);
    assert_string_equal(live_ws_hear(fd), "420[\"question\"]");
    live_ws_send(fd, "430[]");
    live_turns(3);
    assert_int_equal(replied, 0);
    decide(0, true);
}

static void a_handler_may_end_the_socket(void **state)
{
    (void)state;
    int fd = live_ws_joined();
    live_ws_send(fd, "42[\"wait\"]");
    live_ws_send(fd, "42[\"leave\"]");
    live_ws_send(fd, "42[\"x\"]");
    live_turns(3);
    decide(0, true);
    assert_string_equal(heard(), "wait leave ");
    assert_string_equal(reason, "server namespace disconnect");
    assert_int_equal(live_server->intake.bytes, 0);
}

static void who_waits_may_leave(void **state)
{
    (void)state;
    int fd = live_ws_joined();
    live_ws_send(fd, "42[\"wait\"]");
    live_ws_send(fd, "42[\"x\"]");
    live_hang_up(&fd);
    assert_string_equal(reason, "transport close");
    assert_int_equal(sio_filter_decide(ns, &tickets[0], true), SIO_EGONE);
    memset(tickets[0].socket_id, 'x', sizeof tickets[0].socket_id);
    assert_int_equal(sio_filter_decide(ns, &tickets[0], true), SIO_EINVAL);
    assert_string_equal(heard(), "");
    assert_int_equal(live_server->intake.bytes, 0);
}

static void old_clients_have_tickets_too(void **state)
{
    (void)state;
    sio_namespace *root = ns;
    ns = sio_of(live_server, "/other");
    assert_int_equal(sio_filter(ns, wait_for_it, NULL), 0);
    assert_int_equal(sio_on_all(ns, NULL, on_event, NULL), 0);
    int fd = live_ws("?EIO=3&transport=websocket");
    live_ws_hear(fd);
    live_ws_hear(fd);
    live_ws_send(fd, "40/other,");
    live_ws_hear(fd);
    live_ws_send(fd, "42/other,[\"wait\"]");
    live_turns(3);
    decide(0, true);
    assert_string_equal(heard(), "wait ");
    ns = root;
}

static void so_many_wait_and_no_more(void **state)
{
    (void)state;
    int fd = live_ws_joined();
    live_ws_send(fd, "42[\"wait\"]");
    for (int i = 0; i < LIMIT_SOCKET_WAITING_EVENTS; i++) live_ws_send(fd, "42[\"x\"]");
    live_turns(3);
    assert_string_equal(reason, "");
    live_ws_send(fd, "42[\"x\"]");
    live_turns(3);
    assert_string_equal(reason, "transport error");
    assert_string_equal(logged, "a client is to go: too many of its events wait for a filter");
    assert_int_equal(live_server->intake.bytes, 0);
}

static void nor_more_bytes_than_two_messages(void **state)
{
    char text[9001] = "42[\"x\",\"";
    (void)state;
    int fd = live_ws_joined();
    memset(text + 8, 'x', 8900);
    strcpy(text + 8908, "\"]");
    live_ws_send(fd, "42[\"wait\"]");
    live_ws_send(fd, text);
    live_ws_send(fd, text);
    live_turns(3);
    assert_string_equal(reason, "");
    live_ws_send(fd, text);
    live_turns(3);
    assert_string_equal(reason, "transport error");
}

/* What the packet has once is kept once. */
static void attachments_are_not_multiplied(void **state)
{
    char packet[900], bytes[9000] = "";
    (void)state;
    int fd = live_ws_joined();
    size_t size = (size_t)sprintf(packet, "451-[\"wait\",{\"_placeholder\":true,\"num\":0}");
    for (int i = 0; i < 200; i++) size += (size_t)sprintf(packet + size, ",[]");
    strcpy(packet + size, "]");
    live_ws_send(fd, packet);
    live_ws_send_binary(fd, bytes, sizeof bytes);
    live_turns(3);
    assert_int_equal(ticket_count, 1);
    assert_in_range(live_server->intake.bytes, 9000, 60000);
    decide(0, true);
    assert_int_equal(live_server->intake.bytes, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(events_keep_their_order),
        TEST(an_event_may_be_dropped),
        TEST(one_that_waits_may_wait_for_the_next_filter),
        TEST(acknowledgements_are_given_in_time),
        TEST(answers_of_the_client_do_not_wait),
        TEST(a_handler_may_end_the_socket),
        TEST(who_waits_may_leave),
        TEST(old_clients_have_tickets_too),
        TEST(attachments_are_not_multiplied),
        TEST(so_many_wait_and_no_more),
        TEST(nor_more_bytes_than_two_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
