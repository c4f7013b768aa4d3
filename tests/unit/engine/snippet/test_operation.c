#include "unit.h"

#include "operation.h"

static struct document document;
static struct arena arena;

static struct operation find(const char *json, const char *path)
{
    struct document_fault fault;
    struct operation operation;
    document_close(&document);
    arena_reset(&arena);
    assert_int_equal(document_read(&document, str_from(json), &fault), DOCUMENT_OK);
    assert_true(operation_find(&operation, &document, CATALOGUE_METHOD_GET, str_from(path)));
    return operation;
}

static void finds_what_is_there(void **state)
{
    (void)state;
    struct operation operation =
        find("{\"paths\":{\"/a\":{\"$ref\":\"#/x\"},\"/b\":{\"post\":{}},\"/c\":3},\"x\":{\"get\":{}}}", "/a");
    assert_true(yyjson_is_obj(operation.value));
    assert_false(operation_find(&operation, &document, CATALOGUE_METHOD_GET, STR("/b")));
    assert_false(operation_find(&operation, &document, CATALOGUE_METHOD_GET, STR("/c")));
    assert_false(operation_find(&operation, &document, CATALOGUE_METHOD_GET, STR("/d")));
}

static void parameters_are_merged_and_ordered(void **state)
{
    (void)state;
    struct operation operation =
        find("{\"paths\":{\"/"
             "a\":{\"parameters\":[{\"in\":\"query\",\"name\":\"a\"},{\"in\":\"query\",\"name\":\"b\"},{\"in\":"
             "\"nowhere\",\"name\":\"x\"},7],"
             "\"get\":{\"parameters\":[{\"in\":\"header\",\"name\":\"a\",\"required\":true},{\"in\":\"query\",\"name\":"
             "\"b\",\"required\":true},"
             "{\"$ref\":\"#/gone\"},{\"$ref\":\"#/p\"}]}}},\"p\":{\"in\":\"path\",\"name\":\"p\",\"required\":true}}",
             "/a");
    size_t count;
    const struct operation_parameter *parameters = operation_parameters(&operation, &arena, &count);
    static const char *const names[] = { "p", "b", "a", "a", "" };
    static const bool of_path[] = { false, false, true, false, false };
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        assert_true(str_equal(parameters[i].name, str_from(names[i])));
        assert_int_equal(parameters[i].is_of_path, of_path[i]);
    }
    assert_str(parameters[0].reference, "#/p");
    assert_int_equal(parameters[3].in, CATALOGUE_IN_HEADER);
    assert_null(parameters[4].value);
    assert_str(parameters[4].reference, "#/gone");
}

static void servers_are_filled_and_clean(void **state)
{
    (void)state;
    struct operation operation = find(
        "{\"paths\":{\"/a\":{\"get\":{}}},\"servers\":[{\"url\":\"https://{host}.example.org/{v}/\",\"variables\":"
        "{\"host\":{\"default\":\"api\"},\"v\":{\"enum\":[\"v2\"]}}},{\"url\":\"/base\"},{\"url\":\"//example.net\"},"
        "{\"url\":\"-o/x `id`\"},{},{\"url\":\"http://x/{a\"}]}",
        "/a");
    size_t count;
    const struct str *servers = operation_servers(&operation, &arena, &count);
    assert_int_equal(count, 6);
    assert_str(servers[0], "https://api.example.org/v2");
    assert_str(servers[1], "https://example.com/base");
    assert_str(servers[2], "https://example.net");
    assert_str(servers[3], "https://example.com/-o/x%20%60id%60");
    assert_str(servers[4], "https://example.com");
    assert_str(servers[5], "http://x/%7Ba");
    operation = find("{\"paths\":{\"/a\":{\"servers\":[{\"url\":\"https://"
                     "path\"}],\"get\":{\"servers\":[{\"url\":\"https://own\"}]}}}}",
                     "/a");
    assert_str(operation_servers(&operation, &arena, &count)[0], "https://own");
    operation = find("{\"paths\":{\"/a\":{\"get\":{}}}}", "/a");
    assert_str(operation_servers(&operation, &arena, &count)[0], "https://example.com");
}

static void json_comes_first(void **state)
{
    (void)state;
    struct str name;
    find("{\"paths\":{\"/a\":{\"get\":{}}},\"c\":{\"text/plain\":{},\"application/"
         "x-www-form-urlencoded\":{},\"application/hal+json\":{},"
         "\"application/json; charset=utf-8\":{}},\"d\":{\"image/png\":{},\"text/plain\":{}}}",
         "/a");
    assert_non_null(operation_media_type(yyjson_obj_get(document.root, "c"), &name));
    assert_str(name, "application/json; charset=utf-8");
    assert_non_null(operation_media_type(yyjson_obj_get(document.root, "d"), &name));
    assert_str(name, "text/plain");
    assert_null(operation_media_type(NULL, &name));
    assert_true(operation_is_json(STR("application/merge-patch+json")));
    assert_false(operation_is_json(STR("json")));
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    document_close(&document);
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_is_there),
        cmocka_unit_test(parameters_are_merged_and_ordered),
        cmocka_unit_test(servers_are_filled_and_clean),
        cmocka_unit_test(json_comes_first),
    };
    return cmocka_run_group_tests_name("operation", tests, set_up, tear_down);
}
