#include "unit.h"

#include "eio.h"

enum { TEXT = EIO_FORM_TEXT, BINARY = EIO_FORM_BINARY };

/* The packets as "type[*]data|", '*' for binary ones, and "!" where the body is refused. */
static void log_payload(struct buf *log, int protocol, int form, char *body, size_t size)
{
    struct eio_payload payload;
    struct eio_packet packet;
    enum eio_next next = EIO_NEXT_ERROR;
    if (eio_payload_init(&payload, protocol, (enum eio_form)form, body, size))
        while ((next = eio_payload_next(&payload, &packet)) == EIO_NEXT_PACKET) {
            buf_append_format(log, "%d%s", packet.type, packet.is_binary ? "*" : "");
            buf_append(log, packet.data, packet.size);
            buf_append_byte(log, '|');
        }
    if (next == EIO_NEXT_ERROR) buf_append_byte(log, '!');
}

static const struct {
    int protocol, form;
    struct str body, packets;
} cases[] = {
    { 4, TEXT, STR_INIT("4hello"), STR_INIT("4hello|") },
    { 4, TEXT,
      STR_INIT("4a\x1e"
               "2\x1e"
               "4b"),
      STR_INIT("4a|2|4b|") },
    { 4, TEXT,
      STR_INIT("4a\x1e"
               "bAQID\x1e"
               "4\xe2\x82\xac"),
      STR_INIT("4a|4*\1\2\3|4\xe2\x82\xac|") },
    { 4, TEXT, STR_INIT("4a\x1e"), STR_INIT("4a|!") },
    { 4, TEXT,
      STR_INIT("\x1e"
               "4a"),
      STR_INIT("!") },
    { 4, TEXT,
      STR_INIT("4a\x1e\x1e"
               "4b"),
      STR_INIT("4a|!") },
    { 4, TEXT,
      STR_INIT("4a\x1e"
               "abc"),
      STR_INIT("4a|!") },
    { 4, TEXT,
      STR_INIT("4a\x1e"
               "4\xff"),
      STR_INIT("!") },
    { 4, TEXT, STR_INIT(""), STR_INIT("!") },
    { 4, TEXT, STR_INIT("abc"), STR_INIT("!") },
    { 4, BINARY, STR_INIT("4hello"), STR_INIT("!") },

    { 3, TEXT, STR_INIT("6:4hello"), STR_INIT("4hello|") },
    { 3, TEXT, STR_INIT("6:4hello1:22:4x"), STR_INIT("4hello|2|4x|") },
    { 3, TEXT,
      STR_INIT("2:4\xe2\x82\xac"
               "6:b4AQID"),
      STR_INIT("4\xe2\x82\xac|4*\1\2\3|") },
    { 3, TEXT,
      STR_INIT("3:4\xf0\x9f\x98\x80"
               "3:4ab"),
      STR_INIT("4\xf0\x9f\x98\x80|4ab|") },
    { 3, TEXT,
      STR_INIT("20:4123456789012345678\xc3\xa4"
               "1:2"),
      STR_INIT("4123456789012345678\xc3\xa4|2|") },
    { 3, TEXT, STR_INIT("2:4\xf0\x9f\x98\x80"), STR_INIT("!") }, /* ends inside a surrogate pair */
    { 3, TEXT, STR_INIT("7:4hello"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("5:4hello"), STR_INIT("4hell|!") },
    { 3, TEXT, STR_INIT("0:"), STR_INIT("!") },
    { 3, TEXT, STR_INIT(":4a"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("-1:4a"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("2"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("a:4a"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("99999999999999999999999:4a"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("4294967298:4a"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("2:4\xff"), STR_INIT("!") },
    { 3, TEXT, STR_INIT("2:7a"), STR_INIT("!") },
    { 3, TEXT, STR_INIT(""), STR_INIT("!") },

    { 3, BINARY,
      STR_INIT("\0\6\xff"
               "4hello\1\4\xff\4\1\2\3"),
      STR_INIT("4hello|4*\1\2\3|") },
    { 3, BINARY,
      STR_INIT("\0\1\0\xff"
               "4\xe2\x82\xac"
               "123456\0\1\xff"
               "2"),
      STR_INIT("4\xe2\x82\xac"
               "123456|2|") },
    { 3, BINARY, STR_INIT("\1\1\xff\4"), STR_INIT("4*|") },
    { 3, BINARY, STR_INIT("\2\1\xff\4"), STR_INIT("!") },
    { 3, BINARY,
      STR_INIT("\0\6\xff"
               "4hell"),
      STR_INIT("!") },
    { 3, BINARY,
      STR_INIT("\0\xff"
               "4"),
      STR_INIT("!") },
    { 3, BINARY,
      STR_INIT("\0\xa\xff"
               "4"),
      STR_INIT("!") },
    { 3, BINARY, STR_INIT("\0\1"), STR_INIT("!") },
    { 3, BINARY, STR_INIT("\0\0\xff"), STR_INIT("!") },
    { 3, BINARY,
      STR_INIT("\0\2\xff"
               "4\xff"),
      STR_INIT("!") },
    { 3, BINARY, STR_INIT("\1\2\xff\7x"), STR_INIT("!") },
    { 3, BINARY, STR_INIT("\1\11\11\11\11\11\11\11\11\11\11\11\xff\4"), STR_INIT("!") },
    { 3, BINARY, STR_INIT(""), STR_INIT("!") },
};

static void reads_bodies_of_both_protocols(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char body[128];
        struct buf log;
        buf_init(&log, 1000);
        memcpy(body, cases[i].body.at, cases[i].body.size);
        log_payload(&log, cases[i].protocol, cases[i].form, body, cases[i].body.size);
        assert_int_equal(log.size, cases[i].packets.size);
        assert_memory_equal(log.at, cases[i].packets.at, log.size);
        buf_free(&log);
    }
}

static void assert_round_trip(int protocol, enum eio_form form, struct str expected)
{
    struct buf body, log;
    buf_init(&body, 4096);
    buf_init(&log, 4096);
    eio_payload_write(&body, protocol, form, EIO_OPEN, false, STR("{}"));
    eio_payload_write(&body, protocol, form, EIO_MESSAGE, false, STR("2[\"\xe2\x82\xac\xf0\x9f\x98\x80\"]"));
    eio_payload_write(&body, protocol, form, EIO_MESSAGE, true, STR("\1\2\3\4"));
    eio_payload_write(&body, protocol, form, EIO_NOOP, false, STR(""));
    eio_payload_write(&body, protocol, form, EIO_MESSAGE, true, STR(""));
    assert_int_equal(body.error, BUF_OK);
    assert_int_equal(body.size, expected.size);
    assert_memory_equal(body.at, expected.at, body.size);
    log_payload(&log, protocol, (int)form, body.at, body.size);
    assert_str(buf_str(&log), "0{}|42[\"\xe2\x82\xac\xf0\x9f\x98\x80\"]|4*\1\2\3\4|6|4*|");
    buf_free(&body);
    buf_free(&log);
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    assert_round_trip(4, EIO_FORM_TEXT,
                      STR("0{}\x1e"
                          "42[\"\xe2\x82\xac\xf0\x9f\x98\x80\"]\x1e"
                          "bAQIDBA==\x1e"
                          "6\x1e"
                          "b"));
    assert_round_trip(3, EIO_FORM_TEXT, STR("3:0{}9:42[\"\xe2\x82\xac\xf0\x9f\x98\x80\"]10:b4AQIDBA==1:62:b4"));
    assert_round_trip(3, EIO_FORM_BINARY,
                      STR("\0\3\xff"
                          "0{}\0\1\3\xff"
                          "42[\"\xe2\x82\xac\xf0\x9f\x98\x80\"]\1\5\xff\4\1\2\3\4\0\1\xff"
                          "6\1\1\xff\4"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_bodies_of_both_protocols),
        cmocka_unit_test(reads_what_it_writes),
    };
    return cmocka_run_group_tests_name("eio_payload", tests, NULL, NULL);
}
