#include "unit.h"

#include <stdlib.h>

#include "query.h"

static struct query query;

static void reads_terms_and_their_words(void **state)
{
    (void)state;
    query_parse(&query, STR("  PodSpec imagePullSecrets podspec "), false);
    assert_str(query.typed, "podspec imagepullsecrets podspec");
    assert_str(query.squashed, "podspecimagepullsecretspodspec");
    assert_int_equal(query.term_count, 2); /* none twice */
    assert_str(query.terms[0].squashed, "podspec");
    assert_int_equal(query.terms[0].first_word, 0);
    assert_int_equal(query.terms[0].word_count, 2);
    assert_str(query.terms[1].squashed, "imagepullsecrets");
    assert_int_equal(query.terms[1].word_count, 3);
    assert_str(query.words[0], "pod");
    assert_str(query.words[4], "secrets");
}

static void splits_at_dots_only_when_asked(void **state)
{
    (void)state;
    query_parse(&query, STR("PodSpec.restart_policy"), false);
    assert_int_equal(query.term_count, 1);
    query_parse(&query, STR("PodSpec.restart_policy#x-y"), true);
    assert_int_equal(query.term_count, 3);
    assert_str(query.terms[1].squashed, "restartpolicy");
    assert_str(query.terms[2].squashed, "xy");
}

static void takes_a_name_without_letters_as_it_is(void **state)
{
    (void)state;
    query_parse(&query, STR("$"), false);
    assert_str(query.squashed, "$");
    assert_int_equal(query.term_count, 0);
    query_parse(&query, STR(" \t\n"), false);
    assert_str(query.squashed, "");
}

static void leaves_out_what_is_too_much(void **state)
{
    (void)state;
    char text[12 * 1024];
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 4 == 3 ? ' ' : (char)('a' + i / 4 % 26);
    query_parse(&query, (struct str){ text, sizeof text }, false);
    assert_int_equal(query.word_count, LIMIT_QUERY_WORDS);
    assert_int_equal(query.term_count, LIMIT_QUERY_WORDS);
    memset(text, 'x', sizeof text);
    query_parse(&query, (struct str){ text, sizeof text }, false);
    assert_int_equal(query.squashed.size, LIMIT_QUERY_BYTES);
    assert_int_equal(query.words[0].size, 64);
}

static void takes_any_bytes(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 2000; seed++) {
        char text[64];
        srand(seed);
        size_t size = (size_t)rand() % sizeof text;
        for (size_t i = 0; i < size; i++) text[i] = (char)(rand() % (seed % 2 ? 256 : 4));
        query_parse(&query, (struct str){ text, size }, seed % 3 == 0);
        for (unsigned i = 0; i < query.term_count; i++)
            assert_true(query.terms[i].first_word + query.terms[i].word_count <= query.word_count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_terms_and_their_words),
        cmocka_unit_test(splits_at_dots_only_when_asked),
        cmocka_unit_test(takes_a_name_without_letters_as_it_is),
        cmocka_unit_test(leaves_out_what_is_too_much),
        cmocka_unit_test(takes_any_bytes),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
