#include "unit.h"

#include "engine_double.h"
#include "limits.h"
#include "replies.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 128 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_has(struct str text, const char *part)
{
    if (str_find(text, str_from(part)) == STR_NONE) fail_msg("%s is not in %.*s", part, STR_FORMAT(text));
}

static void assert_lacks(struct str text, const char *part)
{
    if (str_find(text, str_from(part)) != STR_NONE) fail_msg("%s is in %.*s", part, STR_FORMAT(text));
}

static void hits_have_ranges_in_utf16(void **state)
{
    (void)state;
    static const struct engine_range ranges[] = { { 5, 8 }, { 9, 10 } };
    static const struct engine_hit hit = {
        .kind = ENGINE_PROPERTY,
        .flags = ENGINE_REQUIRED | ENGINE_NULLABLE,
        .id = STR_INIT("x"),
        .name = STR_INIT("\xF0\x9F\x98\x80-tag z"),
        .count = 3,
        .name_ranges = ranges,
        .name_range_count = 2,
    };
    struct elements_search_request request = { .keyword = STR("tag z"), .filter = FILTER_PROPERTY };
    struct engine_answer answer = { .hits = &hit, .hit_count = 1, .total = 9, .totals = { 1, 2, 3, 4, 5 } };
    struct str reply = reply_elements(&arena, &request, &answer, NULL);
    assert_has(reply, "{\"keyword\":\"tag z\",\"filter\":\"property\",\"total\":9,"
                      "\"totals\":{\"api\":1,\"endpoint\":2,\"object\":3,\"property\":4,\"parameter\":5},\"hits\":[{");
    assert_has(reply, "\"ranges\":[[3,6],[7,8]]");
    assert_has(reply, "\"flags\":[\"required\",\"nullable\"]");
    assert_has(reply, "\"summaryRanges\":[]");
    assert_lacks(reply, "\"reasons\"");
    assert_lacks(reply, "\"cursor\"");
    assert_lacks(reply, "\"lowerBound\"");
    assert_lacks(reply, "\"suggestion\"");
    assert_lacks(reply, "\"method\"");
    assert_lacks(reply, "\"api\":\"\",\"filter\"");
}

static void hits_have_reasons_and_pages_a_cursor(void **state)
{
    (void)state;
    static const struct engine_reason reasons[] = { { STR_INIT("first"), 0, STR_INIT("same") },
                                                    { STR_INIT("second"), 7, STR_INIT("differs") } };
    static const struct engine_range range = { 2, 6 };
    static const struct engine_hit hit = {
        .kind = ENGINE_OBJECT,
        .id = STR_INIT("x"),
        .summary = STR_INIT("\xC3\xA9text"),
        .summary_ranges = &range,
        .summary_range_count = 1,
        .reasons = reasons,
        .reason_count = 2,
        .decided = 1,
    };
    struct elements_search_request request = { .keyword = STR("k8s:x"), .api = STR("asked") };
    struct engine_answer answer = { .hits = &hit,
                                    .hit_count = 1,
                                    .cursor = STR("1.2"),
                                    .is_lower_bound = true,
                                    .suggestion = STR("tags"),
                                    .api = STR("said") };
    struct str reply = reply_elements(&arena, &request, &answer, NULL);
    assert_has(reply, "\"api\":\"said\"");
    assert_has(reply, "\"lowerBound\":true,\"suggestion\":\"tags\",\"cursor\":\"1.2\"");
    assert_has(reply, "\"summaryRanges\":[[1,5]]");
    assert_has(reply, "\"reasons\":[{\"criterion\":\"first\",\"value\":0,\"words\":\"same\"},"
                      "{\"criterion\":\"second\",\"value\":7,\"words\":\"differs\",\"decided\":true}]");
}

static void errors_carry_code_message_nearest_and_sequence(void **state)
{
    (void)state;
    static const struct str nearest[] = { STR_INIT("a"), STR_INIT("b") };
    struct action_fault fault = { ACTION_NOT_FOUND, STR("No such thing."), nearest, 2 };
    yyjson_val *sequence = payload_read(&arena, STR("12345678901234567"));
    assert_str(reply_error(&arena, &fault, sequence),
               "{\"error\":{\"code\":\"not-found\",\"message\":\"No such thing.\",\"nearest\":[\"a\",\"b\"]},"
               "\"sequence\":12345678901234567}");
    fault.nearest_count = 0;
    assert_int_equal(reply_error_of(reply_error(&arena, &fault, NULL)), ACTION_NOT_FOUND);
    assert_int_equal(reply_error_of(STR("{\"keyword\":\"error\"}")), ACTION_OK);
    assert_int_equal(reply_error_of((struct str){ NULL, 0 }), ACTION_OK);
    assert_str(reply_error(&arena, &fault, NULL),
               "{\"error\":{\"code\":\"not-found\",\"message\":\"No such thing.\"}}");
}

static void apis_have_the_shape_of_the_original(void **state)
{
    (void)state;
    static const struct engine_api api = {
        .id = STR_INIT("pets"),
        .title = STR_INIT("Pets"),
        .version = STR_INIT("1"),
        .score = 12,
        .elements = { 1, 2, 3, 4, 5 },
    };
    struct api_search_reply found = { &api, 1 };
    struct api_search_request request = { .is_brief = false };
    assert_str(
        reply_api_search(&arena, &request, &found),
        "[{\"name\":\"Pets\",\"score\":12,\"definition\":{\"id\":\"pets\",\"title\":\"Pets\",\"version\":\"1\","
        "\"summary\":\"\",\"description\":\"\",\"provider\":\"\",\"category\":\"\",\"endpoints\":2,\"objects\":3,"
        "\"properties\":4,\"parameters\":5}}]");
    static const struct engine_api described = { .description = STR_INIT("Of pets.") };
    found.apis = &described;
    assert_has(reply_api_search(&arena, &request, &found), "\"description\":\"Of pets.\"");
    request.is_brief = true;
    assert_has(reply_api_search(&arena, &request, &found), "\"description\":\"\"");
    assert_str(reply_api_search(&arena, &request, &(struct api_search_reply){ 0 }), "[]");
}

static void the_catalogue_tells_its_counts(void **state)
{
    (void)state;
    struct engine_counts counts = { .elements = { 1, 2, 3, 4, 5 } };
    assert_str(reply_catalogue(&arena, &counts),
               "{\"counts\":{\"apis\":1,\"endpoints\":2,\"objects\":3,\"properties\":4,\"parameters\":5}}");
}

static void details_tell_constraints_and_focus(void **state)
{
    (void)state;
    static const struct engine_value values[] = { { .json = STR_INIT("\"Always\"") },
                                                  { .json = STR_INIT("7"), .description = STR_INIT("A number.") } };
    static const struct engine_field nested = { .name = STR_INIT("inner"), .flags = ENGINE_READ_ONLY };
    static const struct engine_example examples[] = {
        { .label = STR_INIT("JSON"),
          .language = STR_INIT("json"),
          .code = STR_INIT("\xC3\xA9\n\"x\": 1\n"),
          .focus = { 3, 10 } },
        { .label = STR_INIT("curl") },
    };
    struct engine_details details = {
        .kind = ENGINE_PROPERTY,
        .self = { .name = STR("restartPolicy"),
                  .default_value = STR("\"Always\""),
                  .values = values,
                  .value_count = 2,
                  .value_total = 9,
                  .constant = STR("1"),
                  .explode = -1,
                  .fields = &nested,
                  .field_count = 1,
                  .field_total = 1,
                  .range = STR("1 to 2") },
        .examples = examples,
        .example_count = 2,
        .place_total = 400,
    };
    struct str reply = reply_details(&arena, &details, NULL);
    assert_has(reply, "\"default\":\"Always\"");
    assert_has(reply,
               "\"values\":[\"Always\",7],\"valueLabels\":[{},{\"description\":\"A number.\"}],\"valueTotal\":9");
    assert_has(reply, "\"const\":1");
    assert_has(reply, "\"explode\":false");
    assert_lacks(reply, "\"fieldTotal\"");
    assert_has(reply, "\"range\":\"1 to 2\"");
    assert_has(reply, "\"fields\":[{\"name\":\"inner\"");
    assert_has(reply, "\"focus\":[2,9]");
    assert_has(reply, "\"focus\":null");
    assert_has(reply, "\"placeTotal\":400");
    assert_lacks(reply, "\"truncated\"");
    assert_lacks(reply, "\"format\"");
}

static void refs_tell_totals_and_where_there_may_be_more(void **state)
{
    (void)state;
    static const struct engine_ref row = {
        ENGINE_USE_REACH,
        STR_INIT("request"),
        STR_INIT("Pod.spec"),
        { ENGINE_ENDPOINT, STR_INIT("k/endpoint/post/pods"), STR_INIT("POST /pods"), STR_INIT(""), STR_INIT(""),
          STR_INIT("Makes one."), true },
    };
    struct engine_refs refs = { .kind = ENGINE_OBJECT,
                                .id = STR("k/object/PodSpec"),
                                .name = STR("io.PodSpec"),
                                .title = STR("PodSpec"),
                                .api = STR("k"),
                                .refs = &row,
                                .ref_count = 1,
                                .total = 9,
                                .totals = { 1, 2, 3, 4, 5, 6 } };
    assert_str(reply_refs(&arena, &refs, NULL),
               "{\"kind\":\"object\",\"id\":\"k/object/PodSpec\",\"name\":\"io.PodSpec\",\"title\":\"PodSpec\","
               "\"api\":\"k\",\"total\":9,\"totals\":{\"property\":1,\"object\":2,\"endpoint\":3,\"root\":4,"
               "\"reach\":5,\"name\":6},\"refs\":[{\"use\":\"reach\",\"roles\":\"request\",\"path\":\"Pod.spec\","
               "\"kind\":\"endpoint\",\"id\":\"k/endpoint/post/pods\",\"name\":\"POST /pods\",\"owner\":\"\","
               "\"type\":\"\",\"summary\":\"Makes one.\",\"same\":true}]}");
    refs.is_lower_bound = true;
    assert_has(reply_refs(&arena, &refs, NULL), "\"lowerBound\":true");
}

static void an_example_tells_its_focus_roots_and_faults(void **state)
{
    (void)state;
    static const struct engine_root roots[] = {
        { .kind = ENGINE_OBJECT, .id = STR_INIT("k/object/Pod"), .name = STR_INIT("Pod"), .at = STR_INIT("spec.a") },
        { .kind = ENGINE_ENDPOINT,
          .id = STR_INIT("k/endpoint/get/a"),
          .name = STR_INIT("GET /a"),
          .at = STR_INIT("a"),
          .status = STR_INIT("200") },
    };
    static const struct str faults[] = { STR_INIT("a: none") };
    struct engine_payload payload = { .example = { STR("YAML"), STR("yaml"), STR("\xC3\xA9: 1\na: 2"), { 6, 10 } },
                                      .id = STR("k/object/Pod"),
                                      .at = STR("spec.a"),
                                      .roots = roots,
                                      .root_count = 2,
                                      .root_total = 9,
                                      .left_out = 4,
                                      .faults = faults,
                                      .fault_count = 1 };
    struct str reply = reply_example(&arena, &payload, NULL);
    assert_has(reply, "\"id\":\"k/object/Pod\",\"example\":{\"label\":\"YAML\",\"language\":\"yaml\"");
    assert_has(reply, "\"focus\":[5,9]");
    assert_has(reply, "\"at\":\"spec.a\",\"roots\":[{\"kind\":\"object\",\"id\":\"k/object/"
                      "Pod\",\"name\":\"Pod\",\"at\":\"spec.a\"},");
    assert_has(reply, "\"name\":\"GET /a\",\"at\":\"a\",\"status\":\"200\"}]");
    assert_has(reply, "\"rootTotal\":9,\"leftOut\":4,\"faults\":[\"a: none\"]}");
    assert_lacks(reply, "\"mediaType\"");
}

/* A tree of fields so large that it cannot be sent whole. */
static struct engine_field *make_fields(size_t count, size_t levels, struct str description)
{
    struct engine_field *fields = arena_calloc(&arena, count, sizeof *fields);
    for (size_t i = 0; i < count; i++) {
        fields[i] = (struct engine_field){ .name = STR("field"), .description = description, .html = description };
        if (levels == 0) continue;
        fields[i].fields = make_fields(count, levels - 1, description);
        fields[i].field_count = count;
    }
    return fields;
}

static void details_that_are_too_long_are_cut_and_say_so(void **state)
{
    (void)state;
    char *text = arena_alloc(&arena, 1000);
    memset(text, 'x', 1000);
    struct engine_details details = { .kind = ENGINE_OBJECT };
    details.self.fields = make_fields(12, 2, (struct str){ text, 1000 });
    details.self.field_count = 12;
    struct str reply = reply_details(&arena, &details, NULL);
    assert_non_null(reply.at);
    assert_true(reply.size <= LIMIT_REPLY_BYTES);
    assert_has(reply, "\"truncated\":true");
    assert_lacks(reply, "xxxxxxxxxx\",\"html\":\"x");
}

static void endless_nesting_ends(void **state)
{
    (void)state;
    struct engine_field self = { .name = STR("again"), .field_count = 1 };
    self.fields = &self;
    struct engine_details details = { .kind = ENGINE_OBJECT, .self = self };
    struct str reply = reply_details(&arena, &details, NULL);
    assert_non_null(reply.at);
    assert_has(reply, "\"truncated\":true");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hits_have_ranges_in_utf16, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hits_have_reasons_and_pages_a_cursor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(errors_carry_code_message_nearest_and_sequence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(apis_have_the_shape_of_the_original, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_catalogue_tells_its_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(details_tell_constraints_and_focus, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refs_tell_totals_and_where_there_may_be_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_example_tells_its_focus_roots_and_faults, set_up, tear_down),
        cmocka_unit_test_setup_teardown(details_that_are_too_long_are_cut_and_say_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(endless_nesting_ends, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("replies", tests, NULL, NULL);
}
