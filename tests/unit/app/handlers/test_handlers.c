#include "unit.h"

#include "engine_double.h"
#include "event_table.h"
#include "handlers.h"
#include "limits.h"
#include "sio_double.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORKERS = 3 };

static struct handlers *handlers;

static int set_up(void **state)
{
    (void)state;
    engine *opened;
    struct engine_fault fault;
    engine_double = (struct engine_double){ 0 };
    sio_double = (struct sio_double){ 0 };
    assert_int_equal(pipe2(sio_double.posts, O_NONBLOCK), 0);
    engine_open(&opened, "any", &fault);
    assert_int_equal(handlers_create(&handlers, opened, WORKERS), ENGINE_OK);
    assert_int_equal(handlers_attach(handlers, NULL), SIO_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    handlers_destroy(handlers);
    close(sio_double.posts[0]);
    close(sio_double.posts[1]);
    assert_int_equal(engine_double.closed, engine_double.opened);
    assert_int_equal(engine_double.scratches_destroyed, engine_double.scratches);
    return 0;
}

static const char *answer_json(const char *event, const char *json)
{
    sio_double.acked[0] = 0;
    sio_double_end_turn();
    sio_double_deliver(event, SIO_ARGS(sio_json(json, strlen(json))), true);
    return sio_double.acked;
}

static void assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) fail_msg("%s is not in %s", part, text);
}

static void every_event_of_the_table_is_answered(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        sio_double.acked[0] = 0;
        sio_double_deliver(event_table[i].name, SIO_ARGS(sio_text("pods")), true);
        assert_true(strlen(sio_double.acked) > 0);
    }
    assert_int_equal(sio_double.acks, EVENT_COUNT);
    assert_int_equal(sio_double.emits, 0);
}

static void ask_key(int key, bool wants_ack)
{
    char json[64];
    int size = snprintf(json, sizeof json, "{\"keyword\":\"k%d\",\"sequence\":%d}", key, key);
    sio_double_deliver("app:api-elements-search-action", SIO_ARGS(sio_json(json, (size_t)size)), wants_ack);
}

static void of_two_hundred_keys_the_first_and_the_last_are_searched(void **state)
{
    (void)state;
    for (int key = 1; key <= 200; key++) ask_key(key, true);
    assert_int_equal(sio_double.acks, 1);
    assert_has(sio_double.acked, "\"keyword\":\"k1\"");
    assert_int_equal(sio_double.tickets, 198);
    assert_string_equal(sio_double.ticketed, "{\"superseded\":true,\"sequence\":199}");
    assert_int_equal(engine_double.searches, 1);
    sio_double_end_turn();
    assert_int_equal(sio_double.tickets, 199);
    assert_has(sio_double.ticketed, "\"keyword\":\"k200\"");
    assert_has(sio_double.ticketed, "\"sequence\":200");
    assert_int_equal(engine_double.searches, 2);
    ask_key(201, true); /* of another turn */
    assert_int_equal(sio_double.acks, 2);
    assert_int_equal(engine_double.searches, 3);
    sio_double_end_turn();
    assert_int_equal(engine_double.searches, 3);
}

static void without_acknowledgement_they_give_way_too(void **state)
{
    (void)state;
    for (int key = 1; key <= 3; key++) ask_key(key, false);
    assert_string_equal(sio_double.emitted, "{\"superseded\":true,\"sequence\":2}");
    sio_double_end_turn();
    assert_has(sio_double.emitted, "\"keyword\":\"k3\"");
    assert_int_equal(sio_double.emits, 3);
}

static void questions_without_a_number_all_count(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) sio_double_deliver("app:api-elements-search-action", SIO_ARGS(sio_text("pod")), true);
    assert_int_equal(sio_double.acks, 3);
    ask_key(1, true); /* gives way to nothing, and a question of another event not to it */
    sio_double_deliver("app:api-search-action", SIO_ARGS(sio_json("{\"keyword\":\"a\",\"sequence\":2}", 29)), true);
    assert_int_equal(sio_double.acks, 4);
    sio_double_end_turn();
    assert_int_equal(sio_double.tickets, 1);
}

static void what_cannot_be_put_off_is_answered(void **state)
{
    (void)state;
    sio_double.refuses_posts = true;
    for (int key = 1; key <= 5; key++) ask_key(key, true);
    assert_int_equal(sio_double.acks, 5);
    assert_int_equal(engine_double.searches, 5);
}

static void without_acknowledgement_the_same_name_comes_back(void **state)
{
    (void)state;
    sio_double_deliver("system:healthcheck", SIO_NO_ARGS, false);
    assert_string_equal(sio_double.emitted_name, "system:healthcheck");
    assert_string_equal(sio_double.emitted, "\"healthy\"");
    assert_int_equal(sio_double.acks, 0);
    assert_int_equal(sio_double.emits, 1);
}

static void health_answers_whatever_it_is_asked(void **state)
{
    (void)state;
    assert_string_equal(answer_json("system:healthcheck", "{\"a\":[1]}"), "\"healthy\"");
    sio_double_deliver("system:healthcheck", SIO_ARGS(sio_bytes("\0\1", 2)), true);
    assert_string_equal(sio_double.acked, "\"healthy\"");
}

static void health_is_there_over_http(void **state)
{
    (void)state;
    struct sio_request request;
    assert_true(sio_double_get(&request, "/health"));
    assert_int_equal(request.status, 200);
    assert_string_equal(request.type, "application/json");
    assert_string_equal(request.body, "{\"status\":\"healthy\"}\n");
}

static void every_bad_argument_is_answered_with_an_error(void **state)
{
    (void)state;
    static const sio_value bad[] = {
        { .kind = SIO_NULL },
        { .kind = SIO_BOOL, .boolean = true },
        { .kind = SIO_NUMBER, .number = 7 },
        { .kind = SIO_JSON, .data = { "[]", 2 } },
        { .kind = SIO_JSON, .data = { "{}", 2 } },
        { .kind = SIO_JSON, .data = { "{\"keyword\":7,\"id\":7}", 20 } },
        { .kind = SIO_JSON, .data = { "{\"keyword\":null,\"id\":null}", 26 } },
        { .kind = SIO_BYTES, .data = { "\xFF", 1 } },
    };
    for (size_t i = 2; i < EVENT_COUNT; i++)
        for (size_t j = 0; j < sizeof bad / sizeof bad[0]; j++) {
            sio_double.acked[0] = 0;
            sio_double_deliver(event_table[i].name, SIO_ARGS(bad[j]), true);
            assert_has(sio_double.acked, "{\"error\":{\"code\":\"invalid-argument\",\"message\":\"");
        }
}

static void huge_strings_are_refused(void **state)
{
    (void)state;
    enum { SIZE = 900000 };
    char *huge = malloc(SIZE);
    memset(huge, 'x', SIZE);
    sio_value value = { .kind = SIO_TEXT, .data = { huge, SIZE } };
    for (size_t i = 2; i < EVENT_COUNT; i++) {
        sio_double_deliver(event_table[i].name, SIO_ARGS(value), true);
        assert_has(sio_double.acked, "has 900000 bytes; at most");
    }
    free(huge);
}

static void options_reach_the_engine(void **state)
{
    (void)state;
    answer_json("app:api-elements-search-action", "{\"keyword\":\"image\",\"api\":\"kubernetes.io\","
                                                  "\"filter\":\"property\",\"limit\":5,\"offset\":10,\"sequence\":99}");
    assert_str(engine_double.query.api, "kubernetes.io");
    assert_int_equal(engine_double.query.limit, 5);
    assert_int_equal(engine_double.query.offset, 10);
    assert_int_equal(engine_double.query.kinds, 1u << ENGINE_PROPERTY | 1u << ENGINE_PARAMETER);
    assert_has(sio_double.acked, "\"sequence\":99");
    assert_has(sio_double.acked, "\"api\":\"kubernetes.io\"");

    answer_json("app:api-search-action", "{\"keyword\":\"pay\",\"limit\":3}");
    assert_int_equal(engine_double.searches, 2);
    assert_int_equal(engine_double.limit, 3);
}

static void defaults_stand_in_for_what_is_not_said(void **state)
{
    (void)state;
    sio_double_deliver("app:api-elements-search-action", SIO_ARGS(sio_text("image")), true);
    assert_int_equal(engine_double.query.limit, 20);
    assert_int_equal(engine_double.query.offset, 0);
    assert_true(engine_double.query.descriptions);
    assert_has(sio_double.acked, "\"filter\":\"everything\"");
}

static void bad_options_are_named(void **state)
{
    (void)state;
    const char *event = "app:api-elements-search-action";
    assert_has(answer_json(event, "{\"keyword\":\"a\",\"filter\":\"objekt\",\"sequence\":4}"), "\\\"filter\\\"");
    assert_has(sio_double.acked, "\"sequence\":4}");
    assert_has(answer_json(event, "{\"keyword\":\"a\",\"limit\":101}"), "\\\"limit\\\"");
    assert_has(answer_json(event, "{\"keyword\":\"a\",\"offset\":-1}"), "\\\"offset\\\"");
    assert_has(answer_json(event, "{\"keyword\":\"a\",\"api\":[]}"), "\\\"api\\\"");
    assert_has(answer_json(event, "{\"keyword\":\"a\",\"sequence\":{}}"), "\\\"sequence\\\"");
    assert_int_equal(engine_double.searches, 0);
}

static void what_is_not_found_is_an_error_with_the_nearest(void **state)
{
    (void)state;
    static const struct engine_hit near = { .id = STR_INIT("pets/object/Pet") };
    engine_double.details_error = ENGINE_ENOTFOUND;
    engine_double.details_fault = "There is no object Pett.";
    engine_double.answer = (struct engine_answer){ .hits = &near, .hit_count = 1 };
    assert_string_equal(answer_json("app:api-element-details-action", "{\"id\":\"pets/object/Pett\",\"sequence\":1}"),
                        "{\"error\":{\"code\":\"not-found\",\"message\":\"There is no object Pett.\","
                        "\"nearest\":[\"pets/object/Pet\"]},\"sequence\":1}");
}

static void code_is_asked_for_by_id_language_and_server(void **state)
{
    (void)state;
    const char *event = "app:api-element-code-action";
    engine_double.code = (struct engine_example){
        .label = STR_INIT("Go"), .language = STR_INIT("go"), .code = STR_INIT("package \xC3\xA9\n"), .focus = { 10, 11 }
    };
    assert_string_equal(
        answer_json(event, "{\"id\":\"a/endpoint/get/b\",\"language\":\"go\",\"server\":\"http://x\","
                           "\"sequence\":8}"),
        "{\"id\":\"a/endpoint/get/b\",\"example\":{\"label\":\"Go\",\"language\":\"go\",\"code\":"
        "\"package "
        "\xC3\xA9\\n\",\"focus\":[9,10]},\"variables\":[],\"languages\":[{\"name\":\"curl\",\"label\":\"curl\"},"
        "{\"name\":\"go\",\"label\":\"Go\"}],\"sequence\":8}");
    assert_str(engine_double.code_wish.id, "a/endpoint/get/b");
    assert_str(engine_double.code_wish.language, "go");
    assert_str(engine_double.code_wish.server, "http://x");
    assert_int_equal(engine_double.code_wish.tier, ENGINE_USEFUL);
    answer_json(event, "{\"id\":\"a\",\"tier\":\"full\",\"at\":\"spec.b\"}");
    assert_int_equal(engine_double.code_wish.tier, ENGINE_FULL);
    assert_str(engine_double.code_wish.at, "spec.b");
    assert_has(answer_json(event, "{\"id\":\"a\",\"tier\":\"huge\"}"), "\\\"tier\\\" must be");
    sio_double_deliver(event, SIO_ARGS(sio_text("a/endpoint/get/c")), true);
    assert_str(engine_double.code_wish.id, "a/endpoint/get/c");
    assert_int_equal(engine_double.code_wish.language.size, 0);
    assert_has(answer_json(event, "{\"id\":\"a\",\"language\":7}"), "\\\"language\\\"");
    engine_double.code_error = ENGINE_EINVAL;
    assert_string_equal(answer_json(event, "{\"id\":\"a\",\"language\":\"cobol\"}"),
                        "{\"error\":{\"code\":\"invalid-argument\",\"message\":\"no such language\"}}");
}

static void a_part_of_the_specification_is_asked_for(void **state)
{
    (void)state;
    const char *event = "app:api-element-source-action";
    engine_double.source =
        (struct engine_source){ .id = STR("k"), .start = 7, .size = 9, .line = 2, .text = STR("{\"a\":1}") };
    assert_has(answer_json(event, "{\"id\":\"k\",\"from\":5,\"limit\":100,\"sequence\":1}"),
               "\"start\":7,\"size\":9,\"line\":2,\"from\":0,\"text\":\"{\\\"a\\\":1}\",\"sequence\":1}");
    assert_int_equal(engine_double.source_query.from, 5);
    assert_int_equal(engine_double.source_query.limit, 100);
    sio_double_deliver(event, SIO_ARGS(sio_text("k")), true);
    assert_true(engine_double.source_query.from == ENGINE_SOURCE_START);
    assert_int_equal(engine_double.source_query.limit, 0);
    assert_has(answer_json(event, "{\"id\":\"k\",\"limit\":0}"), "\\\"limit\\\"");
    engine_double.source_error = ENGINE_ENOTFOUND;
    assert_has(answer_json(event, "{\"id\":\"k\"}"), "{\"error\":{\"code\":\"not-found\"");
}

static void refs_are_asked_as_the_argument_says(void **state)
{
    (void)state;
    const char *event = "app:api-element-refs-action";
    engine_double.refs.totals[ENGINE_USE_ROOT] = 3;
    assert_has(answer_json(event, "{\"id\":\"k/object/A\",\"uses\":[\"root\",\"reach\"],\"limit\":7,\"offset\":9,"
                                  "\"sequence\":2}"),
               "\"sequence\":2");
    assert_has(sio_double.acked, "\"root\":3");
    assert_int_equal(engine_double.refs_query.uses, 1 << ENGINE_USE_ROOT | 1 << ENGINE_USE_REACH);
    assert_int_equal(engine_double.refs_query.limit, 7);
    assert_int_equal(engine_double.refs_query.offset, 9);
    answer_json(event, "{\"id\":\"k\",\"uses\":\"name\"}");
    assert_int_equal(engine_double.refs_query.uses, 1 << ENGINE_USE_NAME);
    sio_double_deliver(event, SIO_ARGS(sio_text("k/object/A")), true);
    assert_int_equal(engine_double.refs_query.uses, 0);
    static const char *const bad[] = { "\"uses\":7", "\"uses\":{}", "\"uses\":[\"roots\"]", "\"uses\":[\"root\",7]" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char json[64];
        snprintf(json, sizeof json, "{\"id\":\"k\",%s}", bad[i]);
        assert_has(answer_json(event, json), "\\\"uses\\\" must be");
    }
    engine_double.refs_error = ENGINE_ENOTFOUND;
    engine_double.details_fault = "There is no object B.";
    assert_has(answer_json(event, "{\"id\":\"k/object/B\"}"), "{\"error\":{\"code\":\"not-found\"");
}

static void an_example_is_asked_for_as_it_is_said(void **state)
{
    (void)state;
    const char *event = "app:api-element-example-action";
    engine_double.payload.example.code = STR("a: 1");
    assert_has(answer_json(event, "{\"id\":\"k/object/Pod\",\"format\":\"yaml\",\"tier\":\"minimal\",\"at\":\"spec.a\","
                                  "\"status\":\"200\",\"mediaType\":\"*/*\",\"sequence\":3}"),
               "\"code\":\"a: 1\"");
    assert_has(sio_double.acked, "\"sequence\":3}");
    assert_str(engine_double.wish.id, "k/object/Pod");
    assert_str(engine_double.wish.format, "yaml");
    assert_int_equal(engine_double.wish.tier, ENGINE_MINIMAL);
    assert_str(engine_double.wish.at, "spec.a");
    assert_str(engine_double.wish.status, "200");
    assert_str(engine_double.wish.media_type, "*/*");
    sio_double_deliver(event, SIO_ARGS(sio_text("k/object/Pod")), true);
    assert_int_equal(engine_double.wish.tier, ENGINE_USEFUL);
    assert_int_equal(engine_double.wish.format.size, 0);
    assert_has(answer_json(event, "{\"id\":\"a\",\"tier\":\"huge\"}"), "\\\"tier\\\" must be");
    assert_has(answer_json(event, "{\"tier\":\"full\"}"), "\\\"id\\\"");
    engine_double.example_error = ENGINE_EINVAL;
    engine_double.example_fault = "There is no format toml.";
    assert_string_equal(answer_json(event, "{\"id\":\"a\",\"format\":\"toml\"}"),
                        "{\"error\":{\"code\":\"invalid-argument\",\"message\":\"There is no format toml.\"}}");
}

static void running_out_of_memory_is_said_with_the_sequence(void **state)
{
    (void)state;
    engine_double.search_bytes = LIMIT_EVENT_MEMORY + 1;
    assert_has(answer_json("app:api-elements-search-action", "{\"keyword\":\"a\",\"sequence\":6}"),
               "{\"error\":{\"code\":\"overloaded\",");
    assert_has(sio_double.acked, "\"sequence\":6}");
    engine_double.search_bytes = 0;
    assert_has(answer_json("app:api-elements-search-action", "{\"keyword\":\"a\",\"sequence\":7}"), "\"hits\":[]");
}

/* ---- Workers ------------------------------------------------------------------------------------------------- */

static engine *open_another(void)
{
    engine *fresh;
    struct engine_fault fault;
    engine_open(&fresh, "any", &fault);
    return fresh;
}

static void count_call(void *context)
{
    ++*(int *)context;
}

static void ask_at(unsigned worker)
{
    sio_double.worker = worker;
    sio_double_end_turn();
    sio_double_deliver("app:api-elements-search-action", SIO_ARGS(sio_text("pod")), true);
}

static void a_scratch_is_made_when_a_worker_is_first_asked(void **state)
{
    (void)state;
    assert_int_equal(engine_double.scratches, 0);
    ask_at(1);
    ask_at(1);
    assert_int_equal(engine_double.scratches, 1);
    ask_at(2);
    assert_int_equal(engine_double.scratches, 2);
    assert_int_equal(engine_double.document_bytes, LIMIT_DETAILS_CACHE_BYTES / WORKERS);
    assert_int_equal(sio_double.acks, 3);
}

static void without_a_scratch_it_is_overloaded(void **state)
{
    (void)state;
    engine_double.scratch_error = ENGINE_ENOMEM;
    assert_has(answer_json("app:api-elements-search-action", "{\"keyword\":\"a\",\"sequence\":6}"),
               "{\"error\":{\"code\":\"overloaded\",");
    assert_has(sio_double.acked, "\"sequence\":6}");
    engine_double.scratch_error = ENGINE_OK;
    assert_has(answer_json("app:api-elements-search-action", "{\"keyword\":\"a\",\"sequence\":7}"), "\"hits\":[]");
}

static void keys_of_clients_of_two_workers_do_not_give_way_to_each_other(void **state)
{
    (void)state;
    ask_key(1, true);
    sio_double.worker = 1;
    ask_key(2, true);
    assert_int_equal(sio_double.acks, 2);
    assert_int_equal(engine_double.searches, 2);
    ask_key(3, true);
    sio_double_end_turn();
    assert_int_equal(engine_double.searches, 3);
}

static void a_new_index_is_told_when_all_have_taken_it(void **state)
{
    (void)state;
    int told = 0;
    ask_at(1);
    engine_double.counts.elements[ENGINE_API] = 12;
    assert_int_equal(handlers_replace(handlers, open_another(), count_call, &told), ENGINE_OK);
    assert_int_equal(engine_double.scratches, 2); /* of the one that has been asked, before it takes the index */
    for (unsigned i = 0; i < WORKERS; i++) {
        assert_true(handlers_settle(handlers));
        assert_int_equal(engine_double.closed, 0);
        assert_int_equal(sio_double.broadcasts, 0);
        struct sio_double_post post = sio_double_next_post();
        while (post.worker != i) post = sio_double_next_post();
        sio_double_run(post);
        sio_double_run(post); /* told twice */
    }
    assert_int_equal(sio_double.broadcasts, 1);
    assert_int_equal(told, 1);
    assert_string_equal(sio_double.broadcast_name, "catalogue:updated");
    assert_has(sio_double.broadcast, "{\"counts\":{\"apis\":12,");
    assert_false(handlers_settle(handlers));
    assert_int_equal(engine_double.closed, 1);
    assert_int_equal(engine_double.scratches_destroyed, 1);
}

static void an_index_that_is_overtaken_is_closed_untold(void **state)
{
    (void)state;
    int told[2] = { 0, 0 };
    handlers_replace(handlers, open_another(), count_call, &told[0]);
    sio_double_run(sio_double_next_post());
    handlers_replace(handlers, open_another(), count_call, &told[1]);
    for (struct sio_double_post post; (post = sio_double_next_post()).fn != NULL;) sio_double_run(post);
    assert_false(handlers_settle(handlers));
    assert_int_equal(told[0], 0);
    assert_int_equal(told[1], 1);
    assert_int_equal(sio_double.broadcasts, 1);
    assert_int_equal(engine_double.closed, 2);
}

static void a_worker_that_could_not_be_told_is_told_later(void **state)
{
    (void)state;
    sio_double.refuses_server_posts = true;
    handlers_replace(handlers, open_another(), NULL, NULL);
    assert_null(sio_double_next_post().fn);
    sio_double.refuses_server_posts = false;
    assert_true(handlers_settle(handlers));
    for (struct sio_double_post post; (post = sio_double_next_post()).fn != NULL;) sio_double_run(post);
    assert_int_equal(sio_double.broadcasts, 1);
    assert_false(handlers_settle(handlers));
}

static void nothing_is_destroyed_twice(void **state)
{
    (void)state;
    handlers_replace(handlers, open_another(), NULL, NULL); /* and never taken */
    handlers_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_event_of_the_table_is_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_two_hundred_keys_the_first_and_the_last_are_searched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_acknowledgement_they_give_way_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(questions_without_a_number_all_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_put_off_is_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_acknowledgement_the_same_name_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(health_answers_whatever_it_is_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(health_is_there_over_http, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_bad_argument_is_answered_with_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(huge_strings_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(options_reach_the_engine, set_up, tear_down),
        cmocka_unit_test_setup_teardown(defaults_stand_in_for_what_is_not_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_options_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_found_is_an_error_with_the_nearest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(code_is_asked_for_by_id_language_and_server, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_part_of_the_specification_is_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refs_are_asked_as_the_argument_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_example_is_asked_for_as_it_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(running_out_of_memory_is_said_with_the_sequence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_scratch_is_made_when_a_worker_is_first_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_scratch_it_is_overloaded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_of_clients_of_two_workers_do_not_give_way_to_each_other, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_new_index_is_told_when_all_have_taken_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_that_is_overtaken_is_closed_untold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_worker_that_could_not_be_told_is_told_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_destroyed_twice, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("handlers", tests, NULL, NULL);
}
