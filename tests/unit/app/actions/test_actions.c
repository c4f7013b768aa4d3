#include "unit.h"

#include "actions.h"
#include "engine_double.h"

static struct arena arena;
static const struct action action = { .arena = &arena };

static int set_up(void **state)
{
    (void)state;
    engine_double = (struct engine_double){ 0 };
    arena_init(&arena, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void the_empty_keyword_finds_no_api_and_asks_no_engine(void **state)
{
    (void)state;
    struct api_search_request request = { .keyword = STR(""), .limit = 20 };
    struct api_search_reply reply;
    struct action_fault fault = { 0 };
    assert_int_equal(action_api_search(&action, &request, &reply, &fault), ACTION_OK);
    assert_int_equal(reply.count, 0);
    assert_int_equal(engine_double.searches, 0);
}

static void api_search_passes_keyword_and_limit_on(void **state)
{
    (void)state;
    static const struct engine_api found[2] = { { .id = STR_INIT("a") }, { .id = STR_INIT("b") } };
    struct api_search_request request = { .keyword = STR("pay"), .limit = 7 };
    struct api_search_reply reply;
    struct action_fault fault = { 0 };
    engine_double.apis = found;
    engine_double.api_count = 2;
    assert_int_equal(action_api_search(&action, &request, &reply, &fault), ACTION_OK);
    assert_str(engine_double.keyword, "pay");
    assert_int_equal(engine_double.limit, 7);
    assert_int_equal(reply.count, 2);
    assert_str(reply.apis[1].id, "b");
}

static void engine_errors_become_codes(void **state)
{
    (void)state;
    struct action_fault fault;
    assert_int_equal(action_fail_engine(&fault, ENGINE_ENOMEM, STR_EMPTY), ACTION_OVERLOADED);
    assert_str(fault.message, "out of memory");
    assert_int_equal(action_fail_engine(&fault, ENGINE_EINVAL, STR("why")), ACTION_INVALID);
    assert_str(fault.message, "why");
    assert_int_equal(action_fail_engine(&fault, ENGINE_ECORRUPT, STR("why")), ACTION_INTERNAL);
    assert_int_equal(action_fail_engine(&fault, ENGINE_ENOTFOUND, STR("why")), ACTION_NOT_FOUND);
    assert_str(action_error_code(ACTION_INVALID), "invalid-argument");
    assert_str(action_error_code(ACTION_NOT_FOUND), "not-found");
    assert_str(action_error_code(ACTION_INTERNAL), "internal");
    assert_str(action_error_code(ACTION_OVERLOADED), "overloaded");
}

static void loading_an_api_brings_its_description_rendered(void **state)
{
    (void)state;
    struct api_load_reply reply;
    struct action_fault fault = { 0 };
    engine_double.api.id = STR("pets");
    engine_double.details.self.html = STR("<p>Pets</p>");
    assert_int_equal(action_api_load(&action, STR("pets"), &reply, &fault), ACTION_OK);
    assert_str(reply.api.id, "pets");
    assert_str(reply.html, "<p>Pets</p>");
}

static const struct engine_hit near_hits[2] = { { .id = STR_INIT("near/1") }, { .id = STR_INIT("near/2") } };

static void an_unknown_api_is_told_with_the_nearest(void **state)
{
    (void)state;
    struct api_load_reply reply;
    struct action_fault fault = { 0 };
    engine_double.api_error = ENGINE_ENOTFOUND;
    engine_double.answer = (struct engine_answer){ .hits = near_hits, .hit_count = 2 };
    assert_int_equal(action_api_load(&action, STR("petz"), &reply, &fault), ACTION_NOT_FOUND);
    assert_true(str_find(fault.message, STR("\"petz\"")) != STR_NONE);
    assert_int_equal(fault.nearest_count, 2);
    assert_str(fault.nearest[0], "near/1");
    assert_int_equal(engine_double.query.kinds, 1u << ENGINE_API);
}

static void filters_choose_kinds(void **state)
{
    (void)state;
    struct elements_search_request request = { .keyword = STR("x"), .filter = FILTER_EVERYTHING };
    assert_int_equal(action_elements_query(&request).kinds, 0);
    assert_true(action_elements_query(&request).descriptions);

    request.api = STR("kubernetes.io");
    assert_int_equal(action_elements_query(&request).kinds & 1u << ENGINE_API, 0);
    assert_int_not_equal(action_elements_query(&request).kinds & 1u << ENGINE_ENDPOINT, 0);

    request.filter = FILTER_PROPERTY;
    assert_int_equal(action_elements_query(&request).kinds, 1u << ENGINE_PROPERTY | 1u << ENGINE_PARAMETER);
    assert_false(action_elements_query(&request).descriptions);
    request.descriptions = true;
    assert_true(action_elements_query(&request).descriptions);
    request.filter = FILTER_DESCRIPTION;
    assert_int_equal(action_elements_query(&request).descriptions, ENGINE_DESCRIPTIONS_ALONE);
    assert_int_equal(action_elements_query(&request).kinds & 1u << ENGINE_API, 0);
    assert_int_not_equal(action_elements_query(&request).kinds & 1u << ENGINE_OBJECT, 0);
}

static void filters_have_names(void **state)
{
    (void)state;
    enum action_filter filter;
    for (int i = 0; i < FILTERS; i++) {
        assert_true(action_filter_read(action_filter_name((enum action_filter)i), &filter));
        assert_int_equal(filter, i);
    }
    assert_true(action_filter_read(STR("objects"), &filter));
    assert_int_equal(filter, FILTER_OBJECT);
    assert_false(action_filter_read(STR("Everything"), &filter));
    assert_false(action_filter_read(STR(""), &filter));
}

static void searching_in_an_unknown_api_is_not_found(void **state)
{
    (void)state;
    struct elements_search_request request = { .keyword = STR("x"), .api = STR("nowhere") };
    struct engine_answer answer;
    struct action_fault fault = { 0 };
    engine_double.search_error = ENGINE_ENOTFOUND;
    assert_int_equal(action_elements_search(&action, &request, &answer, &fault), ACTION_NOT_FOUND);
    assert_true(str_find(fault.message, STR("nowhere")) != STR_NONE);
    assert_int_equal(fault.nearest_count, 0);
}

static void kinds_that_the_best_leave_out_are_searched_for_alone(void **state)
{
    (void)state;
    static const struct engine_hit hits[] = { { .kind = ENGINE_OBJECT } };
    struct elements_search_request request = { .keyword = STR("x"), .api = STR("a"), .limit = 25, .each = 5 };
    struct engine_answer answer;
    struct action_fault fault = { 0 };
    engine_double.answer = (struct engine_answer){
        .hits = hits, .hit_count = 1, .kinds = 1u << ENGINE_OBJECT | 1u << ENGINE_ENDPOINT | 1u << ENGINE_PROPERTY
    };
    engine_double.answer.totals[ENGINE_OBJECT] = 1;
    engine_double.answer.totals[ENGINE_ENDPOINT] = 3;
    engine_double.answer.totals[ENGINE_PARAMETER] = 7; /* not looked for */
    assert_int_equal(action_elements_search(&action, &request, &answer, &fault), ACTION_OK);
    assert_int_equal(engine_double.searches, 2);
    assert_int_equal(engine_double.query.kinds, 1u << ENGINE_ENDPOINT);
    assert_int_equal(engine_double.query.limit, 5);
    assert_int_equal(answer.hit_count, 2); /* the double finds the same whatever it is asked */
    request.each = 0;
    assert_int_equal(action_elements_search(&action, &request, &answer, &fault), ACTION_OK);
    assert_int_equal(engine_double.searches, 3);
    assert_int_equal(answer.hit_count, 1);
}

static void fail_details(struct str id, struct action_fault *fault)
{
    struct engine_details details;
    struct element_details_request request = { .id = id };
    engine_double.details_error = ENGINE_ENOTFOUND;
    engine_double.details_fault = "There is no such object.";
    engine_double.answer = (struct engine_answer){ .hits = near_hits, .hit_count = 2 };
    assert_int_equal(action_element_details(&action, &request, &details, fault), ACTION_NOT_FOUND);
    assert_str(fault->message, "There is no such object.");
    assert_int_equal(fault->nearest_count, 2);
}

static void an_unknown_element_is_told_with_the_nearest_of_its_api(void **state)
{
    (void)state;
    struct action_fault fault = { 0 };
    fail_details(STR("amazonaws.com/ec2/object/Instance#tags.keyy"), &fault);
    assert_str(engine_double.query.api, "amazonaws.com/ec2");
    assert_str(engine_double.query.text, "keyy");
}

static void the_nearest_are_found_by_the_beginning_of_a_word(void **state)
{
    (void)state;
    struct action_fault fault = { 0 };
    engine_double.longest_known = 10;
    fail_details(STR("k/object/Deploymentt"), &fault);
    assert_str(engine_double.query.text, "Deployme");
}

static void an_element_of_an_unknown_api_is_told_with_the_nearest_api(void **state)
{
    (void)state;
    struct action_fault fault = { 0 };
    engine_double.api_error = ENGINE_ENOTFOUND;
    fail_details(STR("kubernets.io/object/Pod"), &fault);
    assert_str(engine_double.query.api, "");
    assert_str(engine_double.query.text, "kubernets.io");
    fail_details(STR("///"), &fault);
    fail_details(STR("a/object"), &fault);
    assert_str(engine_double.query.text, "a/object");
}

static void code_brings_all_languages_with_it(void **state)
{
    (void)state;
    struct engine_code_wish wish = { .id = STR("a/endpoint/get/b"), .language = STR("go"), .server = STR_EMPTY };
    struct element_code_reply reply;
    struct action_fault fault = { 0 };
    engine_double.code.code = STR("package main");
    assert_int_equal(action_element_code(&action, &wish, &reply, &fault), ACTION_OK);
    assert_str(reply.example.code, "package main");
    assert_int_equal(reply.language_count, 2);
    assert_str(reply.languages[1].name, "go");
    engine_double.code_error = ENGINE_EINVAL;
    assert_int_equal(action_element_code(&action, &wish, &reply, &fault), ACTION_INVALID);
    assert_str(fault.message, "no such language");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_empty_keyword_finds_no_api_and_asks_no_engine, set_up, tear_down),
        cmocka_unit_test_setup_teardown(api_search_passes_keyword_and_limit_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(engine_errors_become_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(loading_an_api_brings_its_description_rendered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_api_is_told_with_the_nearest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(filters_choose_kinds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(filters_have_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(searching_in_an_unknown_api_is_not_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kinds_that_the_best_leave_out_are_searched_for_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_element_is_told_with_the_nearest_of_its_api, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_nearest_are_found_by_the_beginning_of_a_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(code_brings_all_languages_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_element_of_an_unknown_api_is_told_with_the_nearest_api, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("actions", tests, NULL, NULL);
}
