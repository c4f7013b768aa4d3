#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine.h"
#include "fixture.h"

static struct fixture fixture;
static engine *opened;
static engine_scratch *scratch;
static struct arena arena;

static int open_engine(void **state)
{
    (void)state;
    static char text[1 << 16];
    struct engine_fault fault;
    FILE *file = fopen(TEST_DATA "/golden/search/catalogue.txt", "rb");
    if (file == NULL || fread(text, 1, sizeof text - 1, file) == 0) return -1;
    fclose(file);
    fixture_open(&fixture, text, 1);
    arena_init(&arena, 1 << 20);
    return engine_open(&opened, fixture.path, &fault) || engine_scratch_create(&scratch, opened);
}

static int close_engine(void **state)
{
    (void)state;
    arena_free(&arena);
    engine_scratch_destroy(scratch);
    engine_close(opened);
    fixture_close(&fixture);
    return 0;
}

static const struct engine_hit *first(struct engine_query query)
{
    static struct engine_answer answer;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    assert_true(answer.hit_count > 0);
    return answer.hits;
}

static void says_what_is_wrong_with_a_file(void **state)
{
    (void)state;
    engine *none;
    struct engine_fault fault;
    assert_int_equal(engine_open(&none, "there/is/no.index", &fault), ENGINE_ESYS);
    assert_null(none);
    assert_non_null(strstr(fault.text, "there/is/no.index: No such file"));
    assert_int_equal(engine_open(&none, TEST_DATA "/golden/search/catalogue.txt", &fault), ENGINE_ECORRUPT);
    assert_non_null(strstr(fault.text, "apiblaze import"));
    assert_int_equal(engine_open(&none, "there/is/no.index", NULL), ENGINE_ESYS);
    engine_close(NULL);
    engine_scratch_destroy(NULL);
}

static void counts_what_it_holds(void **state)
{
    (void)state;
    struct engine_counts counts;
    engine_counts(opened, &counts);
    assert_int_equal(counts.elements[ENGINE_API], 3);
    assert_int_equal(counts.elements[ENGINE_ENDPOINT], 9);
    assert_int_equal(counts.elements[ENGINE_OBJECT], 23);
    assert_int_equal(counts.index_bytes, fixture.file.size);
    assert_int_equal(counts.text_bytes, 3 * 2); /* three times "{}" */
}

static void an_object_is_told_in_full(void **state)
{
    (void)state;
    const struct engine_hit *hit = first((struct engine_query){ .text = STR("podspec"), .api = STR("clusters.test") });
    assert_int_equal(hit->kind, ENGINE_OBJECT);
    assert_str(hit->id, "clusters.test/object/io.test.api.core.v1.PodSpec");
    assert_str(hit->name, "io.test.api.core.v1.PodSpec");
    assert_str(hit->api, "clusters.test");
    assert_str(hit->api_title, "Clusters");
    assert_str(hit->summary, "A description of a Pod.");
    assert_str(hit->owner, "");
    assert_str(hit->method, "");
    assert_int_equal(hit->name_range_count, 1);
    assert_str(str_cut(hit->name, hit->name_ranges[0].start, hit->name_ranges[0].end), "PodSpec");
}

static void a_property_is_told_with_its_owner(void **state)
{
    (void)state;
    const struct engine_hit *hit = first((struct engine_query){ .text = STR("imagePullSecrets") });
    assert_int_equal(hit->kind, ENGINE_PROPERTY);
    assert_str(hit->id, "clusters.test/object/io.test.api.core.v1.PodSpec#imagePullSecrets");
    assert_str(hit->owner, "io.test.api.core.v1.PodSpec");
    assert_str(hit->type, "array of LocalObjectReference");
    assert_int_equal(hit->owner_count, 2);
    assert_int_equal(hit->count, 2);
    assert_int_equal(hit->api_count, 1);
}

static void an_endpoint_is_told_with_its_method(void **state)
{
    (void)state;
    const struct engine_hit *hit = first((struct engine_query){ .text = STR("POST deployments") });
    assert_int_equal(hit->kind, ENGINE_ENDPOINT);
    assert_str(hit->id, "clusters.test/endpoint/post/apis/apps/v1/deployments");
    assert_str(hit->method, "POST");
    assert_str(hit->operation_id, "createDeployment");
    assert_str(hit->summary, "create a Deployment");
    assert_str(hit->type, "");
}

static void a_parameter_is_told_with_its_endpoint(void **state)
{
    (void)state;
    struct engine_query query = { .text = STR("dryrun"), .kinds = 1 << ENGINE_PARAMETER };
    const struct engine_hit *hit = first(query);
    assert_str(hit->id, "clusters.test/endpoint/post/apis/apps/v1/deployments?query.dryRun");
    assert_str(hit->owner, "POST /apis/apps/v1/deployments");
}

static void scores_fall_and_totals_add_up(void **state)
{
    (void)state;
    struct engine_answer answer;
    struct engine_query query = { .text = STR("customer"),
                                  .descriptions = true,
                                  .kinds = 1 << ENGINE_PROPERTY | 1 << ENGINE_PARAMETER };
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    assert_true(answer.hit_count > 2);
    for (size_t i = 1; i < answer.hit_count; i++) assert_true(answer.hits[i - 1].score >= answer.hits[i].score);
    assert_int_equal(answer.total, answer.totals[ENGINE_PROPERTY] + answer.totals[ENGINE_PARAMETER]);
}

static void pages_go_on_at_their_cursor(void **state)
{
    (void)state;
    struct engine_query query = { .text = STR("deployment"), .limit = 100 };
    struct engine_answer all, page;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &all), ENGINE_OK);
    assert_true(all.hit_count > 6);
    assert_str(all.cursor, "");
    query.limit = 3;
    for (size_t seen = 0; seen < all.hit_count; seen += page.hit_count) {
        assert_int_equal(engine_search(opened, scratch, &query, &arena, &page), ENGINE_OK);
        assert_int_equal(page.total, all.total);
        for (size_t i = 0; i < page.hit_count; i++) assert_true(str_equal(page.hits[i].id, all.hits[seen + i].id));
        assert_int_equal(page.cursor.size > 0, seen + page.hit_count < all.hit_count);
        query.cursor = page.cursor;
    }
}

static void a_cursor_belongs_to_its_question_and_catalogue(void **state)
{
    (void)state;
    struct engine_query query = { .text = STR("deployment"), .limit = 1 };
    struct engine_answer answer;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    query.cursor = answer.cursor;
    query.limit = 2; /* may change */
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    query.text = STR("deploymen");
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_EINVAL);
    query.text = STR("deployment");
    char other[128];
    memcpy(other, query.cursor.at, query.cursor.size);
    other[0] = other[0] == '0' ? '1' : '0';
    query.cursor.at = other;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_EOUTDATED);
    other[0] = 'x';
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_EINVAL);
    query.cursor.size--;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_EINVAL);
}

static void a_hit_explains_its_place(void **state)
{
    (void)state;
    struct engine_query query = { .text = STR("deployment"), .explain = true };
    struct engine_answer answer;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    assert_str(answer.hits[0].reasons[0].criterion, "where the words were found");
    assert_str(answer.hits[0].reasons[0].words, "they are the name");
    for (size_t i = 1; i < answer.hit_count; i++) {
        const struct engine_hit *hit = &answer.hits[i];
        for (size_t reason = 0; reason < hit->decided; reason++)
            assert_int_equal(hit->reasons[reason].value, hit[-1].reasons[reason].value);
        if (hit->decided < hit->reason_count)
            assert_true(hit->reasons[hit->decided].value > hit[-1].reasons[hit->decided].value);
    }
    query.explain = false;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    assert_int_equal(answer.hits[0].reason_count, 0);
}

static void what_matched_in_the_summary_is_told(void **state)
{
    (void)state;
    const struct engine_hit *hit =
        first((struct engine_query){ .text = STR("private registry"), .descriptions = true });
    assert_int_equal(hit->summary_range_count, 2);
    for (size_t i = 0; i < 2; i++) {
        struct str part = str_cut(hit->summary, hit->summary_ranges[i].start, hit->summary_ranges[i].end);
        assert_true(str_equal(part, i ? STR("registry") : STR("private")));
    }
}

static void a_filter_of_the_query_counts(void **state)
{
    (void)state;
    struct engine_query query = { .text = STR("deployment"), .filter.method = STR("post") };
    assert_str(first(query)->method, "POST");
    query.text = STR("deployment method:delete"); /* what is typed goes first */
    assert_str(first(query)->method, "DELETE");
    struct engine_answer answer;
    query.filter.method = STR("fetch");
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_EINVAL);
    query.filter = (struct engine_filter){ .in = STR("body") };
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_EINVAL);
}

static uint64_t endpoints_with(const char *tag)
{
    struct engine_query query = { .text = STR("kind:endpoint"), .filter.tag = str_from(tag) };
    struct engine_answer answer;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    return answer.totals[ENGINE_ENDPOINT];
}

static void endpoints_are_listed_by_tag(void **state)
{
    (void)state;
    assert_int_equal(endpoints_with("apps"), 2);
    assert_int_equal(endpoints_with("core things"), 1);
    assert_int_equal(endpoints_with("core"), 2);
    assert_int_equal(endpoints_with("cor"), 0);
    assert_int_equal(endpoints_with("Core"), 0);
    assert_true(endpoints_with("") > 5);
    struct engine_query query = { .text = STR("deployment"), .kinds = 1 << ENGINE_OBJECT, .filter.tag = STR("apps") };
    struct engine_answer answer;
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
    assert_int_equal(answer.hit_count, 0);
    assert_int_equal(answer.totals[ENGINE_ENDPOINT], 2);
}

static void versions_are_listed_the_newest_stable_one_first(void **state)
{
    (void)state;
    const struct engine_hit *hit = first((struct engine_query){ .text = STR("scaler") });
    assert_int_equal(hit->version_count, 3);
    assert_str(hit->versions[0].version, "v2");
    assert_str(hit->versions[0].id, "clusters.test/object/io.test.api.scaling.v2.Scaler");
    assert_true(str_equal(hit->id, hit->versions[0].id));
    assert_str(hit->versions[1].version, "v1");
    assert_str(hit->versions[2].version, "v1beta1");
    assert_int_equal(first((struct engine_query){ .text = STR("podspec") })->version_count, 0);
}

static void an_unknown_api_is_told(void **state)
{
    (void)state;
    struct engine_answer answer;
    struct engine_query query = { .text = STR("name"), .api = STR("nowhere.test") };
    assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_ENOTFOUND);
    struct engine_api api;
    assert_int_equal(engine_api(opened, STR("nowhere.test"), &api), ENGINE_ENOTFOUND);
    assert_int_equal(engine_api(opened, STR("shop.test"), &api), ENGINE_OK);
    assert_str(api.title, "Corner Shop");
    assert_str(api.category, "ecommerce");
    assert_int_equal(api.elements[ENGINE_OBJECT], 3);
}

static void lacking_memory_is_told(void **state)
{
    (void)state;
    struct engine_query query = { .text = STR("name"), .descriptions = true };
    struct engine_answer answer;
    struct arena small;
    int error = ENGINE_ENOMEM;
    for (size_t limit = 0; error == ENGINE_ENOMEM; limit += 512) {
        assert_true(limit < 1 << 20);
        arena_init(&small, limit);
        error = engine_search(opened, scratch, &query, &small, &answer);
        arena_free(&small);
    }
    assert_int_equal(error, ENGINE_OK);
}

/* ---- APIs by a pattern ------------------------------------------------------------------------------------------- */

static size_t apis(struct str keyword, uint32_t limit, const struct engine_api **found)
{
    size_t count;
    assert_int_equal(engine_search_apis(opened, keyword, limit, &arena, found, &count), ENGINE_OK);
    return count;
}

static void the_api_with_most_matches_goes_first(void **state)
{
    (void)state;
    const struct engine_api *found;
    assert_int_equal(apis(STR("PAYMENT"), 20, &found), 1);
    assert_str(found[0].id, "payments.test:v2");
    assert_int_equal(found[0].score, 10 + 10 + 1 + 1); /* id, title, provider, category */
    assert_int_equal(apis(STR("s"), 20, &found), 3);
    assert_true(found[0].score >= found[1].score && found[1].score >= found[2].score);
    assert_int_equal(apis(STR("s"), 2, &found), 2);
    assert_int_equal(apis(STR("zebra"), 20, &found), 0);
    assert_int_equal(apis(STR("  "), 20, &found), 0);
}

static void the_keyword_is_a_pattern_where_it_can_be(void **state)
{
    (void)state;
    const struct engine_api *found;
    assert_int_equal(apis(STR("^corner.*shop$"), 20, &found), 1);
    assert_str(found[0].id, "shop.test");
    assert_int_equal(apis(STR("x*"), 20, &found), 0); /* empty matches are none */
    assert_int_equal(apis(STR("(unclosed"), 20, &found), 0);
    assert_int_equal(apis(STR("\xff\xfe"), 20, &found), 0);
    assert_int_equal(apis(STR("test:v2"), 20, &found), 1);
}

/* Without limits this would take longer than anyone waits. */
static void a_pattern_without_end_is_plain_text(void **state)
{
    (void)state;
    const struct engine_api *found;
    assert_int_equal(apis(STR("((.*)*)*((.*)*)*((.*)*)*!"), 20, &found), 0);
}

static void kinds_have_names(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ENGINE_KINDS; i++) {
        enum engine_kind kind;
        assert_true(engine_kind_read(engine_kind_name((enum engine_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    enum engine_kind kind;
    assert_true(engine_kind_read(STR("properties"), &kind));
    assert_int_equal(kind, ENGINE_PROPERTY);
    assert_false(engine_kind_read(STR("everything"), &kind));
    assert_str(engine_kind_name(ENGINE_KINDS), "");
    assert_string_equal(engine_strerror(ENGINE_ENOTFOUND), "there is no such element");
    assert_string_equal(engine_strerror(-99), "an unknown error");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_is_wrong_with_a_file),
        cmocka_unit_test(counts_what_it_holds),
        cmocka_unit_test(an_object_is_told_in_full),
        cmocka_unit_test(a_property_is_told_with_its_owner),
        cmocka_unit_test(an_endpoint_is_told_with_its_method),
        cmocka_unit_test(a_parameter_is_told_with_its_endpoint),
        cmocka_unit_test(scores_fall_and_totals_add_up),
        cmocka_unit_test(pages_go_on_at_their_cursor),
        cmocka_unit_test(a_cursor_belongs_to_its_question_and_catalogue),
        cmocka_unit_test(a_hit_explains_its_place),
        cmocka_unit_test(what_matched_in_the_summary_is_told),
        cmocka_unit_test(a_filter_of_the_query_counts),
        cmocka_unit_test(endpoints_are_listed_by_tag),
        cmocka_unit_test(versions_are_listed_the_newest_stable_one_first),
        cmocka_unit_test(an_unknown_api_is_told),
        cmocka_unit_test(lacking_memory_is_told),
        cmocka_unit_test(the_api_with_most_matches_goes_first),
        cmocka_unit_test(the_keyword_is_a_pattern_where_it_can_be),
        cmocka_unit_test(a_pattern_without_end_is_plain_text),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests_name("engine", tests, open_engine, close_engine);
}
