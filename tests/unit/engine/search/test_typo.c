#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "typo.h"

/* All walks are compared with the distance as it is defined, of every term. */

enum { OBJECTS = 400, TERMS_MAX = 4096, LETTERS_MAX = 128 };

static struct fixture fixture;

/* Names of few letters, so that many are near each other: "abca", "bacBab". */
static void make_name(char *name, size_t size)
{
    static const char letters[] = "abcd";
    for (size_t i = 0; i < size; i++) name[i] = letters[(size_t)rand() % (sizeof letters - 1)];
    if (size > 6) name[size / 2] = (char)(name[size / 2] - 'a' + 'A');
    name[size] = '\0';
}

static int open_fixture(void **state)
{
    (void)state;
    static char text[1 << 16];
    char name[LETTERS_MAX];
    srand(1);
    size_t size = (size_t)snprintf(text, sizeof text, "api a.test First\n");
    for (int i = 0; i < OBJECTS; i++) {
        make_name(name, (size_t)(i % 20 ? 3 + rand() % 12 : 60 + rand() % 30));
        size += (size_t)snprintf(text + size, sizeof text - size, "object %s%d\nproperty %.*sx string\n", name, i % 3,
                                 3 + i % 6, name);
    }
    fixture_open(&fixture, text, 2);
    return 0;
}

static int close_fixture(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: row[j] is the distance of `text` from the first j letters of `term`. */
static void distances(struct str text, struct str term, unsigned *row)
{
    unsigned rows[3][LETTERS_MAX];
    for (size_t j = 0; j <= term.size; j++) rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= text.size; i++) {
        unsigned *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= term.size; j++) {
            now[j] = least(last[j] + 1, now[j - 1] + 1);
            now[j] = least(now[j], last[j - 1] + (text.at[i - 1] != term.at[j - 1]));
            if (i > 1 && j > 1 && text.at[i - 1] == term.at[j - 2] && text.at[i - 2] == term.at[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    memcpy(row, rows[text.size % 3], (term.size + 1) * sizeof *row);
}

static struct str term_text(uint32_t term)
{
    static struct dictionary_cursor cursor;
    const struct spelling *spelling = &fixture.index.spelling;
    dictionary_seek(&cursor, &fixture.index.dictionaries[spelling_dictionary(spelling, term)],
                    spelling_entry(spelling, term));
    return dictionary_term(&cursor);
}

static struct typo_match found[TERMS_MAX];
static struct typo_match by_term[TERMS_MAX];

/* What the walk says of each term: by_term; errors 0: nothing. */
static void walk(struct str text, unsigned errors, bool is_whole_only, bool is_anywhere)
{
    struct typo_pattern pattern;
    typo_compile(&pattern, text, errors, is_anywhere);
    struct typo_walk walking = { .spelling = &fixture.index.spelling,
                                 .dictionaries = fixture.index.dictionaries,
                                 .pattern = &pattern,
                                 .is_whole_only = is_whole_only,
                                 .matches = found,
                                 .most = TERMS_MAX,
                                 .steps = UINT32_MAX };
    typo_find(&walking);
    memset(by_term, 0, sizeof by_term);
    for (uint32_t i = 0; i < walking.count; i++)
        for (uint32_t term = found[i].first; term < found[i].end; term++) {
            assert_int_equal(by_term[term].errors, 0);
            by_term[term] = found[i];
        }
}

static void check_beginnings(struct str text)
{
    unsigned row[LETTERS_MAX];
    walk(text, 1, false, false);
    for (uint32_t term = 0; term < fixture.index.spelling.term_count; term++) {
        struct str name = term_text(term);
        distances(text, name, row);
        unsigned fewest = row[0];
        for (size_t j = 1; j <= name.size; j++) fewest = least(fewest, row[j]);
        assert_int_equal(by_term[term].errors, fewest == 1 ? 1 : 0);
        if (fewest != 1) continue;
        assert_int_equal(by_term[term].is_whole, row[name.size] == 1);
        assert_int_equal(row[by_term[term].size], 1);
    }
}

static void check_whole(struct str text, bool is_anywhere)
{
    unsigned row[LETTERS_MAX];
    walk(text, 2, true, is_anywhere);
    for (uint32_t term = 0; term < fixture.index.spelling.term_count; term++) {
        struct str name = term_text(term);
        distances(text, name, row);
        unsigned errors = row[name.size] > 2 ? 0 : row[name.size];
        /* The first walk may leave out what has both errors in its first half. */
        if (errors == 2 && !is_anywhere && by_term[term].errors == 0) continue;
        assert_int_equal(by_term[term].errors, errors);
        if (errors) assert_true(by_term[term].is_whole);
    }
}

static void finds_what_the_definition_says(void **state)
{
    (void)state;
    char text[LETTERS_MAX];
    for (unsigned seed = 0; seed < 60; seed++) {
        srand(seed);
        make_name(text, 4 + seed % 9);
        for (char *at = text; *at; at++) *at |= 0x20;
        check_beginnings(str_from(text));
        check_whole(str_from(text), true);
        check_whole(str_from(text), false);
    }
}

static void one_error_in_each_half_is_found_at_once(void **state)
{
    (void)state;
    unsigned looked_at = 0;
    for (uint32_t term = 0; term < fixture.index.spelling.term_count; term++) {
        struct str name = term_text(term);
        char text[LETTERS_MAX];
        if (name.size < 8 || name.size > TYPO_LETTERS) continue;
        memcpy(text, name.at, name.size);
        text[1] = 'z';
        text[name.size - 2] = 'z';
        walk((struct str){ text, name.size }, 2, true, false);
        assert_int_equal(by_term[term].errors, 2);
        looked_at++;
    }
    assert_true(looked_at > 50);
}

static void steps_bound_the_walk(void **state)
{
    (void)state;
    struct typo_pattern pattern;
    typo_compile(&pattern, STR("abcabcab"), 2, true);
    for (uint32_t steps = 0; steps < 200; steps += 7) {
        struct typo_walk walking = { .spelling = &fixture.index.spelling,
                                     .dictionaries = fixture.index.dictionaries,
                                     .pattern = &pattern,
                                     .matches = found,
                                     .most = 3,
                                     .steps = steps };
        typo_find(&walking);
        assert_true(walking.steps <= steps);
        assert_true(walking.count <= 3);
    }
}

static void tells_the_part_that_is_meant(void **state)
{
    (void)state;
    struct typo_pattern pattern;
    typo_compile(&pattern, STR("deploymnt"), 2, true);
    assert_int_equal(typo_prefix(&pattern, STR("deploymentspec")), 10);
    assert_int_equal(typo_prefix(&pattern, STR("container")), 0);
    assert_int_equal(typo_distance(&pattern, STR("deployment")), 1);
    assert_int_equal(typo_distance(&pattern, STR("deploymnt")), 0);
    assert_true(typo_distance(&pattern, STR("deploymentspec")) > TYPO_ERRORS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_the_definition_says),
        cmocka_unit_test(one_error_in_each_half_is_found_at_once),
        cmocka_unit_test(steps_bound_the_walk),
        cmocka_unit_test(tells_the_part_that_is_meant),
    };
    return cmocka_run_group_tests_name("typo", tests, open_fixture, close_fixture);
}
