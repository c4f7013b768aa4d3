#include "unit.h"

#include "engine_double.h"
#include "limits.h"
#include "rest.h"
#include "sio_double.h"

static struct handlers *handlers;
static struct rest rest;
static struct sio_request request;

static int set_up(void **state)
{
    (void)state;
    engine_double = (struct engine_double){ .details_fault = "There is no such element." };
    sio_double = (struct sio_double){ 0 };
    request = (struct sio_request){ 0 };
    engine *opened;
    struct engine_fault fault;
    assert_int_equal(engine_open(&opened, "index", &fault), ENGINE_OK);
    assert_int_equal(handlers_create(&handlers, opened, 1), ENGINE_OK);
    assert_int_equal(rest_attach(&rest, handlers, NULL), SIO_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    handlers_destroy(handlers);
    return 0;
}

static void get(const char *path, const char *query)
{
    request.query = query;
    assert_true(sio_double_get(&request, path));
}

static void the_query_becomes_the_argument(void **state)
{
    (void)state;
    get("/api/v1/search",
        "q=a%20b+c%21&limit=7&offset=2&required=true&deprecated=false&filter=property&unknown=1&q=second");
    assert_int_equal(request.status, 200);
    assert_str(engine_double.query.text, "a b c!");
    assert_int_equal(engine_double.query.limit, 7);
    assert_int_equal(engine_double.query.offset, 2);
    assert_int_equal(engine_double.query.filter.flags, ENGINE_REQUIRED);
    assert_int_equal(engine_double.query.filter.no_flags, ENGINE_DEPRECATED);
    assert_int_equal(engine_double.query.kinds, 1u << ENGINE_PROPERTY | 1u << ENGINE_PARAMETER);
}

static void the_rest_of_the_path_is_the_id(void **state)
{
    (void)state;
    get("/api/v1/elements/a/endpoint/get/x/?query.y", "depth=3&at=b.c&offset=4&required=true");
    assert_int_equal(request.status, 200);
    assert_string_equal(request.type, "application/json");
    assert_str(engine_double.details_id, "a/endpoint/get/x/?query.y");
    assert_str(engine_double.view.at, "b.c");
    assert_int_equal(engine_double.view.depth, 3);
    assert_int_equal(engine_double.view.offset, 4);
    assert_true(engine_double.view.required_only);
    get("/api/v1/code/a/endpoint/get/x", "language=go&server=http%3A%2F%2Fh");
    assert_str(engine_double.code_wish.id, "a/endpoint/get/x");
    assert_str(engine_double.code_wish.language, "go");
    assert_str(engine_double.code_wish.server, "http://h");
    get("/api/v1/apis/amazonaws.com/ec2", "");
    assert_str(engine_double.api_id, "amazonaws.com/ec2");
}

static void markdown_is_asked_for_in_two_ways(void **state)
{
    (void)state;
    get("/api/v1/elements/x", "format=markdown");
    assert_string_equal(request.type, "text/markdown; charset=utf-8");
    assert_int_equal(engine_double.view.without, ENGINE_WITHOUT_HTML);
    request.accept = "text/markdown, */*";
    get("/api/v1/elements/x", "");
    assert_string_equal(request.type, "text/markdown; charset=utf-8");
    get("/api/v1/elements/x", "format=json");
    assert_string_equal(request.type, "application/json");
    get("/api/v1/apis", "format=markdown");
    assert_string_equal(request.type, "application/json");
}

static void errors_have_their_status(void **state)
{
    (void)state;
    static const struct {
        int error, status;
        const char *code;
    } errors[] = { { ENGINE_ENOTFOUND, 404, "not-found" },
                   { ENGINE_ENOMEM, 503, "overloaded" },
                   { ENGINE_EOUTDATED, 409, "outdated" },
                   { ENGINE_EINVAL, 400, "invalid-argument" },
                   { ENGINE_ECORRUPT, 500, "internal" } };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        engine_double.details_error = errors[i].error;
        get("/api/v1/elements/x", "format=markdown");
        assert_int_equal(request.status, errors[i].status);
        assert_string_equal(request.type, "application/json");
        assert_non_null(strstr(request.body, errors[i].code));
    }
    get("/api/v1/search", "q=x&limit=nine");
    assert_int_equal(request.status, 400);
}

static void a_search_without_words_finds_nothing(void **state)
{
    (void)state;
    get("/api/v1/search", "");
    assert_int_equal(request.status, 200);
    assert_str(engine_double.query.text, "");
}

static void strange_queries_are_read(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "q", "q=", "=", "&", "&&=&", "q=%", "q=%4", "q=%zz", "%71=a", "q=a=b&q", "limit=99999999999"
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        get("/api/v1/search", queries[i]);
        assert_true(request.status == 200 || request.status == 400);
    }
    get("/api/v1/search", "%71=a%25");
    assert_str(engine_double.query.text, "a%");
}

static void answers_that_do_not_fit_are_told(void **state)
{
    (void)state;
    engine_double.search_bytes = LIMIT_EVENT_MEMORY * 2;
    get("/api/v1/search", "q=x");
    assert_int_equal(request.status, 503);
    assert_non_null(strstr(request.body, "overloaded"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_query_becomes_the_argument, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_rest_of_the_path_is_the_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(markdown_is_asked_for_in_two_ways, set_up, tear_down),
        cmocka_unit_test_setup_teardown(errors_have_their_status, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_search_without_words_finds_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strange_queries_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_that_do_not_fit_are_told, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("rest", tests, NULL, NULL);
}
