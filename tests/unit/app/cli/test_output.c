#include "unit.h"

#include "printed.h"

static struct printed printed;

static int set_up(void **state)
{
    (void)state;
    printed_open(&printed, 40);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    printed_close(&printed);
    return 0;
}

static void nothing_dangerous_reaches_the_terminal(void **state)
{
    (void)state;
    output_text(&printed.output, STR("a\033]52;c;x\007b\nc\r\0d\x7F\xC2\x9B"
                                     "e\xE2\x80\xAE"
                                     "f\xFFg"));
    assert_string_equal(printed_text(&printed), "a ]52;c;x b c  d  e f\xEF\xBF\xBDg");
}

static void cells_have_their_width(void **state)
{
    (void)state;
    output_cell(&printed.output, STR("gr\xC3\xBCn"), 6);
    fputc('|', printed.output.file);
    output_cell(&printed.output, STR("abcdef"), 6);
    fputc('|', printed.output.file);
    output_cell(&printed.output, STR("abcdefg"), 6);
    fputc('|', printed.output.file);
    output_cell(&printed.output, STR(""), 0);
    fputc('|', printed.output.file);
    assert_string_equal(printed_text(&printed), "gr\xC3\xBCn  |abcdef|abcde…||");
}

static void breaks_lines_between_words(void **state)
{
    (void)state;
    output_wrapped(&printed.output, STR("The quick brown fox jumps over the lazy dog.\r\n\nSecond  paragraph."), 4);
    assert_string_equal(printed_text(&printed), "    The quick brown fox jumps over the\n"
                                                "    lazy dog.\n"
                                                "\n"
                                                "    Second paragraph.\n");
}

static void leaves_code_as_it_is(void **state)
{
    (void)state;
    output_wrapped(&printed.output, STR("    one two three four five six seven eight nine ten\n\ttab"), 2);
    assert_string_equal(printed_text(&printed), "      one two three four five six seven eight nine ten\n      tab\n");
}

static void words_longer_than_the_line_stand_alone(void **state)
{
    (void)state;
    output_wrapped(&printed.output, STR("see https://example.com/a/very/long/address/that/does/not/fit now"), 0);
    assert_string_equal(printed_text(&printed),
                        "see\nhttps://example.com/a/very/long/address/that/does/not/fit\nnow\n");
}

static void prints_no_colour_without_a_terminal(void **state)
{
    (void)state;
    output_style(&printed.output, OUTPUT_BOLD);
    assert_string_equal(printed_text(&printed), "");
    printed.output.has_colour = true;
    output_style(&printed.output, OUTPUT_BOLD);
    assert_string_equal(printed_text(&printed), "\033[1m");
    FILE *file = tmpfile();
    assert_false(output_to(file).is_terminal);
    assert_false(output_to(file).has_colour);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_dangerous_reaches_the_terminal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_have_their_width, set_up, tear_down),
        cmocka_unit_test_setup_teardown(breaks_lines_between_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_code_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_longer_than_the_line_stand_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(prints_no_colour_without_a_terminal, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
