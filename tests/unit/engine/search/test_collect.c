#include "unit.h"

#include "collect.h"

static void keeps_the_best_in_order(void **state)
{
    (void)state;
    struct collect_hit hits[10];
    for (uint32_t limit = 1; limit <= 10; limit++) {
        struct collect collect = { .hits = hits, .limit = limit };
        for (uint32_t i = 0; i < 1000; i++) {
            uint32_t key = i * 377 % 1000; /* each of 0 to 999 once */
            bool is_wanted = collect_wants(&collect, key, key + 7);
            assert_int_equal(collect_add(&collect, key, key + 7, COLLECT_ANY), is_wanted);
        }
        collect_sort(&collect);
        assert_int_equal(collect.count, limit);
        for (uint32_t i = 0; i < limit; i++) {
            assert_int_equal(hits[i].key, i);
            assert_int_equal(hits[i].group, i + 7);
        }
    }
}

static void of_equal_keys_the_smaller_group_is_better(void **state)
{
    (void)state;
    struct collect_hit hits[3];
    struct collect collect = { .hits = hits, .limit = 3 };
    for (uint32_t group = 10; group > 0; group--) assert_true(collect_add(&collect, 7, group, COLLECT_ANY));
    assert_false(collect_wants(&collect, 7, 4));
    collect_sort(&collect);
    for (uint32_t i = 0; i < 3; i++) assert_int_equal(hits[i].group, i + 1);
}

static void may_hold_fewer_than_it_could(void **state)
{
    (void)state;
    struct collect_hit hits[10];
    struct collect collect = { .hits = hits, .limit = 10 };
    collect_sort(&collect);
    assert_int_equal(collect.count, 0);
    assert_true(collect_add(&collect, 5, 1, 2));
    assert_true(collect_add(&collect, 4, 3, 4));
    collect_sort(&collect);
    assert_int_equal(collect.count, 2);
    assert_int_equal(hits[0].group, 3);
    assert_int_equal(hits[0].element, 4);
    assert_int_equal(hits[1].key, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_best_in_order),
        cmocka_unit_test(of_equal_keys_the_smaller_group_is_better),
        cmocka_unit_test(may_hold_fewer_than_it_could),
    };
    return cmocka_run_group_tests_name("collect", tests, NULL, NULL);
}
