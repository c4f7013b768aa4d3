#include "random_id.h"
#include "unit.h"

#include <stdio.h>

static void looks_like_the_reference_server(void **state)
{
    struct random_pool pool = { 0 };
    char id[RANDOM_ID_SIZE + 1];
    (void)state;
    for (int i = 0; i < 100; i++) {
        assert_true(random_id(&pool, id));
        assert_int_equal(strlen(id), RANDOM_ID_SIZE);
        assert_int_equal(strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                         RANDOM_ID_SIZE);
    }
}

static void no_two_are_equal(void **state)
{
    enum { COUNT = 1000 };
    static char ids[COUNT][RANDOM_ID_SIZE + 1];
    struct random_pool pool = { 0 };
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        assert_true(random_id(&pool, ids[i]));
        for (int other = 0; other < i; other++) assert_string_not_equal(ids[other], ids[i]);
    }
}

/* Bytes that were handed out must not be found in the process afterwards. */
static void forgets_what_it_gave(void **state)
{
    struct random_pool pool = { 0 };
    char id[RANDOM_ID_SIZE + 1];
    (void)state;
    assert_true(random_id(&pool, id));
    for (size_t i = pool.left; i < pool.left + 15; i++) assert_int_equal(pool.bytes[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_like_the_reference_server),
        cmocka_unit_test(no_two_are_equal),
        cmocka_unit_test(forgets_what_it_gave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
