#include "unit.h"

#include <stdio.h>

#include "arena.h"
#include "map.h"

static void finds_what_was_put_and_nothing_else(void **state)
{
    (void)state;
    struct map map;
    struct arena arena;
    map_init(&map);
    arena_init(&arena, 16 << 20);
    for (uint64_t i = 0; i < 10000; i++) {
        bool added;
        *map_put(&map, arena_format(&arena, "key %d", (int)i), &added) = i;
        assert_true(added);
    }
    for (int i = 0; i < 10000; i += 2) {
        char key[32];
        snprintf(key, sizeof key, "key %d", i);
        assert_true(map_remove(&map, str_from(key)));
    }
    assert_int_equal(map.count, 5000);
    for (int i = 0; i < 10000; i++) {
        char key[32];
        snprintf(key, sizeof key, "key %d", i);
        uint64_t *found = map_find(&map, str_from(key));
        if (i % 2 == 0)
            assert_null(found);
        else
            assert_int_equal(*found, i);
    }
    map_free(&map);
    arena_free(&arena);
}

static void takes_the_empty_key(void **state)
{
    (void)state;
    struct map map;
    map_init(&map);
    assert_null(map_find(&map, STR_EMPTY));
    *map_put(&map, (struct str){ NULL, 0 }, NULL) = 7;
    assert_int_equal(*map_find(&map, STR_EMPTY), 7);
    bool added;
    assert_int_equal(*map_put(&map, STR(""), &added), 7);
    assert_false(added);
    assert_false(map_remove(&map, STR("other")));
    map_free(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_put_and_nothing_else),
        cmocka_unit_test(takes_the_empty_key),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
