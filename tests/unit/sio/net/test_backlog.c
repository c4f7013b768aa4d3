#include "backlog.h"
#include "buf.h"
#include "unit.h"

static void content(const struct backlog *backlog, struct buf *buf)
{
    struct iovec parts[BACKLOG_PARTS];
    int count = backlog_parts(backlog, parts);
    buf_clear(buf);
    for (int i = 0; i < count; i++) buf_append(buf, parts[i].iov_base, parts[i].iov_len);
}

static void keeps_the_order_of_own_and_shared_bytes(void **state)
{
    struct backlog backlog = { 0 };
    struct buf buf;
    struct shared *shared = shared_create(STR("<head>"), STR("<body>"));
    (void)state;
    buf_init(&buf, 4096);
    assert_non_null(shared);
    assert_int_equal(backlog_append(&backlog, STR("one")), 0);
    assert_int_equal(backlog_append(&backlog, STR("two")), 0);
    assert_int_equal(backlog_append_shared(&backlog, shared, 3), 0);
    assert_int_equal(backlog_append(&backlog, STR("three")), 0);
    shared_drop(shared);
    content(&backlog, &buf);
    assert_str(buf_str(&buf), "onetwoad><body>three");
    assert_int_equal(backlog_size(&backlog), 20);

    backlog_consume(&backlog, 7);
    content(&backlog, &buf);
    assert_str(buf_str(&buf), "d><body>three");
    backlog_consume(&backlog, 8);
    content(&backlog, &buf);
    assert_str(buf_str(&buf), "three");
    backlog_clear(&backlog);
    assert_int_equal(backlog_size(&backlog), 0);
    assert_null(backlog.last);
    buf_free(&buf);
}

static void small_writes_share_a_chunk(void **state)
{
    struct backlog backlog = { 0 };
    struct iovec parts[BACKLOG_PARTS];
    (void)state;
    for (int i = 0; i < 1000; i++) assert_int_equal(backlog_append(&backlog, STR("abcd")), 0);
    assert_int_equal(backlog_parts(&backlog, parts), 1);
    assert_int_equal(parts[0].iov_len, 4000);
    backlog_clear(&backlog);
}

static void many_parts_come_in_turns(void **state)
{
    struct backlog backlog = { 0 };
    struct shared *shared = shared_create(STR("x"), STR_EMPTY);
    struct iovec parts[BACKLOG_PARTS];
    (void)state;
    for (int i = 0; i < 200; i++) assert_int_equal(backlog_append_shared(&backlog, shared, 0), 0);
    assert_int_equal(backlog_append_shared(&backlog, shared, 1), 0);
    shared_drop(shared);
    for (size_t left = 200; left;) {
        int count = backlog_parts(&backlog, parts);
        assert_int_equal(count, left < BACKLOG_PARTS ? left : BACKLOG_PARTS);
        backlog_consume(&backlog, (size_t)count);
        left -= (size_t)count;
    }
    assert_null(backlog.last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_order_of_own_and_shared_bytes),
        cmocka_unit_test(small_writes_share_a_chunk),
        cmocka_unit_test(many_parts_come_in_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
