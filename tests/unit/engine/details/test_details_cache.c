#include "unit.h"

#include "catalogue_builder.h"
#include "details_cache.h"
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
    const struct document *kept;
    assert_int_equal(details_cache_get(cache, catalogue, api, &kept), ENGINE_OK);
    assert_int_equal(yyjson_get_int(yyjson_obj_get(kept->root, "a")), (int)api);
}

static void the_last_ones_are_kept(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct details_cache *cache;
    const struct document *first, *again;
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
    const struct document *kept;
    struct catalogue_builder *builder = build(texts, 3, &catalogue);
    assert_int_equal(details_cache_create(&cache, 1 << 20), ENGINE_OK);
    assert_int_equal(details_cache_get(cache, &catalogue, 0, &kept), ENGINE_OK);
    details_cache_limit(cache, 2 * document_bytes(kept) + 1);
    assert_document(cache, &catalogue, 0);
    assert_document(cache, &catalogue, 1);
    assert_document(cache, &catalogue, 0);
    assert_document(cache, &catalogue, 2); /* 1 goes */
    assert_int_equal(details_cache_count(cache), 2);
    assert_document(cache, &catalogue, 0);
    assert_document(cache, &catalogue, 1);
    details_cache_limit(cache, 1); /* too little for one, which stays while it is used */
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
    const struct document *kept;
    const char *const bad[] = { "{", "{\"a\":1}" };
    struct catalogue_builder *builder = build(bad, 2, &catalogue);
    assert_int_equal(details_cache_create(&cache, 1 << 20), ENGINE_OK);
    assert_int_equal(details_cache_get(cache, &catalogue, 0, &kept), ENGINE_ECORRUPT);
    assert_document(cache, &catalogue, 1);
    assert_int_equal(details_cache_count(cache), 1);
    details_cache_destroy(cache);
    catalogue_builder_destroy(builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_ones_are_kept),
        cmocka_unit_test(the_oldest_goes_first),
        cmocka_unit_test(a_text_that_is_no_json_is_damage),
    };
    return cmocka_run_group_tests_name("details_cache", tests, NULL, NULL);
}
