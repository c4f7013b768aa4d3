#include "live.h"

#include "buf.h"

#include <stdio.h>
#include <unistd.h>

static int ws;
static sio_namespace *ns;
static struct buf seen;
static sio_ticket ticket;
static char id[64];

static void note(sio_args args)
{
    for (size_t i = 0; i < args.count; i++) {
        const sio_value *value = &args.at[i];
        switch (value->kind) {
        case SIO_NULL: buf_append_str(&seen, STR("null ")); break;
        case SIO_BOOL: buf_append_format(&seen, "%s ", value->boolean ? "true" : "false"); break;
        case SIO_NUMBER: buf_append_format(&seen, "%g ", value->number); break;
        case SIO_TEXT:
        case SIO_JSON:
            assert_int_equal(((const char *)value->data.at)[value->data.size], '\0');
            buf_append_format(&seen, "%s:%s ", value->kind == SIO_TEXT ? "text" : "json", (const char *)value->data.at);
            for (uint32_t j = 0; j < value->attachment_count; j++)
                buf_append_format(&seen, "with:%zu ", value->attachments[j].data.size);
            break;
        case SIO_BYTES: buf_append_format(&seen, "bytes:%zu ", value->data.size); break;
        }
    }
}

/* What was noted when everything sent so far has been handled: an acknowledgement comes behind it. */
static const char *heard(void)
{
    if (ws >= 0) {
        live_ws_send(ws, "4299[\"ack\"]");
        assert_string_equal(live_ws_hear(ws), "4399[]");
    }
    buf_append_byte(&seen, '\0');
    seen.size--;
    return seen.at;
}

static void on_note(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    snprintf(id, sizeof id, "%s", sio_id(socket));
    buf_append_format(&seen, "%s(", sio_event_name(event));
    note(sio_event_args(event));
    buf_append_str(&seen, STR(")"));
}

static void on_ack(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    bool wanted = sio_wants_ack(event);
    assert_int_equal(sio_ack(event, sio_event_args(event)), wanted ? 0 : SIO_EACK);
    assert_int_equal(sio_ack(event, sio_event_args(event)), SIO_EACK);
    assert_int_equal(sio_ack_later(event, &ticket), SIO_EACK);
}

static void on_later(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    assert_int_equal(sio_ack_later(event, &ticket), 0);
    assert_int_equal(sio_ack(event, SIO_NO_ARGS), SIO_EACK);
}

static void on_reply(int error, sio_args args, void *context)
{
    assert_string_equal(context, "context");
    buf_append_format(&seen, "reply %d ", error);
    note(args);
}

static void on_ask(sio_socket *socket, sio_event *event, void *context)
{
    static char own[] = "context";
    sio_args args = sio_event_args(event);
    (void)context;
    uint32_t timeout = args.count ? (uint32_t)args.at[0].number : 0;
    assert_int_equal(sio_emit_ack(socket, "question", SIO_ARGS(sio_text("why")), timeout, on_reply, own), 0);
    assert_int_equal(sio_emit_ack(socket, "disconnect", SIO_NO_ARGS, 0, on_reply, own), SIO_EINVAL);
    assert_int_equal(sio_emit(socket, "connect_error", SIO_NO_ARGS), SIO_EINVAL);
}

static void on_own(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)socket;
    (void)context;
    buf_append_str(&seen, STR("own "));
}

static void on_register(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    assert_int_equal(sio_on(socket, "mine", on_own, NULL), 0);
}

static void note_turn(void *context)
{
    (void)context;
    buf_append_str(&seen, STR("posted "));
}

static void on_post(sio_socket *socket, sio_event *event, void *context)
{
    static uint64_t last;
    (void)event;
    (void)context;
    assert_int_equal(sio_post(socket, note_turn, NULL), 0);
    buf_append_str(&seen, sio_turn(socket) == last ? STR("same ") : STR("turn "));
    last = sio_turn(socket);
    assert_int_equal(sio_turn(socket), last);
}

static int open_live(void **state)
{
    (void)state;
    live_open((sio_options){ 0 });
    buf_init(&seen, 1 << 20);
    ns = sio_of(live_server, "/");
    assert_int_equal(sio_on_all(ns, "note", on_note, NULL), 0);
    assert_int_equal(sio_on_all(ns, "ack", on_ack, NULL), 0);
    assert_int_equal(sio_on_all(ns, "later", on_later, NULL), 0);
    assert_int_equal(sio_on_all(ns, "ask", on_ask, NULL), 0);
    assert_int_equal(sio_on_all(ns, "register", on_register, NULL), 0);
    assert_int_equal(sio_on_all(ns, "post", on_post, NULL), 0);
    ws = live_ws_joined();
    return 0;
}

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&ws);
    live_close();
    buf_free(&seen);
    return 0;
}

static void arguments_have_their_kinds(void **state)
{
    (void)state;
    live_ws_send(ws, "42[\"note\",null,true,false,-1.5e2,\"a\\u00e9\\n\\\"\",[1, 2],{\"a\":\"\\n\"},\"\"]");
    assert_string_equal(heard(),
                        "note(null true false -150 text:a\xc3\xa9\n\" json:[1, 2] json:{\"a\":\"\\n\"} text: )");
}

static void what_is_posted_comes_behind_the_events_of_the_turn(void **state)
{
    (void)state;
    /* Two masked frames in one write are read in one turn: a mask of zeros leaves the text as it is. */
    static const char frames[] = "\x81\x8A\0\0\0\0"
                                 "42[\"post\"]"
                                 "\x81\x8A\0\0\0\0"
                                 "42[\"post\"]";
    assert_int_equal(write(ws, frames, sizeof frames - 1), sizeof frames - 1);
    assert_string_equal(heard(), "turn same posted posted ");
    live_ws_send(ws, "42[\"post\"]");
    assert_non_null(strstr(heard(), "turn same posted posted turn posted "));
}

static void many_arguments(void **state)
{
    (void)state;
    live_ws_send(ws, "42[\"note\",1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]");
    assert_string_equal(heard(), "note(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 )");
}

static void attachments(void **state)
{
    (void)state;
    live_ws_send(ws, "452-[\"note\",{\"_placeholder\":true,\"num\":1},{\"in\":{\"_placeholder\":true,\"num\":0}}]");
    live_ws_send_binary(ws, "\1\2\3", 3);
    live_ws_send_binary(ws, "", 0);
    assert_string_equal(heard(), "note(bytes:0 json:{\"in\":{\"_placeholder\":true,\"num\":0}} with:3 with:0 )");
}

static void acknowledgements_at_most_once(void **state)
{
    (void)state;
    live_ws_send(ws, "4212[\"ack\",1,\"x\"]");
    assert_string_equal(live_ws_hear(ws), "4312[1,\"x\"]");
    live_ws_send(ws, "42[\"ack\",1]"); /* none wanted, none comes */
    live_ws_send(ws, "4213[\"ack\"]");
    assert_string_equal(live_ws_hear(ws), "4313[]");
}

static void acknowledgements_with_bytes(void **state)
{
    (void)state;
    live_ws_send(ws, "451-7[\"ack\",{\"_placeholder\":true,\"num\":0}]");
    live_ws_send_binary(ws, "\1\2", 2);
    assert_string_equal(live_ws_hear(ws), "461-7[{\"_placeholder\":true,\"num\":0}]");
    assert_string_equal(live_ws_hear(ws), "binary 0102");
}

/* Passed on as they came: bytes inside objects too, whatever their numbers were. */
static void arguments_with_bytes_inside_can_be_passed_on(void **state)
{
    static const char text[] = "[\"ack\",{\"in\":{\"_placeholder\":true,\"num\":0}},{\"_placeholder\":true,\"num\":1},"
                               "[{\"_placeholder\":true,\"num\":2}]]";
    char packet[256];
    (void)state;
    snprintf(packet, sizeof packet, "453-8%s", text);
    live_ws_send(ws, packet);
    for (int i = 1; i <= 3; i++) live_ws_send_binary(ws, "\1\2\3", (size_t)i);
    snprintf(packet, sizeof packet, "463-8[%s", strchr(text, ',') + 1);
    assert_string_equal(live_ws_hear(ws), packet);
    assert_string_equal(live_ws_hear(ws), "binary 01");
    assert_string_equal(live_ws_hear(ws), "binary 0102");
    assert_string_equal(live_ws_hear(ws), "binary 010203");
}

static void acknowledgements_later(void **state)
{
    (void)state;
    live_ws_send(ws, "425[\"later\"]");
    live_turns(2);
    assert_int_equal(sio_ack_ticket(ns, &ticket, SIO_ARGS(sio_number(5))), 0);
    assert_string_equal(live_ws_hear(ws), "435[5]");
    live_hang_up(&ws);
    assert_int_equal(sio_ack_ticket(ns, &ticket, SIO_NO_ARGS), SIO_EGONE);
    memset(&ticket, 'x', sizeof ticket);
    assert_int_equal(sio_ack_ticket(ns, &ticket, SIO_NO_ARGS), SIO_EINVAL);
}

static void tickets_of_old_clients_in_other_namespaces(void **state)
{
    (void)state;
    sio_namespace *other = sio_of(live_server, "/other");
    assert_int_equal(sio_on_all(other, "later", on_later, NULL), 0);
    int old = live_ws("?EIO=3&transport=websocket");
    live_ws_hear(old);
    live_ws_hear(old);
    live_ws_send(old, "40/other,");
    assert_string_equal(live_ws_hear(old), "40/other,");
    live_ws_send(old, "42/other,5[\"later\"]");
    live_turns(2);
    assert_int_equal(sio_ack_ticket(other, &ticket, SIO_ARGS(sio_number(5))), 0);
    assert_string_equal(live_ws_hear(old), "43/other,5[5]");
    live_hang_up(&old);
}

static void the_server_asks_and_gets_an_answer(void **state)
{
    (void)state;
    live_ws_send(ws, "42[\"ask\"]");
    assert_string_equal(live_ws_hear(ws), "420[\"question\",\"why\"]");
    live_ws_send(ws, "431[\"of another question\"]");
    live_ws_send(ws, "430[\"because\",1]");
    live_ws_send(ws, "430[\"again\"]");
    assert_string_equal(heard(), "reply 0 text:because 1 ");
}

static void an_answer_with_bytes(void **state)
{
    (void)state;
    live_ws_send(ws, "42[\"ask\"]");
    live_ws_hear(ws);
    live_ws_send(ws, "461-0[{\"_placeholder\":true,\"num\":0}]");
    live_ws_send_binary(ws, "\1\2", 2);
    assert_string_equal(heard(), "reply 0 bytes:2 ");
}

static void an_answer_that_does_not_come(void **state)
{
    (void)state;
    live_ws_send(ws, "42[\"ask\",20]");
    live_ws_hear(ws);
    while (seen.size == 0) assert_int_equal(sio_server_step(live_server, 1000), 0);
    assert_string_equal(heard(), "reply -8 ");
    live_ws_send(ws, "430[\"too late\"]");
    assert_string_equal(heard(), "reply -8 ");
}

static void the_end_of_the_client_is_an_answer(void **state)
{
    (void)state;
    live_ws_send(ws, "42[\"ask\"]");
    live_hang_up(&ws);
    assert_string_equal(heard(), "reply -5 ");
}

static void handlers_of_one_socket(void **state)
{
    (void)state;
    int other = live_ws_joined();
    live_ws_send(ws, "42[\"register\"]");
    live_ws_send(other, "42[\"mine\"]");
    assert_string_equal(heard(), "");
    live_ws_send(ws, "42[\"mine\"]");
    assert_string_equal(heard(), "own ");
    live_hang_up(&other);
}

static void several_handlers_and_the_one_for_the_rest(void **state)
{
    (void)state;
    assert_int_equal(sio_on_all(ns, "note", on_own, NULL), 0);
    assert_int_equal(sio_on_all(ns, NULL, on_note, NULL), 0);
    live_ws_send(ws, "42[\"note\"]");
    live_ws_send(ws, "42[\"unknown\",1]");
    live_ws_send(ws, "42[5]");
    assert_string_equal(heard(), "note()own unknown(1 )5()");
}

static void ids_are_the_ones_the_clients_know(void **state)
{
    char sid[21];
    (void)state;
    live_ws_send(ws, "42[\"note\"]");
    heard();
    assert_ptr_equal(sio_namespace_of(sio_find(ns, id)), ns);
    assert_int_equal(strlen(id), 20);
    assert_null(sio_find(ns, "nobody"));
    assert_int_equal(sio_protocol(sio_find(ns, id)), 4);

    int old = live_ws("?EIO=3&transport=websocket");
    assert_int_equal(sscanf(live_ws_hear(old), "0{\"sid\":\"%20[^\"]", sid), 1);
    assert_non_null(sio_find(ns, sid));
    assert_int_equal(sio_protocol(sio_find(ns, sid)), 3);
    live_hang_up(&old);
    assert_null(sio_find(ns, sid));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

/* ---- Handlers that go ---------------------------------------------------------------------------------------- */

static sio_socket *first_socket;

static void on_letter(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    first_socket = socket;
    buf_append_str(&seen, str_from(context));
}

/* Takes itself and all others of its event away. */
static void on_last(sio_socket *socket, sio_event *event, void *context)
{
    on_letter(socket, event, context);
    sio_off(socket, sio_event_name(event), NULL, NULL);
    sio_off_all(ns, sio_event_name(event), NULL, NULL);
    assert_int_equal(sio_on(socket, "again", on_letter, (char[]){ "never" }), 0);
    sio_off(socket, "again", NULL, NULL);
}

static char a[] = "a", b[] = "b", c[] = "c";

static void the_namespace_takes_handlers_away(void **state)
{
    (void)state;
    assert_int_equal(sio_on_all(ns, "x", on_letter, a), 0);
    assert_int_equal(sio_on_all(ns, "x", on_letter, b), 0);
    assert_int_equal(sio_on_all(ns, "x", on_letter, c), 0);
    live_ws_send(ws, "42[\"x\"]");
    assert_string_equal(heard(), "abc");
    sio_off_all(ns, "x", on_letter, a); /* the first, whose name the list is found by */
    live_turns(1);
    live_ws_send(ws, "42[\"x\"]");
    assert_string_equal(heard(), "abcbc");
    sio_off_all(ns, "x", on_letter, c);
    sio_off_all(ns, "x", on_note, b);
    sio_off_all(ns, "y", on_letter, b);
    live_ws_send(ws, "42[\"x\"]");
    assert_string_equal(heard(), "abcbcb");
    sio_off_all(ns, "x", on_letter, b);
    live_turns(1);
    live_ws_send(ws, "42[\"x\"]");
    assert_string_equal(heard(), "abcbcb");
    assert_int_equal(sio_on_all(ns, "x", on_letter, c), 0);
    live_ws_send(ws, "42[\"x\"]");
    assert_string_equal(heard(), "abcbcbc");
}

static void those_of_a_socket_go_too(void **state)
{
    (void)state;
    assert_int_equal(sio_on_all(ns, "x", on_letter, a), 0);
    live_ws_send(ws, "42[\"x\"]");
    assert_string_equal(heard(), "a");
    sio_off_all(ns, "x", NULL, NULL);
    assert_int_equal(sio_once(first_socket, "x", on_letter, b), 0);
    assert_int_equal(sio_once(first_socket, NULL, on_letter, b), SIO_EINVAL);
    assert_int_equal(sio_on(first_socket, "x", on_letter, c), 0);
    assert_int_equal(sio_on(first_socket, "y", on_letter, c), 0);
    live_ws_send(ws, "42[\"x\"]");
    live_ws_send(ws, "42[\"x\"]");
    assert_string_equal(heard(), "abcc"); /* b once, c twice */
    sio_off(first_socket, "x", on_letter, c);
    live_ws_send(ws, "42[\"x\"]");
    live_ws_send(ws, "42[\"y\"]");
    assert_string_equal(heard(), "abccc");
    sio_off(first_socket, NULL, on_letter, c);
    live_ws_send(ws, "42[\"y\"]");
    assert_string_equal(heard(), "abccc");
}

static void a_handler_takes_itself_away(void **state)
{
    (void)state;
    assert_int_equal(sio_on_all(ns, "x", on_last, a), 0);
    live_ws_send(ws, "42[\"x\"]");
    live_ws_send(ws, "42[\"x\"]");
    live_ws_send(ws, "42[\"again\"]");
    assert_string_equal(heard(), "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(arguments_have_their_kinds),
        TEST(what_is_posted_comes_behind_the_events_of_the_turn),
        TEST(many_arguments),
        TEST(attachments),
        TEST(acknowledgements_at_most_once),
        TEST(acknowledgements_with_bytes),
        TEST(arguments_with_bytes_inside_can_be_passed_on),
        TEST(acknowledgements_later),
        TEST(tickets_of_old_clients_in_other_namespaces),
        TEST(the_server_asks_and_gets_an_answer),
        TEST(an_answer_with_bytes),
        TEST(an_answer_that_does_not_come),
        TEST(the_end_of_the_client_is_an_answer),
        TEST(handlers_of_one_socket),
        TEST(several_handlers_and_the_one_for_the_rest),
        TEST(ids_are_the_ones_the_clients_know),
        TEST(the_namespace_takes_handlers_away),
        TEST(those_of_a_socket_go_too),
        TEST(a_handler_takes_itself_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
