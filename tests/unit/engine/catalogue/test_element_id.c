#include "unit.h"

#include "catalogue_builder.h"
#include "element_id.h"

static struct catalogue_builder *builder;
static struct catalogue catalogue;

static uint32_t add(enum catalogue_kind kind, uint32_t parent, const char *name, const char *owner, unsigned detail,
                    unsigned flags)
{
    struct format_element element = {
        .kind = (uint8_t)kind, .parent = parent, .detail = (uint8_t)detail, .flags = (uint8_t)flags
    };
    element.name = catalogue_builder_string(builder, str_from(name));
    element.owner = catalogue_builder_string(builder, str_from(owner));
    return catalogue_builder_element(builder, &element);
}

static uint32_t add_api(const char *id)
{
    struct format_api api = { .id = catalogue_builder_string(builder, str_from(id)),
                              .title = catalogue_builder_string(builder, STR("An API")) };
    return catalogue_builder_api(builder, &api);
}

/* Two APIs, one's id the beginning of the other's; names that hold what separates. */
static int make_catalogue(void **state)
{
    (void)state;
    if (catalogue_builder_create(&builder)) return -1;
    uint32_t api = add_api("cloud.com");
    uint32_t list = add(CATALOGUE_ENDPOINT, api, "/pets", "listPets", CATALOGUE_METHOD_GET, 0);
    add(CATALOGUE_PARAMETER, list, "trace.id", "/pets", CATALOGUE_IN_HEADER, CATALOGUE_OF_PATH);
    add(CATALOGUE_PARAMETER, list, "limit", "GET /pets", CATALOGUE_IN_QUERY, 0);
    add(CATALOGUE_ENDPOINT, api, "/pets", "addPet", CATALOGUE_METHOD_POST, 0);
    add(CATALOGUE_ENDPOINT, api, "/pets?kind=cat", "", CATALOGUE_METHOD_GET, 0);
    uint32_t pet = add(CATALOGUE_OBJECT, api, "io.v1.Pet", "", 0, 0);
    add(CATALOGUE_PROPERTY, pet, "home", "io.v1.Pet", 0, 0);
    add(CATALOGUE_PROPERTY, pet, "street", "io.v1.Pet.home", 0, 0);
    add(CATALOGUE_PROPERTY, pet, "$ref", "io.v1.Pet", 0, 0);
    uint32_t older = add(CATALOGUE_OBJECT, api, "io.v1beta1.Pet", "", 0, 0);
    add(CATALOGUE_PROPERTY, older, "street", "io.v1beta1.Pet", 0, 0);
    uint32_t odd = add(CATALOGUE_OBJECT, api, "a#b c/d", "", 0, 0);
    add(CATALOGUE_PROPERTY, odd, "x#y.z", "a#b c/d", 0, 0);
    if (catalogue_builder_text(builder, STR("{}"))) return -1;
    api = add_api("cloud.com/store");
    add(CATALOGUE_OBJECT, api, "Order", "", 0, 0);
    if (catalogue_builder_text(builder, STR("{}"))) return -1;
    return catalogue_builder_finish(builder, &catalogue);
}

static int free_catalogue(void **state)
{
    (void)state;
    catalogue_builder_destroy(builder);
    return 0;
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "cloud.com",
        "cloud.com/endpoint/get/pets",
        "cloud.com/endpoint/get/pets?header.trace.id",
        "cloud.com/endpoint/get/pets?query.limit",
        "cloud.com/endpoint/post/pets",
        "cloud.com/endpoint/get/pets?kind=cat",
        "cloud.com/object/io.v1.Pet",
        "cloud.com/object/io.v1.Pet#home",
        "cloud.com/object/io.v1.Pet#home.street",
        "cloud.com/object/io.v1.Pet#$ref",
        "cloud.com/object/io.v1beta1.Pet",
        "cloud.com/object/io.v1beta1.Pet#street",
        "cloud.com/object/a#b c/d",
        "cloud.com/object/a#b c/d#x#y.z",
        "cloud.com/store",
        "cloud.com/store/object/Order",
    };
    struct arena arena;
    arena_init(&arena, 1 << 20);
    assert_int_equal(catalogue.element_count, sizeof ids / sizeof *ids);
    for (uint32_t i = 0; i < catalogue.element_count; i++) {
        assert_true(str_equal(element_id_write(&catalogue, i, &arena), str_from(ids[i])));
        assert_int_equal(element_id_read(&catalogue, NULL, NULL, str_from(ids[i])), i);
    }
    arena_free(&arena);
}

static uint32_t read_id(const char *id)
{
    return element_id_read(&catalogue, NULL, NULL, str_from(id));
}

static void takes_short_forms(void **state)
{
    (void)state;
    assert_int_equal(read_id("cloud.com/object/Pet"), 6);
    assert_int_equal(read_id("cloud.com/object/pet"), 6);
    assert_int_equal(read_id("cloud.com/object/Pet#home.street"), 8);
    assert_int_equal(read_id("cloud.com/object/IO.V1BETA1.PET"), 10);
    assert_int_equal(read_id("cloud.com/property/street"), 8);
    assert_int_equal(read_id("cloud.com/parameter/query/limit"), 3);
    assert_int_equal(read_id("cloud.com/endpoint/GET//pets"), 1);
    uint8_t weights[16] = { [10] = 9, [11] = 9 };
    assert_int_equal(element_id_read(&catalogue, weights, NULL, STR("cloud.com/object/Pet")), 10);
    assert_int_equal(element_id_read(&catalogue, weights, NULL, STR("cloud.com/object/io.v1.Pet")), 6);
    assert_int_equal(element_id_read(&catalogue, weights, NULL, STR("cloud.com/property/street")), 11);
}

static void a_parameter_of_the_path_is_found_under_each_of_its_endpoints(void **state)
{
    (void)state;
    assert_int_equal(read_id("cloud.com/endpoint/post/pets?header.trace.id"), 2);
    assert_int_equal(read_id("cloud.com/endpoint/post/pets?query.limit"), CATALOGUE_NONE);
}

static void names_nothing_that_is_not_there(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "",
        "/",
        "cloud",
        "cloud.com/",
        "cloud.com/object",
        "cloud.com/object/",
        "cloud.com/object/Dog",
        "cloud.com/object/io.v1.Pet#",
        "cloud.com/object/io.v1.Pet#street",
        "cloud.com/object/Dog#home",
        "cloud.com/endpoint/get",
        "cloud.com/endpoint/get/dogs",
        "cloud.com/endpoint/put/pets",
        "cloud.com/endpoint/get/pets?",
        "cloud.com/endpoint/get/pets?query",
        "cloud.com/endpoint/get/pets?path.limit",
        "cloud.com/parameter/limit",
        "cloud.com/parameter/query/offset",
        "cloud.com/property/",
        "cloud.com/thing/Pet",
        "cloud.com/object/################################",
        "cloud.com/endpoint/get/????????????????????",
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) assert_int_equal(read_id(ids[i]), CATALOGUE_NONE);
}

static void finds_the_api_of_an_id_that_names_nothing(void **state)
{
    (void)state;
    struct str rest;
    assert_int_equal(element_id_api(&catalogue, STR("cloud.com/store/object/Bill"), &rest), 1);
    assert_str(rest, "object/Bill");
    assert_int_equal(element_id_api(&catalogue, STR("cloud.com/shop"), &rest), 0);
    assert_str(rest, "shop");
    assert_int_equal(element_id_api(&catalogue, STR("cloud.com"), &rest), 0);
    assert_str(rest, "");
    assert_int_equal(element_id_api(&catalogue, STR("other.com/x"), &rest), CATALOGUE_NONE);
}

static void writes_the_way_to_a_property(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    assert_str(element_id_path(&catalogue, 8, &arena), "home.street");
    assert_str(element_id_path(&catalogue, 13, &arena), "x#y.z");
    arena_free(&arena);
    arena_init(&arena, 0);
    assert_str(element_id_write(&catalogue, 8, &arena), "");
    assert_true(arena.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(takes_short_forms),
        cmocka_unit_test(a_parameter_of_the_path_is_found_under_each_of_its_endpoints),
        cmocka_unit_test(names_nothing_that_is_not_there),
        cmocka_unit_test(finds_the_api_of_an_id_that_names_nothing),
        cmocka_unit_test(writes_the_way_to_a_property),
    };
    return cmocka_run_group_tests_name("element_id", tests, make_catalogue, free_catalogue);
}
