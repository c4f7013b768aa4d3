/* A request with what the user gave, and where it may go to. */
#include "unit.h"

#include "request_call.h"

static struct document document;
static struct arena arena;

static enum request_call_result call(const char *json, const struct request_given *given, size_t count,
                                     struct str server, struct str body, struct request_call *made)
{
    struct document_fault fault;
    struct operation operation;
    struct request request;
    const struct request_wish wish = {
        .focus = STR_EMPTY, .server = server, .has_digest = true, .given = given, .given_count = count, .body = body
    };
    document_close(&document);
    arena_reset(&arena);
    assert_int_equal(document_read(&document, str_from(json), &fault), DOCUMENT_OK);
    assert_true(operation_find(&operation, &document, CATALOGUE_METHOD_POST, STR("/a/{id}")));
    request_make(&operation, &wish, &arena, &request);
    enum request_call_result result = request_call(&operation, &request, &wish, &arena, made);
    assert_false(arena.failed);
    return result;
}

#define DOCUMENT(servers, operation)                                                                                   \
    "{\"servers\":[" servers "],\"components\":{\"securitySchemes\":{"                                                 \
    "\"q\":{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"k\"},\"h\":{\"type\":\"http\",\"scheme\":\"bearer\"},"     \
    "\"b\":{\"type\":\"http\",\"scheme\":\"basic\"}}},\"paths\":{\"/a/{id}\":{\"post\":{" operation "}}}}"
#define PARAMETERS                                                                                                     \
    "\"parameters\":[{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}},"            \
    "{\"name\":\"limit\",\"in\":\"query\",\"schema\":{\"type\":\"integer\"}},"                                         \
    "{\"name\":\"ids\",\"in\":\"query\",\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},"             \
    "{\"name\":\"X-A\",\"in\":\"header\",\"schema\":{\"type\":\"string\"}}]"
#define JSON_BODY "\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\"}}}}"
#define HERE "{\"url\":\"https://h.example/v1\"}"

static const struct str nothing = { NULL, 0 };

static void values_are_in_it_encoded(void **state)
{
    (void)state;
    static const struct request_given given[] = { { STR_INIT("ID"), STR_INIT("a/b c") },
                                                  { STR_INIT("query.limit"), STR_INIT("5&x") },
                                                  { STR_INIT("query.ids"), STR_INIT("x, y") },
                                                  { STR_INIT("header.X-A"), STR_INIT("v\r\nHost: w") },
                                                  { STR_INIT("path.id"), STR_INIT("unused") } };
    struct request_call made;
    assert_int_equal(call(DOCUMENT(HERE, PARAMETERS "," JSON_BODY), given, 5, STR_EMPTY, STR("{\"a\":1}"), &made),
                     REQUEST_CALL_OK);
    assert_str(made.url, "https://h.example/v1/a/a%2Fb%20c?limit=5%26x&ids=x&ids=y");
    assert_int_equal(made.header_count, 2);
    assert_str(made.headers[0].name, "X-A");
    assert_str(made.headers[0].value, "v  Host: w");
    assert_str(made.headers[1].value, "application/json");
    assert_str(made.body, "{\"a\":1}");
}

static void no_step_leaves_the_path(void **state)
{
    (void)state;
    static const char *const steps[] = { "..", ".", "" };
    struct request_call made;
    for (size_t i = 0; i < 3; i++) {
        const struct request_given given = { STR("ID"), str_from(steps[i]) };
        assert_int_equal(call(DOCUMENT(HERE, PARAMETERS), &given, 1, STR_EMPTY, nothing, &made), REQUEST_CALL_OK);
        assert_true(str_starts(made.url, STR("https://h.example/v1/a/")));
        assert_true(str_find(made.url, STR("..")) == STR_NONE);
        assert_true(made.url.size > strlen("https://h.example/v1/a/"));
    }
    assert_null(made.body.at);
}

static void secrets_are_in_it_or_left_out(void **state)
{
    (void)state;
    static const struct request_given given[] = { { STR_INIT("ID"), STR_INIT("1") },
                                                  { STR_INIT("Q_KEY"), STR_INIT("s&t") },
                                                  { STR_INIT("H_TOKEN"), STR_INIT("tok") },
                                                  { STR_INIT("B_USERNAME"), STR_INIT("me") },
                                                  { STR_INIT("B_PASSWORD"), STR_INIT("pw") } };
    struct request_call made;
    const char *keys = DOCUMENT(HERE, PARAMETERS ",\"security\":[{\"q\":[],\"h\":[]}]"),
               *basic = DOCUMENT(HERE, PARAMETERS ",\"security\":[{\"b\":[]}]");
    call(keys, given, 5, STR_EMPTY, nothing, &made);
    assert_str(made.url, "https://h.example/v1/a/1?k=s%26t");
    assert_str(made.headers[0].value, "Bearer tok");
    call(keys, given, 1, STR_EMPTY, nothing, &made);
    assert_str(made.url, "https://h.example/v1/a/1");
    assert_int_equal(made.header_count, 0);
    call(basic, given, 5, STR_EMPTY, nothing, &made);
    assert_int_equal(made.login, REQUEST_BASIC);
    assert_str(made.user, "me");
    assert_str(made.password, "pw");
    call(basic, given, 1, STR_EMPTY, nothing, &made);
    assert_int_equal(made.login, REQUEST_NO_LOGIN);
}

static void it_goes_to_the_specification_s_servers_only(void **state)
{
    (void)state;
    static const struct {
        const char *servers, *server;
        enum request_call_result result;
    } cases[] = {
        { HERE, "", REQUEST_CALL_OK },
        { HERE, "https://h.example/v1", REQUEST_CALL_OK },
        { HERE, "https://h.example/v1/", REQUEST_CALL_OK },
        { HERE, "https://h.example/v12", REQUEST_CALL_NO_SERVER },
        { HERE, "https://h.example/v1@evil.example", REQUEST_CALL_NO_SERVER },
        { HERE, "https://h.example.evil.example/v1", REQUEST_CALL_NO_SERVER },
        { HERE, "http://h.example/v1", REQUEST_CALL_NO_SERVER },
        { HERE, "https://evil.example/?https://h.example/v1", REQUEST_CALL_NO_SERVER },
        { HERE ",{\"url\":\"https://b.example\"}", "https://b.example", REQUEST_CALL_OK },
        { "{\"url\":\"//c.example/x\"}", "", REQUEST_CALL_OK },
        { "{\"url\":\"//c.example/x\"}", "http://c.example/x", REQUEST_CALL_NO_SERVER },
        { "{\"url\":\"/v1\"}", "", REQUEST_CALL_NO_SERVER },
        { "{\"url\":\"/v1\"}", "https://h.example/v1", REQUEST_CALL_NO_SERVER },
        { "", "", REQUEST_CALL_NO_SERVER },
        { "{\"url\":\"https://{r}.d.example\",\"variables\":{\"r\":{\"default\":\"eu\"}}}", "https://us-1.d.example",
          REQUEST_CALL_OK },
        { "{\"url\":\"https://{r}.d.example\",\"variables\":{\"r\":{\"default\":\"a.eu\"}}}", "https://a.eu.d.example",
          REQUEST_CALL_OK },
        { "{\"url\":\"https://{r}.d.example\",\"variables\":{\"r\":{\"default\":\"eu\"}}}",
          "https://evil.example/x.d.example", REQUEST_CALL_NO_SERVER },
        { "{\"url\":\"https://{r}.d.example\",\"variables\":{\"r\":{\"default\":\"eu\",\"enum\":[\"eu\",\"us\"]}}}",
          "https://us.d.example", REQUEST_CALL_OK },
        { "{\"url\":\"https://{r}.d.example\",\"variables\":{\"r\":{\"default\":\"eu\",\"enum\":[\"eu\",\"us\"]}}}",
          "https://ap.d.example", REQUEST_CALL_NO_SERVER },
        { "{\"url\":\"{all}/v1\",\"variables\":{\"all\":{\"default\":\"https://e.example\"}}}", "", REQUEST_CALL_OK },
        { "{\"url\":\"{all}/v1\",\"variables\":{\"all\":{\"default\":\"https://e.example\"}}}",
          "https://evil.example/v1", REQUEST_CALL_NO_SERVER },
    };
    const struct request_given given = { STR("ID"), STR("1") };
    char json[4096];
    struct request_call made;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(json, sizeof json, DOCUMENT("%s", PARAMETERS), cases[i].servers);
        enum request_call_result result = call(json, &given, 1, str_from(cases[i].server), nothing, &made);
        if (result != cases[i].result) fail_msg("%s at %s: %d", cases[i].servers, cases[i].server, (int)result);
    }
}

static void what_is_given_for_a_server_s_variable_changes_no_host(void **state)
{
    (void)state;
    const struct request_given given[] = { { STR("TENANT"), STR("evil.example") }, { STR("ID"), STR("1") } };
    struct request_call made;
    assert_int_equal(
        call(DOCUMENT("{\"url\":\"https://{tenant}/v1\"}", PARAMETERS), given, 2, STR_EMPTY, nothing, &made),
        REQUEST_CALL_NO_SERVER);
    assert_true(str_starts(made.url, STR("https://evil.example/")));
}

static void files_are_not_sent(void **state)
{
    (void)state;
    static const char file[] = DOCUMENT(
        HERE, PARAMETERS
        ",\"requestBody\":{\"content\":{\"image/png\":{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}}}"),
                      parts[] = DOCUMENT(HERE, PARAMETERS ",\"requestBody\":{\"content\":{\"multipart/"
                                                          "form-data\":{\"schema\":{\"type\":\"object\",\"properties\":"
                                                          "{\"f\":{\"type\":\"string\",\"format\":\"binary\"}}}}}}"),
                      texts[] = DOCUMENT(HERE, PARAMETERS ",\"requestBody\":{\"content\":{\"multipart/"
                                                          "form-data\":{\"schema\":{\"type\":\"object\",\"properties\":"
                                                          "{\"f\":{\"type\":\"string\",\"example\":\"v\"}}}}}}");
    struct request_call made;
    assert_int_equal(call(file, NULL, 0, STR_EMPTY, nothing, &made), REQUEST_CALL_FILE);
    assert_int_equal(call(file, NULL, 0, STR_EMPTY, STR("text"), &made), REQUEST_CALL_OK);
    assert_str(made.body, "text");
    assert_int_equal(call(parts, NULL, 0, STR_EMPTY, nothing, &made), REQUEST_CALL_FILE);
    assert_int_equal(call(texts, NULL, 0, STR_EMPTY, nothing, &made), REQUEST_CALL_OK);
    assert_true(str_find(made.body, STR("name=\"f\"\r\n\r\nv\r\n")) != STR_NONE);
    assert_str(made.headers[made.header_count - 1].value, "multipart/form-data; boundary=" REQUEST_BOUNDARY);
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 22);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    document_close(&document);
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_in_it_encoded),
        cmocka_unit_test(no_step_leaves_the_path),
        cmocka_unit_test(secrets_are_in_it_or_left_out),
        cmocka_unit_test(it_goes_to_the_specification_s_servers_only),
        cmocka_unit_test(what_is_given_for_a_server_s_variable_changes_no_host),
        cmocka_unit_test(files_are_not_sent),
    };
    return cmocka_run_group_tests_name("request_call", tests, set_up, tear_down);
}
