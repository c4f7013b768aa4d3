#include "unit.h"

#include <stdio.h>

#include "interner.h"
#include "strings.h"

static void equal_texts_have_one_number(void **state)
{
    (void)state;
    struct interner interner;
    interner_init(&interner);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 20000; i++) {
            char text[32];
            snprintf(text, sizeof text, "text %u", i);
            assert_int_equal(interner_add(&interner, str_from(text)), i + 1);
            assert_true(str_equal(interner_text(&interner, i + 1), str_from(text)));
        }
        assert_int_equal(interner.count, 20001);
    }
    interner_free(&interner);
}

static void a_reset_forgets_all(void **state)
{
    (void)state;
    struct interner interner;
    interner_init(&interner);
    for (uint32_t round = 0; round < 4; round++) { /* many texts, then few, in what the many left behind */
        uint32_t count = round % 2 ? 10 : 5000;
        for (uint32_t i = 0; i < count; i++) {
            char text[32];
            snprintf(text, sizeof text, "round %u text %u", round, i);
            assert_int_equal(interner_add(&interner, str_from(text)), i + 1);
        }
        interner_reset(&interner);
        assert_int_equal(interner.bytes, 0);
    }
    interner_free(&interner);
}

static void the_empty_text_is_0_and_a_nul_is_a_byte(void **state)
{
    (void)state;
    struct interner interner;
    interner_init(&interner);
    assert_int_equal(interner_add(&interner, STR_EMPTY), 0);
    uint32_t number = interner_add(&interner, STR("a\0b"));
    assert_int_not_equal(number, interner_add(&interner, STR("a")));
    assert_str(interner_text(&interner, number), "a\0b");
    assert_str(interner_text(&interner, 0), "");
    interner_free(&interner);
}

static void what_is_written_in_a_blob_is_read(void **state)
{
    (void)state;
    char blob[512] = { 0 }, text[300];
    memset(text, 'x', sizeof text);
    size_t second = strings_entry_size(0), third = second + strings_entry_size(3);
    assert_int_equal(second, 4);
    assert_int_equal(third, 12);
    strings_write(blob, STR_EMPTY);
    strings_write(blob + second, STR("a\0b"));
    strings_write(blob + third, (struct str){ text, sizeof text });
    struct str all = { blob, third + strings_entry_size(sizeof text) };
    assert_int_equal(all.size, 12 + 304);
    assert_str(strings_at(all, 0), "");
    assert_str(strings_at(all, (uint32_t)second), "a\0b");
    assert_memory_equal(strings_at(all, (uint32_t)third).at, text, sizeof text);
    assert_str(strings_at(str_cut(all, 0, all.size - 8), (uint32_t)third), "");
    assert_str(strings_at(all, UINT32_MAX), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_have_one_number),
        cmocka_unit_test(a_reset_forgets_all),
        cmocka_unit_test(the_empty_text_is_0_and_a_nul_is_a_byte),
        cmocka_unit_test(what_is_written_in_a_blob_is_read),
    };
    return cmocka_run_group_tests_name("interner", tests, NULL, NULL);
}
