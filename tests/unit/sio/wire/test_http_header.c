#include "unit.h"

#include "http_header.h"

static void finds_tokens(void **state)
{
    (void)state;
    assert_true(http_header_has_token(STR("keep-alive, Upgrade"), STR("upgrade")));
    assert_true(http_header_has_token(STR(" ,\tUPGRADE ,"), STR("upgrade")));
    assert_false(http_header_has_token(STR("upgrades, up grade"), STR("upgrade")));
    assert_false(http_header_has_token((struct str){ NULL, 0 }, STR("upgrade")));
}

static void reads_ranges(void **state)
{
    (void)state;
    static const struct {
        const char *range;
        enum http_range kind;
        uint64_t start, end;
    } cases[] = {
        /* of 1000 bytes */
        { "bytes=0-499", HTTP_RANGE_PART, 0, 500 },
        { "bytes=500-", HTTP_RANGE_PART, 500, 1000 },
        { "Bytes= 500-", HTTP_RANGE_PART, 500, 1000 },
        { "bytes=-1", HTTP_RANGE_PART, 999, 1000 },
        { "bytes=-5000", HTTP_RANGE_PART, 0, 1000 },
        { "bytes=999-999", HTTP_RANGE_PART, 999, 1000 },
        { "bytes=999-99999999999999999999999", HTTP_RANGE_PART, 999, 1000 },
        { "bytes=1000-", HTTP_RANGE_UNSATISFIABLE, 0, 0 },
        { "bytes=99999999999999999999999-", HTTP_RANGE_UNSATISFIABLE, 0, 0 },
        { "bytes=-0", HTTP_RANGE_UNSATISFIABLE, 0, 0 },
        { "bytes=5-4", HTTP_RANGE_NONE, 0, 0 },
        { "bytes=0-1,3-4", HTTP_RANGE_NONE, 0, 0 },
        { "bytes=", HTTP_RANGE_NONE, 0, 0 },
        { "bytes=-", HTTP_RANGE_NONE, 0, 0 },
        { "bytes=a-b", HTTP_RANGE_NONE, 0, 0 },
        { "bytes=0", HTTP_RANGE_NONE, 0, 0 },
        { "bytes=+1-2", HTTP_RANGE_NONE, 0, 0 },
        { "lines=0-1", HTTP_RANGE_NONE, 0, 0 },
        { "", HTTP_RANGE_NONE, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t start = 0, end = 0;
        assert_int_equal(http_header_range(str_from(cases[i].range), 1000, &start, &end), cases[i].kind);
        assert_int_equal(start, cases[i].start);
        assert_int_equal(end, cases[i].end);
    }
    uint64_t start, end;
    assert_int_equal(http_header_range(STR("bytes=0-"), 0, &start, &end), HTTP_RANGE_UNSATISFIABLE);
    assert_int_equal(http_header_range(STR("bytes=-1"), 0, &start, &end), HTTP_RANGE_UNSATISFIABLE);
    assert_int_equal(http_header_range((struct str){ NULL, 0 }, 9, &start, &end), HTTP_RANGE_NONE);
}

static void matches_entity_tags(void **state)
{
    (void)state;
    struct str etag = STR("\"v,1\"");
    assert_true(http_header_matches_etag(STR("\"v,1\""), etag));
    assert_true(http_header_matches_etag(STR("W/\"v,1\""), etag));
    assert_true(http_header_matches_etag(STR("\"a\" , W/\"b\",\"v,1\""), etag));
    assert_true(http_header_matches_etag(STR("\"v,1\""), STR("W/\"v,1\"")));
    assert_true(http_header_matches_etag(STR(" * "), etag));
    assert_false(http_header_matches_etag(STR("\"v\", \"1\""), etag));
    assert_false(http_header_matches_etag(STR("v,1"), etag));
    assert_false(http_header_matches_etag(STR("\"v,1"), etag));
    assert_false(http_header_matches_etag(STR("w/\"v,1\""), etag));
    assert_false(http_header_matches_etag((struct str){ NULL, 0 }, etag));
}

static void chooses_codings(void **state)
{
    (void)state;
    enum { IDENTITY = HTTP_CODING_IDENTITY, GZIP = HTTP_CODING_GZIP, BROTLI = HTTP_CODING_BROTLI };
    static const struct {
        const char *accept;
        int both, gzip_only;
    } cases[] = {
        { "gzip, deflate, br", BROTLI, GZIP },
        { "gzip", GZIP, GZIP },
        { "x-gzip", GZIP, GZIP },
        { "GZIP;Q=0.5", GZIP, GZIP },
        { "br;q=0.5, gzip;q=0.8", GZIP, GZIP },
        { "br;q=0.8 , gzip ; q=0.8", BROTLI, GZIP },
        { "br;q=0, gzip;q=0", IDENTITY, IDENTITY },
        { "*", BROTLI, GZIP },
        { "*;q=0.1, br;q=0", GZIP, GZIP },
        { "gzip;q=0.5, identity", IDENTITY, IDENTITY },
        { "gzip;q=0.001, identity;q=0", GZIP, GZIP },
        { "deflate", IDENTITY, IDENTITY },
        { "br;q=1.5, gzip;q=0.0000", IDENTITY, IDENTITY },
        { "br;level=3, gzip;q=.5", IDENTITY, IDENTITY },
        { "", IDENTITY, IDENTITY },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(http_header_coding(str_from(cases[i].accept), true, true), cases[i].both);
        assert_int_equal(http_header_coding(str_from(cases[i].accept), true, false), cases[i].gzip_only);
        assert_int_equal(http_header_coding(str_from(cases[i].accept), false, false), IDENTITY);
    }
    assert_int_equal(http_header_coding((struct str){ NULL, 0 }, true, true), IDENTITY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_tokens),
        cmocka_unit_test(reads_ranges),
        cmocka_unit_test(matches_entity_tags),
        cmocka_unit_test(chooses_codings),
    };
    return cmocka_run_group_tests_name("http_header", tests, NULL, NULL);
}
