#include "unit.h"

#include "json_text.h"
#include "limits.h"
#include "msgpack.h"

#include <math.h>
#include <stdlib.h>

enum { ROOM = 4 };

/* The JSON of a whole value that lies in a block of its own size, and its attachments behind it; false when refused. */
static bool read_json(struct str value, struct buf *json)
{
    struct str all[ROOM];
    struct msgpack_attachments attachments = { all, 0, ROOM };
    char *bytes = malloc(value.size ? value.size : 1);
    assert_non_null(bytes);
    memcpy(bytes, value.at, value.size);
    const char *at = bytes, *end = bytes + value.size;
    bool is_good = msgpack_to_json(&at, end, json, &attachments);
    if (is_good) assert_ptr_equal(at, end);
    for (size_t i = 0; i < attachments.count; i++) buf_append_format(json, " <%.*s>", STR_FORMAT(all[i]));
    free(bytes);
    return is_good;
}

#define HOLDER(number) "{\"_placeholder\":true,\"num\":" number "}"

static const struct {
    struct str value;
    const char *json;
} cases[] = {
    { STR_INIT("\xc0"), "null" },
    { STR_INIT("\xc2"), "false" },
    { STR_INIT("\xc3"), "true" },
    /* Whole numbers at the ends of each form. */
    { STR_INIT("\x00"), "0" },
    { STR_INIT("\x7f"), "127" },
    { STR_INIT("\xff"), "-1" },
    { STR_INIT("\xe0"), "-32" },
    { STR_INIT("\xcc\xff"), "255" },
    { STR_INIT("\xcd\xff\xff"), "65535" },
    { STR_INIT("\xce\xff\xff\xff\xff"), "4294967295" },
    { STR_INIT("\xcf\x00\x1f\xff\xff\xff\xff\xff\xff"), "9007199254740991" },
    { STR_INIT("\xcf\xff\xff\xff\xff\xff\xff\xff\xff"), "18446744073709551615" },
    { STR_INIT("\xd0\x80"), "-128" },
    { STR_INIT("\xd0\x7f"), "127" },
    { STR_INIT("\xd1\x80\x00"), "-32768" },
    { STR_INIT("\xd2\x80\x00\x00\x00"), "-2147483648" },
    { STR_INIT("\xd3\x80\x00\x00\x00\x00\x00\x00\x00"), "-9223372036854775808" },
    { STR_INIT("\xd3\xff\xff\xff\xff\xff\xff\xff\xff"), "-1" },
    { STR_INIT("\xd3\x00\x00\x00\x00\x00\x00\x00\x05"), "5" },
    /* Floating point. */
    { STR_INIT("\xca\x3f\xc0\x00\x00"), "1.5" },
    { STR_INIT("\xcb\x3f\xb9\x99\x99\x99\x99\x99\x9a"), "0.1" },
    { STR_INIT("\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00"), "null" },
    { STR_INIT("\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00"), "null" },
    /* Text. */
    { STR_INIT("\xa0"), "\"\"" },
    { STR_INIT("\xa5h\"\n\xc3\xa4"), "\"h\\\"\\n\xc3\xa4\"" },
    { STR_INIT("\xd9\x02hi"), "\"hi\"" },
    { STR_INIT("\xda\x00\x02hi"), "\"hi\"" },
    { STR_INIT("\xdb\x00\x00\x00\x02hi"), "\"hi\"" },
    /* Arrays and maps. */
    { STR_INIT("\x90"), "[]" },
    { STR_INIT("\x80"), "{}" },
    { STR_INIT("\x93\x01\x91\x02\xc0"), "[1,[2],null]" },
    { STR_INIT("\x92\x90\x80"), "[[],{}]" },
    { STR_INIT("\x82\xa1"
               "a\x92\x01\x81\xa1"
               "b\x80\xa1"
               "c\xc3"),
      "{\"a\":[1,{\"b\":{}}],\"c\":true}" },
    { STR_INIT("\xdc\x00\x01\x05"), "[5]" },
    { STR_INIT("\xdd\x00\x00\x00\x01\x05"), "[5]" },
    { STR_INIT("\xde\x00\x01\xa1k\x05"), "{\"k\":5}" },
    { STR_INIT("\xdf\x00\x00\x00\x01\xa1k\x05"), "{\"k\":5}" },
    /* Bytes, and those of old clients (an ArrayBuffer as extension 0). */
    { STR_INIT("\xc4\x03\x01\xff"
               "a"),
      HOLDER("0") " <\x01\xff"
                  "a>" },
    { STR_INIT("\x92\xc5\x00\x01x\xc6\x00\x00\x00\x02yz"), "[" HOLDER("0") "," HOLDER("1") "] <x> <yz>" },
    { STR_INIT("\xc7\x02\x00xy"), HOLDER("0") " <xy>" },
    { STR_INIT("\xc8\x00\x02\x00xy"), HOLDER("0") " <xy>" },
    { STR_INIT("\xc9\x00\x00\x00\x02\x00xy"), HOLDER("0") " <xy>" },
    /* undefined. */
    { STR_INIT("\x92\xd4\x00\x00\x01"), "[null,1]" },
    /* Dates: milliseconds of old notepack, and timestamps with 32, 34 and 64 bits of seconds. */
    { STR_INIT("\xd7\x00\x00\x00\x00\x00\x00\x00\x00\x00"), "\"1970-01-01T00:00:00.000Z\"" },
    { STR_INIT("\xd7\x00\x00\x00\x01\x8b\xcf\xe5\x68\x7b"), "\"2023-11-14T22:13:20.123Z\"" },
    { STR_INIT("\xd7\x00\xff\xff\xff\xff\xff\xff\xff\xff"), "\"1969-12-31T23:59:59.999Z\"" },
    { STR_INIT("\xd7\x00\x7f\xff\xff\xff\xff\xff\xff\xff"), "null" },
    { STR_INIT("\xd7\x00\x00\x1e\xb2\x08\xc2\xdc\x00\x00"), "\"+275760-09-13T00:00:00.000Z\"" },
    { STR_INIT("\xd7\x00\xff\xe1\x4d\xf7\x3d\x24\x00\x00"), "\"-271821-04-20T00:00:00.000Z\"" },
    { STR_INIT("\xd6\xff\x65\x53\xf1\x00"), "\"2023-11-14T22:13:20.000Z\"" },
    { STR_INIT("\xd7\xff\x1d\x53\x59\x00\x65\x53\xf1\x00"), "\"2023-11-14T22:13:20.123Z\"" },
    { STR_INIT("\xc7\x0c\xff\x07\x54\xd4\xc0\x00\x00\x00\x00\x65\x53\xf1\x00"), "\"2023-11-14T22:13:20.123Z\"" },
    { STR_INIT("\xc7\x0c\xff\x3b\x8b\x87\xc0\xff\xff\xff\xff\xff\xff\xff\xff"), "\"1969-12-31T23:59:59.999Z\"" },
    /* What nobody writes. */
    { STR_INIT("\xd4\x05x"), "[5," HOLDER("0") "] <x>" },
    { STR_INIT("\xd5\x00xy"), "[0," HOLDER("0") "] <xy>" },
    { STR_INIT("\xd8\x80"
               "0123456789abcdef"),
      "[-128," HOLDER("0") "] <0123456789abcdef>" },
    { STR_INIT("\xc7\x01\xffx"), "[-1," HOLDER("0") "] <x>" },
};

static void reads_every_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf json;
        buf_init(&json, 1000);
        assert_true(read_json(cases[i].value, &json));
        buf_append_byte(&json, '\0');
        assert_string_equal(json.at, cases[i].json);
        buf_free(&json);
    }
}

/* Every value of the table, cut at every length. */
static void refuses_what_is_cut_short(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t size = 0; size < cases[i].value.size; size++) {
            struct buf json;
            struct str cut = str_cut(cases[i].value, 0, size);
            const char *at = cut.at;
            buf_init(&json, 1000);
            assert_false(read_json(cut, &json));
            assert_false(msgpack_skip(&at, cut.at + cut.size));
            buf_free(&json);
        }
        const char *at = cases[i].value.at, *end = at + cases[i].value.size;
        assert_true(msgpack_skip(&at, end));
        assert_ptr_equal(at, end);
    }
}

static void refuses_bad_values(void **state)
{
    (void)state;
    static const struct str bad[] = {
        STR_INIT("\xc1"),                 /* not defined */
        STR_INIT("\xa1\xff"),             /* no UTF-8 */
        STR_INIT("\xa3\xed\xa0\x80"),     /* a surrogate */
        STR_INIT("\x81\x01\x02"),         /* a number as key */
        STR_INIT("\x81\xc4\x01k\x02"),    /* bytes as key */
        STR_INIT("\x81\x80\x02"),         /* a map as key */
        STR_INIT("\xdd\xff\xff\xff\xff"), /* four thousand million values, none of them there */
        STR_INIT("\xdf\xff\xff\xff\xff\xa0\xc0"),
        STR_INIT("\xc6\xff\xff\xff\xff"),
        STR_INIT("\x95\xc4\x00\xc4\x00\xc4\x00\xc4\x00\xc4\x00"), /* more bytes than room */
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf json;
        buf_init(&json, 1000);
        assert_false(read_json(bad[i], &json));
        buf_free(&json);
    }
}

static void has_a_ceiling_for_depth_and_size(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct buf value, json;
        buf_init(&value, 10000);
        buf_init(&json, 10000);
        for (size_t i = 0; i < LIMIT_JSON_DEPTH + more; i++) buf_append_byte(&value, '\x91');
        buf_append_byte(&value, '\x01');
        assert_int_equal(read_json(buf_str(&value), &json), more == 0);
        if (more == 0) assert_true(json_text_valid(buf_str(&json)));
        buf_free(&value);
        buf_free(&json);
    }
    struct buf json;
    buf_init(&json, 7);
    assert_false(read_json(STR("\x94\x01\x02\x03\x04"), &json)); /* [1,2,3,4] has nine bytes */
    assert_int_equal(json.error, BUF_FULL);
    buf_free(&json);
}

/* ---- Writing ------------------------------------------------------------------------------------------------- */

static const struct {
    double number;
    struct str bytes;
} numbers[] = {
    { 0, STR_INIT("\x00") },
    { -0.0, STR_INIT("\x00") },
    { 127, STR_INIT("\x7f") },
    { 128, STR_INIT("\xcc\x80") },
    { 256, STR_INIT("\xcd\x01\x00") },
    { 65536, STR_INIT("\xce\x00\x01\x00\x00") },
    { 4294967296, STR_INIT("\xcf\x00\x00\x00\x01\x00\x00\x00\x00") },
    { 9007199254740991, STR_INIT("\xcf\x00\x1f\xff\xff\xff\xff\xff\xff") },
    { 9007199254740992, STR_INIT("\xcb\x43\x40\x00\x00\x00\x00\x00\x00") },
    { -1, STR_INIT("\xff") },
    { -32, STR_INIT("\xe0") },
    { -33, STR_INIT("\xd0\xdf") },
    { -128, STR_INIT("\xd0\x80") },
    { -129, STR_INIT("\xd1\xff\x7f") },
    { -32769, STR_INIT("\xd2\xff\xff\x7f\xff") },
    { -2147483648.0, STR_INIT("\xd2\x80\x00\x00\x00") },
    { -2147483649.0, STR_INIT("\xd3\xff\xff\xff\xff\x7f\xff\xff\xff") },
    { 0.1, STR_INIT("\xcb\x3f\xb9\x99\x99\x99\x99\x99\x9a") },
};

static void assert_bytes(struct buf *buf, struct str expected)
{
    assert_int_equal(buf->size, expected.size);
    assert_memory_equal(buf->at, expected.at, expected.size);
    buf_clear(buf);
}

static void writes_the_shortest_form(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1 << 20);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        msgpack_write_number(&buf, numbers[i].number);
        assert_bytes(&buf, numbers[i].bytes);
    }
    msgpack_write_text(&buf, STR("a\xff\xe2\x82"));
    assert_bytes(&buf, STR("\xaa"
                           "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
    msgpack_write_array(&buf, 15);
    msgpack_write_array(&buf, 16);
    msgpack_write_array(&buf, 65536);
    msgpack_write_map(&buf, 15);
    msgpack_write_map(&buf, 16);
    msgpack_write_map(&buf, 65536);
    assert_bytes(&buf, STR("\x9f\xdc\x00\x10\xdd\x00\x01\x00\x00\x8f\xde\x00\x10\xdf\x00\x01\x00\x00"));
    static const size_t sizes[] = { 0, 31, 32, 255, 256, 65535, 65536 };
    static const size_t text_heads[] = { 1, 1, 2, 2, 3, 3, 5 }, bytes_heads[] = { 2, 2, 2, 2, 3, 3, 5 };
    char *data = calloc(1, 65536);
    assert_non_null(data);
    for (size_t i = 0; i < 7; i++) {
        struct str text = { data, sizes[i] };
        msgpack_write_text(&buf, text);
        assert_int_equal(buf.size, text_heads[i] + sizes[i]);
        const char *at = buf.at;
        struct msgpack_token token;
        assert_true(msgpack_read(&at, buf.at + buf.size, &token) && token.kind == MSGPACK_TEXT);
        assert_int_equal(token.data.size, sizes[i]);
        buf_clear(&buf);
        msgpack_write_bytes(&buf, text);
        assert_int_equal(buf.size, bytes_heads[i] + sizes[i]);
        at = buf.at;
        assert_true(msgpack_read(&at, buf.at + buf.size, &token) && token.kind == MSGPACK_BYTES);
        assert_int_equal(token.data.size, sizes[i]);
        buf_clear(&buf);
    }
    free(data);
    buf_free(&buf);
}

static const sio_value some_bytes[] = { { .kind = SIO_BYTES, .data = { "xy", 2 } }, { .kind = SIO_NULL } };

static const struct {
    struct str json, bytes;
} texts[] = {
    { STR_INIT(" null "), STR_INIT("\xc0") },
    { STR_INIT("15"), STR_INIT("\x0f") }, /* nothing stands behind it */
    { STR_INIT("-1.5e0"), STR_INIT("\xcb\xbf\xf8\x00\x00\x00\x00\x00\x00") },
    { STR_INIT("\"a\\u00e4\\n\""), STR_INIT("\xa4"
                                            "a\xc3\xa4\n") },
    { STR_INIT("[ ]"), STR_INIT("\x90") },
    { STR_INIT("[1,[],{},[[2]],true]"), STR_INIT("\x95\x01\x90\x80\x91\x91\x02\xc3") },
    { STR_INIT("{ \"a\" : [ {\"b\":false} , null ], \"\\u0063\" : \"d\" }"), STR_INIT("\x82\xa1"
                                                                                      "a\x92\x81\xa1"
                                                                                      "b\xc2\xc0\xa1"
                                                                                      "c\xa1"
                                                                                      "d") },
    { STR_INIT("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]"),
      STR_INIT("\xdc\x00\x10\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10") },
    { STR_INIT("[" HOLDER("0") ",[1," HOLDER("0") "],[2]]"), STR_INIT("\x93\xc4\x02xy\x92\x01\xc4\x02xy\x91\x02") },
    { STR_INIT("[" HOLDER("1") "," HOLDER("2") "," HOLDER("-1") "]"), STR_INIT("\x93\xc0\xc0\xc0") },
    { STR_INIT("[1,"), STR_INIT("\xc0") },
    { STR_INIT(""), STR_INIT("\xc0") },
};

static void writes_json(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf buf;
        char *json = malloc(texts[i].json.size + 1);
        assert_non_null(json);
        memcpy(json + 1, texts[i].json.at, texts[i].json.size);
        sio_value value = {
            .kind = SIO_JSON, .attachment_count = 2, .data = { json + 1, texts[i].json.size }, .attachments = some_bytes
        };
        buf_init(&buf, 1000);
        msgpack_write_value(&buf, &value);
        assert_bytes(&buf, texts[i].bytes);
        buf_free(&buf);
        free(json);
    }
    /* Without attachments a placeholder is an object. */
    struct buf buf;
    sio_value value = { .kind = SIO_JSON, .data = { HOLDER("0"), sizeof(HOLDER("0")) - 1 } };
    buf_init(&buf, 1000);
    msgpack_write_value(&buf, &value);
    assert_bytes(&buf, STR("\x82\xac_placeholder\xc3\xa3num\x00"));
    buf_free(&buf);
}

static void says_when_there_is_no_room(void **state)
{
    (void)state;
    struct buf buf;
    sio_value value = { .kind = SIO_JSON, .data = { "[\"0123\\n\",1]", 12 } };
    for (size_t limit = 0; limit < 8; limit++) {
        buf_init(&buf, limit);
        msgpack_write_value(&buf, &value);
        assert_int_equal(buf.error, BUF_FULL);
        buf_free(&buf);
    }
    buf_init(&buf, 8);
    msgpack_write_value(&buf, &value);
    assert_bytes(&buf, STR("\x92\xa5"
                           "0123\n\x01"));
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),           cmocka_unit_test(refuses_what_is_cut_short),
        cmocka_unit_test(refuses_bad_values),         cmocka_unit_test(has_a_ceiling_for_depth_and_size),
        cmocka_unit_test(writes_the_shortest_form),   cmocka_unit_test(writes_json),
        cmocka_unit_test(says_when_there_is_no_room),
    };
    return cmocka_run_group_tests_name("msgpack", tests, NULL, NULL);
}
