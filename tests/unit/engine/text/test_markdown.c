#include "unit.h"

#include "limits.h"
#include "markdown.h"
#include "markdown_parse.h"

#include <pthread.h>
#include <stdlib.h>

#define assert_html(markdown, html)                                                                                    \
    do {                                                                                                               \
        struct arena arena;                                                                                            \
        arena_init(&arena, 1 << 20);                                                                                   \
        assert_str(markdown_html(&arena, STR(markdown)), html);                                                        \
        arena_free(&arena);                                                                                            \
    } while (0)

static void renders_commonmark(void **state)
{
    (void)state;
    assert_html("", "");
    assert_html(" \n ", "");
    assert_html("# Pets\n\nA *good* `pet`.", "<h1>Pets</h1>\n<p>A <em>good</em> <code>pet</code>.</p>");
    assert_html("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>");
    assert_html("[link](https://example.com/?a=1&b=2)", "<p><a href=\"https://example.com/?a=1&amp;b=2\">link</a></p>");
    assert_html("&eacute;\xc3\xa9", "<p>\xc3\xa9\xc3\xa9</p>");
}

static void renders_the_extensions(void **state)
{
    (void)state;
    assert_html("~~old~~", "<p><del>old</del></p>");
    assert_html("see www.example.com", "<p>see <a href=\"http://www.example.com\">www.example.com</a></p>");
    assert_html("see https://example.com", "<p>see <a href=\"https://example.com\">https://example.com</a></p>");
    assert_html("|a|b|\n|-|-|\n|1|2|",
                "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
                "<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>");
    assert_html("- [x] done", "<ul>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> done</li>\n</ul>");
}

static void keeps_raw_html(void **state)
{
    (void)state;
    assert_html("<p>A <b>bold</b> one.</p>", "<p>A <b>bold</b> one.</p>");
    assert_html("a <script>alert(1)</script>", "<p>a <script>alert(1)</script></p>");
}

struct parsed {
    struct str html;
    struct arena *arena;
};

static void keep_html(cmark_node *root, cmark_llist *extensions, int options, cmark_mem *mem, void *context)
{
    struct parsed *parsed = context;
    parsed->html =
        arena_copy(parsed->arena, str_trim(str_from(cmark_render_html_with_mem(root, options, extensions, mem))));
}

/* What the fast way writes is what cmark writes, for every byte that could matter at every place. */
static void the_fast_way_equals_cmark(void **state)
{
    (void)state;
    struct arena arena, memory;
    arena_init(&arena, 1 << 20);
    arena_init(&memory, 1 << 24);
    static const char *const texts[] = {
        "Name of x the pet", "Say \"x\" or 'x', (x)", "See: x. Then x; ww.x",
        "a|x|b = c {x} $x",  "#x > x - x + 1. x) !x", "www xwww. x:y ftp://x www.x.org"
    };
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        for (unsigned byte = 1; byte < 128; byte++) {
            struct str text = arena_copy(&arena, str_from(texts[t]));
            char *at = (char *)(uintptr_t)text.at;
            for (size_t i = 0; i < text.size; i++) {
                if (at[i] == 'x') at[i] = (char)byte;
            }
            struct parsed parsed = { STR_EMPTY, &arena };
            assert_true(markdown_parse(&memory, str_trim(text), keep_html, &parsed));
            struct str html = markdown_html(&arena, text);
            assert_int_equal(html.size, parsed.html.size);
            assert_memory_equal(html.at, parsed.html.at, html.size);
            arena_reset(&arena);
            arena_reset(&memory);
        }
    }
    arena_free(&arena);
    arena_free(&memory);
}

static void cuts_what_is_too_long(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 16 << 20);
    size_t size = LIMIT_MARKDOWN_BYTES + 100;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'a', size);
    struct str html = markdown_html(&arena, (struct str){ text, size });
    assert_true(str_ends(html, STR("aaa</p>\n<p>\xe2\x80\xa6</p>")));
    assert_true(html.size < size);
    free(text);
    arena_free(&arena);
}

/* Inputs that were quadratic or deeply recursive in Markdown processors, cmark's own among them. */
static void stands_pathological_text(void **state)
{
    (void)state;
    static const char *const units[] = { "[",    "![", "*a_ ", "<",    "> ", "`a``", "|",
                                         "[a](", "- ", "www.", "<!--", "&",  "~~a " };
    struct arena arena;
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        arena_init(&arena, 64 << 20);
        size_t unit = strlen(units[u]);
        size_t count = 20000 / unit;
        char *text = malloc(unit * count + 1);
        assert_non_null(text);
        for (size_t i = 0; i < count; i++) memcpy(text + i * unit, units[u], unit);
        struct str html = markdown_html(&arena, (struct str){ text, unit * count });
        assert_true(html.size > 0);
        assert_false(arena.failed);
        free(text);
        arena_free(&arena);
    }
}

static void leave_it(cmark_node *root, cmark_llist *extensions, int options, cmark_mem *mem, void *context)
{
    (void)root, (void)extensions, (void)options, (void)mem;
    *(bool *)context = true;
}

/* Each ceiling ends the parse at another allocation. */
static void memory_that_runs_out_is_told(void **state)
{
    (void)state;
    struct str text = STR("# a\n\n|a|b|\n|-|-|\n|1|~~2~~|\n\n- [x] *b* `c` www.example.com\n\n[d]: e");
    unsigned failures = 0;
    bool is_done = false;
    for (size_t limit = 0; !is_done; limit += 512) {
        struct arena memory;
        arena_init(&memory, limit);
        if (!markdown_parse(&memory, text, leave_it, &is_done)) failures++;
        arena_free(&memory);
        assert_true(limit < 1 << 20);
    }
    assert_true(failures > 3);

    struct arena arena;
    arena_init(&arena, 0);
    assert_str(markdown_html(&arena, text), "");
    assert_true(arena.failed);
    arena_free(&arena);
}

static void *render_much(void *failures)
{
    for (int i = 0; i < 300; i++) {
        struct arena arena;
        arena_init(&arena, 1 << 20);
        struct str html = markdown_html(&arena, STR("~~a~~ www.example.com"));
        if (!str_equal(html, STR("<p><del>a</del> <a href=\"http://www.example.com\">www.example.com</a></p>")))
            (*(int *)failures)++;
        arena_free(&arena);
    }
    return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
    (void)state;
    pthread_t threads[4];
    int failures[4] = { 0 };
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, render_much, &failures[i]), 0);
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < 4; i++) assert_int_equal(failures[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renders_commonmark),
        cmocka_unit_test(renders_the_extensions),
        cmocka_unit_test(keeps_raw_html),
        cmocka_unit_test(the_fast_way_equals_cmark),
        cmocka_unit_test(cuts_what_is_too_long),
        cmocka_unit_test(stands_pathological_text),
        cmocka_unit_test(memory_that_runs_out_is_told),
        cmocka_unit_test(threads_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
