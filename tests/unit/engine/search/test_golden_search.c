#include "unit.h"

#include <dirent.h>
#include <stdio.h>

#include "fixture.h"
#include "search.h"

enum { ROWS = 10, KINDS = (1 << FORMAT_KINDS) - 1 };

static struct fixture fixture;
static struct search_scratch *scratch;
static struct arena arena;

static char text[1 << 16];

static void read_text(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/golden/search/%s", TEST_DATA, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(text, 1, sizeof text - 1, file);
    assert_true(size > 0);
    text[size] = '\0';
    fclose(file);
}

static int open_fixture(void **state)
{
    (void)state;
    read_text("catalogue.txt");
    fixture_open(&fixture, text, 1);
    arena_init(&arena, 1 << 20);
    return search_scratch_create(&scratch, &fixture.index, &fixture.catalogue);
}

static int close_fixture(void **state)
{
    (void)state;
    arena_free(&arena);
    search_scratch_destroy(scratch);
    fixture_close(&fixture);
    return 0;
}

static struct str string(uint32_t id)
{
    return catalogue_string(&fixture.catalogue, id);
}

/* " = Deployment.spec.replicas": the way by which a row was found. */
static struct str way_text(const struct search_hit *hit)
{
    struct str way = STR_EMPTY;
    for (size_t i = 0; i < hit->path_count; i++) {
        const struct format_element *step = &fixture.catalogue.elements[hit->path[i]];
        struct str name = string(step->name);
        if (step->kind == CATALOGUE_OBJECT) name = catalogue_short_name(name);
        way = arena_format(&arena, "%.*s%s%.*s", STR_FORMAT(way), i ? "." : " = ", STR_FORMAT(name));
    }
    return way;
}

/* A row as the cases write it. */
static struct str row_text(const struct search_hit *hit)
{
    static const char *const kinds[] = { "api", "endpoint", "object", "property", "parameter" };
    const struct format_element *element = &fixture.catalogue.elements[hit->element];
    struct str method = STR_EMPTY, owner = STR_EMPTY;
    if (element->kind == CATALOGUE_ENDPOINT) method = catalogue_method_upper((enum catalogue_method)element->detail);
    if (element->kind == CATALOGUE_PROPERTY || element->kind == CATALOGUE_PARAMETER) owner = string(element->owner);
    struct str row =
        arena_format(&arena, "%s %.*s%s%.*s%s%.*s", kinds[element->kind], STR_FORMAT(method), method.size ? " " : "",
                     STR_FORMAT(string(element->name)), owner.size ? " < " : "", STR_FORMAT(owner));
    if (hit->owner_count > 1 && owner.size) row = arena_format(&arena, "%.*s *%u", STR_FORMAT(row), hit->owner_count);
    if (hit->value.size) row = arena_format(&arena, "%.*s : %.*s", STR_FORMAT(row), STR_FORMAT(hit->value));
    return arena_format(&arena, "%.*s%.*s", STR_FORMAT(row), STR_FORMAT(way_text(hit)));
}

struct golden_case {
    struct str query;
    struct search_answer answer;
    size_t row;
    bool is_open; /* more rows may follow */
};

static void ask(struct golden_case *golden, struct str line)
{
    struct search_request request = { .kinds = KINDS, .limit = ROWS, .api = CATALOGUE_NONE };
    request.descriptions = str_starts(line, STR("?+"));
    struct str query = str_cut(line, request.descriptions ? 2 : 1, line.size);
    size_t at = str_find(query, STR(" @ "));
    if (at != STR_NONE) {
        request.api = catalogue_api_find(&fixture.catalogue, str_trim(str_cut(query, at + 3, query.size)));
        assert_int_not_equal(request.api, CATALOGUE_NONE);
        query = str_cut(query, 0, at);
    }
    request.text = query;
    *golden = (struct golden_case){ .query = query };
    assert_int_equal(search_run(scratch, &request, &arena, &golden->answer), FILE_OK);
}

static void fail_case(const struct golden_case *golden, struct str wanted)
{
    print_message("query '%.*s', row %zu: wanted '%.*s', and these came:\n", STR_FORMAT(str_trim(golden->query)),
                  golden->row + 1, STR_FORMAT(wanted));
    for (size_t i = 0; i < golden->answer.hit_count; i++)
        print_message("    %.*s\n", STR_FORMAT(row_text(&golden->answer.hits[i])));
    fail();
}

static void end_case(const struct golden_case *golden)
{
    if (golden->query.at && !golden->is_open && golden->row != golden->answer.hit_count)
        fail_case(golden, STR("no more"));
}

static void check_row(struct golden_case *golden, struct str wanted)
{
    if (str_equal(wanted, STR("…"))) {
        golden->is_open = true;
        return;
    }
    if (wanted.at[0] == '~') {
        struct str suggestion = str_trim(str_cut(wanted, 1, wanted.size));
        if (!str_equal(golden->answer.suggestion, suggestion)) {
            print_message("suggested is '%.*s'\n", STR_FORMAT(golden->answer.suggestion));
            fail_case(golden, wanted);
        }
        return;
    }
    if (golden->row >= golden->answer.hit_count || !str_equal(row_text(&golden->answer.hits[golden->row]), wanted))
        fail_case(golden, wanted);
    golden->row++;
}

static void check_file(const char *name)
{
    read_text(name);
    struct golden_case golden = { .query = { NULL, 0 } };
    struct str rest = str_from(text), line;
    unsigned cases = 0;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.size == 0 || line.at[0] == '#') continue;
        if (line.at[0] != '?') {
            check_row(&golden, line);
            continue;
        }
        end_case(&golden);
        arena_reset(&arena);
        ask(&golden, line);
        cases++;
    }
    end_case(&golden);
    assert_true(cases > 0);
}

static void names(void **state)
{
    (void)state;
    check_file("names.txt");
}

static void words(void **state)
{
    (void)state;
    check_file("words.txt");
}

static void paths(void **state)
{
    (void)state;
    check_file("paths.txt");
}

static void values(void **state)
{
    (void)state;
    check_file("values.txt");
}

static void parts(void **state)
{
    (void)state;
    check_file("parts.txt");
}

static void typos(void **state)
{
    (void)state;
    check_file("typos.txt");
}

static void texts(void **state)
{
    (void)state;
    check_file("texts.txt");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(names), cmocka_unit_test(words), cmocka_unit_test(paths),
                                        cmocka_unit_test(texts), cmocka_unit_test(typos), cmocka_unit_test(parts),
                                        cmocka_unit_test(values) };
    return cmocka_run_group_tests_name("golden_search", tests, open_fixture, close_fixture);
}
