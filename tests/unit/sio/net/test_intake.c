#include "unit.h"

#include "intake.h"

static void so_much_is_taken_and_no_more(void **state)
{
    struct intake intake = { .limit = 100 };
    size_t first = 0, second = 0;
    (void)state;
    assert_true(intake_take(&intake, &first, 60));
    assert_true(intake_take(&intake, &first, 0));
    assert_false(intake_take(&intake, &second, 41));
    assert_int_equal(second, 0);
    assert_true(intake_take(&intake, &second, 40));
    assert_int_equal(intake.bytes, 100);
    intake_give_back(&intake, &first);
    intake_give_back(&intake, &first); /* it has nothing any more */
    assert_int_equal(first, 0);
    assert_int_equal(intake.bytes, 40);
    assert_true(intake_take(&intake, &first, 60));
}

static void what_is_larger_than_all_is_refused(void **state)
{
    struct intake intake = { .limit = 100 };
    size_t taken = 0;
    (void)state;
    assert_false(intake_take(&intake, &taken, 101));
    assert_false(intake_take(&intake, &taken, SIZE_MAX));
    assert_int_equal(intake.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_much_is_taken_and_no_more),
        cmocka_unit_test(what_is_larger_than_all_is_refused),
    };
    return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
