#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "mined.h"

static void assert_values(const char *description, const char *wanted)
{
    char found[512] = "";
    struct mined mined = mined_begin(str_from(description));
    for (struct str value; mined_next(&mined, &value);)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", *found ? " " : "", STR_FORMAT(value));
    assert_string_equal(found, wanted);
}

static void lists_of_constants(void **state)
{
    (void)state;
    assert_values("Image pull policy. One of Always, Never, IfNotPresent. Defaults to Always.",
                  "Always Never IfNotPresent");
    assert_values("Allowed values are NoSchedule, PreferNoSchedule and NoExecute.",
                  "NoSchedule PreferNoSchedule NoExecute");
    assert_values("Valid options are ExternalName, ClusterIP, and LoadBalancer. Others", "ExternalName ClusterIP "
                                                                                         "LoadBalancer");
    assert_values("Can be MIN or MAX", "MIN MAX");
    assert_values("Either Up|Down", "Up Down");
}

static void quoted_values(void **state)
{
    (void)state;
    assert_values("Valid values are: `a-b` and `c d`", "a-b c d");
    assert_values("Can be set to \"on\"", "on");
    assert_values("One of 'asc' (the default), 'desc'.", "asc desc");
    assert_values("must be <code>x</code> or <code>y</code>", "x y");
}

static void bullets(void **state)
{
    (void)state;
    assert_values("Policy.\n\nPossible enum values:\n - `\"Always\"` means that it always pulls.\n - `\"Never\"` means "
                  "never\n\nMore.",
                  "Always Never");
    assert_values("Allowed values:\n* `a`,\n* `b`\n", "a b");
    assert_values(
        "Can be one of the following values: * Exact: Matches it exactly. * Prefix: Matches\n  a part.\n* Own: "
        "As it likes.\nAll must be known.",
        "Exact Prefix Own");
}

static void prose_is_no_list(void **state)
{
    (void)state;
    assert_values("", "");
    assert_values("Can be anything", "");
    assert_values("This must be The name of it.", "");
    assert_values("Can be Null: then 2 * 3 is taken.", "");
    assert_values("someone of Importance, or not", "");
    assert_values("One of `unclosed", "");
    assert_values("The best of Always, Never", "");
}

static void ends_in_any_text(void **state)
{
    (void)state;
    static const char alphabet[] = "one of `A,B or \n- *\"'(): |/";
    for (unsigned seed = 0; seed < 5000; seed++) {
        char text[120] = "one of ";
        srand(seed);
        size_t size = 7 + (size_t)rand() % (sizeof text - 7);
        for (size_t i = 7; i < size; i++) text[i] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        struct mined mined = mined_begin((struct str){ text, size });
        const char *behind = text;
        for (struct str value; mined_next(&mined, &value); behind = value.at + value.size)
            assert_true(value.size && value.at >= behind && value.at + value.size <= text + size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_of_constants), cmocka_unit_test(quoted_values),    cmocka_unit_test(bullets),
        cmocka_unit_test(prose_is_no_list),   cmocka_unit_test(ends_in_any_text),
    };
    return cmocka_run_group_tests_name("mined", tests, NULL, NULL);
}
