#include "unit.h"

#include <stdio.h>

#include "engine_double.h"
#include "handlers.h"
#include "page.h"
#include "sio_double.h"

static const char index_html[] = "<!doctype html><title>ApiBlaze</title><main></main>";
const sio_asset page_assets[] = {
    { .path = "/index.html", .type = "text/html; charset=utf-8", .bytes = index_html, .size = sizeof index_html - 1 },
    { .path = "/main-abc.js", .type = "text/javascript; charset=utf-8", .bytes = "1", .size = 1, .is_immutable = true },
};
const size_t page_asset_count = 2;

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
    assert_true(sio_double_get(&request, path));
}

static void serves_assets_and_the_start_page(void **state)
{
    (void)state;
    get("/");
    assert_ptr_equal(request.asset, &page_assets[0]);
    get("/main-abc.js");
    assert_ptr_equal(request.asset, &page_assets[1]);
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
    static const char *const paths[] = { "/", "/main-abc.js", "/api/pets", "/nowhere" };
    for (size_t i = 0; i < 4; i++) {
        get(paths[i]);
        assert_non_null(strstr(request.headers, "Content-Security-Policy: default-src 'self';"));
        assert_non_null(strstr(request.headers, "X-Content-Type-Options: nosniff\n"));
        assert_non_null(strstr(request.headers, "Referrer-Policy: no-referrer\n"));
    }
}

static void an_api_s_address_has_its_title(void **state)
{
    (void)state;
    engine_double.api.title = STR("Pets & \"Co\" </title><script>");
    get("/api/amazonaws.com/ec2");
    assert_int_equal(request.status, 200);
    assert_str(engine_double.api_id, "amazonaws.com/ec2");
    assert_string_equal(request.body, "<!doctype html><title>Pets &amp; &quot;Co&quot; &lt;/title&gt;&lt;script&gt;"
                                      " – ApiBlaze</title><main></main>");
}

static void an_element_s_address_has_its_title(void **state)
{
    (void)state;
    engine_double.api_error = ENGINE_ENOTFOUND;
    engine_double.details.title = STR("PodSpec");
    engine_double.details.api_title = STR("Kubernetes");
    get("/api/kubernetes.io/object/io.k8s.PodSpec");
    assert_int_equal(request.status, 200);
    assert_str(engine_double.details_id, "kubernetes.io/object/io.k8s.PodSpec");
    assert_non_null(strstr(request.body, "<title>PodSpec · Kubernetes – ApiBlaze</title>"));
}

static void what_is_not_there_is_404_with_the_page(void **state)
{
    (void)state;
    engine_double.api_error = engine_double.details_error = ENGINE_ENOTFOUND;
    static const char *const paths[] = { "/nowhere", "/api/petz", "/api/", "/api", "/favicon.ico" };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        get(paths[i]);
        assert_int_equal(request.status, 404);
        assert_string_equal(request.type, "text/html; charset=utf-8");
        assert_non_null(strstr(request.body, "<main></main>"));
    }
}

static void endless_addresses_are_not_looked_up(void **state)
{
    (void)state;
    static char path[8000];
    snprintf(path, sizeof path, "/api/%07900d", 1);
    get(path);
    assert_int_equal(request.status, 404);
    assert_int_equal(engine_double.api_id.size, 0);
}

static void without_memory_it_says_so(void **state)
{
    (void)state;
    engine_double.scratch_error = ENGINE_ENOMEM;
    get("/api/pets");
    assert_int_equal(request.status, 503);
    engine_double.scratch_error = ENGINE_OK;
    get("/api/pets");
    assert_int_equal(request.status, 200);
}

static void without_the_page_it_says_so(void **state)
{
    (void)state;
    page.index = NULL;
    get("/");
    assert_int_equal(request.status, 404);
    assert_non_null(strstr(request.body, "built without the page"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(serves_assets_and_the_start_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_health_to_its_own_route, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sends_security_headers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_api_s_address_has_its_title, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_element_s_address_has_its_title, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_404_with_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(endless_addresses_are_not_looked_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_memory_it_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_the_page_it_says_so, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
