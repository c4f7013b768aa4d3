#include "unit.h"

#include "progress.h"

static struct progress progress;
static char text[4096];

static const char *printed(void)
{
    fflush(progress.output.file);
    rewind(progress.output.file);
    text[fread(text, 1, sizeof text - 1, progress.output.file)] = 0;
    return text;
}

static int set_up(void **state)
{
    (void)state;
    progress_start(&progress, tmpfile(), false);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return fclose(progress.output.file);
}

static void show(uint64_t bytes)
{
    struct engine_progress now = { .files = 1234, .files_total = 2639, .bytes = bytes, .bytes_total = 1000000 };
    progress_show(&now, &progress);
}

static void a_pipe_gets_a_line_each_tenth(void **state)
{
    (void)state;
    for (uint64_t bytes = 0; bytes <= 1000000; bytes += 10000) show(bytes);
    printed();
    int lines = 0;
    for (const char *at = text; *at != 0; at++) lines += *at == '\n';
    assert_int_equal(lines, 10);
    assert_int_equal(strncmp(text, " 10 %  1,234 of 2,639 files  100.0 KB of 1.0 MB  ", 49), 0);
    assert_null(strchr(text, '\r'));
}

static void a_terminal_gets_a_bar_that_goes_away(void **state)
{
    (void)state;
    progress.output.is_terminal = true;
    show(500000);
    progress_fault("a.json:3:14: not an object\033[2J", &progress);
    progress_end(&progress);
    assert_non_null(strstr(printed(), "\r\033[K███████████████░░░░░░░░░░░░░░░  50 %"));
    assert_non_null(strstr(text, "\r\033[Ka.json:3:14: not an object [2J\n"));
}

static void a_terminal_is_told_what_is_left(void **state)
{
    (void)state;
    progress.output.is_terminal = true;
    progress.started -= 1000000; /* a second ago */
    show(100000);
    assert_non_null(strstr(printed(), " MB/s  9 s left"));
    progress.drawn = 0;
    progress.started -= 99000000;
    show(100000);
    assert_non_null(strstr(printed(), " MB/s  15 min left"));
    progress.drawn = 0;
    show(1000000);
    printed();
    assert_null(strstr(strrchr(text, '\r'), "left"));
    progress_end(&progress);
}

static void quiet_is_quiet_but_for_faults(void **state)
{
    (void)state;
    progress.is_quiet = true;
    show(500000);
    progress_fault("a.json:1:1: empty", &progress);
    progress_end(&progress);
    assert_string_equal(printed(), "a.json:1:1: empty\n");
}

static void no_bytes_at_all_are_all_done(void **state)
{
    (void)state;
    struct engine_progress now = { 0 };
    progress_show(&now, &progress);
    assert_non_null(strstr(printed(), "100 %"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pipe_gets_a_line_each_tenth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_terminal_gets_a_bar_that_goes_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_terminal_is_told_what_is_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quiet_is_quiet_but_for_faults, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_bytes_at_all_are_all_done, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
