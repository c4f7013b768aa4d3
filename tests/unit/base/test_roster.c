#include "unit.h"

#include "roster.h"

#include <stdio.h>

enum { MEMBERS = 5000 };

struct thing {
    char name[16];
    bool is_in;
};

static struct thing things[MEMBERS];

static struct str name_of(const void *member)
{
    return str_from(((const struct thing *)member)->name);
}

static void check(const struct roster *roster)
{
    size_t count = 0;
    for (size_t i = 0; i < MEMBERS; i++) {
        assert_ptr_equal(roster_find(roster, str_from(things[i].name)), things[i].is_in ? &things[i] : NULL);
        count += things[i].is_in;
    }
    assert_int_equal(roster->count, count);
    for (size_t i = 0; i < roster->count; i++) assert_true(((struct thing *)roster->members[i])->is_in);
}

static void toggle(struct roster *roster, struct thing *thing)
{
    if (thing->is_in)
        roster_remove(roster, thing);
    else
        assert_true(roster_add(roster, thing));
    thing->is_in = !thing->is_in;
}

/* Every member comes and goes several times, in an order that is the same in every run. */
static void finds_who_is_there_and_nobody_else(void **state)
{
    struct roster roster;
    uint32_t random = 1;
    (void)state;
    roster_init(&roster, name_of);
    for (size_t i = 0; i < MEMBERS; i++) snprintf(things[i].name, sizeof things[i].name, "thing %zu", i);
    check(&roster);
    for (int round = 0; round < 5; round++) {
        for (size_t i = 0; i < MEMBERS; i++) {
            random = random * 1664525 + 1013904223;
            toggle(&roster, &things[(random >> 8) % MEMBERS]);
        }
        check(&roster);
    }
    while (roster.count) toggle(&roster, roster.members[0]);
    check(&roster);
    roster_free(&roster);
}

static void keeps_the_order_until_one_leaves(void **state)
{
    struct thing four[] = { { "a", true }, { "b", true }, { "c", true }, { "", true } };
    struct roster roster;
    (void)state;
    roster_init(&roster, name_of);
    for (size_t i = 0; i < 4; i++) assert_true(roster_add(&roster, &four[i]));
    for (size_t i = 0; i < 4; i++) assert_ptr_equal(roster.members[i], &four[i]);
    assert_ptr_equal(roster_find(&roster, STR_EMPTY), &four[3]);
    roster_remove(&roster, &four[1]);
    assert_int_equal(roster.count, 3);
    assert_ptr_equal(roster.members[1], &four[3]);
    assert_ptr_equal(roster_find(&roster, STR("c")), &four[2]);
    roster_free(&roster);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_who_is_there_and_nobody_else),
        cmocka_unit_test(keeps_the_order_until_one_leaves),
    };
    return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
