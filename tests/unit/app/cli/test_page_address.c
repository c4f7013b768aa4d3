#include "unit.h"

#include "page_address.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 16);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void an_id_is_encoded_and_read_back(void **state)
{
    (void)state;
    static const struct {
        const char *id, *path;
    } cases[] = {
        { "kubernetes.io", "/kubernetes.io" },
        { "k/object/io.k8s.PodSpec#spec.x", "/k/object/io.k8s.PodSpec#spec.x" },
        { "a:b/object/A b/\xC3\xBC", "/a:b/object/A%20b/%C3%BC" },
        { "k/endpoint/post/ns/{name}/x", "/k/endpoint/post/ns/%7Bname%7D/x" },
        { "aws/endpoint/get/#Action=X?query.y", "/aws/endpoint/get/%23Action=X%3Fquery.y" },
        { "health", "/api/health" },
        { "api/object/Y", "/api/api/object/Y" },
        { "apiary.io", "/apiary.io" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str path = page_address_path(&arena, str_from(cases[i].id));
        assert_true(str_equal(path, str_from(cases[i].path)));
    }
    assert_str(page_address_data(&arena, STR("k/object/A b#c")), "/api/v1/elements/k/object/A%20b%23c");
    assert_str(page_address_id(STR("/k/object/Pod")), "k/object/Pod");
    assert_str(page_address_id(STR("/api/k/object/Pod")), "k/object/Pod");
    assert_str(page_address_id(STR("/api/health")), "health");
    assert_str(page_address_id(STR("/kubernetes.io/")), "kubernetes.io");
    assert_str(page_address_id(STR("/k/endpoint/get/pods/")), "k/endpoint/get/pods/");
    assert_str(page_address_id(STR("/api/")), "api");
    assert_str(page_address_id(STR("/")), "");
}

static void old_addresses_are_those_that_have_a_new_one(void **state)
{
    (void)state;
    assert_true(page_address_is_old(STR("/api/kubernetes.io")));
    assert_true(page_address_is_old(STR("/api/healthy")));
    assert_false(page_address_is_old(STR("/kubernetes.io")));
    assert_false(page_address_is_old(STR("/api/health")));
    assert_false(page_address_is_old(STR("/api/socket.io/object/X")));
    assert_false(page_address_is_old(STR("/api/")));
    assert_false(page_address_is_old(STR("/api")));
}

static void without_memory_there_is_no_path(void **state)
{
    (void)state;
    struct arena none;
    arena_init(&none, 8);
    assert_str(page_address_path(&none, STR("kubernetes.io/object/PodSpec")), "");
    arena_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_id_is_encoded_and_read_back, set_up, tear_down),
        cmocka_unit_test(old_addresses_are_those_that_have_a_new_one),
        cmocka_unit_test(without_memory_there_is_no_path),
    };
    return cmocka_run_group_tests_name("page_address", tests, NULL, NULL);
}
