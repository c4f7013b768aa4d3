#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "limits.h"
#include "search.h"

/* Every file of tests/pathological is asked of a catalogue of names that are much alike. */

enum { KINDS = (1 << FORMAT_KINDS) - 1, OBJECTS = 1500, FILE_BYTES = 1 << 16 };

static struct fixture fixture;
static struct search_scratch *scratch;
static struct arena arena;
static char input[FILE_BYTES];

static int open_fixture(void **state)
{
    (void)state;
    static char text[1 << 19];
    static const char *const words[] = { "Deployment", "name", "Image", "Pull", "Secret", "aaaaaaaa", "ab", "User" };
    size_t size = (size_t)snprintf(text, sizeof text, "api a.test First\n");
    srand(7);
    for (int i = 0; i < OBJECTS; i++) {
        const char *one = words[rand() % 8], *two = words[rand() % 8], *three = words[rand() % 8];
        if (i == OBJECTS / 2) size += (size_t)snprintf(text + size, sizeof text - size, "api b.test Second\n");
        size += (size_t)snprintf(text + size, sizeof text - size,
                                 "object %s%s%d\nproperty name string | The name of it.\nproperty %s_%s%s string | A "
                                 "value of %s.\nproperty spec.template.%s%d string\n",
                                 one, two, i, two, three, one, three, one, i % 50);
    }
    fixture_open(&fixture, text, 2);
    arena_init(&arena, 1 << 22);
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

/* Each word of the question may lead to every group, and to every element in it, in names and around them; and
 * corrected words lead there again. */
static uint64_t most_steps(void)
{
    uint64_t all = fixture.index.head->group_count + (uint64_t)fixture.catalogue.element_count;
    return 8 * LIMIT_QUERY_WORDS * all;
}

static void ask(const char *name, struct str text, bool is_pattern, uint32_t api)
{
    struct search_request request = {
        .text = text, .api = api, .kinds = KINDS, .is_pattern = is_pattern, .descriptions = true, .limit = LIMIT_RESULTS
    };
    struct search_answer answer;
    arena_reset(&arena);
    assert_int_equal(search_run(scratch, &request, &arena, &answer), FILE_OK);
    if (search_steps(scratch) > most_steps()) {
        print_message("%s: %llu steps\n", name, (unsigned long long)search_steps(scratch));
        fail();
    }
    for (size_t i = 0; i < answer.hit_count; i++) assert_true(answer.hits[i].count > 0);
}

static struct str read_input(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/pathological/%s", TEST_DATA, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(input, 1, sizeof input, file);
    fclose(file);
    return (struct str){ input, size };
}

static void each_input_is_bounded_work(void **state)
{
    (void)state;
    DIR *folder = opendir(TEST_DATA "/pathological");
    assert_non_null(folder);
    unsigned count = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!str_ends(str_from(entry->d_name), STR(".txt"))) continue;
        struct str text = read_input(entry->d_name);
        ask(entry->d_name, text, false, CATALOGUE_NONE);
        ask(entry->d_name, text, false, 1);
        ask(entry->d_name, text, true, CATALOGUE_NONE);
        count++;
    }
    closedir(folder);
    assert_true(count > 50);
}

/* What is typed letter by letter is asked at each. */
static void each_beginning_is_bounded_work(void **state)
{
    (void)state;
    struct str text = STR("user image pullsecert.spec.template:aaaaaaaab name");
    for (size_t size = 0; size <= text.size; size++)
        ask("a beginning", str_cut(text, 0, size), false, size % 2 ? 0 : CATALOGUE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_input_is_bounded_work),
        cmocka_unit_test(each_beginning_is_bounded_work),
    };
    return cmocka_run_group_tests_name("pathological", tests, open_fixture, close_fixture);
}
