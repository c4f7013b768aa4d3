#include "unit.h"

#include "packet.h"

#include <math.h>

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
        cmocka_unit_test(reads_what_it_writes),
    };
    return cmocka_run_group_tests_name("packet_write", tests, NULL, NULL);
}
