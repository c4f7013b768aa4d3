#include "unit.h"

#include "rank.h"

static void the_first_criterion_that_differs_decides(void **state)
{
    (void)state;
    /* Each is better than the next, and worse in all that comes behind what decides. */
    static const struct rank_facts ordered[] = {
        { RANK_WHOLE, 0, true, true, 9, true, 9, 99, 9, 99, 1, 9, 9 },
        { RANK_NAME, 0, false, true, 9, true, 9, 99, 9, 99, 1, 9, 9 },
        { RANK_NAME, 0, true, false, 9, true, 9, 99, 9, 99, 1, 9, 9 },
        { RANK_NAME, 0, true, true, 1, true, 9, 99, 9, 99, 1, 9, 9 },
        { RANK_NAME, 0, true, true, 2, false, 9, 99, 9, 99, 1, 9, 9 },
        { RANK_NAME, 0, true, true, 2, true, 1, 99, 9, 99, 1, 9, 9 },
        { RANK_NAME, 0, true, true, 2, true, 2, 7, 9, 99, 1, 9, 9 },
        { RANK_NAME, 0, true, true, 2, true, 2, 8, 1, 99, 1, 9, 9 },
        { RANK_NAME, 0, true, true, 2, true, 2, 8, 2, 4, 1, 9, 9 },
        { RANK_NAME, 0, true, true, 2, true, 2, 8, 2, 5, 310, 9, 9 },
        { RANK_NAME, 0, true, true, 2, true, 2, 8, 2, 5, 4, 1, 9 },
        { RANK_NAME, 0, true, true, 2, true, 2, 8, 2, 5, 4, 2, 1 },
        { RANK_START, 1, false, false, 0, false, 0, 0, 0, 99, 0, 0, 0 },
        { RANK_NAME, 1, false, false, 0, false, 0, 0, 0, 0, 0, 0, 0 },
        { RANK_WHOLE, 2, false, false, 0, false, 0, 0, 0, 0, 0, 0, 0 },
        { RANK_TEXT, 0, false, false, 0, false, 0, 0, 0, 0, 0, 0, 0 },
    };
    for (size_t i = 1; i < sizeof ordered / sizeof *ordered; i++)
        assert_true(rank_key(&ordered[i - 1]) < rank_key(&ordered[i]));
}

static void what_is_too_large_stays_in_its_place(void **state)
{
    (void)state;
    struct rank_facts most = { .place = RANK_NAME,
                               .text_words = 1000,
                               .loose = 1000,
                               .rest = 100000,
                               .length = 100000,
                               .rank = UINT16_MAX,
                               .group = UINT32_MAX };
    struct rank_facts next = { .place = RANK_NAME, .is_respelled = true };
    assert_true(rank_key(&most) < rank_key(&next));
}

static void a_key_tells_its_criteria(void **state)
{
    (void)state;
    struct rank_facts facts = { .place = RANK_OWNER, .loose = 3, .rank = 777, .group = 12345 };
    uint64_t key = rank_key(&facts);
    assert_int_equal(rank_criterion_value(key, 0), RANK_OWNER);
    assert_int_equal(rank_criterion_value(key, 7), 3);
    assert_int_equal(rank_key_errors(key), 0);
    facts.errors = 2;
    assert_int_equal(rank_key_errors(rank_key(&facts)), 2);
    unsigned count = 0;
    while (rank_criterion_name(count)) count++;
    assert_int_equal(rank_criterion_value(key, count - 1), 777);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_criterion_that_differs_decides),
        cmocka_unit_test(what_is_too_large_stays_in_its_place),
        cmocka_unit_test(a_key_tells_its_criteria),
    };
    return cmocka_run_group_tests_name("rank", tests, NULL, NULL);
}
