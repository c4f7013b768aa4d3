#include "unit.h"

#include <stdlib.h>

#include "scan.h"

static void finds_what_a_plain_look_finds(void **state)
{
    (void)state;
    char *bytes = malloc(100 + SCAN_PADDING);
    for (unsigned seed = 0; seed < 2000; seed++) {
        srand(seed);
        size_t size = (size_t)rand() % 100, length = 1 + (size_t)rand() % 5;
        for (size_t i = 0; i < size + SCAN_PADDING; i++) bytes[i] = (char)('a' + rand() % 3);
        char needle[5];
        for (size_t i = 0; i < length; i++) needle[i] = (char)('a' + rand() % 3);
        struct str text = { bytes, size }, wanted = { needle, length };
        for (size_t from = 0; from <= size; from++) {
            size_t found = str_find(str_cut(text, from, size), wanted);
            assert_int_equal(scan_find(text, from, wanted), found == STR_NONE ? STR_NONE : from + found);
        }
    }
    free(bytes);
}

/* The address sanitizer sees a look behind the padding; what stands in it is not found. */
static void looks_no_further_than_the_padding(void **state)
{
    (void)state;
    for (size_t size = 1; size < 70; size++) {
        char *bytes = malloc(size + SCAN_PADDING);
        memset(bytes, 'a', size);
        memset(bytes + size, 'b', SCAN_PADDING);
        assert_int_equal(scan_find((struct str){ bytes, size }, 0, STR("ab")), STR_NONE);
        assert_int_equal(scan_find((struct str){ bytes, size }, 0, STR("b")), STR_NONE);
        bytes[size - 1] = 'b';
        assert_int_equal(scan_find((struct str){ bytes, size }, 0, STR("b")), size - 1);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_a_plain_look_finds),
        cmocka_unit_test(looks_no_further_than_the_padding),
    };
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
