#include "unit.h"

#include "catalogue.h"

static void methods_and_places_have_names(void **state)
{
    (void)state;
    enum catalogue_method method;
    enum catalogue_in in;
    for (unsigned i = 0; i < CATALOGUE_METHOD_COUNT; i++) {
        assert_true(catalogue_method_read(catalogue_method_name((enum catalogue_method)i), &method));
        assert_int_equal(method, i);
        assert_true(catalogue_method_read(catalogue_method_upper((enum catalogue_method)i), &method));
        assert_int_equal(method, i);
    }
    for (unsigned i = 0; i < CATALOGUE_IN_COUNT; i++) {
        assert_true(catalogue_in_read(catalogue_in_name((enum catalogue_in)i), &in));
        assert_int_equal(in, i);
    }
    assert_str(catalogue_method_upper(CATALOGUE_METHOD_PATCH), "PATCH");
    assert_false(catalogue_method_read(STR("query"), &method));
    assert_false(catalogue_in_read(STR("body"), &in));
    assert_str(catalogue_method_name((enum catalogue_method)99), "");
}

static void short_names(void **state)
{
    (void)state;
    assert_str(catalogue_short_name(STR("io.k8s.api.core.v1.PodSpec")), "PodSpec");
    assert_str(catalogue_short_name(STR("#/x/Pet")), "Pet");
    assert_str(catalogue_short_name(STR("Pet")), "Pet");
    assert_str(catalogue_short_name(STR("Report.2")), "Report.2");
    assert_str(catalogue_short_name(STR("Ends.")), "Ends.");
    assert_str(catalogue_short_name(STR("folder/")), "folder/");
    assert_str(catalogue_short_name(STR("de.größe.Übergabe")), "Übergabe");
    assert_str(catalogue_short_name(STR_EMPTY), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(methods_and_places_have_names),
        cmocka_unit_test(short_names),
    };
    return cmocka_run_group_tests_name("catalogue", tests, NULL, NULL);
}
