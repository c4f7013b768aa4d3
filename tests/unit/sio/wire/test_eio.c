#include "unit.h"

#include "eio.h"

static const struct {
    int protocol;
    bool is_binary;
    struct str message;
    int type; /* -1: refused */
    bool is_bytes;
    struct str data;
} cases[] = {
    { 4, false, STR_INIT("4hello"), EIO_MESSAGE, false, STR_INIT("hello") },
    { 3, false, STR_INIT("4hello"), EIO_MESSAGE, false, STR_INIT("hello") },
    { 4, false, STR_INIT("4"), EIO_MESSAGE, false, STR_INIT("") },
    { 4, false, STR_INIT("2probe"), EIO_PING, false, STR_INIT("probe") },
    { 4, false, STR_INIT("0"), EIO_OPEN, false, STR_INIT("") },
    { 4, false, STR_INIT("1"), EIO_CLOSE, false, STR_INIT("") },
    { 4, false, STR_INIT("3"), EIO_PONG, false, STR_INIT("") },
    { 4, false, STR_INIT("5"), EIO_UPGRADE, false, STR_INIT("") },
    { 4, false, STR_INIT("6"), EIO_NOOP, false, STR_INIT("") },
    { 4, false, STR_INIT("bAQID"), EIO_MESSAGE, true, STR_INIT("\1\2\3") },
    { 4, false, STR_INIT("b"), EIO_MESSAGE, true, STR_INIT("") },
    { 3, false, STR_INIT("b4AQID"), EIO_MESSAGE, true, STR_INIT("\1\2\3") },
    { 3, false, STR_INIT("b4"), EIO_MESSAGE, true, STR_INIT("") },
    { 4, true, STR_INIT("\4\1\2\3"), EIO_MESSAGE, true, STR_INIT("\4\1\2\3") },
    { 4, true, STR_INIT(""), EIO_MESSAGE, true, STR_INIT("") },
    { 3, true, STR_INIT("\4\1\2\3"), EIO_MESSAGE, true, STR_INIT("\1\2\3") },
    { 3, true, STR_INIT("\2"), EIO_PING, true, STR_INIT("") },
    { 4, false, STR_INIT(""), -1, false, STR_INIT("") },
    { 4, false, STR_INIT("7"), -1, false, STR_INIT("") },
    { 4, false, STR_INIT("a"), -1, false, STR_INIT("") },
    { 4, false, STR_INIT("/"), -1, false, STR_INIT("") },
    { 4, false, STR_INIT("\xc3\xa4"), -1, false, STR_INIT("") },
    { 4, false, STR_INIT("bAQI"), -1, false, STR_INIT("") },
    { 4, false, STR_INIT("b4AQID"), -1, false, STR_INIT("") },
    { 4, false, STR_INIT("bA*=="), -1, false, STR_INIT("") },
    { 3, false, STR_INIT("b"), -1, false, STR_INIT("") },
    { 3, false, STR_INIT("bAQID"), -1, false, STR_INIT("") },
    { 3, false, STR_INIT("b7AQID"), -1, false, STR_INIT("") },
    { 3, true, STR_INIT(""), -1, false, STR_INIT("") },
    { 3, true, STR_INIT("4abc"), -1, false, STR_INIT("") },
    { 3, true, STR_INIT("\7"), -1, false, STR_INIT("") },
    { 3, true, STR_INIT("\xff"), -1, false, STR_INIT("") },
};

static void reads_messages_of_both_protocols(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char bytes[64];
        struct eio_packet packet;
        memcpy(bytes, cases[i].message.at, cases[i].message.size);
        bool is_read = eio_read(&packet, cases[i].protocol, cases[i].is_binary, bytes, cases[i].message.size);
        assert_int_equal(is_read, cases[i].type >= 0);
        if (!is_read) continue;
        assert_int_equal(packet.type, cases[i].type);
        assert_int_equal(packet.is_binary, cases[i].is_bytes);
        assert_int_equal(packet.size, cases[i].data.size);
        assert_memory_equal(packet.data, cases[i].data.at, packet.size);
    }
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    static const struct str data[] = { STR_INIT(""), STR_INIT("x"), STR_INIT("\0\xff\x1e"), STR_INIT("hello world") };
    for (int protocol = 3; protocol <= 4; protocol++) {
        for (size_t i = 0; i < sizeof data / sizeof *data; i++) {
            struct buf text, binary, base64;
            struct eio_packet packet;
            buf_init(&text, 100);
            buf_init(&binary, 100);
            buf_init(&base64, 100);
            eio_write(&text, EIO_PONG, data[i]);
            eio_write_binary(&binary, protocol, data[i]);
            eio_write_base64(&base64, protocol, data[i]);
            assert_true(eio_read(&packet, protocol, false, text.at, text.size));
            assert_true(packet.type == EIO_PONG && !packet.is_binary && packet.size == data[i].size);
            buf_append_byte(&binary, '!'); /* so that there is a block also for the empty message */
            assert_true(eio_read(&packet, protocol, true, binary.at, binary.size - 1));
            assert_true(packet.type == EIO_MESSAGE && packet.is_binary && packet.size == data[i].size);
            assert_memory_equal(packet.data, data[i].at, packet.size);
            assert_true(eio_read(&packet, protocol, false, base64.at, base64.size));
            assert_true(packet.type == EIO_MESSAGE && packet.is_binary && packet.size == data[i].size);
            assert_memory_equal(packet.data, data[i].at, packet.size);
            buf_free(&text);
            buf_free(&binary);
            buf_free(&base64);
        }
    }
}

static void writes_the_handshake(void **state)
{
    (void)state;
    struct buf buf;
    struct eio_handshake handshake = { .sid = STR("lv_VI97HAXpY6yYWAAAC"),
                                       .offers_websocket = true,
                                       .ping_interval_ms = 25000,
                                       .ping_timeout_ms = 20000,
                                       .max_payload = 1000000 };
    buf_init(&buf, 1000);
    eio_write_handshake(&buf, &handshake);
    assert_str(buf_str(&buf), "{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                              "\"pingTimeout\":20000,\"maxPayload\":1000000}");
    buf_clear(&buf);
    handshake.offers_websocket = false;
    eio_write_handshake(&buf, &handshake);
    assert_true(str_find(buf_str(&buf), STR("\"upgrades\":[],")) != STR_NONE);
    buf_free(&buf);
}

static void writes_jsonp(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1000);
    eio_jsonp_write(&buf, 12,
                    STR("6:4a\"\\\n\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\xe2"
                        "\x82\xac"));
    assert_str(buf_str(&buf), "___eio[12](\"6:4a\\\"\\\\\\n\\u2028\\u2029\xe2\x80\xaa\xe2\x82\xac\");");
    buf_clear(&buf);
    eio_jsonp_write(&buf, 0, STR(""));
    assert_str(buf_str(&buf), "___eio[0](\"\");");
    buf_free(&buf);
}

static void reads_jsonp(void **state)
{
    (void)state;
    static const struct {
        struct str body, payload;
        bool is_read;
    } jsonp[] = {
        { STR_INIT("d=2%3A4a"), STR_INIT("2:4a"), true },
        { STR_INIT("x=1&d=2:4%C3%A4+b"), STR_INIT("2:4\xc3\xa4 b"), true },
        { STR_INIT("d=a\\nb"), STR_INIT("a\nb"), true },    /* the client's escape */
        { STR_INIT("d=a\\\\nb"), STR_INIT("a\\nb"), true }, /* a backslash and an n */
        { STR_INIT("d=a%5C%5C%5Cnb\\"), STR_INIT("a\\\\nb\\"), true },
        { STR_INIT("d=a\\tb\\\\"), STR_INIT("a\\tb\\\\"), true },
        { STR_INIT("d="), STR_INIT(""), true },
        { STR_INIT("d"), STR_INIT(""), true },
        { STR_INIT("e=a"), STR_INIT(""), false },
        { STR_INIT(""), STR_INIT(""), false },
        { STR_INIT("d=%ff"), STR_INIT(""), false },
    };
    for (size_t i = 0; i < sizeof jsonp / sizeof *jsonp; i++) {
        char body[64], *payload;
        size_t size = jsonp[i].body.size;
        memcpy(body, jsonp[i].body.at, size);
        assert_int_equal(eio_jsonp_read(body, &size, &payload), jsonp[i].is_read);
        if (!jsonp[i].is_read) continue;
        assert_int_equal(size, jsonp[i].payload.size);
        assert_memory_equal(payload, jsonp[i].payload.at, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_messages_of_both_protocols),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(writes_the_handshake),
        cmocka_unit_test(writes_jsonp),
        cmocka_unit_test(reads_jsonp),
    };
    return cmocka_run_group_tests_name("eio", tests, NULL, NULL);
}
