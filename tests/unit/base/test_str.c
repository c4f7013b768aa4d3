#include "unit.h"

static void finds_and_cuts(void **state)
{
    (void)state;
    struct str text = STR("name=value=more");
    assert_int_equal(str_find_byte(text, '='), 4);
    assert_int_equal(str_find_last_byte(text, '='), 10);
    assert_int_equal(str_find(text, STR("value")), 5);
    assert_int_equal(str_find(text, STR("nothing")), STR_NONE);
    assert_str(str_cut(text, 5, 10), "value");
    assert_str(str_cut(text, 11, 1000), "more");
    assert_str(str_cut(text, 1000, 2000), "");
}

static void splits_at_every_separator(void **state)
{
    (void)state;
    struct str rest = STR("a,,b"), part;
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "a");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "b");
    assert_false(str_split(&rest, ',', &part));
}

static void orders_by_bytes_then_size(void **state)
{
    (void)state;
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR("\xff"), STR("a")) > 0);
    assert_int_equal(str_compare(STR_EMPTY, STR_EMPTY), 0);
}

static void compares_with_nul_inside(void **state)
{
    (void)state;
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_true(str_equal_nocase(STR("Content-Type"), STR("content-TYPE")));
    assert_true(str_starts(STR("prefix"), STR("pre")));
    assert_true(str_ends(STR("file.json"), STR(".json")));
    assert_false(str_ends(STR("json"), STR(".json")));
}

static void trims(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t a b \r\n")), "a b");
    assert_str(str_trim(STR("   ")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_and_cuts),
        cmocka_unit_test(splits_at_every_separator),
        cmocka_unit_test(orders_by_bytes_then_size),
        cmocka_unit_test(compares_with_nul_inside),
        cmocka_unit_test(trims),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
