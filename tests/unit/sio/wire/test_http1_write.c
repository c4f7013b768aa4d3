#include "unit.h"

#include "http1.h"

static void writes_a_response(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 4096);
    http1_write_status(&buf, 304);
    assert_true(http1_write_header(&buf, STR("ETag"), STR("\"a b\"")));
    assert_true(http1_write_header(&buf, STR("X-Empty"), STR("")));
    http1_write_header_number(&buf, STR("Age"), UINT64_MAX);
    http1_write_end(&buf);
    assert_str(buf_str(&buf),
               "HTTP/1.1 304 Not Modified\r\nETag: \"a b\"\r\nX-Empty: \r\nAge: 18446744073709551615\r\n\r\n");
    buf_clear(&buf);
    http1_write_response(&buf, 400, STR("text/html"), STR("Bad"), true);
    assert_str(buf_str(&buf), "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 3\r\n"
                              "Connection: close\r\n\r\nBad");
    buf_clear(&buf);
    http1_write_response(&buf, 299, STR_EMPTY, STR_EMPTY, false);
    assert_str(buf_str(&buf), "HTTP/1.1 299 Unknown\r\nContent-Length: 0\r\n\r\n");
    buf_free(&buf);
}

static void refuses_injection(void **state)
{
    (void)state;
    static const struct {
        struct str name, value;
    } cases[] = {
        { STR_INIT("X"), STR_INIT("a\r\nSet-Cookie: b") },
        { STR_INIT("X"), STR_INIT("a\nb") },
        { STR_INIT("X"), STR_INIT("a\rb") },
        { STR_INIT("X"), STR_INIT("a\0b") },
        { STR_INIT("X"), STR_INIT("a\x7f") },
        { STR_INIT("X"), STR_INIT(" a") },
        { STR_INIT("X"), STR_INIT("a\t") },
        { STR_INIT("X: y\r\nZ"), STR_INIT("a") },
        { STR_INIT("X:"), STR_INIT("a") },
        { STR_INIT("X Y"), STR_INIT("a") },
        { STR_INIT("X\0"), STR_INIT("a") },
        { STR_INIT("\xc3\xa4"), STR_INIT("a") },
        { STR_INIT(""), STR_INIT("a") },
    };
    struct buf buf;
    buf_init(&buf, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(http1_write_header(&buf, cases[i].name, cases[i].value));
        assert_int_equal(buf.size, 0);
    }
    assert_true(http1_write_header(&buf, STR("X-y_z!"), STR("a\tb \xc3\xa4"))); /* obs-text may stand there */
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_a_response),
        cmocka_unit_test(refuses_injection),
    };
    return cmocka_run_group_tests_name("http1_write", tests, NULL, NULL);
}
