#include "unit.h"

#include "fits.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned steps_taken;

/* One line a case: the version, the schema (as `x` of a document, so that it can refer to `y`), the value. */
static bool fits(const char *version, const char *schema, const char *value, enum fits_direction direction)
{
    static char json[1 << 16];
    struct document document;
    struct document_fault fault;
    struct expressions expressions = { 0 };
    snprintf(json, sizeof json, "{\"openapi\":\"%s\",\"x\":%s}", version, schema);
    if (document_read(&document, str_from(json), &fault) != DOCUMENT_OK) fail_msg("%s: %s", schema, fault.what);
    yyjson_doc *doc = yyjson_read(value, strlen(value), 0);
    assert_non_null(doc);
    struct fits state = fits_begin(&document, &expressions, direction);
    bool is_good = fits_schema(&state, yyjson_obj_get(document.root, "x"), yyjson_doc_get_root(doc));
    assert_int_equal(state.depth, 0);
    steps_taken = state.steps;
    yyjson_doc_free(doc);
    expression_free_all(&expressions);
    document_close(&document);
    return is_good;
}

struct fits_row {
    const char *schema, *good, *bad; /* values; NULL: none */
};

static void check_rows(const char *version, const struct fits_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].good && !fits(version, rows[i].schema, rows[i].good, FITS_ANY))
            fail_msg("%s is not %s", rows[i].good, rows[i].schema);
        if (rows[i].bad && fits(version, rows[i].schema, rows[i].bad, FITS_ANY))
            fail_msg("%s is %s", rows[i].bad, rows[i].schema);
    }
}

static void every_keyword_counts(void **state)
{
    (void)state;
    static const struct fits_row rows[] = {
        { "true", "1", NULL },
        { "false", NULL, "1" },
        { "7", "1", NULL },
        { "{\"type\":\"string\"}", "\"a\"", "1" },
        { "{\"type\":\"integer\"}", "1.0", "1.5" },
        { "{\"type\":\"number\"}", "1", "\"1\"" },
        { "{\"type\":[\"string\",\"null\"]}", "null", "1" },
        { "{\"type\":\"nonsense\"}", "1", NULL },
        { "{\"enum\":[1,\"a\",{\"b\":[2]}]}", "{\"b\":[2]}", "2" },
        { "{\"enum\":[1]}", "1.0", "true" },
        { "{\"const\":null}", "null", "0" },
        { "{\"minimum\":3}", "3", "2" },
        { "{\"maximum\":3}", "\"9\"", "4" },
        { "{\"exclusiveMinimum\":3}", "4", "3" },
        { "{\"exclusiveMaximum\":3}", "2", "3" },
        { "{\"multipleOf\":0.5}", "1.5", "1.2" },
        { "{\"minLength\":2}", "\"\\u00e9\\u00e9\"", "\"\\u00e9\"" },
        { "{\"maxLength\":2}", "\"\\u00e9\\u00e9\"", "\"abc\"" },
        { "{\"pattern\":\"^a\"}", "\"ab\"", "\"ba\"" },
        { "{\"format\":\"date\"}", "\"2026-01-31\"", "\"today\"" },
        { "{\"format\":\"int32\"}", "1", "3000000000" },
        { "{\"items\":{\"type\":\"integer\"}}", "[1,2]", "[1,\"2\"]" },
        { "{\"prefixItems\":[{\"type\":\"integer\"}],\"items\":false}", "[1]", "[1,2]" },
        { "{\"items\":[{\"type\":\"integer\"}]}", "[1,\"a\"]", "[\"a\"]" },
        { "{\"minItems\":1,\"maxItems\":2}", "[1]", "[]" },
        { "{\"minItems\":1,\"maxItems\":2}", "[1,2]", "[1,2,3]" },
        { "{\"uniqueItems\":true}", "[1,\"1\",[1]]", "[1,2,1.0]" },
        { "{\"contains\":{\"const\":1}}", "[2,1]", "[2]" },
        { "{\"contains\":{\"const\":1},\"minContains\":0}", "[2]", NULL },
        { "{\"properties\":{\"a\":{\"type\":\"string\"}}}", "{\"b\":1}", "{\"a\":1}" },
        { "{\"required\":[\"a\"]}", "{\"a\":1}", "{}" },
        { "{\"additionalProperties\":false,\"properties\":{\"a\":true}}", "{\"a\":1}", "{\"b\":1}" },
        { "{\"additionalProperties\":{\"type\":\"string\"},\"patternProperties\":{\"^x-\":{\"type\":\"integer\"}}}",
          "{\"x-a\":1,\"b\":\"c\"}", "{\"x-a\":\"b\"}" },
        { "{\"additionalProperties\":{\"type\":\"string\"}}", "{\"a\":\"b\"}", "{\"a\":1}" },
        { "{\"minProperties\":1,\"maxProperties\":1}", "{\"a\":1}", "{}" },
        { "{\"minProperties\":1,\"maxProperties\":1}", NULL, "{\"a\":1,\"b\":2}" },
        { "{\"propertyNames\":{\"pattern\":\"^a\"}}", "{\"ab\":1}", "{\"b\":1}" },
        { "{\"dependentRequired\":{\"a\":[\"b\"]}}", "{\"b\":1}", "{\"a\":1}" },
        { "{\"allOf\":[{\"minimum\":1},{\"maximum\":2}]}", "1", "3" },
        { "{\"anyOf\":[{\"type\":\"string\"},{\"minimum\":2}]}", "2", "1" },
        { "{\"oneOf\":[{\"type\":\"integer\"},{\"minimum\":2}]}", "1", "3" },
        { "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "null", "1" },
        { "{\"not\":{\"type\":\"string\"}}", "1", "\"a\"" },
        { "{\"if\":{\"type\":\"string\"},\"then\":{\"minLength\":2},\"else\":{\"minimum\":2}}", "\"ab\"", "1" },
        { "{\"oneOf\":[],\"anyOf\":{},\"allOf\":3,\"enum\":[],\"type\":[],\"required\":\"a\",\"items\":7}", "[1]",
          NULL },
    };
    check_rows("3.1.0", rows, sizeof rows / sizeof *rows);
}

static void versions_differ(void **state)
{
    (void)state;
    static const struct fits_row old_rows[] = {
        { "{\"type\":\"string\",\"nullable\":true}", "null", "1" },
        { "{\"minimum\":3,\"exclusiveMinimum\":true}", "4", "3" },
        { "{\"maximum\":3,\"exclusiveMaximum\":true}", "2", "3" },
        { "{\"$ref\":\"#/x/y\",\"minimum\":5,\"y\":{\"type\":\"integer\"}}", "1", "\"a\"" },
    };
    static const struct fits_row new_rows[] = {
        { "{\"type\":\"string\",\"nullable\":true}", "\"a\"", "null" },
        { "{\"$ref\":\"#/x/y\",\"minimum\":5,\"y\":{\"type\":\"integer\"}}", "5", "1" },
    };
    check_rows("3.0.3", old_rows, sizeof old_rows / sizeof *old_rows);
    check_rows("3.1.0", new_rows, sizeof new_rows / sizeof *new_rows);
}

static void what_does_not_go_this_way_is_not_required(void **state)
{
    (void)state;
    const char *schema = "{\"required\":[\"id\",\"secret\"],\"allOf\":[{\"properties\":{\"id\":{\"$ref\":\"#/x/y\"}}}],"
                         "\"properties\":{\"secret\":{\"writeOnly\":true}},\"y\":{\"readOnly\":true}}";
    assert_true(fits("3.0.0", schema, "{\"secret\":1}", FITS_REQUEST));
    assert_true(fits("3.0.0", schema, "{\"id\":1}", FITS_RESPONSE));
    assert_false(fits("3.0.0", schema, "{\"id\":1}", FITS_REQUEST));
    assert_false(fits("3.0.0", schema, "{\"id\":1}", FITS_ANY));
}

static void what_cannot_be_told_fits(void **state)
{
    (void)state;
    assert_true(fits("3.0.0", "{\"$ref\":\"#/nowhere\"}", "1", FITS_ANY));
    assert_true(fits("3.0.0", "{\"$ref\":\"#/x\"}", "1", FITS_ANY));
    assert_true(fits("3.0.0", "{\"allOf\":[{\"$ref\":\"#/x\"}]}", "1", FITS_ANY));
    assert_true(fits("3.0.0", "{\"pattern\":\"(\"}", "\"a\"", FITS_ANY));
    assert_true(fits("3.0.0", "{\"minimum\":1e400}", "1", FITS_ANY));
}

/* Each alternative is the schema itself, twice: without a bound there would be 2^128 ways to look at it. */
static void steps_are_bounded(void **state)
{
    (void)state;
    const char *schema =
        "{\"allOf\":[{\"anyOf\":[{\"allOf\":[{\"$ref\":\"#/x\"},false]},{\"allOf\":[{\"$ref\":\"#/x\"},false]}]}]}";
    fits("3.1.0", schema, "1", FITS_ANY);
    assert_in_range(steps_taken, FITS_STEPS, FITS_STEPS + 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_keyword_counts),
        cmocka_unit_test(versions_differ),
        cmocka_unit_test(what_does_not_go_this_way_is_not_required),
        cmocka_unit_test(what_cannot_be_told_fits),
        cmocka_unit_test(steps_are_bounded),
    };
    return cmocka_run_group_tests_name("fits", tests, NULL, NULL);
}
