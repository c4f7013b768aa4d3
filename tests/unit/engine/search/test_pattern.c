#include "unit.h"

#include "pattern.h"

static bool finds(const char *pattern, const char *text, size_t *start, size_t *end)
{
    struct pattern *made;
    assert_int_equal(pattern_create(&made, str_from(pattern)), PATTERN_OK);
    bool is_found = pattern_find(made, str_from(text), start, end);
    pattern_destroy(made);
    return is_found;
}

static void finds_without_regard_to_case(void **state)
{
    (void)state;
    size_t start, end;
    assert_true(finds("^image.*s$", "ImagePullSecrets", &start, &end));
    assert_int_equal(start, 0);
    assert_int_equal(end, 16);
    assert_true(finds("pull|push", "imagePullSecrets", &start, &end));
    assert_int_equal(start, 5);
    assert_int_equal(end, 9);
    assert_true(finds("gr\xc3\xb6\xc3\x9f.",
                      "Gr\xc3\x96\xc3\x9f"
                      "E",
                      &start, &end));
    assert_false(finds("x*", "image", &start, &end)); /* an empty match is none */
    assert_false(finds("a\\Kb", "xyz", &start, &end));
}

static void what_is_no_pattern_is_told(void **state)
{
    (void)state;
    static const char *const wrong[] = { "(", "[", "a**b)", "\\", "(?<n", "((a{1,200}){1,200}){1,200}", "\\C" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pattern *made;
        assert_int_equal(pattern_create(&made, str_from(wrong[i])), PATTERN_INVALID);
        assert_null(made);
    }
}

static void what_takes_too_many_steps_wears_out(void **state)
{
    (void)state;
    struct pattern *made;
    size_t start, end;
    unsigned looks = 0;
    assert_int_equal(pattern_create(&made, STR("(x+x+)+y")), PATTERN_OK);
    assert_false(pattern_is_exhausted(made));
    for (; !pattern_is_worn_out(made); looks++)
        assert_false(pattern_find(made, STR("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!y"), &start, &end) &&
                     looks == PATTERN_EXHAUSTED);
    assert_true(pattern_is_exhausted(made));
    assert_int_equal(looks, PATTERN_EXHAUSTED);
    assert_false(pattern_find(made, STR("xxy"), &start, &end));
    pattern_destroy(made);
}

static void letters_that_every_match_has(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *literal;
    } cases[] = {
        { "^image.*s$", "image" },
        { "(pod|node)spec", "spec" },
        { "pods?", "pod" },
        { "abc*", "ab" },
        { "abc{0}defg", "defg" },
        { "a|bcd", "" },
        { "[abc]+", "" },
        { "[]abc]xyz", "xyz" },
        { "[^]abc]xyz", "xyz" },
        { "(a(b[)]c)d)efg", "efg" },
        { "\\bfoo\\b", "foo" },
        { "\\x41bcd", "" },
        { "(?x)a b c", "" },
        { "\\Qab|c\\E", "" },
        { "(*UTF)abc", "" },
        { "foo_barbaz", "barbaz" },
        { "", "" },
        { "abc+def", "def" },
        { "\\", "" },
        { "[abc", "" },
        { "(abc", "" },
        { "x{2,3}yz", "yz" },
        { "gr\xc3\xb6\xc3\x9f", "" },
        { "a\\.bcd", "bcd" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_equal(pattern_literal(str_from(cases[i].pattern)), str_from(cases[i].literal)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_without_regard_to_case),
        cmocka_unit_test(what_is_no_pattern_is_told),
        cmocka_unit_test(what_takes_too_many_steps_wears_out),
        cmocka_unit_test(letters_that_every_match_has),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
