#include "unit.h"

#include <stdlib.h>

#include "version.h"

static void parts_of_names(void **state)
{
    (void)state;
    static const struct {
        struct str name, part, stem;
    } cases[] = {
        { STR_INIT("io.k8s.api.apps.v1.Deployment"), STR_INIT("v1"), STR_INIT("io.k8s.api.apps.Deployment") },
        { STR_INIT("io.k8s.api.apps.v1beta2.Deployment"), STR_INIT("v1beta2"), STR_INIT("io.k8s.api.apps.Deployment") },
        { STR_INIT("V2alpha.Thing"), STR_INIT("V2alpha"), STR_INIT("Thing") },
        { STR_INIT("v1.v2.Thing"), STR_INIT("v1"), STR_INIT("Thing") },
        { STR_INIT("Deployment"), STR_INIT(""), STR_INIT("Deployment") },
        { STR_INIT("com.shop.v1"), STR_INIT(""), STR_INIT("com.shop.v1") },
        { STR_INIT("io.v1x.Thing"), STR_INIT(""), STR_INIT("io.v1x.Thing") },
        { STR_INIT("io.v.Thing"), STR_INIT(""), STR_INIT("io.v.Thing") },
        { STR_INIT("..v1.."), STR_INIT("v1"), STR_INIT("...") },
        { STR_INIT(""), STR_INIT(""), STR_INIT("") },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char stem[64];
        assert_true(str_equal(version_part(cases[i].name), cases[i].part));
        struct str found = { stem, version_stem(cases[i].name, stem) };
        if (!str_equal(found, cases[i].stem)) print_message("%.*s\n", STR_FORMAT(found));
        assert_true(str_equal(found, cases[i].stem));
    }
}

static void the_newest_stable_one_goes_first(void **state)
{
    (void)state;
    static const char *const order[] = { "2023-08-01",   "v10",     "v2",     "1.10.0",  "1.9.12",
                                         "1.9",          "v1",      "",       "v3beta2", "3.0.0-rc1",
                                         "v2 (preview)", "v1beta1", "v9alpha" };
    enum { COUNT = sizeof order / sizeof *order };
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(version_compare(str_from(order[i]), str_from(order[i])), 0);
        for (size_t j = i + 1; j < COUNT; j++) {
            if (version_compare(str_from(order[i]), str_from(order[j])) >= 0)
                print_message("%s %s\n", order[i], order[j]);
            assert_true(version_compare(str_from(order[i]), str_from(order[j])) < 0);
            assert_true(version_compare(str_from(order[j]), str_from(order[i])) > 0);
        }
    }
    assert_int_equal(version_compare(STR("99999999999999999999999"), STR("99999999999999999999998")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_names),
        cmocka_unit_test(the_newest_stable_one_goes_first),
    };
    return cmocka_run_group_tests_name("version", tests, NULL, NULL);
}
