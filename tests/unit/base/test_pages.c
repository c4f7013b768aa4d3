#include "unit.h"

#include "pages.h"

#include <stdlib.h>

enum { LARGE = 5 * 1024 * 1024 + 3 };

static bool is_zero(const unsigned char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size && bytes[at] == 0) at++;
    return at == size;
}

static void tables_of_every_size_are_zero_and_can_be_written(void **state)
{
    (void)state;
    const size_t sizes[] = { 1, 4096, 2 * 1024 * 1024, LARGE };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        /* What was used before comes again, so a table has to be cleared. */
        unsigned char *used = malloc(sizes[i]);
        assert_non_null(used);
        memset(used, 0xAA, sizes[i]);
        free(used);
        unsigned char *table = pages_zeros(sizes[i], 1);
        assert_non_null(table);
        assert_true(is_zero(table, sizes[i]));
        memset(table, 0xAA, sizes[i]);
        free(table);
    }
}

static void more_than_there_can_be_is_refused(void **state)
{
    (void)state;
    assert_null(pages_zeros(SIZE_MAX / 8 + 1, 16));
    assert_null(pages_zeros(SIZE_MAX, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_every_size_are_zero_and_can_be_written),
        cmocka_unit_test(more_than_there_can_be_is_refused),
    };
    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
