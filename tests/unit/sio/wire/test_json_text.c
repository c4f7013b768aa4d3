#include "unit.h"

#include "json_text.h"
#include "limits.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

static const struct str good[] = {
    STR_INIT("null"),
    STR_INIT(" true "),
    STR_INIT("\t\r\n false"),
    STR_INIT("0"),
    STR_INIT("-0"),
    STR_INIT("-0.0e-0"),
    STR_INIT("12345678901234567890"),
    STR_INIT("1.5E+10"),
    STR_INIT("1e999"),
    STR_INIT("\"\""),
    STR_INIT("\"plain text, longer than eight bytes\""),
    STR_INIT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00\""),
    STR_INIT("\"\\ud800 alone\""),
    STR_INIT("\"\xc3\xa4\x7f\""),
    STR_INIT("[]"),
    STR_INIT("[ ]"),
    STR_INIT("{}"),
    STR_INIT("{ }"),
    STR_INIT("[1,\"a\",[],{},[[2]],{\"a\":{\"b\":[]}}]"),
    STR_INIT("{ \"a\" : 1 , \"\" : [ 1 , 2 ] , \"a\" : null }"),
};

static const struct str bad[] = {
    STR_INIT(""),
    STR_INIT(" "),
    STR_INIT("nul"),
    STR_INIT("nulll"),
    STR_INIT("True"),
    STR_INIT("NaN"),
    STR_INIT("Infinity"),
    STR_INIT("undefined"),
    STR_INIT("01"),
    STR_INIT("-"),
    STR_INIT("+1"),
    STR_INIT(".5"),
    STR_INIT("1."),
    STR_INIT("1.e5"),
    STR_INIT("1e"),
    STR_INIT("1e+"),
    STR_INIT("0x10"),
    STR_INIT("--1"),
    STR_INIT("1 2"),
    STR_INIT("\""),
    STR_INIT("\"abc"),
    STR_INIT("\"\\\""),
    STR_INIT("\"\\x41\""),
    STR_INIT("\"\\\0\""),
    STR_INIT("\"\\u12\""),
    STR_INIT("\"\\u12g4\""),
    STR_INIT("\"\\u123"),
    STR_INIT("\"a\nb\""),
    STR_INIT("\"a\0b\""),
    STR_INIT("\"12345678\x1f\""),
    STR_INIT("'a'"),
    STR_INIT("["),
    STR_INIT("]"),
    STR_INIT("[1"),
    STR_INIT("[1,"),
    STR_INIT("[1,]"),
    STR_INIT("[,1]"),
    STR_INIT("[1 2]"),
    STR_INIT("[1}"),
    STR_INIT("{"),
    STR_INIT("}"),
    STR_INIT("{\"a\"}"),
    STR_INIT("{\"a\":}"),
    STR_INIT("{\"a\":1,}"),
    STR_INIT("{\"a\" 1}"),
    STR_INIT("{a:1}"),
    STR_INIT("{1:1}"),
    STR_INIT("{\"a\":1]"),
    STR_INIT("{,}"),
    STR_INIT("{\"a\":1 \"b\":2}"),
    STR_INIT("[1]]"),
    STR_INIT("[]x"),
    STR_INIT("/* */1"),
    STR_INIT("\xef\xbb\xbf"
             "1"),
    STR_INIT("[\"a\",:]"),
    STR_INIT("{\"a\":[}"),
    STR_INIT("[{]"),
    STR_INIT("{\"a\\\":1}"),
    STR_INIT("\v1"),
    STR_INIT("\0"),
};

/* From a block of exactly its bytes, so that a byte too far is seen. */
static bool is_valid(struct str text)
{
    char *copy = malloc(text.size ? text.size : 1);
    assert_non_null(copy);
    memcpy(copy, text.at, text.size);
    bool valid = json_text_valid((struct str){ copy, text.size });
    free(copy);
    return valid;
}

static void tells_json_from_other_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(is_valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(is_valid(bad[i]));
}

static void refuses_every_prefix(void **state)
{
    (void)state;
    struct str text = STR("{\"a\\u0041\":[1.5e-3,true,null,{\"b\":\"\\n\"}],\"c\":false}");
    assert_true(is_valid(text));
    for (size_t size = 0; size < text.size; size++) assert_false(is_valid(str_cut(text, 0, size)));
}

static void nests_to_its_limit_and_no_further(void **state)
{
    (void)state;
    struct buf buf;
    for (size_t depth = LIMIT_JSON_DEPTH - 1; depth <= LIMIT_JSON_DEPTH + 1; depth++) {
        buf_init(&buf, 1 << 20);
        for (size_t i = 0; i < depth; i++) buf_append_str(&buf, i % 2 ? STR("{\"a\":") : STR("["));
        buf_append_byte(&buf, '1');
        for (size_t i = depth; i-- > 0;) buf_append_byte(&buf, i % 2 ? '}' : ']');
        assert_int_equal(json_text_valid(buf_str(&buf)), depth <= LIMIT_JSON_DEPTH);
        buf_free(&buf);
    }
    buf_init(&buf, 1 << 20);
    for (size_t i = 0; i < 100000; i++) buf_append_byte(&buf, '[');
    assert_false(json_text_valid(buf_str(&buf)));
    buf_free(&buf);
}

static void cuts_values(void **state)
{
    (void)state;
    struct str text = STR(" \"a\\n\" , {\"b\":[1]} , -1.5 ,x");
    const char *at = text.at, *end = text.at + text.size;
    struct json_text_value value = json_text_read(&at, end);
    assert_int_equal(value.kind, JSON_TEXT_STRING);
    assert_str(value.text, "a\\n");
    assert_int_equal(json_text_peek(&at, end), ',');
    at++;
    value = json_text_read(&at, end);
    assert_int_equal(value.kind, JSON_TEXT_OBJECT);
    assert_str(value.text, "{\"b\":[1]}");
    assert_int_equal(json_text_peek(&at, end), ',');
    at++;
    value = json_text_read(&at, end);
    assert_int_equal(value.kind, JSON_TEXT_NUMBER);
    assert_str(value.text, "-1.5");
    assert_int_equal(json_text_peek(&at, end), ',');
    at++;
    assert_int_equal(json_text_read(&at, end).kind, JSON_TEXT_ERROR);
}

static void finds_the_end_of_plain_text(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        bool is_plain = byte >= 0x20 && byte != '"' && byte != '\\';
        for (size_t before = 0; before < 47; before++) {
            char text[47]; /* steps of 16 bytes, of 8, of one */
            memset(text, byte % 2 ? 'a' : '\xff', sizeof text);
            text[before] = (char)byte;
            const char *end = json_text_plain_end(text, text + sizeof text);
            assert_ptr_equal(end, is_plain ? text + sizeof text : text + before);
            memset(text, 'a', sizeof text);
            text[before] = (char)byte;
            end = json_text_ascii_end(text, text + sizeof text);
            assert_ptr_equal(end, is_plain && byte < 0x80 ? text + sizeof text : text + before);
        }
    }
}

static void decodes_escapes_in_place(void **state)
{
    (void)state;
    static const struct {
        struct str text, decoded;
    } cases[] = {
        { STR_INIT(""), STR_INIT("") },
        { STR_INIT("plain"), STR_INIT("plain") },
        { STR_INIT("\\\"\\\\\\/\\b\\f\\n\\r\\t"), STR_INIT("\"\\/\b\f\n\r\t") },
        { STR_INIT("a\\u0000b\\u00e4\\u20AC"), STR_INIT("a\0b\xc3\xa4\xe2\x82\xac") },
        { STR_INIT("\\ud83d\\ude00!"), STR_INIT("\xf0\x9f\x98\x80!") },
        { STR_INIT("\\ud83d"), STR_INIT("\xef\xbf\xbd") },
        { STR_INIT("\\ud83dx"), STR_INIT("\xef\xbf\xbdx") },
        { STR_INIT("\\ud83d\\n"), STR_INIT("\xef\xbf\xbd\n") },
        { STR_INIT("\\ud83d\\u0041"), STR_INIT("\xef\xbf\xbd"
                                               "A") },
        { STR_INIT("\\ud83d\\ud83d\\ude00"), STR_INIT("\xef\xbf\xbd\xf0\x9f\x98\x80") },
        { STR_INIT("\\ude00\\ud83d"), STR_INIT("\xef\xbf\xbd\xef\xbf\xbd") },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        memcpy(text, cases[i].text.at, cases[i].text.size);
        size_t size = json_text_decode(text, cases[i].text.size);
        assert_int_equal(size, cases[i].decoded.size);
        assert_memory_equal(text, cases[i].decoded.at, size);
    }
}

static void writes_strings(void **state)
{
    (void)state;
    static const struct {
        struct str text, json;
    } cases[] = {
        { STR_INIT(""), STR_INIT("\"\"") },
        { STR_INIT("a \"b\" \\ /"), STR_INIT("\"a \\\"b\\\" \\\\ /\"") },
        { STR_INIT("\b\f\n\r\t\x01\x1f\x7f"), STR_INIT("\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"") },
        { STR_INIT("a\0b"), STR_INIT("\"a\\u0000b\"") },
        { STR_INIT("\xe2\x82\xac \xe2\x80\xa8"), STR_INIT("\"\xe2\x82\xac \xe2\x80\xa8\"") },
        { STR_INIT("a\xff\"b"), STR_INIT("\"a\xef\xbf\xbd\\\"b\"") },
        { STR_INIT("a\xe2\x82"), STR_INIT("\"a\xef\xbf\xbd\xef\xbf\xbd\"") },
        { STR_INIT("\xc3\xa4\xed\xa0\x80z"), STR_INIT("\"\xc3\xa4\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"") },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf buf;
        buf_init(&buf, 100);
        json_text_write_string(&buf, cases[i].text);
        assert_int_equal(buf.size, cases[i].json.size);
        assert_memory_equal(buf.at, cases[i].json.at, buf.size);
        assert_true(json_text_valid(buf_str(&buf)));
        buf_free(&buf);
    }
}

static const struct {
    double number;
    const char *text;
} numbers[] = {
    /* as JSON.stringify writes them */
    { 0, "0" },
    { -0.0, "0" },
    { 1, "1" },
    { -42, "-42" },
    { 0.1, "0.1" },
    { -1.5, "-1.5" },
    { 0.30000000000000004, "0.30000000000000004" },
    { 100, "100" },
    { 9007199254740991, "9007199254740991" },
    { 9007199254740992, "9007199254740992" },
    { -9007199254740993.0, "-9007199254740992" },
    { 1152921504606846976.0, "1152921504606847000" },
    { 123456789012345680000.0, "123456789012345680000" },
    { 1e21, "1e+21" },
    { 1.5e21, "1.5e+21" },
    { 999999999999999900000.0, "999999999999999900000" },
    { 0.000001, "0.000001" },
    { 0.0000015, "0.0000015" },
    { 0.0000001, "1e-7" },
    { 1.234e-7, "1.234e-7" },
    { 123.456, "123.456" },
    { 5e-324, "5e-324" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" },
    { 1792384823.0 / 1024, "1750375.8037109375" },
    { (double)INFINITY, "null" },
    { -(double)INFINITY, "null" },
    { (double)NAN, "null" },
};

static void writes_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct buf buf;
        buf_init(&buf, 100);
        json_text_write_number(&buf, numbers[i].number);
        buf_append_byte(&buf, '\0');
        assert_string_equal(buf.at, numbers[i].text);
        if (isfinite(numbers[i].number))
            assert_true(json_text_number((struct str){ buf.at, buf.size - 1 }) == numbers[i].number);
        buf_free(&buf);
    }
}

static void reads_numbers(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0",
        "-0",
        "1",
        "123",
        "-1.5",
        "1e5",
        "1E+5",
        "1e-5",
        "0.1",
        "3.14159",
        "1.7976931348623157e308",
        "1e400",
        "-1e400",
        "1e-400",
        "123456789012345678901234567890",
        "0.1e1",
        "9007199254740993",
        "9007199254740992e22",
        "0.000000000000000000000000000001",
        "1e22",
        "1e23",
        "8.5e22",
        "123456789.123456789e-7",
        "0e99999999999999999999",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "2.2250738585072011e-308",
        "4.9e-324",
        "0."
        "10000000000000000555111512312578270211815834045410156250000000000000000000000000000000000000000000000000000000"
        "00000001",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double number = json_text_number(str_from(texts[i])), expected = strtod(texts[i], NULL);
        assert_memory_equal(&number, &expected, sizeof number);
    }
}

/* Doubles of every size: what is written reads back the same, by us and by the C library. */
static void reads_back_random_numbers(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double number;
        memcpy(&number, &bits, sizeof number);
        if (i % 2) number = (double)(int64_t)bits / 1e6 / (double)(1 + i % 1000);
        if (!isfinite(number)) continue;
        struct buf buf;
        buf_init(&buf, 100);
        json_text_write_number(&buf, number);
        buf_append_byte(&buf, '\0');
        assert_true(json_text_valid((struct str){ buf.at, buf.size - 1 }));
        assert_true(strtod(buf.at, NULL) == number);
        assert_true(json_text_number((struct str){ buf.at, buf.size - 1 }) == number);
        buf_free(&buf);
    }
}

static void minds_no_locale(void **state)
{
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
        skip(); /* no locale with a decimal comma is installed */
    writes_numbers(state);
    assert_true(json_text_number(STR("1.5e300")) == 1.5e300);
    setlocale(LC_NUMERIC, "C");
}

static void finds_members(void **state)
{
    (void)state;
    struct str object = STR(" { \"a\" : {\"b\":[1]} , \"b\":\"t\\\"x\", \"\":null,\"c\":2 } ");
    assert_int_equal(json_text_member(object, STR("a")).kind, JSON_TEXT_OBJECT);
    assert_true(str_equal(json_text_member(object, STR("a")).text, STR("{\"b\":[1]}")));
    assert_true(str_equal(json_text_member(object, STR("b")).text, STR("t\\\"x")));
    assert_int_equal(json_text_member(object, STR("")).kind, JSON_TEXT_NULL);
    assert_int_equal(json_text_member(object, STR("c")).kind, JSON_TEXT_NUMBER);
    struct str others[] = { object, STR("{}"), STR("[]"), STR("1"), STR("\"d\""), STR("") };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(json_text_member(others[i], STR("d")).kind, JSON_TEXT_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_json_from_other_text),
        cmocka_unit_test(refuses_every_prefix),
        cmocka_unit_test(nests_to_its_limit_and_no_further),
        cmocka_unit_test(cuts_values),
        cmocka_unit_test(finds_the_end_of_plain_text),
        cmocka_unit_test(finds_members),
        cmocka_unit_test(decodes_escapes_in_place),
        cmocka_unit_test(writes_strings),
        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(reads_back_random_numbers),
        cmocka_unit_test(minds_no_locale),
    };
    return cmocka_run_group_tests_name("json_text", tests, NULL, NULL);
}
