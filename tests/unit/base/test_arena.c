#include "unit.h"

#include "arena.h"

static void pointers_stay_good_while_it_grows(void **state)
{
    (void)state;
    struct arena arena;
    struct str kept[500];
    arena_init(&arena, 64 << 20);
    for (int i = 0; i < 500; i++) {
        kept[i] = arena_format(&arena, "text %d", i);
        assert_non_null(arena_alloc(&arena, (size_t)i * 100));
    }
    assert_str(kept[0], "text 0");
    assert_str(kept[499], "text 499");
    arena_reset(&arena);
    assert_str(arena_copy(&arena, STR("again")), "again");
    arena_free(&arena);
}

static void fails_at_its_ceiling(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 10000);
    assert_non_null(arena_alloc(&arena, 6000));
    assert_null(arena_alloc(&arena, 6000));
    assert_true(arena.failed);
    assert_null(arena_calloc(&arena, SIZE_MAX, 2));
    assert_null(arena_alloc(&arena, SIZE_MAX));
    arena_free(&arena);
}

static void zeroes_on_demand(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    memset(arena_alloc(&arena, 4000), 0xff, 4000);
    arena_reset(&arena);
    const char *at = arena_calloc(&arena, 100, 10);
    for (int i = 0; i < 1000; i++) assert_int_equal(at[i], 0);
    arena_free(&arena);
}

static void joins_texts_with_a_nul_in_them(void **state)
{
    (void)state;
    struct arena arena;
    const struct str texts[] = { STR_INIT("a"), STR_EMPTY, { "b\0c", 3 }, STR_INIT("d") };
    arena_init(&arena, 10000);
    struct str joined = arena_join(&arena, texts, 4);
    assert_int_equal(joined.size, 5);
    assert_memory_equal(joined.at, "ab\0cd", 6); /* with the NUL behind it */
    assert_int_equal(arena_join(&arena, texts, 0).size, 0);
    const struct str large[] = { { joined.at, 6000 }, { joined.at, 6000 } };
    assert_int_equal(arena_join(&arena, large, 2).size, 0);
    assert_true(arena.failed);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pointers_stay_good_while_it_grows),
        cmocka_unit_test(fails_at_its_ceiling),
        cmocka_unit_test(zeroes_on_demand),
        cmocka_unit_test(joins_texts_with_a_nul_in_them),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
