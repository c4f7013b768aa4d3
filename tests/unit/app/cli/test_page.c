#include "unit.h"

#include <stdio.h>

#include "engine_double.h"
#include "handlers.h"
#include "page.h"
#include "sio_double.h"

static const char index_html[] =
    "<!doctype html><title>ApiBlaze</title>"
    "<meta name=\"description\" content=\"Search.\"><link rel=\"canonical\" href=\"/\"><main></main>";
const sio_asset page_assets[] = {
    { .path = "/index.html", .type = "text/html; charset=utf-8", .bytes = index_html, .size = sizeof index_html - 1 },
    { .path = "/start.html", .type = "text/html; charset=utf-8", .bytes = index_html, .size = sizeof index_html - 1 },
    { .path = "/main-abc.js", .type = "text/javascript; charset=utf-8", .bytes = "1", .size = 1, .is_immutable = true },
};
const size_t page_asset_count = 3;

static struct handlers *handlers;
static struct page page;
static struct sio_request request;

static int set_up(void **state)
{
    (void)state;
    engine *opened;
    struct engine_fault fault;
    engine_double = (struct engine_double){ .details_fault = "" };
    sio_double = (struct sio_double){ 0 };
    engine_open(&opened, "any", &fault);
    assert_int_equal(handlers_create(&handlers, opened, 2), ENGINE_OK);
    assert_int_equal(handlers_attach(handlers, NULL), SIO_OK);
    assert_int_equal(page_attach(&page, handlers, NULL), SIO_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    handlers_destroy(handlers);
    return 0;
}

static void get(const char *path)
{
    request.query = NULL;
    assert_true(sio_double_get(&request, path));
}

static bool shows(const char *text)
{
    return strstr(request.body, text) != NULL;
}

static bool has_header(const char *line)
{
    return strstr(request.headers, line) != NULL;
}

static void serves_assets_and_the_start_page(void **state)
{
    (void)state;
    get("/");
    assert_int_equal(request.status, 200);
    assert_true(shows("<title>ApiBlaze</title>") && shows("href=\"http://host.example/\""));
    get("/main-abc.js");
    assert_ptr_equal(request.asset, &page_assets[2]);
    get("/index.html");
    assert_ptr_equal(request.asset, &page_assets[0]);
}

static void leaves_health_to_its_own_route(void **state)
{
    (void)state;
    get("/health");
    assert_string_equal(request.type, "application/json");
}

static void sends_security_headers(void **state)
{
    (void)state;
    static const char *const paths[] = { "/", "/main-abc.js", "/pets", "/nowhere" };
    for (size_t i = 0; i < 4; i++) {
        get(paths[i]);
        assert_true(has_header("Content-Security-Policy: default-src 'self';"));
        assert_true(has_header("require-trusted-types-for 'script'; trusted-types dompurify\n"));
        assert_true(has_header("X-Content-Type-Options: nosniff\n"));
        assert_true(has_header("Referrer-Policy: no-referrer\n"));
        assert_true(has_header("Cross-Origin-Opener-Policy: same-origin\n"));
    }
}

static void set_details(enum engine_kind kind, struct str id)
{
    engine_double.details.kind = kind;
    engine_double.details.id = id;
    engine_double.details.api_title = STR("Pets & \"Co\" </title><script>");
}

static void an_address_is_told_of_in_the_head(void **state)
{
    (void)state;
    set_details(ENGINE_API, STR("pets.example/v 1"));
    engine_double.details.self.summary = STR("All\nabout <pets>.");
    get("/pets.example/v 1");
    assert_int_equal(request.status, 200);
    assert_true(has_header("Cache-Control: no-cache\n"));
    assert_string_equal(
        request.body, "<!doctype html><title>Pets &amp; &quot;Co&quot; &lt;/title&gt;&lt;script&gt; – ApiBlaze</title>"
                      "<meta name=\"description\" content=\"All about &lt;pets&gt;.\">"
                      "<link rel=\"canonical\" href=\"http://host.example/pets.example/v%201\"><main></main>");
}

static void an_element_s_address_has_its_title(void **state)
{
    (void)state;
    set_details(ENGINE_ENDPOINT, STR("k/endpoint/get/pods"));
    engine_double.details.api_title = STR("Kubernetes");
    engine_double.details.method = STR("GET");
    engine_double.details.name = STR("/pods");
    engine_double.details.summary = STR("List them");
    request.proto = "https";
    get("/k/endpoint/get/pods");
    request.proto = NULL;
    assert_int_equal(request.status, 200);
    assert_str(engine_double.details_id, "k/endpoint/get/pods");
    assert_true(shows("<title>GET /pods · Kubernetes – ApiBlaze</title>") && shows("content=\"List them\""));
    assert_true(shows("href=\"https://host.example/k/endpoint/get/pods\""));
}

static void short_and_old_addresses_lead_on(void **state)
{
    (void)state;
    static const struct {
        const char *path, *location;
        int status;
    } cases[] = {
        { "/k/object/Pod?q=po%20d", "Location: /k/object/v1.Pod?q=po%20d\n", 302 },
        { "/api/k/object/v1.Pod?in=object", "Location: /k/object/v1.Pod?in=object\n", 301 },
        { "/api/k/object/Pod", "Location: /k/object/v1.Pod\n", 301 },
    };
    set_details(ENGINE_OBJECT, STR("k/object/v1.Pod"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        get(cases[i].path);
        assert_int_equal(request.status, cases[i].status);
        assert_true(has_header(cases[i].location));
    }
    set_details(ENGINE_API, STR("health"));
    get("/api/health");
    assert_int_equal(request.status, 200);
}

static void endings_lead_to_the_data(void **state)
{
    (void)state;
    static const struct {
        const char *path, *ending, *header;
        int status;
    } cases[] = {
        { "/k/object/Pod.json", ".json", "Location: /api/v1/elements/k/object/v1.Pod\n", 302 },
        { "/k/object/Pod.json?depth=2", ".json", "Location: /api/v1/elements/k/object/v1.Pod?depth=2\n", 302 },
        { "/k/object/Pod.md", ".md", "Location: /api/v1/elements/k/object/v1.Pod?format=markdown\n", 302 },
        { "/k/object/Pod.md?at=x", ".md", "Location: /api/v1/elements/k/object/v1.Pod?format=markdown&at=x\n", 302 },
        { "/k/object/v1.Pod", ".json", "Cache-Control: no-cache\n", 200 },
        { "/k/object/Pod.txt", ".txt", "Cache-Control: no-cache\n", 404 },
    };
    set_details(ENGINE_OBJECT, STR("k/object/v1.Pod"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        engine_double.no_details = cases[i].ending;
        get(cases[i].path);
        assert_int_equal(request.status, cases[i].status);
        assert_true(has_header(cases[i].header));
    }
}

static void what_is_not_there_is_404_with_the_page(void **state)
{
    (void)state;
    engine_double.api_error = engine_double.details_error = ENGINE_ENOTFOUND;
    static const char *const paths[] = { "/nowhere", "/petz/object/X", "/api/", "/api", "/favicon.ico" };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        get(paths[i]);
        assert_int_equal(request.status, 404);
        assert_string_equal(request.type, "text/html; charset=utf-8");
        assert_true(shows("<main></main>") && shows("Not found"));
    }
    get("/api/petz/object/X?q=x");
    assert_int_equal(request.status, 301);
    assert_true(has_header("Location: /petz/object/X?q=x\n"));
}

static void endless_addresses_are_not_looked_up(void **state)
{
    (void)state;
    static char path[8000];
    snprintf(path, sizeof path, "/%07900d", 1);
    get(path);
    assert_int_equal(request.status, 404);
    assert_int_equal(engine_double.details_id.size, 0);
}

static void without_memory_it_says_so(void **state)
{
    (void)state;
    set_details(ENGINE_API, STR("pets"));
    engine_double.scratch_error = ENGINE_ENOMEM;
    get("/pets");
    assert_int_equal(request.status, 503);
    engine_double.scratch_error = ENGINE_OK;
    get("/pets");
    assert_int_equal(request.status, 200);
}

static void without_the_page_it_says_so(void **state)
{
    (void)state;
    page.index = NULL;
    get("/");
    assert_int_equal(request.status, 404);
    assert_true(shows("built without the page"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(serves_assets_and_the_start_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_health_to_its_own_route, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sends_security_headers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_address_is_told_of_in_the_head, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_element_s_address_has_its_title, set_up, tear_down),
        cmocka_unit_test_setup_teardown(short_and_old_addresses_lead_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(endings_lead_to_the_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_404_with_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(endless_addresses_are_not_looked_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_memory_it_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_the_page_it_says_so, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
