#include "unit.h"

#include "limits.h"
#include "payload.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 32 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void writes_members(void **state)
{
    (void)state;
    struct payload payload = payload_begin(&arena);
    yyjson_mut_val *root = payload_object(&payload);
    static const struct str texts[] = { STR_INIT("a"), STR_INIT("b") };
    payload_add_text(&payload, root, "text", STR("a\"\n\0z"));
    payload_add_text_if(&payload, root, "empty", STR(""));
    payload_add_number(&payload, root, "number", UINT64_MAX);
    payload_add_bool(&payload, root, "bool", true);
    payload_add_texts(&payload, root, "texts", texts, 2);
    struct str text = payload_end(&payload, root);
    assert_str(text, "{\"text\":\"a\\\"\\n\\u0000z\",\"number\":18446744073709551615,\"bool\":true,"
                     "\"texts\":[\"a\",\"b\"]}");
    assert_int_equal(text.at[text.size], 0);
}

static struct str written_value(struct str text)
{
    struct payload payload = payload_begin(&arena);
    return payload_end(&payload, payload_value(&payload, text));
}

static void keeps_json_values_as_they_are_written(void **state)
{
    (void)state;
    assert_str(written_value(STR("1.50")), "1.50");
    assert_str(written_value(STR("123456789012345678901234567890")), "123456789012345678901234567890");
    assert_str(written_value(STR("[1,{\"a\":null}]")), "[1,{\"a\":null}]");
    assert_str(written_value(STR("no json")), "\"no json\"");
    assert_str(written_value(STR("1],\"x\":[2")), "\"1],\\\"x\\\":[2\"");
    assert_str(written_value(STR("")), "\"\"");
}

static void mends_bad_utf8(void **state)
{
    (void)state;
    assert_str(payload_clean(&arena, STR("gr\xC3\xBC\xC3\x9F")), "gr\xC3\xBC\xC3\x9F");
    assert_str(payload_clean(&arena, STR("a\xC3")), "a\xEF\xBF\xBD");
    assert_str(payload_clean(&arena, STR("\xED\xA0\xBD!")), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD!");
    assert_str(payload_clean(&arena, (struct str){ NULL, 0 }), "");
    struct payload payload = payload_begin(&arena);
    assert_str(payload_end(&payload, payload_string(&payload, STR("\xFF"))), "\"\xEF\xBF\xBD\"");
}

static void refuses_replies_that_are_too_long(void **state)
{
    (void)state;
    char *long_text = arena_alloc(&arena, LIMIT_REPLY_BYTES);
    memset(long_text, 'x', LIMIT_REPLY_BYTES);
    struct payload payload = payload_begin(&arena);
    assert_int_equal(
        payload_end(&payload, payload_string(&payload, (struct str){ long_text, LIMIT_REPLY_BYTES - 2 })).size,
        LIMIT_REPLY_BYTES);
    assert_null(payload_end(&payload, payload_string(&payload, (struct str){ long_text, LIMIT_REPLY_BYTES - 1 })).at);
}

static void gives_nothing_rather_than_half_when_memory_ends(void **state)
{
    (void)state;
    size_t done = 0;
    for (size_t limit = 0; limit < 64 * 1024; limit += 128) {
        struct arena small;
        arena_init(&small, limit);
        struct payload payload = payload_begin(&small);
        yyjson_mut_val *root = payload_object(&payload);
        for (int i = 0; i < 100; i++) payload_add_text(&payload, root, "key", STR("bad \xFF value"));
        struct str text = payload_end(&payload, root);
        if (text.at != NULL) {
            assert_int_equal(text.size, 2 + 100 * strlen("\"key\":\"bad \xEF\xBF\xBD value\"") + 99);
            done++;
        }
        arena_free(&small);
    }
    assert_true(done > 0);
}

static void counts_as_javascript_does(void **state)
{
    (void)state;
    struct str text = STR("a\xC3\xA9\xF0\x9F\x98\x80z"); /* a é 😀 z */
    assert_int_equal(payload_utf16(text, 0), 0);
    assert_int_equal(payload_utf16(text, 1), 1);
    assert_int_equal(payload_utf16(text, 3), 2);
    assert_int_equal(payload_utf16(text, 7), 4);
    assert_int_equal(payload_utf16(text, 8), 5);
    assert_int_equal(payload_utf16(text, 99), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_members, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_json_values_as_they_are_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mends_bad_utf8, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_replies_that_are_too_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gives_nothing_rather_than_half_when_memory_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_as_javascript_does, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("payload", tests, NULL, NULL);
}
