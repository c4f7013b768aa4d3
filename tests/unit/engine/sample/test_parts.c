#include "unit.h"

#include "parts.h"

#include <stdio.h>

struct fixture {
    struct document document;
    struct parts parts;
};

static struct fixture *collect(const char *json, struct parts_wish wish)
{
    static struct fixture fixture;
    struct document_fault fault;
    document_close(&fixture.document);
    assert_int_equal(document_read(&fixture.document, str_from(json), &fault), DOCUMENT_OK);
    parts_collect(&fixture.parts, &fixture.document, yyjson_obj_get(fixture.document.root, "x"), &wish);
    return &fixture;
}

static const struct parts_wish whole = { PARTS_ONE_BRANCH, STR_INIT("") };

static void lays_all_of_side_by_side(void **state)
{
    (void)state;
    struct fixture *f =
        collect("{\"x\":{\"title\":\"own\",\"allOf\":[{\"$ref\":\"#/Base\"},{\"title\":\"inline\"}]},"
                "\"Base\":{\"title\":\"base\",\"allOf\":[{\"$ref\":\"#/Root\"}]},\"Root\":{\"title\":\"root\"}}",
                whole);
    static const char *const titles[] = { "own", "base", "root", "inline" };
    static const char *const origins[] = { "", "Base", "Root", "" };
    assert_int_equal(f->parts.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(yyjson_get_str(yyjson_obj_get(f->parts.at[i].schema, "title")), titles[i]);
        assert_true(str_equal(f->parts.at[i].origin, str_from(origins[i])));
        assert_false(f->parts.at[i].is_branch);
    }
    assert_str(parts_text(&f->parts, "title"), "own");
}

static void follows_references_and_keeps_what_stands_beside(void **state)
{
    (void)state;
    struct fixture *f = collect("{\"x\":{\"$ref\":\"#/A\",\"description\":\"beside\"},\"A\":{\"$ref\":\"#/B~1b\"},"
                                "\"B/b\":{\"type\":\"string\"}}",
                                whole);
    assert_int_equal(f->parts.count, 2);
    assert_str(parts_text(&f->parts, "description"), "beside");
    assert_str(parts_text(&f->parts, "type"), "string");
    assert_str(f->parts.name, "A");
    assert_ptr_equal(f->parts.target, f->parts.at[1].schema);
    assert_str(f->parts.at[1].origin, "");
}

static void a_circle_ends(void **state)
{
    (void)state;
    struct fixture *f = collect("{\"x\":{\"$ref\":\"#/x\"}}", whole);
    assert_int_equal(f->parts.count, 0);
    assert_str(f->parts.unresolved, "#/x");
    f = collect("{\"x\":{\"title\":\"t\",\"allOf\":[{\"$ref\":\"#/x\"},{\"$ref\":\"#/"
                "y\"}]},\"y\":{\"oneOf\":[{\"$ref\":\"#/x\"}]}}",
                whole);
    assert_int_equal(f->parts.count, 2);
    assert_str(f->parts.unresolved, "");
}

static void a_reference_that_leads_nowhere_is_told(void **state)
{
    (void)state;
    struct fixture *f =
        collect("{\"x\":{\"allOf\":[{\"$ref\":\"#/nowhere\"},{\"$ref\":\"other.json#/A\"},{\"title\":\"t\"}]}}", whole);
    assert_str(f->parts.unresolved, "#/nowhere");
    assert_str(parts_text(&f->parts, "title"), "t");
    f = collect("{\"x\":3}", whole);
    assert_int_equal(f->parts.count, 0);
}

static void takes_the_first_branch_that_is_not_null(void **state)
{
    (void)state;
    struct fixture *f = collect(
        "{\"x\":{\"oneOf\":[{\"type\":\"null\"},{\"$ref\":\"#/A\"},{\"title\":\"b\"}]},\"A\":{\"title\":\"a\"}}",
        whole);
    assert_str(parts_text(&f->parts, "title"), "a");
    assert_true(f->parts.at[1].is_branch);
    assert_str(f->parts.at[1].origin, "A");
    f = collect("{\"x\":{\"anyOf\":[{\"title\":\"a\"}]}}", (struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    assert_int_equal(f->parts.count, 1);
    f = collect("{\"x\":{\"oneOf\":[],\"anyOf\":{}}}", whole);
    assert_int_equal(f->parts.count, 1);
}

static void takes_the_branch_with_the_property_asked_for(void **state)
{
    (void)state;
    struct parts_wish wish = { PARTS_ONE_BRANCH, STR_INIT("b.c.deep") };
    struct fixture *f = collect("{\"x\":{\"oneOf\":[{\"title\":\"a\"},{\"title\":\"b\",\"allOf\":[{\"properties\":{\"b."
                                "c\":{\"title\":\"p\"}}}]}]}}",
                                wish);
    struct str name, rest;
    assert_str(parts_text(&f->parts, "title"), "b");
    assert_non_null(parts_property_on_path(&f->parts, wish.property, &name, &rest));
    assert_str(name, "b.c");
    assert_str(rest, "deep");
    assert_null(parts_property_on_path(&f->parts, STR("c.b"), &name, &rest));
}

static void a_thousand_parts_are_some(void **state)
{
    (void)state;
    static char json[100000];
    size_t size = (size_t)sprintf(json, "{\"x\":{\"allOf\":[{}");
    for (int i = 0; i < 2000; i++) size += (size_t)sprintf(json + size, ",{\"title\":\"%d\"}", i);
    sprintf(json + size, "]}}");
    struct fixture *f = collect(json, whole);
    assert_int_equal(f->parts.count, LIMIT_SCHEMA_PARTS);
}

static int close_fixture(void **state)
{
    (void)state;
    document_close(&collect("{}", whole)->document);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lays_all_of_side_by_side),
        cmocka_unit_test(follows_references_and_keeps_what_stands_beside),
        cmocka_unit_test(a_circle_ends),
        cmocka_unit_test(a_reference_that_leads_nowhere_is_told),
        cmocka_unit_test(takes_the_first_branch_that_is_not_null),
        cmocka_unit_test(takes_the_branch_with_the_property_asked_for),
        cmocka_unit_test(a_thousand_parts_are_some),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, close_fixture);
}
