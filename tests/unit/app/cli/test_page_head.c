#include "unit.h"

#include "page_head.h"

#define HTML "<title>T</title><meta name=\"description\" content=\"D\"><link rel=\"canonical\" href=\"C\"><main></main>"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 16);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void all_places_are_filled_and_escaped(void **state)
{
    (void)state;
    const struct page_head head = { STR("<a> & \"b\""), STR("x\">"), STR("http://h/?a&b") };
    assert_str(page_head_write(&arena, STR(HTML), &head),
               "<title>&lt;a&gt; &amp; &quot;b&quot;</title><meta name=\"description\" content=\"x&quot;&gt;\">"
               "<link rel=\"canonical\" href=\"http://h/?a&amp;b\"><main></main>");
}

static void what_is_empty_stays(void **state)
{
    (void)state;
    const struct page_head head = { .title = STR_EMPTY, .description = STR("d"), .canonical = STR_EMPTY };
    assert_str(
        page_head_write(&arena, STR(HTML), &head),
        "<title>T</title><meta name=\"description\" content=\"d\"><link rel=\"canonical\" href=\"C\"><main></main>");
}

static void a_page_without_the_places_stays(void **state)
{
    (void)state;
    const struct page_head head = { STR("t"), STR("d"), STR("c") };
    assert_str(page_head_write(&arena, STR("<p>"), &head), "<p>");
    assert_str(page_head_write(&arena, STR("<title>"), &head), "<title>");
}

static void without_memory_it_stays(void **state)
{
    (void)state;
    const struct page_head head = { STR("t"), STR("d"), STR("c") };
    struct arena none;
    arena_init(&none, 8);
    assert_str(page_head_write(&none, STR(HTML), &head), HTML);
    arena_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_places_are_filled_and_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_empty_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_without_the_places_stays, set_up, tear_down),
        cmocka_unit_test(without_memory_it_stays),
    };
    return cmocka_run_group_tests_name("page_head", tests, NULL, NULL);
}
