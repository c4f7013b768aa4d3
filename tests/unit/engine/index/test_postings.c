#include "unit.h"

#include "postings.h"

static void reads_what_was_packed(void **state)
{
    (void)state;
    static const uint32_t numbers[] = { 0, 1, 127, 128, 300, 16511, 16512, 5000000, UINT32_MAX - 1 };
    enum { COUNT = sizeof numbers / sizeof *numbers };
    struct buf packed;
    buf_init(&packed, 1024);
    postings_pack(&packed, numbers, COUNT);
    struct postings postings = postings_read(buf_str(&packed), UINT32_MAX);
    uint32_t number;
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(postings_next(&postings, &number));
        assert_int_equal(number, numbers[i]);
    }
    assert_false(postings_next(&postings, &number));
    assert_false(postings_next(&postings, &number));
    buf_free(&packed);
}

static size_t count_of(struct str packed, uint32_t ceiling)
{
    struct postings postings = postings_read(packed, ceiling);
    size_t count = 0;
    for (uint32_t number; postings_next(&postings, &number); count++) assert_true(number < ceiling);
    return count;
}

static void stops_at_the_first_number_that_cannot_be(void **state)
{
    (void)state;
    assert_int_equal(count_of(STR("\x05\x05\x05"), 11), 2);                      /* 15 is not below 11 */
    assert_int_equal(count_of(STR("\x05\x00\x05"), 100), 1);                     /* does not rise */
    assert_int_equal(count_of(STR("\x05\x85"), 100), 1);                         /* cut off */
    assert_int_equal(count_of(STR("\xff\xff\xff\xff\xff\xff\xff\x01"), 100), 0); /* too long */
    assert_int_equal(count_of(STR("\xff\xff\xff\xff\x7f"), UINT32_MAX), 0);      /* beyond 32 bits */
    assert_int_equal(count_of(STR_EMPTY, 100), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_packed),
        cmocka_unit_test(stops_at_the_first_number_that_cannot_be),
    };
    return cmocka_run_group_tests_name("postings", tests, NULL, NULL);
}
