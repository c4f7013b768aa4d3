#include "unit.h"

#include "http_date.h"

static void writes_and_reads_dates(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        const char *text;
    } cases[] = {
        { 0, "Thu, 01 Jan 1970 00:00:00 GMT" },          { 784111777, "Sun, 06 Nov 1994 08:49:37 GMT" },
        { 951782400, "Tue, 29 Feb 2000 00:00:00 GMT" },  { 951868799, "Tue, 29 Feb 2000 23:59:59 GMT" },
        { 1583020800, "Sun, 01 Mar 2020 00:00:00 GMT" }, { 4107542400, "Mon, 01 Mar 2100 00:00:00 GMT" },
        { 1798761599, "Thu, 31 Dec 2026 23:59:59 GMT" }, { 253402300799, "Fri, 31 Dec 9999 23:59:59 GMT" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[HTTP_DATE_SIZE];
        int64_t seconds = -1;
        struct str text = http_date_write(out, cases[i].seconds);
        assert_int_equal(text.size, HTTP_DATE_SIZE);
        assert_memory_equal(text.at, cases[i].text, HTTP_DATE_SIZE);
        assert_true(http_date_read(text, &seconds));
        assert_int_equal(seconds, cases[i].seconds);
    }
}

static void reads_back_every_day(void **state)
{
    (void)state;
    for (int64_t day = 0; day < 200 * 366; day++) {
        char out[HTTP_DATE_SIZE];
        int64_t seconds;
        assert_true(http_date_read(http_date_write(out, day * 86400 + day % 86400), &seconds));
        assert_int_equal(seconds, day * 86400 + day % 86400);
    }
}

static void clamps(void **state)
{
    (void)state;
    char out[HTTP_DATE_SIZE];
    assert_str(http_date_write(out, -1), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_str(http_date_write(out, INT64_MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
}

static void refuses_other_texts(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Thu, 00 Nov 1994 08:49:37 GMT",
        "Thu, 31 Nov 1994 08:49:37 GMT",
        "Wed, 29 Feb 2100 00:00:00 GMT",
        "Sun, 06 Nov 1994 08-49-37 GMT",
        "Sun, 06 Nov 199x 08:49:37 GMT",
    };
    int64_t seconds;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(http_date_read(str_from(cases[i]), &seconds));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_dates),
        cmocka_unit_test(reads_back_every_day),
        cmocka_unit_test(clamps),
        cmocka_unit_test(refuses_other_texts),
    };
    return cmocka_run_group_tests_name("http_date", tests, NULL, NULL);
}
