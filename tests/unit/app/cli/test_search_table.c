#include "unit.h"

#include "printed.h"
#include "search_table.h"

static const struct engine_range match = { 0, 5 };
static const struct engine_hit hits[] = {
    { .kind = ENGINE_PROPERTY,
      .id = STR_INIT("k/object/PodSpec#imagePullSecrets"),
      .name = STR_INIT("imagePullSecrets"),
      .type = STR_INIT("array of Ref"),
      .owner = STR_INIT("PodSpec"),
      .api = STR_INIT("k"),
      .owner_count = 2,
      .summary = STR_INIT("Secrets.\tFor pulling."),
      .name_ranges = &match,
      .name_range_count = 1 },
    { .kind = ENGINE_ENDPOINT,
      .id = STR_INIT("k/endpoint/get/pods"),
      .name = STR_INIT("/pods"),
      .method = STR_INIT("GET"),
      .api = STR_INIT("k"),
      .owner_count = 9,
      .api_count = 7,
      .summary = STR_INIT("Lists pods.") },
};
static const struct engine_answer answer = {
    .hits = hits, .hit_count = 2, .total = 1234, .totals = { 0, 1000, 0, 234, 0 }
};

static void aligns_columns(void **state)
{
    (void)state;
    struct printed printed;
    printed_open(&printed, 100);
    search_table_print(&printed.output, &answer);
    assert_string_equal(printed_text(&printed), "property   imagePullSecrets  array of Ref  PodSpec +1\n"
                                                "           k/object/PodSpec#imagePullSecrets  Secrets. For pulling.\n"
                                                "endpoint   GET /pods                       in 7 APIs\n"
                                                "           k/endpoint/get/pods  Lists pods.\n"
                                                "2 of 1,234 · endpoint 1,000 · property 234\n");
    printed_close(&printed);
}

static void marks_what_matched(void **state)
{
    (void)state;
    struct printed printed;
    printed_open(&printed, 100);
    printed.output.has_colour = true;
    search_table_print(&printed.output, &answer);
    assert_printed(&printed, "\033[1;4mimage\033[0mPullSecrets");
    printed_close(&printed);
}

static void marks_the_summary_and_tells_reasons(void **state)
{
    (void)state;
    static const struct engine_range range = { 8, 15 };
    static const struct engine_reason reasons[] = { { STR_INIT("place"), 0, STR_INIT("the name") },
                                                    { STR_INIT("importance"), 7, STR_INIT("7 of 9") } };
    struct engine_hit hit = hits[1];
    hit.summary = STR("A list, private and long");
    hit.summary_ranges = &range;
    hit.summary_range_count = 1;
    hit.reasons = reasons;
    hit.reason_count = 2;
    hit.decided = 1;
    struct engine_answer one = { .hits = &hit, .hit_count = 1, .total = 1, .is_lower_bound = true };
    struct printed printed;
    printed_open(&printed, 100);
    search_table_print(&printed.output, &one);
    assert_printed(&printed, "             place                           the name\n"
                             "           > importance                      7 of 9\n"
                             "1 of at least 1");
    printed_close(&printed);
    printed_open(&printed, 44);
    printed.output.has_colour = true;
    search_table_print(&printed.output, &one);
    assert_printed(&printed, "A list, \033[1;4mpri\033[0m\033[2m…");
    printed_close(&printed);
}

static void fits_a_narrow_terminal(void **state)
{
    (void)state;
    struct printed printed;
    printed_open(&printed, 40);
    search_table_print(&printed.output, &answer);
    assert_printed(&printed, "property   imagePullSe…  array…  PodSp… +1\n");
    printed_close(&printed);
}

static void programs_get_tabs(void **state)
{
    (void)state;
    struct printed printed;
    printed_open(&printed, 100);
    search_table_print_tabs(&printed.output, &answer);
    assert_string_equal(printed_text(&printed), "property\t\timagePullSecrets\tPodSpec\tarray of "
                                                "Ref\tk\tk/object/PodSpec#imagePullSecrets\tSecrets. For pulling.\n"
                                                "endpoint\tGET\t/pods\t\t\tk\tk/endpoint/get/pods\tLists pods.\n");
    printed_close(&printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aligns_columns),
        cmocka_unit_test(marks_what_matched),
        cmocka_unit_test(marks_the_summary_and_tells_reasons),
        cmocka_unit_test(fits_a_narrow_terminal),
        cmocka_unit_test(programs_get_tabs),
    };
    return cmocka_run_group_tests_name("search_table", tests, NULL, NULL);
}
