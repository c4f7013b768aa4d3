#include "unit.h"

#include "buf.h"

static void grows_and_keeps_content(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1 << 20);
    for (int i = 0; i < 1000; i++) buf_append_format(&buf, "%d,", i);
    assert_int_equal(buf.error, BUF_OK);
    assert_int_equal(buf.size, 10 * 2 + 90 * 3 + 900 * 4);
    assert_memory_equal(buf.at, "0,1,2,", 6);
    buf_consume(&buf, buf.size - 4);
    assert_str(buf_str(&buf), "999,");
    buf_consume(&buf, 100);
    assert_str(buf_str(&buf), "");
    buf_free(&buf);
}

static void stops_at_its_ceiling_and_stays_whole(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 8);
    buf_append_str(&buf, STR("12345678"));
    assert_int_equal(buf.error, BUF_OK);
    buf_append_byte(&buf, '9');
    assert_int_equal(buf.error, BUF_FULL);
    assert_str(buf_str(&buf), "12345678");
    buf_clear(&buf);
    buf_append_str(&buf, STR("ok"));
    assert_str(buf_str(&buf), "ok");
    buf_free(&buf);
}

static void takes_empty_appends(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 8);
    buf_append(&buf, NULL, 0);
    assert_int_equal(buf.error, BUF_OK);
    assert_str(buf_str(&buf), "");
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_keeps_content),
        cmocka_unit_test(stops_at_its_ceiling_and_stays_whole),
        cmocka_unit_test(takes_empty_appends),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
