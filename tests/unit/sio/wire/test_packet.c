#include "unit.h"

#include "limits.h"
#include "packet.h"

#include <stdlib.h>

enum { ROOM = 16 };

static void log_value(struct buf *log, const sio_value *value)
{
    struct str data = { NULL, 0 };
    if (value->kind == SIO_TEXT || value->kind == SIO_JSON) {
        data = (struct str){ value->data.at, value->data.size };
        assert_int_equal(data.at[data.size], '\0');
    }
    switch (value->kind) {
    case SIO_NULL: buf_append_str(log, STR("null")); break;
    case SIO_BOOL: buf_append_str(log, value->boolean ? STR("true") : STR("false")); break;
    case SIO_NUMBER: buf_append_format(log, "%.17g", value->number); break;
    case SIO_TEXT: buf_append_format(log, "'%.*s'", STR_FORMAT(data)); break;
    case SIO_JSON: buf_append_str(log, data); break;
    case SIO_BYTES:
        assert_null(value->data.at);
        buf_append_format(log, "bytes%zu", value->data.size);
        break;
    }
}

/* "type namespace id: event(value,value)", "~" for no id, or the name of the error. */
static void log_packet(struct buf *log, int revision, char *text, size_t size)
{
    struct packet packet;
    enum packet_error error = packet_read(&packet, revision, text, size);
    if (error != PACKET_OK) {
        buf_append_str(log, str_from(packet_error_text(error)));
        return;
    }
    struct buf head;
    buf_init(&head, 1000);
    buf_append_format(&head, "%d %.*s ", packet.type, STR_FORMAT(packet.nsp));
    if (packet.attachments > 0) buf_append_format(&head, "+%u ", packet.attachments);
    if (packet.id != PACKET_NO_ID) buf_append_format(&head, "#%llu ", (unsigned long long)packet.id);
    if (packet.type == PACKET_CONNECT || packet.type == PACKET_DISCONNECT || packet.json_size == 0) {
        buf_append_str(log, buf_str(&head));
        buf_append(log, packet.json, packet.json_size);
        buf_free(&head);
        return;
    }
    struct str event;
    sio_value values[ROOM];
    size_t count = 0;
    error = packet_read_arguments(&packet, &event, values, ROOM, &count);
    if (error != PACKET_OK) {
        buf_append_str(log, str_from(packet_error_text(error)));
        buf_free(&head);
        return;
    }
    buf_append_str(log, buf_str(&head));
    buf_append_str(log, event);
    for (size_t i = 0; i < count; i++) {
        buf_append_byte(log, i ? ',' : '(');
        log_value(log, &values[i]);
    }
    if (count) buf_append_byte(log, ')');
    buf_free(&head);
}

#define TYPE "unknown packet type"
#define DIRECTION "a packet that only servers send"
#define ATTACHMENTS "illegal number of attachments"
#define PAYLOAD "a payload of the wrong kind for the packet's type"
#define JSON "malformed JSON"
#define EVENT_NAME "an event's name is neither text nor a number"
#define RESERVED "a reserved event name"
#define PLACEHOLDER "a placeholder that stands for no attachment of its own"
#define HOLDER(number) "{\"_placeholder\":true,\"num\":" number "}"

static const struct {
    struct str text;
    const char *result;
} cases[] = {
    { STR_INIT("0"), "0 / " },
    { STR_INIT("0{\"token\":\"x\"}"), "0 / {\"token\":\"x\"}" },
    { STR_INIT("0/admin,"), "0 /admin " },
    { STR_INIT("0/admin"), "0 /admin " },
    { STR_INIT("0/admin,{\"a\":1}"), "0 /admin {\"a\":1}" },
    { STR_INIT("0/nsp?token=x,"), "0 /nsp?token=x " },
    { STR_INIT("0[]"), PAYLOAD },
    { STR_INIT("0null"), PAYLOAD },
    { STR_INIT("0\"a\""), PAYLOAD },
    { STR_INIT("0{\"a\""), JSON },
    { STR_INIT("0{}x"), JSON },
    { STR_INIT("1"), "1 / " },
    { STR_INIT("1/admin,"), "1 /admin " },
    { STR_INIT("1{}"), PAYLOAD },
    { STR_INIT("1\"bye\""), PAYLOAD },
    /* Events. */
    { STR_INIT("2"), "2 / " },
    { STR_INIT("212"), "2 / #12 " },
    { STR_INIT("2[\"hey\"]"), "2 / hey" },
    { STR_INIT("2[1]"), "2 / 1" },
    { STR_INIT("2[1.5e3,2]"), "2 / 1.5e3(2)" },
    { STR_INIT("2[\"\"]"), "2 / " },
    { STR_INIT("212[\"a\",null,true,false,-1.5,\"t\",[1,{}],{\"k\":[]}]"),
      "2 / #12 a(null,true,false,-1.5,'t',[1,{}],{\"k\":[]})" },
    { STR_INIT("2/chat,7[\"a\",\"b\"]"), "2 /chat #7 a('b')" },
    { STR_INIT("2/chat?x=1,[\"a\"]"), "2 /chat?x=1 a" },
    { STR_INIT("2[\"\\u0061\\n\",\"\\u00e4\\\"\"]"), "2 / a\n('\xc3\xa4\"')" },
    { STR_INIT("2 [ \"a\" , 1 , \"b\" , { } , [ ] ] "), "2 / a(1,'b',{ },[ ])" },
    { STR_INIT("2[\"a\"," HOLDER("0") "]"), "2 / a(" HOLDER("0") ")" },
    { STR_INIT("29007199254740991[\"a\"]"), "2 / #9007199254740991 a" },
    { STR_INIT("29007199254740992[\"a\"]"), "the acknowledgement id is too large" },
    { STR_INIT("299999999999999999999999[\"a\"]"), "the acknowledgement id is too large" },
    { STR_INIT("2[]"), EVENT_NAME },
    { STR_INIT("2[null]"), EVENT_NAME },
    { STR_INIT("2[true]"), EVENT_NAME },
    { STR_INIT("2[{}]"), EVENT_NAME },
    { STR_INIT("2[[\"a\"]]"), EVENT_NAME },
    { STR_INIT("2{}"), PAYLOAD },
    { STR_INIT("2null"), PAYLOAD },
    { STR_INIT("2\"a\""), PAYLOAD },
    { STR_INIT("2abc"), PAYLOAD },
    { STR_INIT("2-1[\"a\"]"), PAYLOAD },
    { STR_INIT("2["), JSON },
    { STR_INIT("2[\"a"), JSON },
    { STR_INIT("2[\"a\""), JSON },
    { STR_INIT("2[\"a\","), JSON },
    { STR_INIT("2[\"a\",]"), JSON },
    { STR_INIT("2[\"a\" \"b\"]"), JSON },
    { STR_INIT("2[\"a\"}"), JSON },
    { STR_INIT("2[\"a\"]]"), JSON },
    { STR_INIT("2[\"a\"]x"), JSON },
    { STR_INIT("2[\"a\",{\"b\":}]"), JSON },
    { STR_INIT("2[\"a\",NaN]"), JSON },
    { STR_INIT("2[\"connect\"]"), RESERVED },
    { STR_INIT("2[\"connect_error\",1]"), RESERVED },
    { STR_INIT("2[\"disconnect\"]"), RESERVED },
    { STR_INIT("2[\"disconnecting\"]"), RESERVED },
    { STR_INIT("2[\"newListener\"]"), RESERVED },
    { STR_INIT("2[\"removeListener\"]"), RESERVED },
    { STR_INIT("2[\"dis\\u0063onnect\"]"), RESERVED },
    { STR_INIT("2[\"Connect\"]"), "2 / Connect" },
    /* Acknowledgements. */
    { STR_INIT("312[]"), "3 / #12 " },
    { STR_INIT("312[\"a\",1]"), "3 / #12 ('a',1)" },
    { STR_INIT("3/chat,0[null]"), "3 /chat #0 (null)" },
    { STR_INIT("312[\"disconnect\"]"), "3 / #12 ('disconnect')" },
    { STR_INIT("3[1]"), "3 / (1)" },
    { STR_INIT("312"), "3 / #12 " },
    { STR_INIT("312{}"), PAYLOAD },
    { STR_INIT("312\"a\""), PAYLOAD },
    { STR_INIT("312[1"), JSON },
    /* Errors are the server's. */
    { STR_INIT("4"), DIRECTION },
    { STR_INIT("4{\"message\":\"x\"}"), DIRECTION },
    /* Binary events and acknowledgements. */
    { STR_INIT("51-[\"a\"," HOLDER("0") "]"), "5 / +1 a(bytes0)" },
    { STR_INIT("52-/chat,3[\"a\"," HOLDER("1") ",1," HOLDER("0") "]"), "5 /chat +2 #3 a(bytes1,1,bytes0)" },
    { STR_INIT("61-7[" HOLDER("0") "]"), "6 / +1 #7 (bytes0)" },
    { STR_INIT("51-[\"a\",{\"b\":[" HOLDER("0") "]}]"), "5 / +1 a({\"b\":[" HOLDER("0") "]})" },
    { STR_INIT("51-[\"a\", { \"num\" : 0 , \"_placeholder\" : true } ]"), "5 / +1 a(bytes0)" },
    { STR_INIT("51-[\"a\",{\"\\u005fplaceholder\":true,\"n\\u0075m\":0}]"), "5 / +1 a(bytes0)" },
    { STR_INIT("51-[\"a\"," HOLDER("0.0") "]"), "5 / +1 a(bytes0)" },
    { STR_INIT("52-[\"a\",{\"s\":\"}\\\"{\",\"b\":[" HOLDER("1") "]}," HOLDER("0") "]"),
      "5 / +2 a({\"s\":\"}\\\"{\",\"b\":[" HOLDER("1") "]},bytes0)" },
    { STR_INIT("51-[\"a\",[\"_placeholder\",true,{\"x\":\"_placeholder\"}]," HOLDER("0") "]"),
      "5 / +1 a([\"_placeholder\",true,{\"x\":\"_placeholder\"}],bytes0)" },
    { STR_INIT("51-[\"a\",{\"_placeholder\":false,\"num\":9},{\"_placeholder\":\"true\"},{\"num\":9}]"),
      "5 / +1 a({\"_placeholder\":false,\"num\":9},{\"_placeholder\":\"true\"},{\"num\":9})" },
    { STR_INIT("510-[\"a\"," HOLDER("9") "]"), "5 / +10 a(bytes9)" },
    { STR_INIT("511-[\"a\"," HOLDER("0") "]"), ATTACHMENTS },
    { STR_INIT("5[\"a\"," HOLDER("0") "]"), ATTACHMENTS },
    { STR_INIT("5"), ATTACHMENTS },
    { STR_INIT("51"), ATTACHMENTS },
    { STR_INIT("5-[\"a\"]"), ATTACHMENTS },
    { STR_INIT("50-[\"a\"]"), ATTACHMENTS },
    { STR_INIT("5a-[\"a\"]"), ATTACHMENTS },
    { STR_INIT("51.0-[\"a\"]"), ATTACHMENTS },
    { STR_INIT("54294967297-[\"a\"]"), ATTACHMENTS },
    { STR_INIT("51-"), PAYLOAD },
    { STR_INIT("61-3"), PAYLOAD },
    { STR_INIT("51-{}"), PAYLOAD },
    { STR_INIT("51-[" HOLDER("0") "]"), EVENT_NAME },
    { STR_INIT("51-[\"connect\"," HOLDER("0") "]"), RESERVED },
    { STR_INIT("51-[\"a\"," HOLDER("1") "]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\"," HOLDER("-1") "]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\"," HOLDER("0.5") "]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\"," HOLDER("1e99") "]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\"," HOLDER("\"0\"") "]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\"," HOLDER("null") "]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\"," HOLDER("[0]") "]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\",{\"_placeholder\":true}]"), PLACEHOLDER },
    /* Stricter than the reference: other members, and two placeholders for one attachment. */
    { STR_INIT("51-[\"a\",{\"_placeholder\":true,\"num\":0,\"x\":1}]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\",{\"x\":{\"num\":0},\"_placeholder\":true,\"num\":0}]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\",{\"_placeholder\":true,\"num\":9,\"num\":0}]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\",{\"_placeholder\":true,\"_placeholder\":true}]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\",{\"num\":0,\"num\":0,\"\\u005fplaceholder\":true}]"), PLACEHOLDER },
    { STR_INIT("52-[\"a\"," HOLDER("1") "," HOLDER("1") "]"), PLACEHOLDER },
    { STR_INIT("52-[\"a\"," HOLDER("1") ",[" HOLDER("1") "]]"), PLACEHOLDER },
    { STR_INIT("51-[\"a\",[[{\"b\":" HOLDER("7") "}]]]"), PLACEHOLDER },
    { STR_INIT("61-1[[" HOLDER("1") "]]"), PLACEHOLDER },
    /* No packets. */
    { STR_INIT(""), TYPE },
    { STR_INIT("7"), TYPE },
    { STR_INIT("a"), TYPE },
    { STR_INIT("/"), TYPE },
    { STR_INIT("\xff"), TYPE },
};

/* A block of exactly the packet's bytes, so that a byte too far is seen. */
static void assert_result(int revision, struct str text, const char *result)
{
    struct buf log;
    char *copy = malloc(text.size ? text.size : 1);
    assert_non_null(copy);
    memcpy(copy, text.at, text.size);
    buf_init(&log, 4096);
    log_packet(&log, revision, copy, text.size);
    buf_append_byte(&log, '\0');
    if (strcmp(log.at, result) != 0) print_error("%.*s:\n", STR_FORMAT(text));
    assert_string_equal(log.at, result);
    buf_free(&log);
    free(copy);
}

static void reads_and_refuses_packets(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_result(5, cases[i].text, cases[i].result);
        assert_result(4, cases[i].text, cases[i].result);
    }
}

/* A packet whose namespace has `name` and `query` bytes. */
static enum packet_error read_namespace(int revision, size_t name, size_t query)
{
    struct buf text;
    struct packet packet;
    buf_init(&text, 1 << 20);
    buf_append_str(&text, STR("0/"));
    for (size_t i = 1; i < name; i++) buf_append_byte(&text, 'n');
    if (query > 0) buf_append_byte(&text, '?');
    for (size_t i = 0; i < query; i++) buf_append_byte(&text, 'q');
    buf_append_byte(&text, ',');
    enum packet_error error = packet_read(&packet, revision, text.at, text.size);
    buf_free(&text);
    return error;
}

static void has_a_ceiling_for_namespaces(void **state)
{
    (void)state;
    assert_int_equal(read_namespace(5, LIMIT_PACKET_NAMESPACE_BYTES, 0), PACKET_OK);
    assert_int_equal(read_namespace(5, LIMIT_PACKET_NAMESPACE_BYTES + 1, 0), PACKET_NAMESPACE);
    assert_int_equal(read_namespace(5, 10, LIMIT_PACKET_NAMESPACE_BYTES), PACKET_NAMESPACE);
    assert_int_equal(read_namespace(4, 10, LIMIT_HTTP_URL_BYTES), PACKET_OK);
    assert_int_equal(read_namespace(4, 10, LIMIT_HTTP_URL_BYTES + 1), PACKET_NAMESPACE);
    assert_int_equal(read_namespace(4, LIMIT_PACKET_NAMESPACE_BYTES + 1, 1), PACKET_NAMESPACE);
}

static void splits_the_query_off(void **state)
{
    (void)state;
    struct str nsp = STR("/chat?token=a?b");
    assert_str(packet_split_query(&nsp), "token=a?b");
    assert_str(nsp, "/chat");
    assert_str(packet_split_query(&nsp), "");
    assert_str(nsp, "/chat");
}

static void says_how_much_room_it_needs(void **state)
{
    (void)state;
    char text[] = "2[\"a\",1,\"b\\n\",{}]", same[] = "2[\"a\",1,\"b\\n\",{}]";
    struct packet packet;
    struct str event;
    sio_value values[3];
    size_t count = 0;
    assert_int_equal(packet_read(&packet, 5, text, sizeof text - 1), PACKET_OK);
    assert_int_equal(packet_read_arguments(&packet, &event, NULL, 0, &count), PACKET_ROOM);
    assert_int_equal(count, 3);
    assert_int_equal(packet_read_arguments(&packet, &event, values, 2, &count), PACKET_ROOM);
    assert_string_equal(text, same);
    assert_int_equal(packet_read_arguments(&packet, &event, values, 3, &count), PACKET_OK);
    assert_int_equal(count, 3);
    assert_str(event, "a");
    assert_string_equal(values[1].data.at, "b\n");
}

static void has_a_ceiling_for_arguments(void **state)
{
    (void)state;
    static sio_value values[LIMIT_PACKET_ARGUMENTS];
    for (size_t more = 0; more < 2; more++) {
        struct buf text;
        struct packet packet;
        struct str event;
        size_t count;
        buf_init(&text, 1 << 20);
        buf_append_str(&text, STR("2[\"a\""));
        for (size_t i = 0; i < LIMIT_PACKET_ARGUMENTS + more; i++) buf_append_str(&text, STR(",1"));
        buf_append_byte(&text, ']');
        assert_int_equal(packet_read(&packet, 5, text.at, text.size), PACKET_OK);
        enum packet_error error = packet_read_arguments(&packet, &event, values, LIMIT_PACKET_ARGUMENTS, &count);
        assert_int_equal(error, more ? PACKET_ARGUMENTS : PACKET_OK);
        buf_free(&text);
    }
}

static void attaches_bytes(void **state)
{
    (void)state;
    char text[] = "53-[\"a\"," HOLDER("1") ",5,{\"k\":" HOLDER("2") "}," HOLDER("0") "]";
    struct packet packet;
    const sio_value attachments[] = {
        { .kind = SIO_BYTES, .data = { "zero", 4 } },
        { .kind = SIO_BYTES, .data = { "one", 3 } },
        { .kind = SIO_BYTES, .data = { "two", 3 } },
    };
    struct str event;
    sio_value values[4];
    size_t count;
    assert_int_equal(packet_read(&packet, 5, text, sizeof text - 1), PACKET_OK);
    assert_int_equal(packet_read_arguments(&packet, &event, values, 4, &count), PACKET_OK);
    packet_attach(values, count, attachments, 3);
    assert_memory_equal(values[0].data.at, "one", 3);
    assert_int_equal(values[0].data.size, 3);
    assert_true(values[1].kind == SIO_NUMBER && values[1].number == 5);
    assert_string_equal(values[2].data.at, "{\"k\":" HOLDER("2") "}");
    assert_int_equal(values[2].attachment_count, 3);
    assert_memory_equal(values[2].attachments[2].data.at, "two", 3);
    assert_memory_equal(values[3].data.at, "zero", 4);
    assert_int_equal(values[3].data.size, 4);
}

static void names_every_error(void **state)
{
    (void)state;
    for (int error = PACKET_OK; error <= PACKET_ROOM; error++)
        assert_true(strlen(packet_error_text((enum packet_error)error)) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_refuses_packets),   cmocka_unit_test(has_a_ceiling_for_namespaces),
        cmocka_unit_test(splits_the_query_off),        cmocka_unit_test(says_how_much_room_it_needs),
        cmocka_unit_test(has_a_ceiling_for_arguments), cmocka_unit_test(attaches_bytes),
        cmocka_unit_test(names_every_error),
    };
    return cmocka_run_group_tests_name("packet", tests, NULL, NULL);
}
