#include "unit.h"

#include "sample_node.h"

static struct sample_node *leaf(struct arena *arena, const char *json)
{
    return sample_node_leaf(arena, str_from(json));
}

/* {"a": [1, {"b": "yes", "c d": {}}, [2, []]], "e\n": "x y", "f": "1"} */
static struct sample_node *example(struct arena *arena)
{
    struct sample_node *root = sample_node_new(arena, SAMPLE_OBJECT);
    struct sample_node *list = sample_node_new(arena, SAMPLE_ARRAY);
    struct sample_node *item = sample_node_new(arena, SAMPLE_OBJECT);
    struct sample_node *inner = sample_node_new(arena, SAMPLE_ARRAY);
    sample_node_append(root, STR("a"), list);
    sample_node_append(list, STR_EMPTY, leaf(arena, "1"));
    sample_node_append(list, STR_EMPTY, item);
    sample_node_append(item, STR("b"), sample_node_text(arena, STR("yes")));
    sample_node_append(item, STR("c d"), sample_node_new(arena, SAMPLE_OBJECT));
    sample_node_append(list, STR_EMPTY, inner);
    sample_node_append(inner, STR_EMPTY, leaf(arena, "2"));
    sample_node_append(inner, STR_EMPTY, sample_node_new(arena, SAMPLE_ARRAY));
    sample_node_append(root, STR("e\n"), sample_node_text(arena, STR("x y")));
    sample_node_append(root, STR("f"), sample_node_text(arena, STR("1")));
    return root;
}

static void writes_json(void **state)
{
    (void)state;
    struct arena arena;
    struct buf json;
    struct sample_focus focus;
    arena_init(&arena, 1 << 20);
    buf_init(&json, 1 << 20);
    struct sample_node *root = example(&arena);
    root->first->first->next->is_focus = true;
    sample_json_write(&json, root, &focus);
    assert_str(buf_str(&json), "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"yes\",\n      \"c d\": {}\n    },\n    "
                               "[\n      2,\n      []\n    ]\n  ],\n"
                               "  \"e\\n\": \"x y\",\n  \"f\": \"1\"\n}");
    assert_str(str_cut(buf_str(&json), focus.start, focus.end),
               "    {\n      \"b\": \"yes\",\n      \"c d\": {}\n    },");
    buf_free(&json);
    arena_free(&arena);
}

static void writes_yaml(void **state)
{
    (void)state;
    struct arena arena;
    struct buf yaml;
    struct sample_focus focus;
    arena_init(&arena, 1 << 20);
    buf_init(&yaml, 1 << 20);
    struct sample_node *root = example(&arena);
    root->first->first->next->first->is_focus = true;
    sample_yaml_write(&yaml, root, &focus);
    assert_str(buf_str(&yaml), "a:\n- 1\n- b: \"yes\"\n  c d: {}\n- - 2\n  - []\n\"e\\n\": x y\nf: \"1\"");
    assert_str(str_cut(buf_str(&yaml), focus.start, focus.end), "- b: \"yes\"");
    static const struct {
        struct str text, yaml;
    } texts[] = { { STR_INIT("nginx:1.27"), STR_INIT("nginx:1.27") },
                  { STR_INIT("a: b"), STR_INIT("\"a: b\"") },
                  { STR_INIT("a:"), STR_INIT("\"a:\"") },
                  { STR_INIT("e164"), STR_INIT("\"e164\"") },
                  { STR_INIT("e"), STR_INIT("e") },
                  { STR_INIT("e1x"), STR_INIT("e1x") },
                  { STR_INIT("Off"), STR_INIT("\"Off\"") },
                  { STR_INIT("a #b"), STR_INIT("\"a #b\"") },
                  { STR_INIT("http://a/b"), STR_INIT("http://a/b") },
                  { STR_INIT(""), STR_INIT("\"\"") } };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buf_clear(&yaml);
        sample_yaml_write(&yaml, sample_node_text(&arena, texts[i].text), &focus);
        if (!str_equal(buf_str(&yaml), texts[i].yaml)) fail_msg("%s", texts[i].text.at);
    }
    buf_clear(&yaml);
    root->left_out = 2;
    root->first->first->next->left_out = 1;
    sample_yaml_write(&yaml, root, &focus);
    assert_str(buf_str(&yaml),
               "a:\n- 1\n- b: \"yes\"\n  c d: {}\n  # \xe2\x80\xa6 1 more\n- - 2\n  - []\n\"e\\n\": x y\nf: \"1\"\n"
               "# \xe2\x80\xa6 2 more");
    buf_clear(&yaml);
    sample_yaml_write(&yaml, sample_node_new(&arena, SAMPLE_ARRAY), &focus);
    assert_str(buf_str(&yaml), "[]");
    buf_clear(&yaml);
    sample_yaml_write(&yaml, sample_node_text(&arena, STR("null")), &focus);
    assert_str(buf_str(&yaml), "\"null\"");
    buf_free(&yaml);
    arena_free(&arena);
}

static void escapes_strings(void **state)
{
    (void)state;
    struct buf json;
    buf_init(&json, 1 << 10);
    sample_json_string(&json, STR("a\"\\\n\r\t\x01\x7f\xc3\xa9/\xff"));
    assert_str(buf_str(&json), "\"a\\\"\\\\\\n\\r\\t\\u0001\\u007f\xc3\xa9/\xef\xbf\xbd\"");
    buf_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_json),
        cmocka_unit_test(writes_yaml),
        cmocka_unit_test(escapes_strings),
    };
    return cmocka_run_group_tests_name("sample_text", tests, NULL, NULL);
}
