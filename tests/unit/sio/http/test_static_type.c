#include "static_type.h"
#include "unit.h"

static void by_the_end_of_the_name(void **state)
{
    (void)state;
    assert_string_equal(static_type(STR("/index.html")), "text/html; charset=utf-8");
    assert_string_equal(static_type(STR("/a.b/main.JS")), "text/javascript; charset=utf-8");
    assert_string_equal(static_type(STR("/logo.svg")), "image/svg+xml");
    assert_string_equal(static_type(STR("/font.woff2")), "font/woff2");
}

static void what_is_not_known_is_just_bytes(void **state)
{
    (void)state;
    assert_string_equal(static_type(STR("/README")), "application/octet-stream");
    assert_string_equal(static_type(STR("/file.")), "application/octet-stream");
    assert_string_equal(static_type(STR("/a.html/file")), "application/octet-stream");
    assert_string_equal(static_type(STR("")), "application/octet-stream");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(by_the_end_of_the_name),
                                        cmocka_unit_test(what_is_not_known_is_just_bytes) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
