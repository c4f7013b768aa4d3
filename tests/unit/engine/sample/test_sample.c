#include "unit.h"

#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

/* One line for short expectations: JSON without its white space outside of strings. */
static struct str compact(struct arena *arena, struct str json)
{
    yyjson_doc *doc = yyjson_read(json.at, json.size, 0);
    assert_non_null(doc); /* whatever the schema: the sample is JSON */
    size_t size;
    char *text = yyjson_write(doc, 0, &size);
    struct str copy = arena_copy(arena, (struct str){ text, size });
    free(text);
    yyjson_doc_free(doc);
    return copy;
}

struct made {
    struct str json, focus, compact;
};

static struct made make(struct arena *arena, const char *document_json, struct sample_wish wish, bool is_holder)
{
    struct document document;
    struct document_fault fault;
    assert_int_equal(document_read(&document, str_from(document_json), &fault), DOCUMENT_OK);
    yyjson_val *schema = yyjson_obj_get(document.root, "x");
    struct sample_node *node =
        is_holder ? sample_make_of(&document, schema, &wish, arena) : sample_make(&document, schema, &wish, arena);
    assert_non_null(node);
    struct buf json;
    struct sample_focus focus;
    buf_init(&json, 1 << 20);
    sample_json_write(&json, node, &focus);
    assert_int_equal(json.error, BUF_OK);
    struct made made = { .json = arena_copy(arena, buf_str(&json)) };
    made.focus = str_cut(made.json, focus.start, focus.end);
    made.compact = compact(arena, made.json);
    buf_free(&json);
    document_close(&document);
    return made;
}

#define assert_made(document, wish, is_holder, expected)                                                               \
    do {                                                                                                               \
        struct arena arena;                                                                                            \
        arena_init(&arena, 1 << 22);                                                                                   \
        assert_str(make(&arena, document, (wish), is_holder).compact, expected);                                       \
        arena_free(&arena);                                                                                            \
    } while (0)
#define assert_sample(schema, expected) assert_made("{\"x\":" schema "}", (struct sample_wish){ 0 }, false, expected)
#define assert_named(word, schema, expected)                                                                           \
    assert_made("{\"x\":" schema "}", (struct sample_wish){ .name = STR(word) }, false, expected)

static void the_authors_values_come_first(void **state)
{
    (void)state;
    assert_sample("{\"type\":\"string\",\"example\":\"e\",\"default\":\"d\",\"enum\":[\"d\",\"e\"]}", "\"e\"");
    assert_sample("{\"type\":\"string\",\"examples\":[\"e\"],\"default\":\"d\"}", "\"e\"");
    assert_sample("{\"type\":\"string\",\"const\":\"c\",\"default\":\"d\"}", "\"c\"");
    assert_sample("{\"type\":\"string\",\"default\":\"d\",\"enum\":[\"a\",\"d\"]}", "\"d\"");
    assert_sample("{\"type\":\"string\",\"enum\":[\"\",\"SIZE_UNSPECIFIED\",null,\"BIG\"]}", "\"BIG\"");
    assert_sample("{\"type\":\"string\",\"enum\":[\"UNKNOWN\"]}", "\"UNKNOWN\"");
    assert_sample("{\"type\":\"object\",\"example\":{\"a\":[1,{\"b\":null}]}}", "{\"a\":[1,{\"b\":null}]}");
}

static void values_that_contradict_the_schema_are_passed_over(void **state)
{
    (void)state;
    assert_sample("{\"type\":\"integer\",\"example\":\"ten\",\"default\":7}", "7");
    assert_sample("{\"type\":\"string\",\"example\":\"no\",\"enum\":[\"yes\"]}", "\"yes\"");
    assert_sample("{\"type\":\"string\",\"examples\":[\"e\"],\"const\":\"c\"}", "\"c\"");
    assert_sample("{\"type\":\"string\",\"example\":12}", "\"12\"");
    assert_sample("{\"type\":\"integer\",\"minimum\":5,\"maximum\":1}", "3");
    assert_sample("{\"type\":[\"null\",\"boolean\"],\"example\":null}", "true");
    assert_sample("{\"type\":\"array\",\"example\":{}}", "[\"string\"]");
    assert_sample("{\"type\":7,\"enum\":{},\"properties\":[],\"required\":\"a\",\"oneOf\":3,\"allOf\":{}}", "{}");
}

static void invents_by_description_format_and_name(void **state)
{
    (void)state;
    assert_sample(
        "{\"type\":\"string\",\"description\":\"The policy. One of Always, OnFailure, Never. Default to Always.\"}",
        "\"Always\"");
    assert_sample("{\"type\":\"string\",\"description\":\"Valid values are: `a-b` and `c`\"}", "\"a-b\"");
    assert_sample("{\"type\":\"string\",\"description\":\"Can be set to \\\"on\\\"\"}", "\"on\"");
    assert_named("", "{\"type\":\"string\",\"description\":\"Can be anything\"}", "\"string\"");
    assert_sample("{\"type\":\"string\",\"format\":\"date-time\"}", "\"2026-01-31T12:00:00Z\"");
    assert_named("contact_email", "{\"type\":\"string\"}", "\"user@example.com\"");
    assert_named("displayLabel", "{\"type\":\"string\"}", "\"display label\"");
    assert_named("ServerPort", "{\"type\":\"integer\"}", "8080");
    assert_named("__", "{\"type\":\"string\"}", "\"string\"");
}

static void keeps_within_limits(void **state)
{
    (void)state;
    assert_sample("{\"type\":\"string\",\"minLength\":8}", "\"stringst\"");
    assert_sample("{\"type\":\"string\",\"maxLength\":3}", "\"str\"");
    assert_sample("{\"type\":\"string\",\"maxLength\":0}", "\"\"");
    assert_sample("{\"type\":\"integer\",\"minimum\":3}", "3");
    assert_sample("{\"type\":\"integer\",\"minimum\":3,\"exclusiveMinimum\":true}", "4");
    assert_sample("{\"type\":\"integer\",\"exclusiveMinimum\":3}", "4");
    assert_sample("{\"type\":\"integer\",\"maximum\":-5}", "-5");
    assert_sample("{\"type\":\"integer\",\"exclusiveMaximum\":-5}", "-6");
    assert_sample("{\"type\":\"integer\",\"minimum\":7,\"multipleOf\":5}", "10");
    assert_sample("{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":0.5}", "0.25");
    assert_sample("{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":2}", "[1,2]");
    assert_sample("{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":0}", "[]");
    assert_sample("{\"type\":\"array\",\"prefixItems\":[{\"type\":\"integer\"},{\"type\":\"boolean\"}]}", "[1,true]");
    assert_sample("{\"minimum\":1e400,\"type\":\"integer\"}", "1");
}

static void objects_show_what_is_required_and_what_they_are(void **state)
{
    (void)state;
    assert_sample("{\"properties\":{\"a\":{\"type\":\"integer\"},\"old\":{\"type\":\"string\",\"deprecated\":true},"
                  "\"gone\":{\"type\":\"string\",\"deprecated\":true}},\"required\":[\"old\",\"hidden\"]}",
                  "{\"a\":1,\"old\":\"old\",\"hidden\":\"hidden\"}");
    assert_sample("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}", "{\"key\":1}");
    assert_sample("{\"type\":\"object\",\"additionalProperties\":true}", "{}");
    assert_sample("{\"type\":\"object\"}", "{}");
    assert_sample("{\"properties\":{\"$ref\":{\"type\":\"string\"}}}", "{\"$ref\":\"main\"}");
    assert_sample("{\"properties\":{\"\":{\"type\":\"integer\"},\"a\\\"\\n\\u0000\\u00e9\":true,\"no\":false}}",
                  "{\"\":1,\"a\\\"\\n\\u0000\xc3\xa9\":\"a\\\"\\n\\u0000\xc3\xa9\"}");
}

static void the_direction_hides_properties(void **state)
{
    (void)state;
    const char *document =
        "{\"x\":{\"properties\":{\"id\":{\"type\":\"integer\",\"readOnly\":true},"
        "\"password\":{\"$ref\":\"#/p\"}},\"required\":[\"id\"]},\"p\":{\"type\":\"string\",\"writeOnly\":true}}";
    assert_made(document, ((struct sample_wish){ .direction = SAMPLE_REQUEST }), false,
                "{\"password\":\"a-long-password\"}");
    assert_made(document, ((struct sample_wish){ .direction = SAMPLE_RESPONSE }), false, "{\"id\":1}");
}

static void all_of_is_merged_and_a_branch_taken(void **state)
{
    (void)state;
    assert_made("{\"x\":{\"allOf\":[{\"$ref\":\"#/base\"},{\"properties\":{\"b\":{\"type\":\"boolean\"}}}],"
                "\"oneOf\":[{\"properties\":{\"c\":{\"const\":3}}},{\"properties\":{\"d\":{\"const\":4}}}]},"
                "\"base\":{\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}}",
                (struct sample_wish){ 0 }, false, "{\"a\":1,\"b\":true,\"c\":3}");
    assert_made(
        "{\"x\":{\"oneOf\":[{\"$ref\":\"#/Cat\"},{\"$ref\":\"#/Dog\"}],\"discriminator\":{\"propertyName\":\"pet\","
        "\"mapping\":{\"d\":\"#/Dog\",\"c\":\"#/Cat\"}}},"
        "\"Cat\":{\"properties\":{\"pet\":{\"type\":\"string\"}}},\"Dog\":{}}",
        (struct sample_wish){ 0 }, false, "{\"pet\":\"c\"}");
    assert_made("{\"x\":{\"properties\":{\"pet\":{\"type\":\"string\"}},\"discriminator\":{\"propertyName\":\"pet\"}}}",
                ((struct sample_wish){ .object = STR("Cat") }), false, "{\"pet\":\"Cat\"}");
}

static void recursion_is_cut(void **state)
{
    (void)state;
    const char *document =
        "{\"x\":{\"$ref\":\"#/Node\"},\"Node\":{\"properties\":{\"name\":{\"type\":\"string\"},"
        "\"parent\":{\"$ref\":\"#/Node\"},\"children\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/Node\"}},"
        "\"twin\":{\"$ref\":\"#/Node\"}},\"required\":[\"twin\"]}}";
    assert_made(document, (struct sample_wish){ 0 }, false, "{\"name\":\"example\",\"twin\":{}}");
    assert_made("{\"x\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/x\"}}}", (struct sample_wish){ 0 }, false, "[]");
    assert_made("{\"x\":{\"allOf\":[{\"$ref\":\"#/x\"}],\"type\":\"integer\"}}", (struct sample_wish){ 0 }, false, "1");
}

static void a_reference_that_leads_nowhere_says_so(void **state)
{
    (void)state;
    assert_sample("{\"properties\":{\"a\":{\"$ref\":\"#/nowhere\"},\"b\":{\"type\":\"integer\"}}}",
                  "{\"a\":\"#/nowhere cannot be found\",\"b\":1}");
}

static void size_has_a_ceiling(void **state)
{
    (void)state;
    static char json[1 << 20];
    size_t size = (size_t)sprintf(json, "{\"x\":{\"properties\":{");
    for (int i = 0; i < 5000; i++)
        size += (size_t)sprintf(json + size,
                                "%s\"p%d\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}",
                                i ? "," : "", i);
    size += (size_t)sprintf(json + size, "},\"required\":[");
    for (int i = 0; i < 5000; i++) size += (size_t)sprintf(json + size, "%s\"p%d\"", i ? "," : "", i);
    sprintf(json + size, "]}}");
    struct arena arena;
    arena_init(&arena, 1 << 24);
    struct str text = make(&arena, json, (struct sample_wish){ 0 }, false).json;
    size_t lines = 1;
    for (size_t i = 0; i < text.size; i++) lines += text.at[i] == '\n';
    assert_in_range(lines, 200, 1000);
    arena_free(&arena);
}

static void long_texts_are_cut(void **state)
{
    (void)state;
    static char json[1 << 20];
    size_t size = (size_t)sprintf(json, "{\"x\":{\"example\":{\"a\":\"");
    for (int i = 0; i < 400000; i++) json[size++] = 'b';
    sprintf(json + size, "\"}}}");
    struct arena arena;
    arena_init(&arena, 1 << 24);
    struct str text = make(&arena, json, (struct sample_wish){ 0 }, false).compact;
    assert_in_range(text.size, 2000, 3000);
    assert_true(str_ends(text, STR("bb\xe2\x80\xa6\"}")));
    arena_free(&arena);
}

static void deep_nesting_has_a_ceiling(void **state)
{
    (void)state;
    static char json[1 << 17];
    size_t size = (size_t)sprintf(json, "{\"x\":");
    for (int i = 0; i < 300; i++) size += (size_t)sprintf(json + size, "{\"required\":[\"a\"],\"properties\":{\"a\":");
    size += (size_t)sprintf(json + size, "{}");
    for (int i = 0; i < 300; i++) size += (size_t)sprintf(json + size, "}}");
    sprintf(json + size, "}");
    struct arena arena;
    arena_init(&arena, 1 << 24);
    assert_true(make(&arena, json, (struct sample_wish){ 0 }, false).json.size < 4096);
    arena_free(&arena);
}

static void the_focus_is_marked(void **state)
{
    (void)state;
    const char *document =
        "{\"x\":{\"properties\":{\"need\":{\"type\":\"integer\"},\"other\":{\"type\":\"string\"},"
        "\"list\":{\"type\":\"array\",\"items\":{\"oneOf\":[{\"type\":\"integer\"},{\"$ref\":\"#/Item\"}]}}},"
        "\"required\":[\"need\"]},\"Item\":{\"properties\":{\"a.b\":{\"type\":\"boolean\",\"deprecated\":true},"
        "\"c\":{\"type\":\"string\"}}}}";
    struct arena arena;
    arena_init(&arena, 1 << 22);
    struct made made = make(&arena, document, (struct sample_wish){ .focus = STR("list.a.b") }, false);
    assert_str(made.compact, "{\"need\":1,\"list\":[{\"a.b\":true}]}");
    assert_str(made.focus, "      \"a.b\": true");
    made = make(&arena, document, (struct sample_wish){ .focus = STR("list") }, false);
    assert_true(str_starts(made.focus, STR("  \"list\": [\n")));
    assert_true(str_ends(made.focus, STR("\n  ]")));
    made = make(&arena, document, (struct sample_wish){ .focus = STR("nothing") }, false);
    assert_str(made.focus, "");
    arena_free(&arena);
}

static void kubernetes_kinds_can_be_applied(void **state)
{
    (void)state;
    assert_sample(
        "{\"properties\":{\"apiVersion\":{\"type\":\"string\"},\"kind\":{\"type\":\"string\"},"
        "\"metadata\":{\"properties\":{\"uid\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"}}},"
        "\"spec\":{\"properties\":{\"x\":{\"type\":\"integer\"}}},\"status\":{\"type\":\"object\"}},"
        "\"x-kubernetes-group-version-kind\":[{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}]}",
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"example\"},\"spec\":{\"x\":1}}");
}

static void media_types_give_their_examples(void **state)
{
    (void)state;
    assert_made("{\"x\":{\"example\":[1],\"schema\":{}}}", (struct sample_wish){ 0 }, true, "[1]");
    assert_made("{\"x\":{\"example\":[1],\"schema\":{\"type\":\"integer\"}}}", (struct sample_wish){ 0 }, true, "1");
    assert_made("{\"x\":{\"examples\":{\"one\":{\"$ref\":\"#/e\"}}},\"e\":{\"value\":{\"a\":1}}}",
                (struct sample_wish){ 0 }, true, "{\"a\":1}");
    assert_made("{\"x\":{\"examples\":{\"one\":{\"$ref\":\"#/e\"}},\"schema\":{\"type\":\"boolean\"}}}",
                (struct sample_wish){ 0 }, true, "true");
    assert_made("{\"x\":{}}", (struct sample_wish){ 0 }, true, "\"string\"");
}

static void no_memory_is_told(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    static const char json[] = "{\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"example\":"
                               "\"e\"}},\"b\":{\"type\":\"number\"}}}";
    assert_int_equal(document_read(&document, str_from(json), &fault), DOCUMENT_OK);
    bool is_done = false;
    for (size_t limit = 0; !is_done; limit += 256) {
        struct arena arena;
        arena_init(&arena, limit);
        struct sample_node *node = sample_make(&document, document.root, &(struct sample_wish){ 0 }, &arena);
        is_done = node != NULL;
        assert_int_equal(arena.failed, !is_done);
        arena_free(&arena);
        assert_true(limit < 1 << 20);
    }
    document_close(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_authors_values_come_first),
        cmocka_unit_test(values_that_contradict_the_schema_are_passed_over),
        cmocka_unit_test(invents_by_description_format_and_name),
        cmocka_unit_test(keeps_within_limits),
        cmocka_unit_test(objects_show_what_is_required_and_what_they_are),
        cmocka_unit_test(the_direction_hides_properties),
        cmocka_unit_test(all_of_is_merged_and_a_branch_taken),
        cmocka_unit_test(recursion_is_cut),
        cmocka_unit_test(a_reference_that_leads_nowhere_says_so),
        cmocka_unit_test(size_has_a_ceiling),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(deep_nesting_has_a_ceiling),
        cmocka_unit_test(the_focus_is_marked),
        cmocka_unit_test(kubernetes_kinds_can_be_applied),
        cmocka_unit_test(media_types_give_their_examples),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
