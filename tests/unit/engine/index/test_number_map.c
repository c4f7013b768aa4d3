#include "unit.h"

#include "number_map.h"

static void keeps_what_was_put_first(void **state)
{
    (void)state;
    struct number_map map;
    number_map_init(&map);
    assert_null(number_map_find(&map, 0));
    for (uint32_t i = 0; i < 20000; i++) {
        bool added;
        assert_int_equal(*number_map_put(&map, (uint64_t)i * 4, i, &added), i);
        assert_true(added);
        assert_int_equal(*number_map_put(&map, (uint64_t)i * 4, i + 1, &added), i);
        assert_false(added);
    }
    assert_int_equal(map.count, 20000);
    for (uint32_t i = 0; i < 20000; i++) {
        assert_int_equal(*number_map_find(&map, (uint64_t)i * 4), i);
        assert_null(number_map_find(&map, (uint64_t)i * 4 + 1));
    }
    number_map_clear(&map);
    assert_int_equal(map.count, 0);
    assert_null(number_map_find(&map, 4));
    number_map_free(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(keeps_what_was_put_first) };
    return cmocka_run_group_tests_name("number_map", tests, NULL, NULL);
}
