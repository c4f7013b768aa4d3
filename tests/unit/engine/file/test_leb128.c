#include "unit.h"

#include "leb128.h"

static void numbers_come_back(void **state)
{
    (void)state;
    const uint32_t numbers[] = { 0, 1, 127, 128, 300, 16383, 16384, 1u << 28, UINT32_MAX };
    const size_t sizes[] = { 1, 1, 1, 2, 2, 2, 3, 5, 5 };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uint8_t bytes[LEB128_SIZE_MAX];
        size_t size = leb128_write(numbers[i], bytes), at = 0;
        uint32_t value = 42;
        assert_int_equal(size, sizes[i]);
        assert_true(leb128_read((struct str){ (const char *)bytes, size }, &at, &value));
        assert_int_equal(value, numbers[i]);
        assert_int_equal(at, size);
        at = 0;
        assert_false(leb128_read((struct str){ (const char *)bytes, size - 1 }, &at, &value));
        assert_int_equal(at, 0);
    }
}

static void more_than_32_bits_are_refused(void **state)
{
    (void)state;
    uint32_t value = 42;
    size_t at = 0;
    assert_false(leb128_read(STR("\xFF\xFF\xFF\xFF\x1F"), &at, &value));
    assert_false(leb128_read(STR("\x80\x80\x80\x80\x80\x01"), &at, &value));
    at = 9;
    assert_false(leb128_read(STR("\x01"), &at, &value));
    assert_int_equal(value, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(more_than_32_bits_are_refused),
    };
    return cmocka_run_group_tests_name("leb128", tests, NULL, NULL);
}
