#include "unit.h"

#include "batch.h"
#include "commands.h"
#include "engine_double.h"
#include "example_batch.h"

#include <stdlib.h>

static struct arena arena;
static const struct action action = { .arena = &arena };
static char *printed;
static int status;
static bool is_of_examples;

static int set_up(void **state)
{
    (void)state;
    engine_double = (struct engine_double){ 0 };
    is_of_examples = false;
    arena_init(&arena, 8 << 20);
    printed = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    free(printed);
    return 0;
}

static void run(const char *lines, size_t size)
{
    size_t printed_size;
    free(printed);
    FILE *in = tmpfile(), *out = open_memstream(&printed, &printed_size);
    fwrite(lines, 1, size, in);
    rewind(in);
    const struct engine_payload_wish wish = { .tier = ENGINE_USEFUL };
    status = is_of_examples ? example_batch_run(&action, &wish, in, out) : batch_run(&action, in, out, 10);
    fclose(in);
    fclose(out);
}

static void run_text(const char *lines)
{
    run(lines, strlen(lines));
}

static int count_lines(void)
{
    int count = 0;
    for (const char *at = printed; *at != 0; at++) count += *at == '\n';
    return count;
}

static void assert_has(const char *part)
{
    if (strstr(printed, part) == NULL) fail_msg("%s is not in %s", part, printed);
}

static void answers_line_by_line(void **state)
{
    (void)state;
    static const struct engine_hit hit = { .kind = ENGINE_ENDPOINT,
                                           .id = STR_INIT("k/endpoint/get/pods"),
                                           .name = STR_INIT("/pods"),
                                           .method = STR_INIT("GET"),
                                           .operation_id = STR_INIT("listPods"),
                                           .count = 1 };
    engine_double.answer = (struct engine_answer){ .hits = &hit, .hit_count = 1, .total = 12 };
    run_text("{\"q\":\"a\",\"t\":0,\"n\":1}\n{\"q\":\"pods\",\"api\":\"k\",\"kind\":\"endpoint\"}");
    assert_int_equal(status, COMMAND_DONE);
    assert_int_equal(count_lines(), 2);
    assert_int_equal(strncmp(printed, "{\"hits\":[{\"kind\":\"endpoint\",", 28), 0);
    assert_has("\"operationId\":\"listPods\"");
    assert_has("\"total\":12,\"microseconds\":");
    assert_str(engine_double.query.text, "pods");
    assert_str(engine_double.query.api, "k");
    assert_int_equal(engine_double.query.kinds, 1u << ENGINE_ENDPOINT);
    assert_int_equal(engine_double.query.limit, 10);
    assert_true(engine_double.query.descriptions);
}

static void bad_lines_do_not_stop_it(void **state)
{
    (void)state;
    run_text(
        "\nnull\n[]\n{\n{\"q\":7}\n{\"kind\":\"object\"}\n{\"q\":\"a\",\"kind\":\"thing\"}\n{\"q\":\"a\",\"api\":1}\n"
        "{\"q\":\"a\"}\n");
    assert_int_equal(status, COMMAND_ERROR);
    assert_int_equal(count_lines(), 9);
    assert_has("\"q\\\" is missing");
    assert_has("\"kind\\\" is no kind");
    assert_has("\"api\\\" must be a string");
    assert_has("{\"hits\":[]");
    assert_int_equal(engine_double.searches, 1);
}

static void an_unknown_api_is_an_error_line(void **state)
{
    (void)state;
    engine_double.search_error = ENGINE_ENOTFOUND;
    run_text("{\"q\":\"a\",\"api\":\"nowhere\"}\n");
    assert_int_equal(status, COMMAND_ERROR);
    assert_has("{\"error\":{\"code\":\"not-found\"");
}

static void long_lines_are_skipped(void **state)
{
    (void)state;
    enum { SIZE = 300000 };
    char *lines = malloc(SIZE);
    memset(lines, 'x', SIZE);
    memcpy(lines + SIZE - 12, "\n{\"q\":\"pod\"}", 12);
    run(lines, SIZE);
    free(lines);
    assert_int_equal(status, COMMAND_ERROR);
    assert_int_equal(count_lines(), 2);
    assert_has("longer than 64 KiB");
    assert_str(engine_double.query.text, "pod");
}

static void examples_are_made_line_by_line(void **state)
{
    (void)state;
    is_of_examples = true;
    engine_double.payload.example.code = STR("{}");
    run_text(
        "{\"id\":\"k/object/Pod\"}\n{\"id\":\"k/endpoint/get/pods\",\"tier\":\"full\",\"format\":\"yaml\",\"at\":\"a\","
        "\"status\":\"200\",\"mediaType\":\"*/*\"}\n");
    assert_int_equal(status, COMMAND_DONE);
    assert_int_equal(count_lines(), 2);
    assert_has("\"example\":{\"label\":\"\",\"language\":\"\",\"code\":\"{}\"");
    assert_int_equal(engine_double.wish.tier, ENGINE_FULL);
    assert_str(engine_double.wish.media_type, "*/*");
    run_text("{}\n{\"id\":3}\n{\"id\":\"a\",\"tier\":\"huge\"}\n{\"id\":\"a\"}\n");
    assert_int_equal(status, COMMAND_ERROR);
    assert_int_equal(count_lines(), 4);
    assert_has("\"id\\\" is missing");
    assert_has("\"id\\\" must be a string of at most 4096 bytes");
    assert_has("\"tier\\\" is useful, minimal or full");
    assert_has("\"code\":\"{}\"");
}

static void nothing_in_nothing_out(void **state)
{
    (void)state;
    run_text("");
    assert_int_equal(status, COMMAND_DONE);
    assert_string_equal(printed, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_line_by_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_lines_do_not_stop_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_api_is_an_error_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_lines_are_skipped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(examples_are_made_line_by_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_in_nothing_out, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
