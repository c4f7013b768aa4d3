#include "unit.h"

#include "expression.h"
#include "sample_pattern.h"

#include <stdlib.h>

/* The first style whose text the pattern is found in; the number of styles when none is. */
static unsigned first_good(struct str pattern, size_t least, struct arena *arena, struct str *text)
{
    struct expressions expressions = { 0 };
    unsigned style = 0;
    for (; style < SAMPLE_PATTERN_STYLES; style++) {
        *text = sample_pattern_make(arena, pattern, style, least);
        if (text->at && text->size >= least && expression_find(&expressions, pattern, *text) == EXPRESSION_YES) break;
    }
    expression_free_all(&expressions);
    return style;
}

static void a_text_is_found_for_each(void **state)
{
    (void)state;
    static const struct {
        struct str pattern, text;
        size_t least;
    } cases[] = {
        { STR_INIT("^[a-z]+$"), STR_INIT("example"), 0 },
        { STR_INIT("^[A-Z]{2}$"), STR_INIT("EX"), 0 },
        { STR_INIT("^\\d{5}(-\\d{4})?$"), STR_INIT("12345"), 0 },
        { STR_INIT("^\\d{3}-\\d{2}-\\d{4}$"), STR_INIT("123-12-1234"), 0 },
        { STR_INIT("^(GET|POST)$"), STR_INIT("GET"), 0 },
        { STR_INIT("^#[0-9a-fA-F]{6}$"), STR_INIT("#123456"), 0 },
        { STR_INIT("^(?:a|b)+c?$"), STR_INIT("a"), 0 },
        { STR_INIT("^(['\"])x\\1$"), STR_INIT("\"x\""), 0 },
        { STR_INIT("^(?<year>\\d{4})\\/.+$"), STR_INIT("1234/example"), 0 },
        { STR_INIT("^[^\\s:]+:[^\\s]*$"), STR_INIT("example:example"), 0 },
        { STR_INIT("^a{3,}$"), STR_INIT("aaaaa"), 5 },
        { STR_INIT("^[a-z]{2,63}$"), STR_INIT("exampleexa"), 10 },
        { STR_INIT("^(ab)*$"), STR_INIT("ababab"), 5 },
        { STR_INIT("\\u0041\\x42\\."), STR_INIT("AB."), 0 },
        { STR_INIT("^[\\w.%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$"), STR_INIT("example@example.example"), 0 },
        { STR_INIT("^(?=.*\\d)[a-z\\d]{8}$"), STR_INIT(""), 0 }, /* which one does not matter */
        { STR_INIT("^(?!x)[a-z]$"), STR_INIT("e"), 0 },
        { STR_INIT("^[\xd0\xb0-\xd1\x8f]+$"), STR_INIT("\xd0\xb0"), 0 },
        { STR_INIT("^[^\\u0000-\\u00FF]$"), STR_INIT("\xc4\x80"), 0 },
        { STR_INIT("^.{0,1024}$"), STR_INIT("example"), 0 },
        { STR_INIT("^(|a){2}$"), STR_INIT(""), 0 },
        { STR_INIT("^\\p{Lu}\\p{L}*$"), STR_INIT(""), 0 },
        { STR_INIT("^x{$"), STR_INIT("x{"), 0 },
        { STR_INIT("^arn:(?=[^:]+:fsx:[^:]+:\\d{12}:)((|(?=[a-z0-9-.]{1,63})[a-z0-9].*(?<!-)):){4}(?!/).{0,1024}$"),
          STR_INIT(""), 0 },
    };
    struct arena arena;
    struct str text;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned style = first_good(cases[i].pattern, cases[i].least, &arena, &text);
        if (style == SAMPLE_PATTERN_STYLES) fail_msg("there is none for %s", cases[i].pattern.at);
        if (cases[i].text.size && !str_equal(text, cases[i].text))
            fail_msg("%s: %.*s", cases[i].pattern.at, STR_FORMAT(text));
    }
    arena_free(&arena);
}

static void hostile_patterns_give_nothing(void **state)
{
    (void)state;
    static const struct str patterns[] = {
        STR_INIT("("),
        STR_INIT("["),
        STR_INIT("\\"),
        STR_INIT("a{99999}"),
        STR_INIT("((((a{99}){99}){99}){99})"),
        STR_INIT("(((((((((((((((((((((((((((((a)))))))))))))))))))))))))))))"),
        STR_INIT("(?:|){999999}"),
        STR_INIT("[^"),
        STR_INIT("(a"),
    };
    struct arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        for (unsigned style = 0; style < SAMPLE_PATTERN_STYLES; style++) {
            struct str text = sample_pattern_make(&arena, patterns[i], style, 0);
            if (text.at) fail_msg("%s gives %.*s", patterns[i].at, STR_FORMAT(text));
        }
    }
    static char deep[4096];
    for (size_t i = 0; i < sizeof deep; i++) deep[i] = i < sizeof deep / 2 ? '(' : ')';
    assert_null(sample_pattern_make(&arena, (struct str){ deep, sizeof deep }, 0, 0).at);
    assert_null(sample_pattern_make(&arena, STR("a*"), 0, 1 << 20).at);
    arena_free(&arena);
}

static void styles_and_numbers_vary_it(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    assert_str(sample_pattern_make(&arena, STR("^(x|y|z)[0-9]+$"), 0, 0), "x123");
    assert_str(sample_pattern_make(&arena, STR("^(x|y|z)[0-9]+$"), 1, 0), "x1");
    assert_str(sample_pattern_make(&arena, STR("^(x|y|z)[0-9]+$"), 2, 0), "y234");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_found_for_each),
        cmocka_unit_test(hostile_patterns_give_nothing),
        cmocka_unit_test(styles_and_numbers_vary_it),
    };
    return cmocka_run_group_tests_name("sample_pattern", tests, NULL, NULL);
}
