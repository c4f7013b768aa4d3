#include "unit.h"

#include "packet.h"

#include <math.h>
#include <stdlib.h>

static const sio_value values[] = {
    { .kind = SIO_NULL },
    { .kind = SIO_BOOL, .boolean = true },
    { .kind = SIO_BOOL, .boolean = false },
    { .kind = SIO_NUMBER, .number = 1.5 },
    { .kind = SIO_NUMBER, .number = (double)NAN },
    { .kind = SIO_TEXT, .data = { "a\"\n", 3 } },
    { .kind = SIO_JSON, .data = { "{\"k\":[1]}", 9 } },
    { .kind = SIO_JSON, .data = { "", 0 } },
};

static const sio_value with_bytes[] = {
    { .kind = SIO_BYTES, .data = { "\1\2", 2 } },
    { .kind = SIO_NUMBER, .number = 7 },
    { .kind = SIO_BYTES, .data = { "", 0 } },
};

#define ARGS(array) ((sio_args){ (array), sizeof(array) / sizeof *(array) })

static void writes_events(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 4096);
    assert_int_equal(packet_write_event(&buf, STR("/"), PACKET_NO_ID, STR("hey"), SIO_NO_ARGS), 0);
    assert_str(buf_str(&buf), "2[\"hey\"]");
    buf_clear(&buf);
    assert_int_equal(packet_write_event(&buf, STR("/chat"), 12, STR("a\"b"), ARGS(values)), 0);
    assert_str(buf_str(&buf), "2/chat,12[\"a\\\"b\",null,true,false,1.5,null,\"a\\\"\\n\",{\"k\":[1]},null]");
    buf_clear(&buf);
    assert_int_equal(packet_write_event(&buf, STR("/"), 0, STR("x"), ARGS(with_bytes)), 2);
    assert_str(buf_str(&buf), "52-0[\"x\",{\"_placeholder\":true,\"num\":0},7,{\"_placeholder\":true,\"num\":1}]");
    buf_free(&buf);
}

static void writes_acknowledgements(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 4096);
    assert_int_equal(packet_write_ack(&buf, STR("/"), 9007199254740991, SIO_NO_ARGS), 0);
    assert_str(buf_str(&buf), "39007199254740991[]");
    buf_clear(&buf);
    assert_int_equal(packet_write_ack(&buf, STR("/chat"), 3, SIO_ARGS(values[3], values[5])), 0);
    assert_str(buf_str(&buf), "3/chat,3[1.5,\"a\\\"\\n\"]");
    buf_clear(&buf);
    assert_int_equal(packet_write_ack(&buf, STR("/chat"), 3, SIO_ARGS(with_bytes[0])), 1);
    assert_str(buf_str(&buf), "61-/chat,3[{\"_placeholder\":true,\"num\":0}]");
    buf_free(&buf);
}

static void writes_connections(void **state)
{
    (void)state;
    static const struct str none = STR_INIT("");
    struct buf buf;
    buf_init(&buf, 4096);
    packet_write_connect(&buf, STR("/"), STR("{\"sid\":\"x\"}"));
    packet_write_connect(&buf, STR("/chat"), none);
    assert_str(buf_str(&buf), "0{\"sid\":\"x\"}0/chat,");
    buf_clear(&buf);
    packet_write_disconnect(&buf, STR("/"));
    packet_write_disconnect(&buf, STR("/chat"));
    assert_str(buf_str(&buf), "11/chat,");
    buf_clear(&buf);
    packet_write_connect_error(&buf, 5, STR("/chat"), STR("Invalid \"namespace\""), none);
    assert_str(buf_str(&buf), "4/chat,{\"message\":\"Invalid \\\"namespace\\\"\"}");
    buf_clear(&buf);
    packet_write_connect_error(&buf, 5, STR("/"), STR("no"), STR("{\"code\":7}"));
    assert_str(buf_str(&buf), "4{\"message\":\"no\",\"data\":{\"code\":7}}");
    buf_clear(&buf);
    packet_write_connect_error(&buf, 4, STR("/chat"), STR("Invalid namespace"), none);
    assert_str(buf_str(&buf), "4/chat,\"Invalid namespace\"");
    buf_clear(&buf);
    packet_write_connect_error(&buf, 4, STR("/chat"), STR("no"), STR("{\"code\":7}"));
    assert_str(buf_str(&buf), "4/chat,{\"code\":7}");
    buf_free(&buf);
}

#define HOLDER(number) "{\"_placeholder\":true,\"num\":" number "}"
#define JSON_WITH(json, bytes)                                                                                         \
    {                                                                                                                  \
        .kind = SIO_JSON, .attachment_count = sizeof(bytes) / sizeof *(bytes), .data = { "" json, sizeof(json) - 1 },  \
        .attachments = (bytes)                                                                                         \
    }

static const sio_value two_bytes[] = {
    { .kind = SIO_BYTES, .data = { "zero", 4 } },
    { .kind = SIO_BYTES, .data = { "one", 3 } },
};

/* The attachments of a packet, joined by commas. */
static void assert_attachments(sio_args args, const char *expected)
{
    struct packet_position position = { 0 };
    struct str bytes;
    struct buf joined;
    buf_init(&joined, 4096);
    while (packet_next_attachment(args, &position, &bytes)) {
        buf_append_str(&joined, bytes);
        buf_append_byte(&joined, ',');
    }
    assert_false(packet_next_attachment(args, &position, &bytes));
    buf_append_byte(&joined, '\0');
    assert_string_equal(joined.at, expected);
    buf_free(&joined);
}

static void numbers_bytes_inside_json(void **state)
{
    (void)state;
    static const sio_value nested[] = {
        { .kind = SIO_BYTES, .data = { "top", 3 } },
        JSON_WITH("{\"b\": { \"num\" : 1, \"_placeholder\" : true } ,\"a\":[" HOLDER("0") "]}", two_bytes),
        { .kind = SIO_JSON, .data = { "[1]", 3 } },
        JSON_WITH("[" HOLDER("0") ",\""
                                  "_placeholder"
                                  "\"]",
                  two_bytes),
        JSON_WITH(HOLDER("1"), two_bytes),
    };
    struct buf buf;
    buf_init(&buf, 4096);
    assert_int_equal(packet_write_event(&buf, STR("/"), PACKET_NO_ID, STR("x"), ARGS(nested)), 5);
    assert_str(buf_str(&buf), "55-[\"x\"," HOLDER("0") ",{\"b\": " HOLDER("1") " ,\"a\":[" HOLDER(
                                  "2") "]},[1],[" HOLDER("3") ",\"_placeholder\"]," HOLDER("4") "]");
    assert_attachments(ARGS(nested), "top,one,zero,zero,one,");
    buf_free(&buf);
}

/* JSON from one client is no way to another's bytes, and no way to make a third client refuse the packet. */
static void lets_no_placeholder_through_that_stands_for_nothing(void **state)
{
    (void)state;
    static const sio_value no_bytes[] = { { .kind = SIO_NULL } };
    static const sio_value bad[] = {
        { .kind = SIO_JSON, .data = { "[" HOLDER("0") "]", sizeof(HOLDER("0")) + 1 } },
        JSON_WITH("[" HOLDER("2") "," HOLDER("-1") "," HOLDER("0.5") "]", two_bytes),
        JSON_WITH("{\"_placeholder\":true,\"num\":0,\"x\":{\"_placeholder\":true}}", two_bytes),
        JSON_WITH(HOLDER("0"), no_bytes),
        { .kind = SIO_BYTES, .data = { "top", 3 } },
    };
    struct buf buf;
    buf_init(&buf, 4096);
    assert_int_equal(packet_write_ack(&buf, STR("/"), 1, ARGS(bad)), 1);
    assert_str(buf_str(&buf),
               "61-1[[null],[null,null,null],{\"_placeholder\":null,\"num\":0,\"x\":{\"_placeholder\":null}},"
               "null," HOLDER("0") "]");
    assert_attachments(ARGS(bad), "top,");
    buf_clear(&buf);
    /* Where nothing is binary it is text as any other. */
    assert_int_equal(packet_write_ack(&buf, STR("/"), 1, SIO_ARGS(bad[0])), 0);
    assert_str(buf_str(&buf), "31[[" HOLDER("0") "]]");
    buf_free(&buf);
}

/* A walk that ends where the text does, whatever stands there. */
static void survives_broken_json(void **state)
{
    (void)state;
    static const char *const texts[] = { HOLDER("0"), "{\"_placeholder\":true,\"num\":[", "[\"a\\\"",
                                         "\"_placeholder\":t" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t size = 0; size <= strlen(texts[i]); size++) {
            char *exact = malloc(size + 1);
            assert_non_null(exact);
            memcpy(exact + 1, texts[i], size);
            sio_value value = {
                .kind = SIO_JSON, .attachment_count = 2, .data = { exact + 1, size }, .attachments = two_bytes
            };
            struct buf buf;
            buf_init(&buf, 4096);
            size_t count = packet_write_ack(&buf, STR("/"), 1, SIO_ARGS(value, two_bytes[0]));
            assert_int_equal(count, i == 0 && size == strlen(texts[0]) ? 2 : 1);
            buf_free(&buf);
            free(exact);
        }
}

static void writes_an_event_as_a_value(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 4096);
    assert_int_equal(packet_write_array(&buf, STR("e\""), SIO_NO_ARGS), 0);
    assert_int_equal(packet_write_array(&buf, STR("e"), (sio_args){ with_bytes, 2 }), 1);
    assert_str(buf_str(&buf), "[\"e\\\"\"][\"e\",{\"_placeholder\":true,\"num\":0},7]");
    buf_free(&buf);
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    for (int is_binary = 0; is_binary < 2; is_binary++) {
        struct buf buf;
        struct packet packet;
        struct str event;
        sio_value read[8];
        size_t count;
        sio_args args = is_binary ? ARGS(with_bytes) : ARGS(values);
        buf_init(&buf, 4096);
        packet_write_event(&buf, STR("/chat"), 77, STR("\xe2\x82\xac\"\\\n"), args);
        assert_int_equal(packet_read(&packet, 5, buf.at, buf.size), PACKET_OK);
        assert_int_equal(packet_read_arguments(&packet, &event, read, 8, &count), PACKET_OK);
        assert_str(packet.nsp, "/chat");
        assert_int_equal(packet.id, 77);
        assert_int_equal(packet.attachments, is_binary ? 2 : 0);
        assert_str(event, "\xe2\x82\xac\"\\\n");
        assert_int_equal(count, args.count);
        if (is_binary) {
            assert_true(read[0].kind == SIO_BYTES && read[1].number == 7 && read[2].kind == SIO_BYTES);
        } else {
            assert_true(read[3].number == 1.5 && read[4].kind == SIO_NULL && read[1].boolean && !read[2].boolean);
            assert_string_equal(read[5].data.at, "a\"\n");
            assert_string_equal(read[6].data.at, "{\"k\":[1]}");
        }
        buf_free(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_events),
        cmocka_unit_test(writes_acknowledgements),
        cmocka_unit_test(writes_connections),
        cmocka_unit_test(numbers_bytes_inside_json),
        cmocka_unit_test(lets_no_placeholder_through_that_stands_for_nothing),
        cmocka_unit_test(survives_broken_json),
        cmocka_unit_test(writes_an_event_as_a_value),
        cmocka_unit_test(reads_what_it_writes),
    };
    return cmocka_run_group_tests_name("packet_write", tests, NULL, NULL);
}
