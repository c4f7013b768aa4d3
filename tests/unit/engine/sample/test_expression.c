#include "unit.h"

#include "expression.h"

static void patterns_are_found_as_javascript_finds_them(void **state)
{
    (void)state;
    static const struct {
        struct str pattern, text;
        enum expression_answer answer;
    } cases[] = {
        { STR_INIT("b"), STR_INIT("abc"), EXPRESSION_YES },
        { STR_INIT("^b"), STR_INIT("abc"), EXPRESSION_NO },
        { STR_INIT("^a$"), STR_INIT("a\n"), EXPRESSION_NO },
        { STR_INIT("^\\u0041$"), STR_INIT("A"), EXPRESSION_YES },
        { STR_INIT("^[\\w-.]+$"), STR_INIT("a-b.c"), EXPRESSION_YES },
        { STR_INIT("^[\\w-.]+$"), STR_INIT("a,b"), EXPRESSION_NO },
        { STR_INIT("^[\\d-]+$"), STR_INIT("1-2"), EXPRESSION_YES },
        { STR_INIT("^(a)?\\1b$"), STR_INIT("b"), EXPRESSION_YES },
        { STR_INIT("^\\w$"), STR_INIT("\xc3\xa9"), EXPRESSION_NO },
        { STR_INIT("^.$"), STR_INIT("\xc3\xa9"), EXPRESSION_YES },
        { STR_INIT("^\\p{L}$"), STR_INIT("\xc3\xa9"), EXPRESSION_YES },
        { STR_INIT("[]"), STR_INIT("a"), EXPRESSION_NO },
        { STR_INIT("^a\\/b$"), STR_INIT("a/b"), EXPRESSION_YES },
        { STR_INIT(""), STR_INIT(""), EXPRESSION_YES },
        { STR_INIT("("), STR_INIT("a"), EXPRESSION_UNKNOWN },
        { STR_INIT("[z-a]"), STR_INIT("a"), EXPRESSION_UNKNOWN },
        { STR_INIT("^(a+)+$"), STR_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), EXPRESSION_NO },
    };
    struct expressions expressions = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum expression_answer answer = expression_find(&expressions, cases[i].pattern, cases[i].text);
        if (answer != cases[i].answer) fail_msg("%s in %s: %d", cases[i].pattern.at, cases[i].text.at, answer);
    }
    assert_false(expressions.failed);
    expression_free_all(&expressions);
}

static void hostile_patterns_end(void **state)
{
    (void)state;
    static char nested[4000], long_one[100000];
    for (size_t i = 0; i < sizeof nested; i++) nested[i] = i < sizeof nested / 2 ? '(' : ')';
    for (size_t i = 0; i < sizeof long_one; i++) long_one[i] = 'a';
    struct expressions expressions = { 0 };
    assert_int_equal(expression_find(&expressions, (struct str){ nested, sizeof nested }, STR("a")),
                     EXPRESSION_UNKNOWN);
    assert_int_equal(expression_find(&expressions, (struct str){ long_one, sizeof long_one }, STR("a")),
                     EXPRESSION_UNKNOWN);
    assert_int_equal(expression_find(&expressions, STR("(((a{1000}){1000}){1000})"), STR("a")), EXPRESSION_UNKNOWN);
    expression_free_all(&expressions);
}

/* More than are kept: the oldest go, and are compiled again. */
static void many_patterns_are_told_apart(void **state)
{
    (void)state;
    static char patterns[200][2];
    struct expressions expressions = { 0 };
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 200; i++) {
            patterns[i][0] = i % 2 ? 'a' : 'b';
            struct str pattern = { patterns[i], 1 };
            assert_int_equal(expression_find(&expressions, pattern, STR("a")), i % 2 ? EXPRESSION_YES : EXPRESSION_NO);
        }
    }
    expression_free_all(&expressions);
    assert_null(expressions.newest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_are_found_as_javascript_finds_them),
        cmocka_unit_test(hostile_patterns_end),
        cmocka_unit_test(many_patterns_are_told_apart),
    };
    return cmocka_run_group_tests_name("expression", tests, NULL, NULL);
}
