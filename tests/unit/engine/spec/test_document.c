#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "document.h"
#include "limits.h"
#include "pointer.h"
#include "position.h"

static void expect_fault(struct str text, unsigned line, unsigned column, const char *what)
{
    struct document document;
    struct document_fault fault;
    assert_int_equal(document_read(&document, text, &fault), DOCUMENT_BAD);
    assert_string_equal(fault.what, what);
    assert_int_equal(fault.line, line);
    assert_int_equal(fault.column, column);
    assert_null(document.json);
    document_close(&document);
}

static void faults_have_a_place(void **state)
{
    (void)state;
    expect_fault(STR_EMPTY, 1, 1, "the file is empty");
    expect_fault(STR(" \n "), 1, 1, "the file is empty");
    expect_fault(STR("{\n  \"a\": 1,\n  \"b\": [1, 2"), 3, 13, "the file ends in the middle of the JSON text");
    expect_fault(STR("{\n  \"a\": 1;\n}"), 2, 9, "this character is not expected here in JSON");
    expect_fault(STR("{} {}"), 1, 4, "something follows the end of the JSON value");
    expect_fault(STR("{\"ä\": \"ö\xFF\"}"), 1, 9, "invalid UTF-8");
    expect_fault(STR("{\"a\": \"\xED\xA0\x80\"}"), 1, 8, "invalid UTF-8");
    expect_fault(STR("[\"\xE2\x82\"]"), 1, 3, "invalid UTF-8");
}

static void a_mark_and_large_numbers_are_read(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    struct buf text;
    assert_int_equal(document_read(&document, STR("\xEF\xBB\xBF{\"a\":123456789012345678901234567890}"), &fault), 0);
    buf_init(&text, 100);
    document_json_text(document_get(&document, document.root, STR("a")), &text);
    assert_str(buf_str(&text), "123456789012345678901234567890");
    assert_string_equal(document_type_name(document_get(&document, document.root, STR("a"))), "a number");
    buf_free(&text);
    document_close(&document);
}

static void nesting_ends_at_the_limit(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    size_t depth = 100000;
    char *deep = malloc(2 * depth);
    assert_non_null(deep);
    memset(deep, '[', depth);
    memset(deep + depth, ']', depth);
    assert_int_equal(document_read(&document, (struct str){ deep, 2 * depth }, &fault), DOCUMENT_BAD);
    assert_string_equal(fault.what, "nested deeper than 1000 levels");
    assert_int_equal(fault.line, 1);
    assert_int_equal(fault.column, LIMIT_SPEC_DEPTH + 1);
    struct str fits = { deep + depth - LIMIT_SPEC_DEPTH, 2 * LIMIT_SPEC_DEPTH };
    assert_int_equal(document_read(&document, fits, &fault), DOCUMENT_OK);
    document_close(&document);
    free(deep);
}

static void siblings_are_no_nesting(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    struct buf text;
    buf_init(&text, 1 << 20);
    buf_append_byte(&text, '[');
    for (int i = 0; i < 5000; i++) buf_append_str(&text, STR("[[]],{\"a\":{}},"));
    buf_append_str(&text, STR("1]"));
    assert_int_equal(document_read(&document, buf_str(&text), &fault), DOCUMENT_OK);
    document_close(&document);
    buf_free(&text);
}

static void values_have_a_place(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    struct str text = STR("{ \"a\\\"]\" : [ 1, -2.5e3, \"}\" ],\n  \"ü\": \"ä\", \"b\": {\"c\": true} }");
    assert_int_equal(document_read(&document, text, &fault), DOCUMENT_OK);
    const struct {
        struct str pointer;
        unsigned line, column;
    } places[] = {
        { STR(""), 1, 1 },   { STR("/a\"]"), 1, 12 }, { STR("/a\"]/1"), 1, 17 }, { STR("/a\"]/2"), 1, 25 },
        { STR("/ü"), 2, 8 }, { STR("/b"), 2, 18 },    { STR("/b/c"), 2, 24 },
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        yyjson_val *value = pointer_get(&document, places[i].pointer);
        assert_non_null(value);
        assert_int_equal(document_fault_at(&document, value, &fault, "%s", "x"), DOCUMENT_BAD);
        assert_int_equal(fault.line, places[i].line);
        assert_int_equal(fault.column, places[i].column);
    }
    document_fault_at(&document, NULL, &fault, "x");
    assert_int_equal(fault.line, 0);
    document_close(&document);
}

static void large_containers_are_indexed(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    struct buf text;
    buf_init(&text, 1 << 20);
    buf_append_str(&text, STR("{\"object\":{\"k7\":\"first\""));
    for (int i = 0; i < 1000; i++) buf_append_format(&text, ",\"k%d\":%d", i, i);
    buf_append_str(&text, STR("},\"array\":[0"));
    for (int i = 1; i < 1000; i++) buf_append_format(&text, ",[%d]", i);
    buf_append_str(&text, STR("]}"));
    assert_int_equal(document_read(&document, buf_str(&text), &fault), DOCUMENT_OK);
    yyjson_val *object = document_get(&document, document.root, STR("object"));
    yyjson_val *array = document_get(&document, document.root, STR("array"));
    for (int round = 0; round < 2; round++) {
        assert_str(document_str(document_get(&document, object, STR("k7"))), "first");
        assert_int_equal(yyjson_get_int(document_get(&document, object, STR("k999"))), 999);
        assert_null(document_get(&document, object, STR("k1000")));
        assert_int_equal(yyjson_get_int(yyjson_arr_get_first(document_at(&document, array, 999))), 999);
        assert_null(document_at(&document, array, 1000));
    }
    assert_null(document_get(&document, array, STR("0")));
    assert_null(document_at(&document, object, 0));
    assert_null(document_get(&document, NULL, STR("0")));
    document_close(&document);
    buf_free(&text);
}

static void json_text_is_one_line(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    struct buf text;
    assert_int_equal(document_read(&document, STR("[ \"a\", \"\\n\\\"\", { \"b\" : [ 1.50, null ] } ]"), &fault), 0);
    buf_init(&text, 1000);
    document_json_text(document.root, &text);
    assert_str(buf_str(&text), "[\"a\",\"\\n\\\"\",{\"b\":[1.5,null]}]");
    buf_clear(&text);
    document_json_text(document_at(&document, document.root, 0), &text);
    assert_str(buf_str(&text), "\"a\"");
    document_close(&document);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_have_a_place),       cmocka_unit_test(a_mark_and_large_numbers_are_read),
        cmocka_unit_test(nesting_ends_at_the_limit), cmocka_unit_test(siblings_are_no_nesting),
        cmocka_unit_test(values_have_a_place),       cmocka_unit_test(large_containers_are_indexed),
        cmocka_unit_test(json_text_is_one_line),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
