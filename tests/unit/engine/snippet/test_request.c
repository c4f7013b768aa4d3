/* What a request is made of, read in its raw form and in its variables. */
#include "unit.h"

#include "request_word.h"
#include "snippet.h"

#include <stdio.h>

static struct document document;
static struct arena arena;
static struct buf text;

static struct request make(const char *json, const char *path, struct request_wish wish)
{
    struct document_fault fault;
    struct operation operation;
    struct request request;
    document_close(&document);
    arena_reset(&arena);
    assert_int_equal(document_read(&document, str_from(json), &fault), DOCUMENT_OK);
    assert_true(operation_find(&operation, &document, CATALOGUE_METHOD_GET, str_from(path)));
    request_make(&operation, &wish, &arena, &request);
    assert_false(arena.failed);
    return request;
}

static const struct request_wish nothing = { .focus = STR_INIT(""), .server = STR_INIT("") };

static void assert_url(const struct request *request, const char *wanted)
{
    buf_clear(&text);
    snippet_url(&text, request);
    buf_append_byte(&text, '\0');
    assert_string_equal(text.at, wanted);
}

static void assert_variables(const struct request *request, const char *const *names)
{
    const struct request_variable *variable = request->variables;
    for (; *names; names++, variable = variable->next) {
        assert_non_null(variable);
        assert_true(str_equal(variable->name, str_from(*names)));
    }
    assert_null(variable);
}

static void servers_may_be_anything(void **state)
{
    (void)state;
    static const struct {
        const char *servers, *url, *variable;
        bool is_unknown;
    } cases[] = {
        { "[]", "https://example.com/a", "SERVER", true },
        { "[{\"url\":\"/v1/\"}]", "https://example.com/v1/a", "SERVER", true },
        { "[{\"url\":\"v1\"}]", "https://example.com/v1/a", "SERVER", true },
        { "[{\"url\":\"//host/x?y=z\"}]", "https://host/x/a", NULL, false },
        { "[{\"url\":\"HTTPS://host/x#y\"}]", "HTTPS://host/x/a", NULL, false },
        { "[{\"url\":\"{scheme}://{region}.host/{base path}\"}]", "https://region.host/base%20path/a", "SCHEME",
          false },
        { "[{\"url\":\"{endpoint}/x\",\"variables\":{\"endpoint\":{\"default\":\"\"}}}]", "https://example.com/x/a",
          "ENDPOINT", false },
        { "[{\"url\":\"{u}/x\",\"variables\":{\"u\":{\"enum\":[\"http://e{n}um\"]}}}]", "http://e%7Bn%7Dum/x/a", NULL,
          false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[512];
        snprintf(json, sizeof json, "{\"servers\":%s,\"paths\":{\"/a\":{\"get\":{}}}}", cases[i].servers);
        struct request request = make(json, "/a", nothing);
        assert_url(&request, cases[i].url);
        assert_int_equal(request.is_server_unknown, cases[i].is_unknown);
        assert_int_equal(request.variables != NULL, cases[i].variable != NULL);
        if (cases[i].variable) assert_true(str_equal(request.variables->name, str_from(cases[i].variable)));
    }
    struct request_wish elsewhere = { .focus = STR_EMPTY, .server = STR("http://127.0.0.1:9/b/") };
    struct request request = make("{\"servers\":[{\"url\":\"/v1\"}],\"paths\":{\"/a\":{\"get\":{}}}}", "/a", elsewhere);
    assert_url(&request, "http://127.0.0.1:9/b/a");
    assert_false(request.is_server_unknown);
}

static void words_become_names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "petId", "PET_ID" },
        { "X-API-Key", "X_API_KEY" },
        { "APIKey", "API_KEY" },
        { "OAuth2", "OAUTH2" },
        { "bearerAuth", "BEARER_AUTH" },
        { "a  b", "A_B" },
        { "HTTPServer2Name", "HTTP_SERVER2_NAME" },
        { "", "" },
        { "\xc3\xa9", "" },
        { "_x_", "X" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&text);
        request_word_append(&text, str_from(cases[i][0]));
        assert_true(str_equal(buf_str(&text), str_from(cases[i][1])));
    }
    static const char *const taken[] = { "ABSTRACT", "YIELD", "PATH", "CLASS", "URL", "HOME",
                                         "SECRET",   "BODY",  "IFS",  "NULL",  "SELF" };
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) assert_true(request_word_is_taken(str_from(taken[i])));
    assert_false(request_word_is_taken(STR("PET")));
    assert_false(request_word_is_taken(STR("")));
}

static void every_variable_has_a_name_of_its_own(void **state)
{
    (void)state;
    struct request request =
        make("{\"servers\":[{\"url\":\"http://x\"}],\"paths\":{\"/{petId}/{pet_id}/{class}/{\xc3\xa9}/{2nd}/"
             "{petId}/{PETID}\":{\"get\":{\"security\":[{\"pet-id\":[],\"Secret\":[],\"access_token\":[],"
             "\"7\":[],\"login\":[]}]}}},\"components\":{\"securitySchemes\":{"
             "\"pet-id\":{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"k\"},"
             "\"Secret\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"c\"},"
             "\"access_token\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-T\"},"
             "\"7\":{\"type\":\"oauth2\"},\"login\":{\"type\":\"http\",\"scheme\":\"basic\"}}}}",
             "/{petId}/{pet_id}/{class}/{\xc3\xa9}/{2nd}/{petId}/{PETID}", nothing);
    static const char *const names[] = { "PET_ID",       "PET_ID_2",    "CLASS_VALUE", "VALUE",
                                         "VALUE_2ND",    "PETID_3",     "PET_ID_KEY",  "SECRET_KEY",
                                         "ACCESS_TOKEN", "API_7_TOKEN", NULL };
    assert_variables(&request, names);
    assert_url(&request, "http://x/abc123/abc123/class/%C3%A9/2nd/abc123/abc123?k={PET_ID_KEY}");
    assert_int_equal(request.login, REQUEST_NO_LOGIN); /* the token has the header */
}

static void a_path_of_placeholders_ends(void **state)
{
    (void)state;
    buf_clear(&text);
    buf_append_str(&text, STR("{\"servers\":[{\"url\":\"http://x\"}],\"paths\":{\"/"));
    size_t start = text.size;
    for (int i = 0; i < 2000; i++) buf_append_format(&text, "{p%d}", i);
    char path[20000];
    snprintf(path, sizeof path, "/%.*s", (int)(text.size - start), text.at + start);
    buf_append_str(
        &text, STR("\":{\"get\":{\"security\":[{\"b\":[],\"m\":[]}]},\"put\":{\"requestBody\":{\"content\":{\"image/"
                   "png\":{}}}},\"post\":{\"requestBody\":{\"content\":{\"multipart/form-data\":{\"schema\":{"
                   "\"properties\":{\"f\":{\"type\":\"string\",\"format\":\"binary\"}}}}}}}}},"
                   "\"components\":{\"securitySchemes\":{\"b\":{\"type\":\"http\",\"scheme\":\"basic\"},"
                   "\"m\":{\"type\":\"mutualTLS\"}}}}"));
    buf_append_byte(&text, '\0');
    char *json = test_calloc(1, text.size);
    memcpy(json, text.at, text.size);
    struct request request = make(json, path, nothing);
    size_t count = 0;
    for (const struct request_variable *at = request.variables; at; at = at->next) count++;
    assert_int_equal(count, 64);
    /* There is none left for what else wants one. */
    assert_int_equal(request.login, REQUEST_NO_LOGIN);
    assert_null(request.certificate);
    static const enum catalogue_method methods[] = { CATALOGUE_METHOD_GET, CATALOGUE_METHOD_PUT,
                                                     CATALOGUE_METHOD_POST };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        struct operation operation;
        assert_true(operation_find(&operation, &document, methods[i], str_from(path)));
        request_make(&operation, &nothing, &arena, &request);
        assert_int_equal(request.body, REQUEST_NO_BODY);
        for (size_t j = 0; j < snippet_language_count; j++) {
            struct sample_focus focus;
            buf_clear(&text);
            snippet_write(&snippet_languages[j], &request, &text, &focus);
            assert_int_equal(text.error, BUF_OK);
        }
    }
    document_close(&document);
    test_free(json);
}

/* Of a single value nobody knows how it would be XML. */
static void xml_is_made_of_what_its_schema_tells(void **state)
{
    (void)state;
    const char *json =
        "{\"servers\":[{\"url\":\"http://x\"}],\"paths\":{\"/a\":{\"get\":{},\"put\":{\"requestBody\":{\"content\":{"
        "\"application/xml\":{\"schema\":{\"xml\":{\"name\":\"pet\"},\"properties\":{\"name\":{"
        "\"type\":\"string\",\"example\":\"<Rex>\"}}}}}}},\"post\":{\"requestBody\":{\"content\":{"
        "\"application/xml\":{\"schema\":{\"type\":\"string\"}}}}}}}}";
    struct request request = make(json, "/a", nothing);
    struct operation operation;
    assert_true(operation_find(&operation, &document, CATALOGUE_METHOD_PUT, STR("/a")));
    request_make(&operation, &nothing, &arena, &request);
    assert_int_equal(request.body, REQUEST_TEXT);
    assert_true(str_equal(request.body_text, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet>\n"
                                                 "  <name>&lt;Rex&gt;</name>\n</pet>")));
    assert_true(operation_find(&operation, &document, CATALOGUE_METHOD_POST, STR("/a")));
    request_make(&operation, &nothing, &arena, &request);
    assert_int_equal(request.body, REQUEST_FILE);
}

static void a_parameter_that_the_scheme_sends_is_sent_once(void **state)
{
    (void)state;
    struct request_wish wish = { .focus = STR("key"), .focus_in = CATALOGUE_IN_QUERY, .server = STR_EMPTY };
    struct request request =
        make("{\"servers\":[{\"url\":\"http://x\"}],\"security\":[{\"k\":[],\"h\":[]}],\"paths\":{\"/"
             "a\":{\"get\":{\"parameters\":["
             "{\"in\":\"query\",\"name\":\"key\",\"required\":true},{\"in\":\"query\",\"name\":\"q\",\"required\":true,"
             "\"example\":1},"
             "{\"in\":\"header\",\"name\":\"x-key\",\"required\":true}]}}},\"components\":{\"securitySchemes\":{"
             "\"k\":{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"key\"},\"h\":{\"type\":\"apiKey\",\"in\":"
             "\"header\",\"name\":\"X-Key\"}}}}",
             "/a", wish);
    assert_url(&request, "http://x/a?q=1&key={K_KEY}");
    assert_true(request.url->next->next->is_focus);
    assert_false(request.url->next->is_focus);
    assert_str(request.headers->name, "X-Key");
    assert_null(request.headers->next);
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    buf_init(&text, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    document_close(&document);
    arena_free(&arena);
    buf_free(&text);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(servers_may_be_anything),
        cmocka_unit_test(words_become_names),
        cmocka_unit_test(every_variable_has_a_name_of_its_own),
        cmocka_unit_test(a_path_of_placeholders_ends),
        cmocka_unit_test(xml_is_made_of_what_its_schema_tells),
        cmocka_unit_test(a_parameter_that_the_scheme_sends_is_sent_once),
    };
    return cmocka_run_group_tests_name("request", tests, set_up, tear_down);
}
