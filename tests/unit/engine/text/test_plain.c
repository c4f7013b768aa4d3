#include "unit.h"

#include "limits.h"
#include "plain.h"
#include "utf8.h"

#define assert_line(markdown, line)                                                                                    \
    do {                                                                                                               \
        struct arena arena;                                                                                            \
        arena_init(&arena, 1 << 20);                                                                                   \
        assert_str(plain_line(&arena, STR(markdown), 1000), line);                                                     \
        arena_free(&arena);                                                                                            \
    } while (0)
#define assert_sentence(markdown, sentence)                                                                            \
    do {                                                                                                               \
        struct arena arena;                                                                                            \
        arena_init(&arena, 1 << 20);                                                                                   \
        assert_str(plain_sentence(&arena, STR(markdown)), sentence);                                                   \
        arena_free(&arena);                                                                                            \
    } while (0)

static void a_line_has_no_markup(void **state)
{
    (void)state;
    assert_line("", "");
    assert_line("plain  text\nover two lines", "plain text over two lines");
    assert_line("# Head\n\nA *good* `pet` with [a link](https://example.com).\n\n- one\n- two",
                "Head A good pet with a link. one two");
    assert_line("a_snake_case \\* &amp; &eacute;", "a_snake_case * & \xc3\xa9");
    assert_line("|a|b|\n|-|-|\n|1|2|", "a b 1 2");
    assert_line("![logo](x.png) text", "logo text");
    assert_line("```\ncode here\n```", "code here");
}

static void a_line_has_no_tags(void **state)
{
    (void)state;
    assert_line("<p>A <b>bold</b>er   one.</p>\n    <p>Next</p>", "A bolder one. Next");
    assert_line("<a href=\"a>b\">link</a> and <br/>more", "link and more");
    assert_line("Returns `List<Pet>` of <T", "Returns List<Pet> of <T");
    assert_line("<!-- not seen --> seen", "seen");
    assert_line("see <https://example.com>", "see https://example.com");
    assert_line("<p>Less &lt; than</p>", "Less < than");
    assert_line("1 < 2 and 3 > 2", "1 < 2 and 3 > 2");
}

static void a_line_keeps_to_its_limit(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    assert_str(plain_line(&arena, STR("one two three"), 13), "one two three");
    assert_str(plain_line(&arena, STR("one two three"), 12), "one two\xe2\x80\xa6");
    assert_str(plain_line(&arena, STR("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"), 6), "\xc3\xa9\xe2\x80\xa6");
    assert_str(plain_line(&arena, STR("abcdef"), 2), "");
    arena_free(&arena);
}

static void a_sentence_is_the_first(void **state)
{
    (void)state;
    assert_sentence("Finds pets. Slowly.", "Finds pets.");
    assert_sentence("Finds pets, e.g. cats. And dogs.", "Finds pets, e.g. cats.");
    assert_sentence("Version 1.2 of J. Doe is here! Yes", "Version 1.2 of J. Doe is here!");
    assert_sentence("Finds (all.) pets", "Finds (all.) pets");
    assert_sentence("No end", "No end");
    assert_sentence("etc.", "etc.");
    assert_sentence("\xe7\x8c\xab\xe3\x80\x82\xe7\x8a\xac", "\xe7\x8c\xab\xe3\x80\x82");
}

static void a_sentence_is_of_the_first_paragraph(void **state)
{
    (void)state;
    assert_sentence("# Head\n\nThe text here\n\nand more", "The text here");
    assert_sentence("# Only a head", "Only a head");
    assert_sentence("First line\nof it\n\nSecond", "First line of it");
    assert_sentence("[completions](/docs/api) is *new*. See", "completions is new.");
    assert_sentence("<p>Creates a <a href=\"x\">thing</a>.</p> <p>More.</p>", "Creates a thing.");
}

static void any_bytes_give_one_line(void **state)
{
    (void)state;
    uint32_t seed = 1;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    static const char bytes[] = "a.<>/!-`*_[]()&;\"' \n\\#|~:=p";
    for (int round = 0; round < 3000; round++) {
        char text[64];
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = bytes[(seed >> 16) % (sizeof bytes - 1)];
        }
        struct str line = plain_sentence(&arena, (struct str){ text, sizeof text });
        assert_false(arena.failed);
        assert_true(line.size <= LIMIT_SUMMARY_BYTES);
        assert_true(utf8_valid(line));
        assert_int_equal(str_find_byte(line, '\n'), STR_NONE);
        assert_int_equal(str_find(line, STR("  ")), STR_NONE);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static void no_memory_is_told(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    assert_str(plain_sentence(&arena, STR("some *text*")), "");
    assert_true(arena.failed);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_no_markup),
        cmocka_unit_test(a_line_has_no_tags),
        cmocka_unit_test(a_line_keeps_to_its_limit),
        cmocka_unit_test(a_sentence_is_the_first),
        cmocka_unit_test(a_sentence_is_of_the_first_paragraph),
        cmocka_unit_test(any_bytes_give_one_line),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
