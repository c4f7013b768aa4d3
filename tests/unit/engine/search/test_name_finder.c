#include "unit.h"

#include "fixture.h"
#include "name_finder.h"

static const char description[] = "api cloud.test Cloud\n"
                                  "endpoint GET /pets listPets\n"
                                  "parameter query limit integer\n"
                                  "endpoint GET /pets/{pet_id} getPet\n"
                                  "parameter path pet_id string\n"
                                  "object io.test.v1.Pet\n"
                                  "property home Home\n"
                                  "property home.street string\n"
                                  "object io.test.v1beta1.Pet\n"
                                  "property street string\n"
                                  "object Pet-List\n"
                                  "property $ref string\n"
                                  "api other.test Other\n"
                                  "object Pet\n"
                                  "property street string\n";

static void finds_what_a_look_at_everything_finds(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "cloud.test",
        "cloud.test/endpoint/get/pets",
        "cloud.test/endpoint/get/pets?query.limit",
        "cloud.test/endpoint/get/pets/{pet_id}",
        "cloud.test/endpoint/GET//pets/{PET_ID}?path.pet_id",
        "cloud.test/object/io.test.v1.Pet",
        "cloud.test/object/Pet",
        "cloud.test/object/pet",
        "cloud.test/object/Pet#home.street",
        "cloud.test/object/io.test.v1beta1.Pet#street",
        "cloud.test/object/Pet-List",
        "cloud.test/object/Pet-List#$ref",
        "cloud.test/property/street",
        "cloud.test/parameter/query/limit",
        "other.test/object/Pet#street",
    };
    struct fixture fixture;
    fixture_open(&fixture, description, 1);
    const struct name_finder names = name_finder(&fixture.index);
    const uint8_t *weights = fixture.index.weights;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        uint32_t found = element_id_read(&fixture.catalogue, weights, &names.finder, str_from(ids[i]));
        assert_int_not_equal(found, CATALOGUE_NONE);
        assert_int_equal(found, element_id_read(&fixture.catalogue, weights, NULL, str_from(ids[i])));
    }
    fixture_close(&fixture);
}

static void takes_only_elements_of_the_kind_and_the_api(void **state)
{
    (void)state;
    static const char *const ids[] = { "other.test/object/Pet-List",
                                       "cloud.test/object/Street",
                                       "cloud.test/endpoint/post/pets",
                                       "cloud.test/object/Pet#limit",
                                       "cloud.test/endpoint/get/pets?path.pet_id",
                                       "cloud.test/object/",
                                       "" };
    struct fixture fixture;
    fixture_open(&fixture, description, 1);
    const struct name_finder names = name_finder(&fixture.index);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_int_equal(element_id_read(&fixture.catalogue, NULL, &names.finder, str_from(ids[i])), CATALOGUE_NONE);
    fixture_close(&fixture);
}

static void note(void *context, uint32_t element)
{
    uint32_t *last = context;
    assert_true(*last == CATALOGUE_NONE || *last < element);
    *last = element;
}

static void a_name_of_any_length_is_looked_for(void **state)
{
    (void)state;
    static char name[100000];
    struct fixture fixture;
    uint32_t last = CATALOGUE_NONE;
    fixture_open(&fixture, description, 1);
    const struct name_finder names = name_finder(&fixture.index);
    const struct format_api *api = &fixture.catalogue.apis[0];
    memset(name, 'a', sizeof name);
    for (size_t size = 1; size <= sizeof name; size *= 10)
        names.finder.each(&names.finder, api, CATALOGUE_PROPERTY, (struct str){ name, size }, note, &last);
    assert_int_equal(last, CATALOGUE_NONE);
    names.finder.each(&names.finder, api, CATALOGUE_PROPERTY, STR("STREET"), note, &last);
    assert_int_equal(last, 9);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_a_look_at_everything_finds),
        cmocka_unit_test(takes_only_elements_of_the_kind_and_the_api),
        cmocka_unit_test(a_name_of_any_length_is_looked_for),
    };
    return cmocka_run_group_tests_name("name_finder", tests, NULL, NULL);
}
