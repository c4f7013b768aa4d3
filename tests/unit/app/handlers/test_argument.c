#include "unit.h"

#include "argument.h"

#include <stdio.h>

static struct arena arena;
static struct argument argument;
static struct action_fault fault;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 8 << 20);
    fault = (struct action_fault){ 0 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static bool read_value(sio_value value)
{
    return argument_read(&argument, SIO_ARGS(value), &arena, &fault);
}

static bool read_json(const char *json)
{
    return read_value(sio_json(json, strlen(json)));
}

static void assert_invalid(const char *words)
{
    assert_int_equal(fault.error, ACTION_INVALID);
    if (str_find(fault.message, str_from(words)) == STR_NONE)
        fail_msg("\"%s\" is not in: %.*s", words, STR_FORMAT(fault.message));
}

static void takes_a_bare_string(void **state)
{
    (void)state;
    struct str text;
    assert_true(read_value(sio_text("pods")));
    assert_true(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_str(text, "pods");
    assert_true(read_json("\"pods\""));
    assert_true(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_str(text, "pods");
    assert_true(read_value(sio_text("")));
    assert_true(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_str(text, "");
}

static void takes_an_object(void **state)
{
    (void)state;
    struct str text, api = STR("none");
    uint32_t limit = 20, offset = 3;
    assert_true(read_json("{\"keyword\":\"a\\u0000b\",\"limit\":7.0,\"sequence\":1.5,\"later\":[1]}"));
    assert_true(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_str(text, "a\0b");
    assert_true(argument_text(&argument, "api", 10, &api, &fault));
    assert_str(api, "none");
    assert_true(argument_number(&argument, "limit", 1, 100, &limit, &fault));
    assert_int_equal(limit, 7);
    assert_true(argument_number(&argument, "offset", 0, 100, &offset, &fault));
    assert_int_equal(offset, 3);
    assert_true(yyjson_get_real(argument.sequence) == 1.5);
}

static void refuses_what_is_neither(void **state)
{
    (void)state;
    static const char *const bad[] = { "[]", "[\"pods\"]", "12", "null", "true", "", "{", "{\"keyword\":", "\"" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        fault = (struct action_fault){ 0 };
        assert_false(read_json(bad[i]));
        assert_invalid("a string, or an object");
    }
    assert_false(read_value(sio_number(12)));
    assert_false(read_value(sio_bool(true)));
    assert_false(read_value((sio_value){ .kind = SIO_NULL }));
    assert_false(read_value(sio_bytes("pods", 4)));
    assert_false(argument_read(&argument, SIO_NO_ARGS, &arena, &fault));
    assert_invalid("a string, or an object");
}

static void names_the_member_that_is_bad(void **state)
{
    (void)state;
    struct str text;
    uint32_t number = 0;
    assert_true(read_json("{\"keyword\":[\"pods\"],\"limit\":\"5\"}"));
    assert_false(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_invalid("\"keyword\" must be a string");
    assert_false(argument_main(&argument, "id", 10, &text, &fault));
    assert_invalid("\"id\" must be there");
    assert_false(argument_number(&argument, "limit", 1, 100, &number, &fault));
    assert_invalid("\"limit\" must be a whole number from 1 to 100");
    assert_false(read_json("{\"keyword\":\"a\",\"sequence\":\"7\"}"));
    assert_invalid("\"sequence\"");
    assert_null(argument.sequence);
}

static void refuses_numbers_out_of_range(void **state)
{
    (void)state;
    static const char *const bad[] = { "0",     "101",    "-1",         "1.5",
                                       "1e300", "-1e300", "4294967297", "18446744073709551617",
                                       "null",  "true",   "[]",         "{}" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char json[64];
        uint32_t number = 42;
        snprintf(json, sizeof json, "{\"limit\":%s}", bad[i]);
        assert_true(read_json(json));
        assert_false(argument_number(&argument, "limit", 1, 100, &number, &fault));
        assert_invalid("limit");
        assert_int_equal(number, 42);
    }
}

static void bounds_texts(void **state)
{
    (void)state;
    struct str text;
    assert_true(read_value(sio_text("12345678901")));
    assert_false(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_invalid("\"keyword\" has 11 bytes; at most 10");
    assert_true(read_json("{\"keyword\":\"12345678901\"}"));
    assert_false(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_invalid("\"keyword\" has 11 bytes; at most 10");
}

static void mends_broken_unicode(void **state)
{
    (void)state;
    struct str text;
    static const struct {
        const char *json, *text;
    } cases[] = {
        { "a\\ud83db", "a\xEF\xBF\xBD"
                       "b" },
        { "\\ud83d\\ud83d\\ude00", "\xEF\xBF\xBD\xF0\x9F\x98\x80" },
        { "\\uDE00\\u00e9", "\xEF\xBF\xBD\xC3\xA9" },
        { "\\\\ud83d\\uDFFF", "\\ud83d\xEF\xBF\xBD" },
        { "\\ud83d", "\xEF\xBF\xBD" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[128];
        snprintf(json, sizeof json, "{\"keyword\":\"%s\"}", cases[i].json);
        assert_true(read_json(json));
        assert_true(argument_main(&argument, "keyword", 100, &text, &fault));
        assert_true(str_equal(text, str_from(cases[i].text)));
    }
    assert_false(read_json("{\"keyword\":\"\\ud83"));
    assert_false(read_json("\\"));
    assert_true(read_value(sio_text("\xFF")));
    assert_true(argument_main(&argument, "keyword", 100, &text, &fault));
    assert_str(text, "\xEF\xBF\xBD");
}

static void deep_nesting_is_no_danger(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    static char json[2 * DEPTH + 64];
    size_t size = 0;
    size += (size_t)snprintf(json, sizeof json, "{\"keyword\":\"pods\",\"deep\":");
    memset(json + size, '[', DEPTH);
    memset(json + size + DEPTH, ']', DEPTH);
    size += 2 * DEPTH;
    json[size++] = '}';
    struct str text;
    assert_true(read_value(sio_json(json, size)));
    assert_true(argument_main(&argument, "keyword", 10, &text, &fault));
    assert_str(text, "pods");
    assert_false(read_value(sio_json(json, size - 2)));
}

static void survives_without_memory(void **state)
{
    (void)state;
    static const char json[] = "{\"keyword\":\"pods\",\"sequence\":7}";
    for (size_t limit = 0; limit < 4096; limit += 64) {
        struct arena small;
        arena_init(&small, limit);
        struct argument read;
        fault = (struct action_fault){ 0 };
        bool done = argument_read(&read, SIO_ARGS(sio_json(json, sizeof json - 1)), &small, &fault);
        assert_true(done == !small.failed);
        arena_free(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(takes_a_bare_string, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_an_object, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_is_neither, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_the_member_that_is_bad, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_numbers_out_of_range, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bounds_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mends_broken_unicode, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deep_nesting_is_no_danger, set_up, tear_down),
        cmocka_unit_test_setup_teardown(survives_without_memory, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("argument", tests, NULL, NULL);
}
