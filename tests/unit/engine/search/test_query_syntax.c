#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "query_syntax.h"

#define KIND(name) (1U << CATALOGUE_##name)

static struct query_syntax syntax;

/* The APIs of these tests: number 7 is "k8s" or "a:b", number 8 "amazonaws.com:ec2". */
static uint32_t find_api(const void *context, struct str name)
{
    (void)context;
    if (str_equal(name, STR("k8s")) || str_equal(name, STR("a:b"))) return 7;
    return str_equal(name, STR("amazonaws.com:ec2")) ? 8 : CATALOGUE_NONE;
}

static void read(const char *text)
{
    query_syntax_read(&syntax, str_from(text), find_api, NULL);
}

static void words_are_words(void **state)
{
    (void)state;
    static const char *const texts[] = { "image pull secrets",
                                         "Deployment.spec.replicas",
                                         "x:y",
                                         "http://a/b",
                                         "options for you",
                                         "kind:nothing",
                                         "\"open" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read(texts[i]);
        assert_true(str_equal(syntax.text, str_from(texts[i])));
        assert_int_equal(syntax.kinds, 0);
        assert_false(syntax.is_exact || syntax.is_pattern || syntax.is_value || syntax.is_listing);
        assert_int_equal(syntax.api, CATALOGUE_NONE);
    }
    read("  a \t b\n");
    assert_str(syntax.text, "a b");
}

static void sigils_tell_the_kind(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *text;
        unsigned kinds;
    } cases[] = {
        { "{podspec", "podspec", KIND(OBJECT) },
        { "{ pod spec", "pod spec", KIND(OBJECT) },
        { ".image", "image", KIND(PROPERTY) },
        { "?limit", "limit", KIND(PARAMETER) },
        { "/apis/apps/v1", "/apis/apps/v1", KIND(ENDPOINT) },
        { "/pods/", "/pods/", KIND(ENDPOINT) },
        { "/files/{id}.json", "/files/{id}.json", KIND(ENDPOINT) },
        { "...", "...", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read(cases[i].typed);
        assert_true(str_equal(syntax.text, str_from(cases[i].text)));
        assert_int_equal(syntax.kinds, cases[i].kinds);
        assert_false(syntax.is_listing || syntax.is_pattern);
    }
    read("=IfNotPresent");
    assert_str(syntax.text, "IfNotPresent");
    assert_true(syntax.is_value);
}

static void a_sigil_alone_lists(void **state)
{
    (void)state;
    static const char *const texts[] = { "{", ".", "?", "/", "=", "{ ", "method:post", "k8s:", "get " };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read(texts[i]);
        assert_str(syntax.text, "");
        assert_true(syntax.is_listing);
    }
    read("");
    assert_false(syntax.is_listing);
    read("kind:");
    assert_false(syntax.is_listing);
}

static void a_method_comes_first(void **state)
{
    (void)state;
    read("get pods");
    assert_str(syntax.text, "get pods");
    assert_int_equal(syntax.kinds, KIND(ENDPOINT));
    assert_true(syntax.is_kind_guess);
    assert_int_equal(syntax.filter.methods, 0);
    read("POST /pods");
    assert_str(syntax.text, "/pods");
    assert_int_equal(syntax.filter.methods, 1 << CATALOGUE_METHOD_POST);
    assert_false(syntax.is_kind_guess);
    read("HEAD x");
    assert_int_equal(syntax.kinds, KIND(ENDPOINT));
    read("get");
    assert_int_equal(syntax.kinds, 0);
}

static void quotes_and_slashes_hold_a_whole(void **state)
{
    (void)state;
    read("\"Pull Secrets\"");
    assert_str(syntax.text, "Pull Secrets");
    assert_true(syntax.is_exact);
    read("{\"Pod\" deprecated:no");
    assert_str(syntax.text, "Pod");
    assert_true(syntax.is_exact);
    assert_int_equal(syntax.kinds, KIND(OBJECT));
    read("\"a\" b");
    assert_str(syntax.text, "a b");
    assert_false(syntax.is_exact);
    read("/^image.*s$/");
    assert_str(syntax.text, "^image.*s$");
    assert_true(syntax.is_pattern);
    assert_int_equal(syntax.kinds, 0);
    read("./pull secrets?/ kind:property");
    assert_str(syntax.text, "pull secrets?");
    assert_true(syntax.is_pattern);
    assert_int_equal(syntax.kinds, KIND(PROPERTY));
    read("/a\\/b/");
    assert_true(syntax.is_pattern);
    read("/apis/*/");
    assert_false(syntax.is_pattern);
}

static void a_name_before_a_colon_is_an_api(void **state)
{
    (void)state;
    read("k8s:deployment");
    assert_str(syntax.text, "deployment");
    assert_int_equal(syntax.api, 7);
    read("k8s:{pod");
    assert_int_equal(syntax.kinds, KIND(OBJECT));
    assert_str(syntax.text, "pod");
    read("amazonaws.com:ec2:instance");
    assert_int_equal(syntax.api, 8);
    assert_str(syntax.text, "instance");
    read("a:b: get /x");
    assert_int_equal(syntax.api, 7);
    assert_str(syntax.text, "/x");
    read("pod api:k8s");
    assert_int_equal(syntax.api, 7);
    assert_str(syntax.text, "pod");
    read("pod api:nobody");
    assert_str(syntax.text, "pod api:nobody");
}

static void filters_stand_anywhere(void **state)
{
    (void)state;
    read("kind:object pod deprecated:no spec REQUIRED:yes type:Container in:q method:p");
    assert_str(syntax.text, "pod spec");
    assert_int_equal(syntax.kinds, KIND(OBJECT));
    assert_int_equal(syntax.filter.flags, CATALOGUE_REQUIRED);
    assert_int_equal(syntax.filter.no_flags, CATALOGUE_DEPRECATED);
    assert_str(syntax.filter.type, "Container");
    assert_int_equal(syntax.filter.places, 1 << CATALOGUE_IN_QUERY);
    assert_int_equal(syntax.filter.methods,
                     1 << CATALOGUE_METHOD_PUT | 1 << CATALOGUE_METHOD_POST | 1 << CATALOGUE_METHOD_PATCH);
    read("x deprecated:yes deprecated:no kind:p");
    assert_int_equal(syntax.filter.flags, 0);
    assert_int_equal(syntax.filter.no_flags, CATALOGUE_DEPRECATED);
    assert_int_equal(syntax.kinds, KIND(PROPERTY) | KIND(PARAMETER));
    read("x required:maybe");
    assert_str(syntax.text, "x required:maybe");
}

static void takes_any_bytes(void **state)
{
    (void)state;
    static const char alphabet[] = "{.?=/\"\\:* \tagetkind8s\xc3\xa9\xff";
    for (unsigned seed = 0; seed < 20000; seed++) {
        char text[40];
        srand(seed);
        size_t size = (size_t)rand() % sizeof text;
        for (size_t i = 0; i < size; i++) text[i] = alphabet[(size_t)rand() % sizeof alphabet];
        query_syntax_read(&syntax, (struct str){ text, size }, find_api, NULL);
        assert_true(syntax.text.size <= size);
        assert_true(!syntax.is_listing || syntax.text.size == 0);
        assert_true(!syntax.is_exact || !syntax.is_pattern);
    }
    char large[12 * 1024];
    for (size_t i = 0; i < sizeof large; i++) large[i] = i % 2 ? ' ' : 'x';
    query_syntax_read(&syntax, (struct str){ large, sizeof large }, find_api, NULL);
    assert_true(syntax.text.size <= LIMIT_QUERY_BYTES);
    query_syntax_plain(&syntax, (struct str){ large, sizeof large });
    assert_true(syntax.text.size <= LIMIT_QUERY_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_words),
        cmocka_unit_test(sigils_tell_the_kind),
        cmocka_unit_test(a_sigil_alone_lists),
        cmocka_unit_test(a_method_comes_first),
        cmocka_unit_test(quotes_and_slashes_hold_a_whole),
        cmocka_unit_test(a_name_before_a_colon_is_an_api),
        cmocka_unit_test(filters_stand_anywhere),
        cmocka_unit_test(takes_any_bytes),
    };
    return cmocka_run_group_tests_name("query_syntax", tests, NULL, NULL);
}
