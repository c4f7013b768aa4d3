#include "unit.h"

#include "limits.h"
#include "terminal.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 256 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct str terminal(struct str markdown, size_t width, bool has_colour)
{
    return terminal_text(&arena, markdown, &(struct terminal_look){ width, 2, has_colour });
}

static void assert_terminal(const char *markdown, const char *lines)
{
    struct str shown = terminal(str_from(markdown), 40, false);
    if (!str_equal(shown, str_from(lines))) fail_msg("%s gives\n%.*s", markdown, STR_FORMAT(shown));
}

/* ---- Data: golden/terminal/….txt --------------------------------------------------------------------------------- */

static char golden[1 << 16];

static struct str read_golden(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/golden/terminal/%s", TEST_DATA, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("%s is missing", path);
    size_t size = fread(golden, 1, sizeof golden, file);
    fclose(file);
    return (struct str){ golden, size };
}

/* A case is "=== WIDTH", the Markdown, "---", the lines. */
static void check_golden(const char *name)
{
    struct str text = read_golden(name), mark = STR("=== "), between = STR("\n--- shown\n");
    size_t cases = 0;
    for (size_t start = str_find(text, mark); start != STR_NONE && start < text.size; cases++) {
        struct str rest = str_cut(text, start + mark.size, text.size);
        size_t next = str_find(rest, STR("\n=== ")), line = str_find_byte(rest, '\n');
        struct str one = str_cut(rest, line + 1, next == STR_NONE ? rest.size : next + 1);
        size_t width = strtoul(rest.at, NULL, 10), split = str_find(one, between);
        assert_true(width > 0 && split != STR_NONE);
        struct str shown = terminal(str_cut(one, 0, split), width, false);
        struct str wanted = str_cut(one, split + between.size, one.size);
        if (!str_equal(shown, wanted))
            fail_msg("%s, %zu columns:\n%.*s\ngives\n%.*s", name, width, (int)split, one.at, STR_FORMAT(shown));
        start = next == STR_NONE ? STR_NONE : start + mark.size + next + 1;
    }
    assert_true(cases > 3);
}

static void markdown_is_shown(void **state)
{
    (void)state;
    check_golden("markdown.txt");
}

static void html_is_shown(void **state)
{
    (void)state;
    check_golden("html.txt");
}

static void tables_are_shown(void **state)
{
    (void)state;
    check_golden("tables.txt");
}

/* ---- Colour ------------------------------------------------------------------------------------------------------ */

static void styles_are_colours(void **state)
{
    (void)state;
    assert_str(terminal(STR("a **b** `c` *d*"), 40, true),
               "  a \033[0;1mb\033[0m \033[0;36mc\033[0m \033[0;3md\033[0m\n");
    assert_str(terminal(STR("**a *b* ~~c~~**"), 40, true),
               "  \033[0;1ma \033[0;1;3mb\033[0;1m \033[0;1;9mc\033[0;1m\033[0m\n");
    assert_str(terminal(STR("# One\n\nx"), 40, true), "  \033[0;1mOne\033[0m\n\n  x\n");
}

/* The frame and the indent are not part of what is bold. */
static void styles_end_with_the_line(void **state)
{
    (void)state;
    assert_str(terminal(STR("> **aaaaaaaaaaaaaaa bbbbbbbbbbbbbbb ccccccccccc**"), 24, true),
               "  \xe2\x94\x82 \033[0;1maaaaaaaaaaaaaaa\033[0m\n"
               "  \xe2\x94\x82 \033[0;1mbbbbbbbbbbbbbbb\033[0m\n"
               "  \xe2\x94\x82 \033[0;1mccccccccccc\033[0m\n");
}

/* ---- Hostile text ------------------------------------------------------------------------------------------------ */

static void nothing_moves_the_cursor(void **state)
{
    (void)state;
    assert_terminal("a\033[2Jb\x07 \xc2\x9b"
                    "31m \xe2\x80\xae"
                    "c",
                    "  a [2Jb   31m  c\n");
    assert_terminal("```\nx\033]0;y\x07\n```", "      x ]0;y\n");
    assert_terminal("[a](<https://x/\033[2J>)", "  a (https://x/ [2J)\n");
}

static void assert_clean(struct str lines, bool has_colour)
{
    for (size_t at = 0; at < lines.size;) {
        uint32_t code_point = utf8_next(lines, &at);
        bool is_ours = code_point == '\n' || (has_colour && code_point == 033);
        if (!is_ours && utf8_is_control(code_point)) fail_msg("U+%04X comes out", code_point);
    }
    assert_true(lines.size == 0 || str_ends(lines, STR("\n")));
}

/* Pieces that once took quadratic time, or nest without end, each for as long as a description may be. */
static void long_texts_end(void **state)
{
    (void)state;
    static const char *const pieces[] = { "*a **a ", "[a",        "[a](<b", "e`",       ">",       "* ",
                                          "- \n",    "&",         "a@b.",   "|a",       "| a |\n", "a|b\n-|-\n",
                                          "<",       "<a ",       "<!--",   "<ul><li>", "<pre>x",  "<p><a href=\"x\">",
                                          "1. a\n",  "- [ ] a\n", "# a\n",  "```\n",    "\\",      "- - - - ",
                                          "\xff",    "](",        "~a~~b",  "www.a_b ", "<p>x</p>" };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *text = malloc(LIMIT_MARKDOWN_BYTES + 64);
        size_t size = 0, piece = strlen(pieces[i]);
        while (size < LIMIT_MARKDOWN_BYTES / 8) {
            memcpy(text + size, pieces[i], piece);
            size += piece;
        }
        memcpy(text + size, "\n|-|\n", 5);
        for (int has_colour = 0; has_colour < 2; has_colour++)
            assert_clean(terminal((struct str){ text, size + 5 }, 60, has_colour), has_colour);
        assert_false(arena.failed);
        free(text);
    }
}

static void what_is_too_long_is_cut_and_says_so(void **state)
{
    (void)state;
    size_t size = 4 * LIMIT_MARKDOWN_BYTES;
    char *text = malloc(size);
    for (size_t i = 0; i < size; i++) text[i] = i % 6 == 5 ? ' ' : 'a';
    assert_true(str_ends(terminal((struct str){ text, size }, 80, false), STR("\n\n  \xe2\x80\xa6\n")));
    free(text);
}

static void no_memory_is_told(void **state)
{
    (void)state;
    struct arena little;
    arena_init(&little, 16);
    assert_int_equal(
        terminal_text(&little, STR("a longer text than this"), &(struct terminal_look){ 40, 0, false }).size, 0);
    assert_true(little.failed);
    arena_free(&little);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(markdown_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables_are_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(styles_are_colours, set_up, tear_down),
        cmocka_unit_test_setup_teardown(styles_end_with_the_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_moves_the_cursor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_texts_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_too_long_is_cut_and_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_memory_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
