#include "unit.h"

#include "catalogue_builder.h"
#include "details_cache.h"
#include "details_uses.h"
#include "engine.h"

#include <stdlib.h>

/* A catalogue of as many APIs as there are texts. */
static struct catalogue_builder *build(const char *const *texts, size_t count, struct catalogue *catalogue)
{
    struct catalogue_builder *builder;
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    for (size_t i = 0; i < count; i++) {
        char id[] = { 'a', (char)('a' + i), '\0' };
        struct format_api api = { .id = catalogue_builder_string(builder, str_from(id)) };
        catalogue_builder_api(builder, &api);
        assert_int_equal(catalogue_builder_text(builder, str_from(texts[i])), FILE_OK);
    }
    assert_int_equal(catalogue_builder_finish(builder, catalogue), FILE_OK);
    return builder;
}

static const char *const texts[] = { "{\"a\":0}", "{\"a\":1}", "{\"a\":2}" };

static void assert_document(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api)
{
    struct details_document *kept;
    assert_int_equal(details_cache_get(cache, catalogue, api, &kept), ENGINE_OK);
    assert_int_equal(yyjson_get_int(yyjson_obj_get(kept->document.root, "a")), (int)api);
}

static void the_last_ones_are_kept(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct details_cache *cache;
    struct details_document *first, *again;
    struct catalogue_builder *builder = build(texts, 3, &catalogue);
    assert_int_equal(details_cache_create(&cache, 1 << 20), ENGINE_OK);
    assert_int_equal(details_cache_get(cache, &catalogue, 0, &first), ENGINE_OK);
    for (uint32_t api = 0; api < 3; api++) assert_document(cache, &catalogue, api);
    assert_int_equal(details_cache_get(cache, &catalogue, 0, &again), ENGINE_OK);
    assert_ptr_equal(first, again);
    assert_int_equal(details_cache_count(cache), 3);
    details_cache_destroy(cache);
    catalogue_builder_destroy(builder);
}

static void the_oldest_goes_first(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct details_cache *cache;
    struct details_document *kept;
    struct catalogue_builder *builder = build(texts, 3, &catalogue);
    assert_int_equal(details_cache_create(&cache, 1 << 20), ENGINE_OK);
    assert_int_equal(details_cache_get(cache, &catalogue, 0, &kept), ENGINE_OK);
    size_t size = document_bytes(&kept->document);
    details_cache_destroy(cache);

    assert_int_equal(details_cache_create(&cache, 2 * size + 1), ENGINE_OK);
    assert_document(cache, &catalogue, 0);
    assert_document(cache, &catalogue, 1);
    assert_document(cache, &catalogue, 0);
    assert_document(cache, &catalogue, 2); /* 1 goes */
    assert_int_equal(details_cache_count(cache), 2);
    assert_document(cache, &catalogue, 0);
    assert_document(cache, &catalogue, 1);
    details_cache_destroy(cache);

    assert_int_equal(details_cache_create(&cache, 1), ENGINE_OK); /* too little for one, which stays while it is used */
    assert_document(cache, &catalogue, 0);
    assert_document(cache, &catalogue, 1);
    assert_int_equal(details_cache_count(cache), 1);
    details_cache_destroy(cache);
    details_cache_destroy(NULL);
    catalogue_builder_destroy(builder);
}

static void a_text_that_is_no_json_is_damage(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct details_cache *cache;
    struct details_document *kept;
    const char *const bad[] = { "{", "{\"a\":1}" };
    struct catalogue_builder *builder = build(bad, 2, &catalogue);
    assert_int_equal(details_cache_create(&cache, 1 << 20), ENGINE_OK);
    assert_int_equal(details_cache_get(cache, &catalogue, 0, &kept), ENGINE_ECORRUPT);
    assert_document(cache, &catalogue, 1);
    assert_int_equal(details_cache_count(cache), 1);
    details_cache_destroy(cache);
    catalogue_builder_destroy(builder);
}

static void uses_are_found_by_their_target(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    static const char json[] =
        "{\"components\":{\"schemas\":{\"A\":{\"properties\":{\"b\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/"
        "components/schemas/B\"}},"
        "\"$ref\":{\"type\":\"string\"}},\"example\":{\"$ref\":\"#/components/schemas/"
        "B\"}},\"B\":{\"allOf\":[{\"$ref\":\"#/components/schemas/B\"}]},"
        "\"C\":{\"properties\":{\"x\":{\"$ref\":\"#/"
        "gone\"}}}},\"responses\":{\"R\":{\"content\":{\"j\":{\"schema\":{\"$ref\":\"#/components/schemas/B\"}},"
        "\"k\":{\"schema\":{\"$ref\":\"#/components/schemas/B\"}}}}}},\"paths\":{\"/"
        "p\":{\"parameters\":[{\"schema\":{\"$ref\":\"#/components/schemas/A\"}}],"
        "\"get\":{\"responses\":{\"200\":{\"$ref\":\"#/components/responses/"
        "R\"}}},\"x-other\":{\"responses\":{\"200\":{\"$ref\":\"#/components/responses/R\"}}}}}}";
    assert_int_equal(document_read(&document, str_from(json), &fault), DOCUMENT_OK);
    struct details_uses *uses = details_uses_make(&document);
    assert_non_null(uses);
    yyjson_val *schemas = yyjson_ptr_get(document.root, "/components/schemas");
    size_t count;
    const struct details_use *of_b = details_uses_of(uses, yyjson_obj_get(schemas, "B"), &count);
    assert_int_equal(count, 3);
    assert_int_equal(of_b[0].role, DETAILS_PROPERTY);
    assert_string_equal(yyjson_get_str(of_b[0].name), "A");
    assert_ptr_equal(of_b[0].property, yyjson_ptr_get(schemas, "/A/properties/b"));
    assert_int_equal(of_b[1].role, DETAILS_PART);
    assert_int_equal(of_b[2].role, DETAILS_RESPONSE);
    assert_string_equal(yyjson_get_str(of_b[2].name), "/p");
    assert_string_equal(yyjson_get_str(of_b[2].method), "get");
    assert_int_equal(details_uses_of(uses, yyjson_obj_get(schemas, "A"), &count)->role, DETAILS_PARAMETER);
    assert_int_equal(count, 1);
    details_uses_of(uses, yyjson_obj_get(schemas, "C"), &count);
    assert_int_equal(count, 0);
    details_uses_free(uses);
    details_uses_free(NULL);
    document_close(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_ones_are_kept),
        cmocka_unit_test(the_oldest_goes_first),
        cmocka_unit_test(a_text_that_is_no_json_is_damage),
        cmocka_unit_test(uses_are_found_by_their_target),
    };
    return cmocka_run_group_tests_name("details_cache", tests, NULL, NULL);
}
