/* What samples of objects, arrays and alternatives show; test_sample.c has single values. */
#include "unit.h"

#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

static struct arena arena;
static struct sample_report report;

/* JSON on one line, of the document's member `x`. */
static struct str make(const char *json, struct sample_wish wish)
{
    struct document document;
    struct document_fault fault;
    struct buf text;
    struct sample_focus focus;
    size_t size;
    if (document_read(&document, str_from(json), &fault) != DOCUMENT_OK) fail_msg("%s: %s", json, fault.what);
    wish.report = &report;
    struct sample_node *node = sample_make(&document, yyjson_obj_get(document.root, "x"), &wish, &arena);
    assert_non_null(node);
    buf_init(&text, 1 << 20);
    sample_json_write(&text, node, &focus);
    yyjson_doc *doc = yyjson_read(text.at, text.size, 0);
    assert_non_null(doc);
    char *line = yyjson_write(doc, 0, &size);
    struct str copy = arena_copy(&arena, (struct str){ line, size });
    free(line);
    yyjson_doc_free(doc);
    buf_free(&text);
    document_close(&document);
    return copy;
}

struct choice_row {
    const char *schema; /* or a whole document, when it begins with {"x": */
    const char *expected;
};

static void check_rows(const struct choice_row *rows, size_t count, struct sample_wish wish)
{
    static char json[1 << 16];
    for (size_t i = 0; i < count; i++) {
        arena_init(&arena, 1 << 22);
        bool is_document = strncmp(rows[i].schema, "{\"x\":", 5) == 0;
        snprintf(json, sizeof json, is_document ? "%s" : "{\"openapi\":\"3.1.0\",\"x\":%s}", rows[i].schema);
        struct str made = make(json, wish);
        if (!str_equal(made, str_from(rows[i].expected)))
            fail_msg("%s\n  gives    %.*s\n  expected %s", rows[i].schema, STR_FORMAT(made), rows[i].expected);
        arena_free(&arena);
    }
}

#define check(rows, ...) check_rows(rows, sizeof(rows) / sizeof *(rows), (struct sample_wish){ __VA_ARGS__ })

/* ---- Tiers ------------------------------------------------------------------------------------------------------- */

#define TIERED                                                                                                         \
    "{\"properties\":{\"extra\":{\"type\":\"integer\"},\"name\":{\"type\":\"string\"},\"status\":{\"type\":"           \
    "\"string\"},"                                                                                                     \
    "\"need\":{\"type\":\"integer\"},\"inner\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},"    \
    "\"deep\":{\"type\":\"integer\"}}}},"                                                                              \
    "\"required\":[\"need\"]}"

static void tiers_differ_by_what_they_show(void **state)
{
    (void)state;
    static const struct choice_row minimal[] = {
        { TIERED, "{\"name\":\"example\",\"need\":1}" },
        { "{\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}}}", "{\"a\":1}" },
        { "{\"properties\":{\"o\":{\"properties\":{\"a\":{\"type\":\"integer\"}}}}}", "{\"o\":{\"a\":1}}" },
    };
    static const struct choice_row useful[] = {
        { TIERED, "{\"extra\":1,\"name\":\"example\",\"status\":\"active\",\"need\":1,\"inner\":{\"id\":1}}" },
    };
    static const struct choice_row full[] = {
        { TIERED,
          "{\"extra\":1,\"name\":\"example\",\"status\":\"active\",\"need\":1,\"inner\":{\"id\":1,\"deep\":1}}" },
    };
    check(minimal, .tier = SAMPLE_MINIMAL);
    check(useful, .tier = SAMPLE_USEFUL);
    check(full, .tier = SAMPLE_FULL);
}

static void an_example_is_shown_whole_in_part_or_completed(void **state)
{
    (void)state;
    static const char schema[] =
        "{\"example\":{\"id\":7,\"more\":\"x\",\"own\":[1,2]},\"properties\":{\"id\":{\"type\":\"integer\"},"
        "\"more\":{\"type\":\"string\"},\"less\":{\"type\":\"integer\"}}}";
    static const struct choice_row minimal[] = { { schema, "{\"id\":7}" } };
    static const struct choice_row useful[] = { { schema, "{\"id\":7,\"more\":\"x\",\"own\":[1,2]}" } };
    static const struct choice_row full[] = { { schema, "{\"id\":7,\"more\":\"x\",\"less\":1,\"own\":[1,2]}" } };
    check(minimal, .tier = SAMPLE_MINIMAL);
    check(useful, .tier = SAMPLE_USEFUL);
    check(full, .tier = SAMPLE_FULL);
}

static void of_a_wrong_example_the_right_parts_are_taken(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"example\":{\"a\":5,\"b\":\"no\"},\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":"
          "\"integer\"},\"c\":{\"type\":\"integer\"}},"
          "\"required\":[\"c\"]}",
          "{\"a\":5,\"b\":1,\"c\":1}" },
        { "{\"example\":[1,\"no\",3],\"items\":{\"type\":\"integer\"}}", "[1,2,3]" },
    };
    check(rows, .tier = SAMPLE_USEFUL);
    assert_int_equal(report.fault_count, 1);
}

static void what_had_no_room_is_counted(void **state)
{
    (void)state;
    static char json[1 << 16];
    size_t size = (size_t)sprintf(json, "{\"x\":{\"properties\":{");
    for (int i = 0; i < 1000; i++)
        size += (size_t)sprintf(json + size, "%s\"p%d\":{\"type\":\"integer\"}", i ? "," : "", i);
    sprintf(json + size, "}}}");
    arena_init(&arena, 1 << 22);
    make(json, (struct sample_wish){ .tier = SAMPLE_FULL });
    assert_in_range(report.left_out, 1, 100); /* 600 are looked at, nearly as many are shown */
    make(json, (struct sample_wish){ .tier = SAMPLE_USEFUL });
    assert_int_equal(report.left_out, 0); /* what is not common is not missed */
    arena_free(&arena);
}

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

static void all_parts_of_a_property_count(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}}},{\"properties\":{\"a\":{\"enum\":[\"red\"]}}}]}",
          "{\"a\":\"red\"}" },
        { "{\"allOf\":[{\"properties\":{\"a\":{\"minimum\":5}}},{\"properties\":{\"a\":{\"type\":\"integer\","
          "\"maximum\":6}}}]}",
          "{\"a\":5}" },
        { "{\"allOf\":[{\"additionalProperties\":false,\"properties\":{\"a\":{\"type\":\"integer\"}}},{\"properties\":{"
          "\"b\":{\"type\":\"integer\"}}}]}",
          "{\"a\":1}" },
        { "{\"allOf\":[{\"type\":\"number\"},{\"type\":\"integer\"}]}", "1" },
    };
    check(rows, .tier = SAMPLE_USEFUL);
}

static void counts_and_dependencies_are_kept(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"maxProperties\":1,\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}}}",
          "{\"a\":1}" },
        { "{\"minProperties\":2,\"additionalProperties\":{\"type\":\"integer\"}}", "{\"key\":1,\"key2\":1}" },
        { "{\"additionalProperties\":{\"type\":\"integer\"},\"propertyNames\":{\"pattern\":\"^[A-Z]{3}$\"}}",
          "{\"EXA\":1}" },
        { "{\"patternProperties\":{\"^x-\":{\"type\":\"integer\"}}}", "{\"x-\":1}" },
        { "{\"properties\":{\"name\":{\"type\":\"string\"},\"o\":{\"properties\":{\"id\":{\"type\":\"integer\"},"
          "\"card\":{\"type\":\"integer\"}},"
          "\"dependentRequired\":{\"id\":[\"card\"]}}}}",
          "{\"name\":\"example\",\"o\":{\"id\":1,\"card\":1}}" },
        { "{\"required\":[\"a\"],\"additionalProperties\":{\"type\":\"integer\"}}", "{\"a\":1,\"key\":1}" },
    };
    check(rows, .tier = SAMPLE_USEFUL);
}

/* ---- Alternatives ------------------------------------------------------------------------------------------------ */

static void exactly_one_alternative_fits(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},\"oneOf\":[{\"required\":[\"a\"]"
          "},{\"required\":[\"b\"]}]}",
          "{\"a\":1}" },
        { "{\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},\"not\":{\"required\":[\"a\","
          "\"b\"]}}",
          "{\"a\":1}" },
        { "{\"oneOf\":[{\"type\":\"number\"},{\"type\":\"integer\"}]}", "1" }, /* both fit: so be it */
        { "{\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"not\":{\"type\":\"integer\"}}", "\"string\"" },
        { "{\"oneOf\":[{\"required\":[\"m\"],\"properties\":{\"m\":{\"type\":\"string\"},\"e\":{\"type\":\"array\","
          "\"items\":{\"type\":\"integer\"}}}},"
          "{\"required\":[\"m\"],\"properties\":{\"m\":{\"type\":\"string\"},\"e\":{\"type\":\"string\"}}}]}",
          "{\"m\":\"m\",\"e\":[1]}" },
    };
    check(rows, .tier = SAMPLE_MINIMAL);
}

static void a_branch_that_needs_itself_gives_way(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"x\":{\"$ref\":\"#/E\"},\"E\":{\"oneOf\":[{\"$ref\":\"#/And\"},{\"$ref\":\"#/Leaf\"}]},"
          "\"And\":{\"properties\":{\"left\":{\"$ref\":\"#/"
          "E\"}},\"required\":[\"left\"],\"type\":\"object\"},\"Leaf\":{\"type\":\"integer\"}}",
          "{\"left\":1}" },
        { "{\"x\":{\"$ref\":\"#/N\"},\"N\":{\"required\":[\"next\"],\"properties\":{\"next\":{\"anyOf\":[{\"$ref\":\"#/"
          "N\"},{\"type\":\"null\"}]}}}}",
          "{\"next\":{\"next\":null}}" },
        { "{\"x\":{\"$ref\":\"#/"
          "N\"},\"N\":{\"required\":[\"next\"],\"properties\":{\"next\":{\"nullable\":true,\"allOf\":[{\"$ref\":\"#/"
          "N\"}]}}}}",
          "{\"next\":null}" },
        { "{\"x\":{\"properties\":{\"a\":{\"type\":\"integer\"},\"n\":{\"$ref\":\"#/"
          "N\"}}},\"N\":{\"required\":[\"next\"],\"properties\":{\"next\":{\"$ref\":\"#/N\"}}}}",
          "{\"a\":1}" },
    };
    check(rows, .tier = SAMPLE_USEFUL);
}

static void a_discriminator_that_does_not_fit_is_not_told(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"x\":{\"oneOf\":[{\"$ref\":\"#/Cat\"}],\"discriminator\":{\"propertyName\":\"kind\"}},"
          "\"Cat\":{\"required\":[\"kind\"],\"properties\":{\"kind\":{\"enum\":[\"cat\"]}}}}",
          "{\"kind\":\"cat\"}" },
        { "{\"x\":{\"$ref\":\"#/Cat\"},\"Cat\":{\"allOf\":[{\"$ref\":\"#/"
          "Pet\"},{\"properties\":{\"claws\":{\"type\":\"integer\"}}}]},"
          "\"Pet\":{\"properties\":{\"kind\":{\"type\":\"string\"}},\"discriminator\":{\"propertyName\":\"kind\"},"
          "\"oneOf\":[{\"$ref\":\"#/Dog\"},{\"$ref\":\"#/Cat\"}]},\"Dog\":{\"required\":[\"barks\"]}}",
          "{\"kind\":\"Cat\",\"claws\":1}" },
    };
    check(rows, .tier = SAMPLE_USEFUL);
}

/* ---- Arrays and leaves ------------------------------------------------------------------------------------------- */

static void arrays_have_what_they_must(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"type\":\"array\",\"minItems\":3,\"uniqueItems\":true,\"items\":{\"enum\":[\"a\",\"b\",\"c\"]}}",
          "[\"a\",\"b\",\"c\"]" },
        { "{\"type\":\"array\",\"minItems\":2,\"uniqueItems\":true,\"items\":{\"type\":\"boolean\"}}", "[true,false]" },
        { "{\"type\":\"array\",\"minItems\":2,\"uniqueItems\":true,\"items\":{\"type\":\"string\",\"format\":\"date\"}"
          "}",
          "[\"2026-01-31\",\"2027-01-31\"]" },
        { "{\"type\":\"array\",\"minItems\":5,\"items\":{\"type\":\"boolean\"}}", "[true,false,true,false,true]" },
        { "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"integer\"}],\"items\":false}", "[1]" },
        { "{\"type\":\"array\",\"contains\":{\"const\":7},\"items\":{\"type\":\"integer\"}}", "[7]" },
        { "{\"type\":\"array\",\"items\":[{\"type\":\"integer\"},{\"type\":\"boolean\"}],\"additionalItems\":false}",
          "[1,true]" },
    };
    check(rows, .tier = SAMPLE_USEFUL);
}

static void texts_fit_all_that_is_said(void **state)
{
    (void)state;
    static const struct choice_row rows[] = {
        { "{\"type\":\"string\",\"pattern\":\"^[0-9]{3}-[a-z]+$\"}", "\"123-example\"" },
        { "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\",\"minLength\":9}", "\"stringstr\"" },
        { "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\",\"maxLength\":3}", "\"str\"" },
        { "{\"allOf\":[{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"},{\"pattern\":\"^.{3}$\"}]}", "\"exa\"" },
        { "{\"type\":\"string\",\"format\":\"uri\",\"maxLength\":12}", "\"http://a.co\"" },
        { "{\"type\":\"string\",\"format\":\"email\",\"minLength\":20}", "\"examuser@example.com\"" },
        { "{\"type\":\"string\",\"format\":\"date-time\",\"description\":\"Can be `never`\"}",
          "\"2026-01-31T12:00:00Z\"" },
        { "{\"type\":\"string\",\"description\":\"One of `a`, `b`, `c`. Defaults to `b`.\"}", "\"b\"" },
        { "{\"type\":\"string\",\"example\":\"no date\",\"format\":\"date\"}", "\"2026-01-31\"" },
        { "{\"type\":\"string\",\"pattern\":\"/^[0-9]{5}$/i\"}", "\"12345\"" },
        { "{\"type\":\"string\",\"format\":\"date-time\",\"minLength\":25}", "\"2026-01-31T12:00:00+00:00\"" },
        { "{\"type\":\"string\",\"format\":\"time\",\"pattern\":\"^\\\\d\\\\d:\\\\d\\\\d$\"}", "\"12:00\"" },
        { "{\"x\":{\"$ref\":\"#/"
          "y\",\"type\":\"string\",\"example\":5},\"y\":{\"type\":\"integer\"},\"openapi\":\"3.0.0\"}",
          "1" },
        { "{\"x\":{\"$ref\":\"#/y\",\"example\":5},\"y\":{\"type\":\"integer\"},\"openapi\":\"3.0.0\"}", "5" },
        { "{\"enum\":[null]}", "null" },
        { "{\"type\":\"string\",\"enum\":[169]}", "\"169\"" },
        { "{\"type\":\"number\",\"multipleOf\":0.01,\"minimum\":0.05}", "1" },
        { "{\"type\":\"integer\",\"allOf\":[{\"minimum\":3},{\"minimum\":5}]}", "5" },
    };
    check(rows, .tier = SAMPLE_USEFUL);
}

static void what_cannot_be_made_is_told_with_its_place(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 22);
    make("{\"x\":{\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"properties\":{\"b\":{\"type\":\"string\","
         "\"pattern\":\"^(?<=x)$\"}}}}}}}",
         (struct sample_wish){ .tier = SAMPLE_USEFUL });
    assert_int_equal(report.fault_count, 1);
    assert_str(report.faults[0], "a.b: no text was found for the pattern ^(?<=x)$");
    make("{\"x\":{\"$ref\":\"#/N\"},\"N\":{\"required\":[\"next\"],\"properties\":{\"next\":{\"$ref\":\"#/N\"}}}}",
         (struct sample_wish){ 0 });
    assert_int_equal(report.fault_count, 1);
    make("{\"x\":{\"type\":\"integer\",\"minimum\":5,\"maximum\":1}}", (struct sample_wish){ .name = STR("n") });
    assert_str(report.faults[0], "n: no number is allowed by all its limits");
    arena_free(&arena);
}

/* Alternatives in alternatives in …: each try makes what is below anew. */
static void tries_are_bounded(void **state)
{
    (void)state;
    static char json[1 << 16];
    size_t size = (size_t)sprintf(json, "{\"x\":{\"$ref\":\"#/s0\"}");
    for (int i = 0; i < 40; i++)
        size +=
            (size_t)sprintf(json + size,
                            ",\"s%d\":{\"oneOf\":[{\"required\":[\"p\"],\"properties\":{\"p\":{\"$ref\":\"#/s%d\"}}},"
                            "{\"required\":[\"p\"],\"properties\":{\"p\":{\"$ref\":\"#/s%d\"}}}]}",
                            i, i + 1, i + 1);
    sprintf(json + size, ",\"s40\":{\"type\":\"integer\"}}");
    arena_init(&arena, 1 << 26);
    assert_true(make(json, (struct sample_wish){ 0 }).size > 20);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_differ_by_what_they_show),
        cmocka_unit_test(an_example_is_shown_whole_in_part_or_completed),
        cmocka_unit_test(of_a_wrong_example_the_right_parts_are_taken),
        cmocka_unit_test(what_had_no_room_is_counted),
        cmocka_unit_test(all_parts_of_a_property_count),
        cmocka_unit_test(counts_and_dependencies_are_kept),
        cmocka_unit_test(exactly_one_alternative_fits),
        cmocka_unit_test(a_branch_that_needs_itself_gives_way),
        cmocka_unit_test(a_discriminator_that_does_not_fit_is_not_told),
        cmocka_unit_test(arrays_have_what_they_must),
        cmocka_unit_test(texts_fit_all_that_is_said),
        cmocka_unit_test(what_cannot_be_made_is_told_with_its_place),
        cmocka_unit_test(tries_are_bounded),
    };
    return cmocka_run_group_tests_name("sample_choice", tests, NULL, NULL);
}
