#include "unit.h"

#include "number.h"

static void separates_thousands(void **state)
{
    (void)state;
    char text[NUMBER_TEXT];
    assert_string_equal(number_text(text, 0), "0");
    assert_string_equal(number_text(text, 999), "999");
    assert_string_equal(number_text(text, 1000), "1,000");
    assert_string_equal(number_text(text, 125205), "125,205");
    assert_string_equal(number_text(text, UINT64_MAX), "18,446,744,073,709,551,615");
}

static void chooses_the_unit_of_bytes(void **state)
{
    (void)state;
    char text[NUMBER_TEXT];
    assert_string_equal(number_bytes(text, 999), "999 bytes");
    assert_string_equal(number_bytes(text, 1000), "1.0 KB");
    assert_string_equal(number_bytes(text, 425123456), "425.1 MB");
    assert_string_equal(number_bytes(text, 999999), "1.0 MB");
    assert_string_equal(number_bytes(text, 1234567890123), "1.2 TB");
    assert_string_equal(number_bytes(text, UINT64_MAX), "18446744.1 TB");
}

static void reads_numbers_in_range_only(void **state)
{
    (void)state;
    uint32_t number = 7;
    static const char *const bad[] = { "", "-1", "+1", " 1", "1 ", "0x10", "1e1", "65536", "99999999999999999999999",
                                       "0" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) assert_false(number_read(bad[i], 1, 65535, &number));
    assert_int_equal(number, 7);
    assert_true(number_read("65535", 1, 65535, &number));
    assert_int_equal(number, 65535);
    assert_true(number_read("0", 0, 65535, &number));
    assert_int_equal(number, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separates_thousands),
        cmocka_unit_test(chooses_the_unit_of_bytes),
        cmocka_unit_test(reads_numbers_in_range_only),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
