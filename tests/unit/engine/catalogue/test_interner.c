#include "unit.h"

#include <stdio.h>

#include "interner.h"

static void equal_texts_have_one_id(void **state)
{
    (void)state;
    struct interner interner;
    interner_init(&interner);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 20000; i++) {
            char text[32];
            snprintf(text, sizeof text, "text %d", i);
            uint32_t id = interner_add(&interner, str_from(text));
            assert_int_equal(id % 4, 0);
            assert_true(str_equal(interner_at(interner_blob(&interner), id), str_from(text)));
            assert_int_equal(interner_add(&interner, str_from(text)), id);
        }
        assert_int_equal(interner.used, 20000);
    }
    interner_reset(&interner);
    assert_int_equal(interner_add(&interner, STR("text 7")), 4);
    interner_free(&interner);
}

static void the_empty_text_is_0_and_a_nul_is_a_byte(void **state)
{
    (void)state;
    struct interner interner;
    interner_init(&interner);
    assert_int_equal(interner_add(&interner, STR_EMPTY), 0);
    uint32_t id = interner_add(&interner, STR("a\0b"));
    assert_int_not_equal(id, interner_add(&interner, STR("a")));
    assert_str(interner_at(interner_blob(&interner), id), "a\0b");
    assert_str(interner_at(interner_blob(&interner), 0), "");
    assert_str(interner_at(interner_blob(&interner), UINT32_MAX), "");
    interner_free(&interner);
}

static void a_text_of_its_own_blob_can_be_added(void **state)
{
    (void)state;
    struct interner interner;
    interner_init(&interner);
    uint32_t id = interner_add(&interner, STR("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnop"));
    for (size_t cut = 1; cut < 60; cut++) { /* enough to make the blob move */
        struct str part = str_cut(interner_at(interner_blob(&interner), id), cut, 68);
        char expected[80];
        memcpy(expected, part.at, part.size);
        uint32_t added = interner_add(&interner, part);
        assert_memory_equal(interner_at(interner_blob(&interner), added).at, expected, part.size);
    }
    interner_free(&interner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_have_one_id),
        cmocka_unit_test(the_empty_text_is_0_and_a_nul_is_a_byte),
        cmocka_unit_test(a_text_of_its_own_blob_can_be_added),
    };
    return cmocka_run_group_tests_name("interner", tests, NULL, NULL);
}
