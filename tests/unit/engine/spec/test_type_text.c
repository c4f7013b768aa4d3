#include "unit.h"

#include "schema.h"

static void expect(const char *schema, const char *expected)
{
    struct document document;
    struct document_fault fault;
    struct buf text;
    buf_init(&text, 10000);
    assert_int_equal(document_read(&document, str_from(schema), &fault), DOCUMENT_OK);
    schema_type_text(&document, document.root, &text);
    if (!str_equal(buf_str(&text), str_from(expected)))
        fail_msg("%s\nexpected %s\nactual   %.*s", schema, expected, STR_FORMAT(buf_str(&text)));
    buf_free(&text);
    document_close(&document);
}

static void types_in_words(void **state)
{
    (void)state;
    expect("{\"type\":\"string\"}", "string");
    expect("{\"type\":\"object\"}", "object");
    expect("{\"type\":\"object\",\"properties\":{\"a\":{}},\"additionalProperties\":{\"type\":\"string\"}}", "object");
    expect("{\"$ref\":\"#/components/schemas/io.k8s.api.apps.v1.Deployment\"}", "Deployment");
    expect("{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/io.k8s.api.core.v1.Container\"}}",
           "array of Container");
    expect("{\"type\":\"array\"}", "array");
    expect("{\"type\":\"array\",\"items\":{}}", "array");
    expect("{\"items\":{\"items\":{\"type\":\"integer\"}}}", "array of array of integer");
    expect("{\"additionalProperties\":{\"type\":\"string\"}}", "map of string");
    expect("{\"type\":\"object\",\"additionalProperties\":{}}", "object");
    expect("{\"type\":\"object\",\"additionalProperties\":true}", "object");
    expect("{\"type\":[\"string\",\"null\"]}", "string");
    expect("{\"type\":[\"string\",\"integer\",\"null\"]}", "string or integer");
    expect("{\"type\":[\"array\",\"string\"],\"items\":{\"type\":\"number\"}}", "array of number or string");
    expect("{\"enum\":[\"a\"]}", "string");
    expect("{\"const\":1.5}", "number");
    expect("{\"enum\":[7]}", "integer");
    expect("{\"properties\":{}}", "object");
    expect("{\"type\":\"null\"}", "null");
}

static void alternatives(void **state)
{
    (void)state;
    expect("{\"oneOf\":[{\"$ref\":\"#/A\"},{\"$ref\":\"#/B\"}]}", "one of A, B");
    expect("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "any of string, integer");
    expect("{\"anyOf\":[{\"$ref\":\"#/A\"},{\"type\":\"null\"}]}", "A");
    expect("{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"string\",\"format\":\"uri\"}]}", "string");
    expect("{\"allOf\":[{\"$ref\":\"#/A\"},{\"description\":\"more\"}]}", "A");
    expect("{\"allOf\":[{\"$ref\":\"#/A\"},{\"properties\":{\"b\":{}}}]}", "A");
    expect("{\"allOf\":[{\"$ref\":\"#/A\"},{\"$ref\":\"#/B\"}]}", "A and B");
    expect("{\"type\":\"object\",\"allOf\":[{\"$ref\":\"#/A\"}]}", "A");
    expect("{\"allOf\":[{\"properties\":{\"b\":{}}}]}", "object");
    expect("{\"oneOf\":[{\"$ref\":\"#/A\"},{\"$ref\":\"#/B\"},{\"$ref\":\"#/C\"},{\"$ref\":\"#/D\"},{\"$ref\":\"#/E\"},"
           "{\"$ref\":\"#/F\"},{\"$ref\":\"#/G\"}]}",
           "one of A, B, C, D, E and 2 more");
    expect("{\"type\":\"array\",\"items\":{\"oneOf\":[{\"$ref\":\"#/A\"},{\"$ref\":\"#/B\"}]}}",
           "array of one of A, B");
}

static void nothing_told(void **state)
{
    (void)state;
    expect("{}", "");
    expect("true", "");
    expect("false", "");
    expect("null", "");
    expect("[{\"type\":\"string\"}]", "");
    expect("{\"type\":5}", "");
    expect("{\"oneOf\":[]}", "");
    expect("{\"oneOf\":[{},{}]}", "");
    expect("{\"$ref\":5}", "");
}

static void long_and_deep_ones_end(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    struct buf schema, text;
    buf_init(&schema, 1 << 20);
    buf_init(&text, 1 << 20);
    buf_append_str(&schema, STR("{\"oneOf\":[{\"type\":\"a\"}"));
    for (int i = 0; i < 5; i++) {
        buf_append_format(&schema, ",{\"$ref\":\"#/%d", i);
        for (int j = 0; j < 1000; j++) buf_append_str(&schema, STR("ä"));
        buf_append_str(&schema, STR("\"}"));
    }
    buf_append_str(&schema, STR("]}"));
    assert_int_equal(document_read(&document, buf_str(&schema), &fault), DOCUMENT_OK);
    schema_type_text(&document, document.root, &text);
    assert_true(text.size <= SCHEMA_TYPE_BYTES);
    assert_true(str_starts(buf_str(&text), STR("one of a, 0ä")));
    assert_true(str_ends(buf_str(&text), STR("ä, 2…")));
    document_close(&document);
    buf_free(&schema);
    buf_free(&text);

    expect("{\"items\":{\"items\":{\"items\":{\"items\":{\"items\":{\"items\":{\"items\":{\"items\":{\"type\":"
           "\"string\"}}}}}}}}}",
           "array of array of array of array of array of array of array");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_in_words),
        cmocka_unit_test(alternatives),
        cmocka_unit_test(nothing_told),
        cmocka_unit_test(long_and_deep_ones_end),
    };
    return cmocka_run_group_tests_name("type_text", tests, NULL, NULL);
}
