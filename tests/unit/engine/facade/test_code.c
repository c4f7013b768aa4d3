#include "facade_fixture.h"

static struct facade facade;

static int code(const char *id, const char *language, const char *server, struct engine_example *example)
{
    struct engine_code_wish wish = { .id = str_from(id), .language = str_from(language), .server = str_from(server) };
    arena_reset(&facade.arena);
    return engine_code(facade.opened, facade.scratch, &wish, &facade.arena, example, &facade.fault);
}

static void languages_are_told_one_by_one(void **state)
{
    (void)state;
    struct engine_language language;
    size_t count = 0;
    assert_true(engine_language(0, &language));
    assert_str(language.name, "curl");
    while (engine_language(count, &language)) {
        assert_true(language.name.size > 0 && language.label.size > 0 && language.highlight.size > 0);
        count++;
    }
    assert_int_equal(count, 16);
}

static void every_language_writes_the_request(void **state)
{
    (void)state;
    struct engine_language language;
    struct engine_example example;
    char name[32];
    for (size_t i = 0; engine_language(i, &language); i++) {
        snprintf(name, sizeof name, "%.*s", STR_FORMAT(language.name));
        assert_int_equal(code("hostile/endpoint/put/pets/{petId}", name, "", &example), ENGINE_OK);
        assert_true(str_equal(example.label, language.label));
        assert_true(str_equal(example.language, language.highlight));
        assert_true(str_find(example.code, STR("eu.example.org")) != STR_NONE);
        assert_true(str_find(example.code, STR("/v1/pets/")) != STR_NONE);
        assert_int_equal(code("hostile/endpoint/put/pets/{petId}", name, "http://127.0.0.1:9000/x/", &example),
                         ENGINE_OK);
        assert_true(str_find(example.code, STR("127.0.0.1:9000")) != STR_NONE);
        assert_true(str_find(example.code, STR("/x/pets/")) != STR_NONE);
        assert_true(str_find(example.code, STR("eu.example.org")) == STR_NONE);
    }
}

/* The lines of a parameter are marked: its variable's, its header's, its pair's in the query. */
static void a_parameter_is_marked_in_every_language(void **state)
{
    (void)state;
    static const char *const ids[] = { "hostile/endpoint/get/pets/{petId}?query.verbose",
                                       "hostile/endpoint/get/pets/{petId}?header.X-Trace",
                                       "hostile/endpoint/get/pets/{petId}?path.petId" };
    static const char *const words[] = { "verbose=no", "X-Trace", "1" };
    struct engine_language language;
    struct engine_example example;
    char name[32];
    for (size_t i = 0; engine_language(i, &language); i++) {
        snprintf(name, sizeof name, "%.*s", STR_FORMAT(language.name));
        for (size_t j = 0; j < sizeof ids / sizeof *ids; j++) {
            assert_int_equal(code(ids[j], name, "", &example), ENGINE_OK);
            struct str focus = str_cut(example.code, example.focus.start, example.focus.end);
            if (str_find(focus, str_from(words[j])) == STR_NONE) fail_msg("%s: %s is not marked", name, words[j]);
            assert_true(focus.at == example.code.at || focus.at[-1] == '\n');
            assert_true(str_find_byte(focus, '\n') == STR_NONE);
        }
    }
}

static void what_cannot_be_written_is_said(void **state)
{
    (void)state;
    struct engine_example example;
    assert_int_equal(code("hostile/endpoint/get/pets", "cobol", "", &example), ENGINE_EINVAL);
    assert_non_null(strstr(facade.fault.text, "\"cobol\""));
    assert_non_null(strstr(facade.fault.text, "curl, httpie, "));
    assert_int_equal(code("hostile/endpoint/get/pets", "PYTHON", "", &example), ENGINE_OK);
    assert_int_equal(code("hostile/object/Pet", "go", "", &example), ENGINE_EINVAL);
    assert_non_null(strstr(facade.fault.text, "hostile/object/Pet"));
    assert_int_equal(code("hostile/endpoint/get/pest", "go", "", &example), ENGINE_ENOTFOUND);
    static const char *const servers[] = { "ftp://x",    "http://",    "https:///x", "127.0.0.1",
                                           "http://x y", "http://x?q", "http://x#f", "http://x\n" };
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++) {
        assert_int_equal(code("hostile/endpoint/get/pets", "go", servers[i], &example), ENGINE_EINVAL);
        assert_non_null(strstr(facade.fault.text, "server"));
    }
}

static const struct engine_example *labelled(const char *id, const char *label)
{
    const struct engine_details *details = facade_details(&facade, id);
    for (size_t i = 0; i < details->example_count; i++) {
        if (str_equal(details->examples[i].label, str_from(label))) return &details->examples[i];
    }
    fail_msg("%s has no %s", id, label);
    return NULL;
}

static void the_code_of_the_authors_is_offered(void **state)
{
    (void)state;
    const struct engine_example *shell = labelled("hostile/endpoint/get/pets/{petId}", "Shell, as its authors show it");
    assert_str(shell->code, "pets get 1");
    assert_str(shell->language, "bash");
    const struct engine_example *sdk = labelled("hostile/endpoint/get/pets/{petId}", "SDK, as its authors show it");
    assert_str(sdk->code, "Pets.Get(1);");
    assert_str(sdk->language, "csharp");
    assert_str(labelled("hostile/endpoint/get/pets", "Code, as its authors show it")->code, "pets list");
}

static int open_facade(void **state)
{
    (void)state;
    const char *const paths[] = { TEST_DATA "/unit/engine/facade/hostile.json",
                                  TEST_DATA "/unit/engine/facade/cluster.json" };
    facade_open(&facade, paths, 2);
    return 0;
}

static int shut_facade(void **state)
{
    (void)state;
    facade_close(&facade);
    return 0;
}

/* The raw request ends with its body, which is the payload of the same wish. */
static void the_body_is_of_the_tier(void **state)
{
    (void)state;
    struct str bodies[ENGINE_TIERS];
    for (int tier = 0; tier < ENGINE_TIERS; tier++) {
        struct engine_code_wish wish = { .id = STR("cluster/endpoint/post/orders"),
                                         .language = STR("http"),
                                         .tier = (enum engine_tier)tier };
        struct engine_payload_wish same = { .id = wish.id, .format = STR("json"), .tier = wish.tier };
        struct engine_example example;
        struct engine_payload payload;
        assert_int_equal(engine_code(facade.opened, facade.scratch, &wish, &facade.arena, &example, &facade.fault),
                         ENGINE_OK);
        assert_int_equal(engine_example(facade.opened, facade.scratch, &same, &facade.arena, &payload, &facade.fault),
                         ENGINE_OK);
        assert_true(str_find(example.code, payload.example.code) != STR_NONE);
        bodies[tier] = payload.example.code;
    }
    assert_true(bodies[ENGINE_MINIMAL].size < bodies[ENGINE_USEFUL].size);
    arena_reset(&facade.arena);
}

static void the_body_shows_the_way_to_a_property(void **state)
{
    (void)state;
    struct engine_code_wish wish = { .id = STR("cluster/endpoint/post/orders"),
                                     .language = STR("python"),
                                     .at = STR("lines.gift.wrapping") };
    struct engine_example example;
    assert_int_equal(engine_code(facade.opened, facade.scratch, &wish, &facade.arena, &example, &facade.fault),
                     ENGINE_OK);
    assert_true(str_find(example.code, STR("wrapping")) != STR_NONE);
    assert_true(str_find(example.code, STR("customer")) == STR_NONE);
    wish.at = STR("lines.ribbon");
    assert_int_equal(engine_code(facade.opened, facade.scratch, &wish, &facade.arena, &example, &facade.fault),
                     ENGINE_EINVAL);
    assert_string_equal(facade.fault.text, "There is no property lines.ribbon in the request's body.");
    wish.id = STR("cluster/endpoint/get/orders");
    assert_int_equal(engine_code(facade.opened, facade.scratch, &wish, &facade.arena, &example, &facade.fault),
                     ENGINE_EINVAL);
    arena_reset(&facade.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_are_told_one_by_one),           cmocka_unit_test(every_language_writes_the_request),
        cmocka_unit_test(a_parameter_is_marked_in_every_language), cmocka_unit_test(what_cannot_be_written_is_said),
        cmocka_unit_test(the_code_of_the_authors_is_offered),      cmocka_unit_test(the_body_is_of_the_tier),
        cmocka_unit_test(the_body_shows_the_way_to_a_property),
    };
    return cmocka_run_group_tests_name("code", tests, open_facade, shut_facade);
}
