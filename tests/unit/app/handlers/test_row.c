#include "unit.h"

#include "row.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* The row as it stands in the reply. */
static struct str written(struct payload *payload, struct row *row)
{
    return payload_end(payload, row_end(row));
}

static void an_object_has_members_of_all_kinds(void **state)
{
    (void)state;
    struct payload payload = payload_begin(&arena);
    struct row row = row_begin(&payload);
    row_add_text(&row, ROW_NAME("name"), STR("Pod"));
    row_add_text(&row, ROW_NAME("none"), (struct str){ NULL, 0 });
    row_add_text_if(&row, ROW_NAME("left-out"), STR_EMPTY);
    row_add_number(&row, ROW_NAME("zero"), 0);
    row_add_number(&row, ROW_NAME("most"), UINT64_MAX);
    row_add_true(&row, ROW_NAME("yes"));
    row_open(&row, ROW_NAME("empty"), '[');
    row_close(&row, ']');
    row_open(&row, ROW_NAME("nested"), '[');
    row_append_number(&row, 1);
    row_append_text(&row, STR("a"));
    row_open(&row, STR_EMPTY, '{');
    row_add_number(&row, ROW_NAME("x"), 2);
    row_close(&row, '}');
    row_open(&row, STR_EMPTY, '[');
    row_append_number(&row, 3);
    row_append_number(&row, 4);
    row_close(&row, ']');
    row_close(&row, ']');
    row_add_text(&row, ROW_NAME("last"), STR("z"));
    assert_str(written(&payload, &row),
               "{\"name\":\"Pod\",\"none\":\"\",\"zero\":0,\"most\":18446744073709551615,"
               "\"yes\":true,\"empty\":[],\"nested\":[1,\"a\",{\"x\":2},[3,4]],\"last\":\"z\"}");
}

static void an_object_without_members_is_one(void **state)
{
    (void)state;
    struct payload payload = payload_begin(&arena);
    struct row row = row_begin(&payload);
    assert_str(written(&payload, &row), "{}");
}

/* The same by a tree, which escapes every text. */
static struct str by_tree(struct str text)
{
    struct payload payload = payload_begin(&arena);
    yyjson_mut_val *object = payload_object(&payload);
    payload_add_text(&payload, object, "t", text);
    return payload_end(&payload, object);
}

/* Whatever byte stands wherever in a text of whatever size: no special one is taken for a plain one. */
static void texts_are_escaped_as_a_tree_does_it(void **state)
{
    (void)state;
    char bytes[40];
    memset(bytes, 'x', sizeof bytes);
    for (size_t size = 1; size <= sizeof bytes; size++)
        for (size_t at = 0; at < size; at++)
            for (unsigned byte = 0; byte < 256; byte += size % 8 < 2 ? 1 : 7) {
                bytes[at] = (char)byte;
                struct str text = { bytes, size };
                struct payload payload = payload_begin(&arena);
                struct row row = row_begin(&payload);
                row_add_text(&row, ROW_NAME("t"), text);
                struct str own = written(&payload, &row), wanted = by_tree(text);
                bytes[at] = 'x';
                if (!str_equal(own, wanted)) fail_msg("byte %u at %zu of %zu: %.*s", byte, at, size, STR_FORMAT(own));
                arena_reset(&arena);
            }
}

static void texts_of_other_scripts_stay_as_they_are(void **state)
{
    (void)state;
    static const struct str text = STR_INIT("caf\xC3\xA9 \xF0\x9F\x98\x80 \"quoted\"");
    struct payload payload = payload_begin(&arena);
    struct row row = row_begin(&payload);
    row_add_text(&row, ROW_NAME("t"), text);
    assert_str(written(&payload, &row), "{\"t\":\"caf\xC3\xA9 \xF0\x9F\x98\x80 \\\"quoted\\\"\"}");
}

static void rows_grow(void **state)
{
    (void)state;
    static char text[5000];
    memset(text, 'y', sizeof text);
    struct payload payload = payload_begin(&arena);
    struct row row = row_begin(&payload);
    for (unsigned i = 0; i < 300; i++) row_add_number(&row, ROW_NAME("number"), 1234567);
    row_add_text(&row, ROW_NAME("long"), (struct str){ text, sizeof text });
    struct str reply = written(&payload, &row);
    yyjson_val *object = payload_read(&arena, reply);
    assert_int_equal(yyjson_obj_size(object), 301);
    assert_int_equal(yyjson_get_len(yyjson_obj_get(object, "long")), sizeof text);
}

static void without_memory_there_is_no_row(void **state)
{
    (void)state;
    bool has_failed = false, has_worked = false;
    for (size_t limit = 0; limit < 400000; limit += 1024) {
        struct arena small;
        arena_init(&small, limit);
        struct payload payload = payload_begin(&small);
        struct row row = row_begin(&payload);
        for (unsigned i = 0; i < 200; i++) row_add_text(&row, ROW_NAME("name"), STR("a \"quoted\" text"));
        struct str reply = written(&payload, &row);
        assert_true((reply.at == NULL) == small.failed);
        has_failed |= small.failed;
        has_worked |= !small.failed && reply.size == 2 + 200 * strlen(",\"name\":\"a \\\"quoted\\\" text\"") - 1;
        arena_free(&small);
    }
    assert_true(has_failed && has_worked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_object_has_members_of_all_kinds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_object_without_members_is_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_are_escaped_as_a_tree_does_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_of_other_scripts_stay_as_they_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_grow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_memory_there_is_no_row, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("row", tests, NULL, NULL);
}
