#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "limits.h"
#include "search.h"

enum { KINDS = (1 << FORMAT_KINDS) - 1, OBJECTS = 300 };

static struct fixture fixture;
static struct search_scratch *scratch;
static struct arena arena;

/* Objects Thing0 … in the API a.test, each with a property "name" and one of its own; two of them in b.test, too. */
static int open_fixture(void **state)
{
    (void)state;
    static char text[1 << 16];
    size_t size = (size_t)snprintf(text, sizeof text, "api a.test First\n");
    for (int i = 0; i < OBJECTS; i++)
        size += (size_t)snprintf(
            text + size, sizeof text - size,
            "object Thing%d\nproperty name string | The common text.\nproperty own%d Thing%d | Text %d.\n", i, i, i / 2,
            i % 3);
    snprintf(text + size, sizeof text - size,
             "api b.test Second\nendpoint GET /things listThings | List them\nparameter query name string\n"
             "object Thing1\nproperty name string | The common text.\nobject Thing2\nproperty NAME string | Another "
             "text.\n");
    fixture_open(&fixture, text, 2);
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

static struct search_answer ask(struct search_request request)
{
    struct search_answer answer;
    if (request.kinds == 0) request.kinds = KINDS;
    assert_int_equal(search_run(scratch, &request, &arena, &answer), FILE_OK);
    return answer;
}

static void one_row_stands_for_all_elements_of_a_name(void **state)
{
    (void)state;
    struct search_answer answer =
        ask((struct search_request){ .text = STR("name"), .api = CATALOGUE_NONE, .limit = 10 });
    assert_int_equal(answer.hit_count, 2);
    assert_int_equal(answer.totals[CATALOGUE_PROPERTY], 1);
    assert_int_equal(answer.totals[CATALOGUE_PARAMETER], 1);
    assert_int_equal(answer.hits[0].count, OBJECTS + 2);
    assert_int_equal(answer.hits[0].owner_count, OBJECTS + 2);
    assert_int_equal(answer.hits[0].api_count, 2);
    /* Thing0 is what Thing0 and Thing1 refer to, and they are referred to themselves. */
    uint32_t owner = fixture.catalogue.elements[answer.hits[0].element].owner;
    assert_str(catalogue_string(&fixture.catalogue, owner), "Thing0");
}

static void an_api_sees_only_itself(void **state)
{
    (void)state;
    struct search_request request = { .text = STR("name"), .api = 1, .limit = 10 };
    struct search_answer answer = ask(request);
    assert_int_equal(answer.hit_count, 2);
    assert_int_equal(answer.hits[0].count, 2);
    assert_int_equal(answer.hits[0].owner_count, 2);
    assert_int_equal(answer.hits[0].api_count, 1);
    assert_int_equal(catalogue_api_of(&fixture.catalogue, answer.hits[0].element), 1);
    request.text = STR("\"own299\"");
    assert_int_equal(ask(request).hit_count, 0);
    request.api = 0;
    assert_int_equal(ask(request).hit_count, 1);
    request.text = STR("\"things\"");
    assert_int_equal(ask(request).hit_count, 0);
}

static void assert_same_answer(const struct search_answer *a, const struct search_answer *b)
{
    assert_memory_equal(a->totals, b->totals, sizeof a->totals);
    assert_int_equal(a->hit_count, b->hit_count);
    for (size_t i = 0; i < a->hit_count; i++) {
        assert_int_equal(a->hits[i].key, b->hits[i].key);
        assert_int_equal(a->hits[i].element, b->hits[i].element);
        assert_int_equal(a->hits[i].count, b->hits[i].count);
    }
}

/* After some questions an API has dictionaries of its own. */
static void asking_often_changes_no_answer(void **state)
{
    (void)state;
    static const char *const texts[] = { "n",     "name",         "thing",         "things get", "thing1 name",
                                         "texts", "another text", "common things", "x" };
    enum { TEXTS = sizeof texts / sizeof *texts };
    struct search_answer first[TEXTS];
    for (uint32_t api = 0; api < 2; api++) {
        struct search_scratch *used = scratch;
        assert_int_equal(search_scratch_create(&scratch, &fixture.index, &fixture.catalogue), FILE_OK);
        for (unsigned round = 0; round < 6; round++)
            for (unsigned i = 0; i < TEXTS; i++) {
                struct search_request request = {
                    .text = str_from(texts[i]), .api = api, .limit = 20, .descriptions = true
                };
                struct search_scratch *fresh = NULL, *kept = scratch;
                if (round == 0) {
                    assert_int_equal(search_scratch_create(&fresh, &fixture.index, &fixture.catalogue), FILE_OK);
                    scratch = fresh;
                }
                struct search_answer answer = ask(request);
                scratch = kept;
                search_scratch_destroy(fresh);
                if (round == 0)
                    first[i] = answer;
                else
                    assert_same_answer(&first[i], &answer);
            }
        search_scratch_destroy(scratch);
        scratch = used;
    }
    assert_true(first[1].hit_count > 0 && first[6].hit_count > 0 && first[8].hit_count == 0);
}

/* What a short text found is kept: the second answer, and that after other questions, is the first one. */
static void short_texts_are_remembered(void **state)
{
    (void)state;
    static const struct str texts[] = { STR_INIT("t"),  STR_INIT("th"),  STR_INIT("na"),
                                        STR_INIT("ge"), STR_INIT("get"), STR_INIT("ow"),
                                        STR_INIT("zz"), STR_INIT("fi"),  STR_INIT("\xFF") };
    for (uint32_t limit = 1; limit < 40; limit += 9)
        for (unsigned kinds = 1; kinds <= KINDS; kinds += 5)
            for (uint32_t api = 0; api < 3; api++) {
                struct search_answer first[sizeof texts / sizeof *texts];
                struct search_request request = { .api = api == 2 ? CATALOGUE_NONE : api,
                                                  .kinds = kinds,
                                                  .limit = limit };
                arena_reset(&arena);
                for (int round = 0; round < 2; round++)
                    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
                        request.text = texts[i];
                        struct search_answer answer = ask(request);
                        if (round)
                            assert_same_answer(&first[i], &answer);
                        else
                            first[i] = answer;
                    }
            }
}

static void totals_count_all_kinds_and_hits_those_wanted(void **state)
{
    (void)state;
    struct search_request request = {
        .text = STR("thing"), .api = CATALOGUE_NONE, .limit = 5, .kinds = 1 << CATALOGUE_ENDPOINT
    };
    struct search_answer answer = ask(request);
    assert_int_equal(answer.hit_count, 1);
    assert_int_equal(answer.totals[CATALOGUE_OBJECT], OBJECTS);
    assert_int_equal(answer.totals[CATALOGUE_ENDPOINT], 1);
}

static void pages_are_parts_of_one_list(void **state)
{
    (void)state;
    static uint32_t groups[OBJECTS];
    struct search_request request = {
        .text = STR("thing"), .api = CATALOGUE_NONE, .limit = LIMIT_RESULTS + 50, .kinds = 1 << CATALOGUE_OBJECT
    };
    uint32_t count = 0;
    for (; request.offset < OBJECTS; request.offset += LIMIT_RESULTS) {
        arena_reset(&arena);
        struct search_answer answer = ask(request);
        assert_int_equal(answer.hit_count, LIMIT_RESULTS);
        for (size_t i = 0; i < answer.hit_count; i++) groups[count++] = answer.hits[i].group;
    }
    assert_int_equal(count, OBJECTS);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < i; j++) assert_int_not_equal(groups[i], groups[j]);
    assert_int_equal(ask(request).hit_count, 0);
    request.offset = UINT32_MAX;
    assert_int_equal(ask(request).hit_count, 0);
    request.offset = LIMIT_OFFSET + 1;
    assert_int_equal(ask(request).hit_count, 0);
}

static void descriptions_come_only_when_asked_for(void **state)
{
    (void)state;
    struct search_request request = { .text = STR("common"), .api = CATALOGUE_NONE, .limit = 10 };
    assert_int_equal(ask(request).hit_count, 0);
    request.descriptions = true;
    struct search_answer answer = ask(request);
    assert_int_equal(answer.hit_count, 1);
    assert_int_equal(answer.totals[CATALOGUE_PROPERTY], 1);
    request.text = STR("common another");
    assert_int_equal(ask(request).hit_count, 0); /* no element has both */
    request.text = STR("another common text");
    request.api = 1;
    assert_int_equal(ask(request).hit_count, 0);
    request.text = STR("common text");
    answer = ask(request);
    assert_int_equal(answer.hit_count, 1);
    assert_int_equal(catalogue_api_of(&fixture.catalogue, answer.hits[0].element), 1);
}

static void descriptions_alone_are_found_without_names(void **state)
{
    (void)state;
    struct search_request request = { .text = STR("thing1"), .api = CATALOGUE_NONE, .limit = 10, .descriptions = 1 };
    assert_true(ask(request).hit_count > 0);
    request.descriptions = 2;
    assert_int_equal(ask(request).hit_count, 0);
    request.text = STR("common");
    assert_int_equal(ask(request).hit_count, 1);
    request.text = STR("in:descriptions common text");
    request.descriptions = 0;
    assert_int_equal(ask(request).hit_count, 1);
    request.text = STR("in:desc thing1");
    assert_int_equal(ask(request).hit_count, 0);
}

static void a_full_arena_is_told(void **state)
{
    (void)state;
    struct arena none;
    struct search_answer answer;
    struct search_request request = { .text = STR("name"), .api = CATALOGUE_NONE, .limit = 10, .kinds = KINDS };
    arena_init(&none, 0);
    assert_int_equal(search_run(scratch, &request, &none, &answer), FILE_NO_MEMORY);
    request.text = STR("nothing of the kind");
    assert_int_equal(search_run(scratch, &request, &none, &answer), FILE_OK);
    arena_free(&none);
}

/* What one query leaves behind must not be seen by the next; so many that any count which is not reset shows. */
static void the_same_question_has_the_same_answer(void **state)
{
    (void)state;
    static const char *const texts[] = { "name", "thing1 name", "common text", "own5 thing",
                                         "a",    "list things", "first name",  "" };
    enum { TEXTS = sizeof texts / sizeof *texts };
    uint64_t keys[TEXTS][2] = { { 0 } };
    for (unsigned round = 0; round < 600; round++) {
        for (unsigned i = 0; i < TEXTS; i++) {
            unsigned at = (i * 3 + round) % TEXTS;
            struct search_request request = { .text = str_from(texts[at]), .limit = 10, .descriptions = true };
            request.api = round % 2 ? 0 : CATALOGUE_NONE;
            arena_reset(&arena);
            struct search_answer answer = ask(request);
            uint64_t key = answer.hit_count;
            for (size_t hit = 0; hit < answer.hit_count; hit++)
                key = key * 31 + answer.hits[hit].key + answer.hits[hit].element;
            if (round < 2) keys[at][round % 2] = key;
            assert_true(keys[at][round % 2] == key);
        }
    }
}

static void *search_often(void *context)
{
    struct search_scratch *own;
    struct arena memory;
    uint64_t *sum = context;
    arena_init(&memory, 1 << 20);
    if (search_scratch_create(&own, &fixture.index, &fixture.catalogue) != FILE_OK) return NULL;
    for (int i = 0; i < 200; i++) {
        struct search_request request = { .text = i % 2 ? STR("thing1 name") : STR("common"),
                                          .kinds = KINDS,
                                          .limit = 10,
                                          .api = i % 3 ? CATALOGUE_NONE : 1,
                                          .descriptions = true };
        struct search_answer answer;
        arena_reset(&memory);
        if (search_run(own, &request, &memory, &answer) == FILE_OK && answer.hit_count) *sum += answer.hits[0].key;
    }
    search_scratch_destroy(own);
    arena_free(&memory);
    return NULL;
}

static void threads_share_an_index(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    uint64_t sums[THREADS] = { 0 };
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, search_often, &sums[i]), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_true(sums[0] != 0);
    for (int i = 1; i < THREADS; i++) assert_true(sums[i] == sums[0]);
}

static void takes_any_bytes(void **state)
{
    (void)state;
    static const char letters[] = "aTh1.0 _/name\0\xff\xc3\xa4";
    for (unsigned seed = 0; seed < 500; seed++) {
        char text[2048];
        srand(seed);
        size_t size = (size_t)rand() % (seed % 10 ? 24 : sizeof text);
        for (size_t i = 0; i < size; i++) text[i] = letters[(size_t)rand() % (sizeof letters - 1)];
        arena_reset(&arena);
        struct search_request request = { .text = { text, size }, .limit = 100, .descriptions = true };
        request.api = seed % 2 ? 1 : CATALOGUE_NONE;
        struct search_answer answer = ask(request);
        for (size_t i = 1; i < answer.hit_count; i++) {
            const struct search_hit *hit = &answer.hits[i];
            assert_true(hit[-1].key < hit->key || (hit[-1].key == hit->key && hit[-1].group < hit->group));
        }
    }
}

static void a_filter_leaves_what_it_says(void **state)
{
    (void)state;
    struct search_request request = { .text = STR("name"), .api = CATALOGUE_NONE, .limit = 10 };
    request.filter.places = 1 << CATALOGUE_IN_QUERY;
    struct search_answer answer = ask(request);
    assert_int_equal(answer.hit_count, 1);
    assert_int_equal(answer.totals[CATALOGUE_PROPERTY], 0);
    assert_int_equal(answer.totals[CATALOGUE_PARAMETER], 1);
    request.filter = (struct query_filter){ .type = STR("Thing3") };
    request.text = STR("own");
    answer = ask(request);
    assert_int_equal(answer.totals[CATALOGUE_PROPERTY], 2); /* own6 and own7 */
    request.text = STR("own type:Thing3 method:get");       /* nothing is both */
    assert_int_equal(ask(request).hit_count, 0);
    request.text = STR("name type:string");
    request.filter = (struct query_filter){ .type = STR("ignored") };
    answer = ask(request);
    assert_int_equal(answer.totals[CATALOGUE_PROPERTY], 1);
    assert_int_equal(answer.hits[0].count + answer.hits[1].count, OBJECTS + 3);
}

static void a_row_counts_what_the_filter_leaves(void **state)
{
    (void)state;
    /* Of three hundred "name" none is required; with no filter again all count. */
    struct search_request request = { .text = STR("name required:no"), .api = 1, .limit = 10 };
    struct search_answer answer = ask(request);
    assert_int_equal(answer.hit_count, 2);
    assert_int_equal(answer.hits[0].count, 2);
    request.text = STR("name required:yes");
    assert_int_equal(ask(request).hit_count, 0);
    request.text = STR("name");
    assert_int_equal(ask(request).hit_count, 2);
    request.text = STR("common required:yes");
    request.descriptions = true;
    assert_int_equal(ask(request).hit_count, 0);
    request.text = STR("common type:string");
    assert_int_equal(ask(request).hit_count, 1);
}

static void quotes_ask_for_the_name_itself(void **state)
{
    (void)state;
    struct search_request request = { .text = STR("\"NAME\" kind:property"), .api = CATALOGUE_NONE, .limit = 10 };
    struct search_answer answer = ask(request);
    assert_int_equal(answer.hit_count, 1);
    /* "NAME" itself stands for the group, though "name" is what most have. */
    uint32_t name = fixture.catalogue.elements[answer.hits[0].element].name;
    assert_str(catalogue_string(&fixture.catalogue, name), "NAME");
    request.text = STR("\"thing1\"");
    assert_int_equal(ask(request).hit_count, 1);
    request.text = STR("\"thing 1\"");
    assert_int_equal(ask(request).hit_count, 0);
}

static void sigils_and_apis_list_without_words(void **state)
{
    (void)state;
    struct search_request request = { .text = STR("{"), .api = CATALOGUE_NONE, .limit = 10 };
    struct search_answer answer = ask(request);
    assert_int_equal(answer.hit_count, 10);
    assert_int_equal(answer.totals[CATALOGUE_OBJECT], OBJECTS);
    assert_int_equal(answer.kinds, 1 << CATALOGUE_OBJECT);
    request.text = STR("Second:{");
    answer = ask(request);
    assert_int_equal(answer.api, 1);
    assert_int_equal(answer.hit_count, 2);
    request.text = STR("s4d:thing"); /* as k8s for kubernetes */
    assert_int_equal(ask(request).api, 1);
    request.text = STR("nobody:thing");
    assert_int_equal(ask(request).api, CATALOGUE_NONE);
    request.text = STR("");
    assert_int_equal(ask(request).hit_count, 0);
}

static void a_method_is_a_guess(void **state)
{
    (void)state;
    struct search_request request = { .text = STR("get things"), .api = CATALOGUE_NONE, .limit = 10 };
    assert_int_equal(ask(request).kinds, 1 << CATALOGUE_ENDPOINT);
    request.text = STR("get /things");
    assert_int_equal(ask(request).hit_count, 1);
    request.text = STR("post /things");
    assert_int_equal(ask(request).hit_count, 0);
    request.text = STR("get");
    assert_int_equal(ask(request).kinds, KINDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_row_stands_for_all_elements_of_a_name),
        cmocka_unit_test(an_api_sees_only_itself),
        cmocka_unit_test(totals_count_all_kinds_and_hits_those_wanted),
        cmocka_unit_test(pages_are_parts_of_one_list),
        cmocka_unit_test(descriptions_come_only_when_asked_for),
        cmocka_unit_test(descriptions_alone_are_found_without_names),
        cmocka_unit_test(a_filter_leaves_what_it_says),
        cmocka_unit_test(a_row_counts_what_the_filter_leaves),
        cmocka_unit_test(quotes_ask_for_the_name_itself),
        cmocka_unit_test(sigils_and_apis_list_without_words),
        cmocka_unit_test(a_method_is_a_guess),
        cmocka_unit_test(a_full_arena_is_told),
        cmocka_unit_test(the_same_question_has_the_same_answer),
        cmocka_unit_test(asking_often_changes_no_answer),
        cmocka_unit_test(short_texts_are_remembered),
        cmocka_unit_test(threads_share_an_index),
        cmocka_unit_test(takes_any_bytes),
    };
    return cmocka_run_group_tests_name("search", tests, open_fixture, close_fixture);
}
