#include "unit.h"

#include "http_url.h"

static void decodes_paths(void **state)
{
    (void)state;
    char out[64];
    struct str decoded;
    assert_true(http_url_decode_path(STR("/a%20b+c%2Fd/%C3%a4"), out, &decoded));
    assert_str(decoded, "/a b+c/d/\xc3\xa4");
    static const struct str bad[] = {
        STR_INIT("/%"),   STR_INIT("/%2"),  STR_INIT("/%2g"),  STR_INIT("/%g2"),
        STR_INIT("/%00"), STR_INIT("/%ff"), STR_INIT("/%c3x"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(http_url_decode_path(bad[i], out, &decoded));
}

static void decodes_in_place(void **state)
{
    (void)state;
    char text[] = "%41%42+%43";
    struct str decoded;
    assert_true(http_url_decode_form((struct str){ text, sizeof text - 1 }, text, &decoded));
    assert_ptr_equal(decoded.at, text);
    assert_str(decoded, "AB C");
}

static void keeps_broken_escapes_of_forms(void **state)
{
    (void)state;
    char out[64];
    struct str decoded;
    assert_true(http_url_decode_form(STR("100%&%zz%4"), out, &decoded));
    assert_str(decoded, "100%&%zz%4");
    assert_true(http_url_decode_form(STR("%00"), out, &decoded));
    assert_str(decoded, "\0");
    assert_false(http_url_decode_form(STR("%ff"), out, &decoded));
}

static void finds_parameters(void **state)
{
    (void)state;
    struct str query = STR("EIO=4&&transport=polling&t=a=b&empty=&flag&%73id=x%20y&EIO=3"), value;
    assert_true(http_url_find(query, STR("EIO"), &value));
    assert_str(value, "4");
    assert_true(http_url_find(query, STR("t"), &value));
    assert_str(value, "a=b");
    assert_true(http_url_find(query, STR("sid"), &value));
    assert_str(value, "x%20y");
    assert_true(http_url_find(query, STR("empty"), &value));
    assert_str(value, "");
    assert_true(http_url_find(query, STR("flag"), &value));
    assert_str(value, "");
    assert_false(http_url_find(query, STR("si"), &value));
    assert_false(http_url_find(query, STR("side"), &value));
    assert_false(http_url_find(query, STR(""), &value));
    assert_false(http_url_find(STR_EMPTY, STR("a"), &value));
}

static void walks_parameters(void **state)
{
    (void)state;
    struct str query = STR("&a=1&=2&&b"), name, value;
    assert_true(http_url_next(&query, &name, &value));
    assert_str(name, "a");
    assert_str(value, "1");
    assert_true(http_url_next(&query, &name, &value));
    assert_str(name, "");
    assert_str(value, "2");
    assert_true(http_url_next(&query, &name, &value));
    assert_str(name, "b");
    assert_str(value, "");
    assert_false(http_url_next(&query, &name, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_paths),
        cmocka_unit_test(decodes_in_place),
        cmocka_unit_test(keeps_broken_escapes_of_forms),
        cmocka_unit_test(finds_parameters),
        cmocka_unit_test(walks_parameters),
    };
    return cmocka_run_group_tests_name("http_url", tests, NULL, NULL);
}
