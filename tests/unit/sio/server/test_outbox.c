#include "outbox.h"
#include "unit.h"

static void keeps_packets_in_order(void **state)
{
    struct buf outbox;
    struct eio_packet packet;
    size_t position = 0;
    (void)state;
    buf_init(&outbox, 4096);
    outbox_add(&outbox, EIO_MESSAGE, false, STR("hello"));
    outbox_add(&outbox, EIO_MESSAGE, true, STR("\0\1"));
    outbox_add(&outbox, EIO_PING, false, STR_EMPTY);
    assert_int_equal(outbox.error, BUF_OK);

    assert_true(outbox_next(&outbox, &position, &packet));
    assert_int_equal(packet.type, EIO_MESSAGE);
    assert_false(packet.is_binary);
    assert_str(((struct str){ packet.data, packet.size }), "hello");
    assert_true(outbox_next(&outbox, &position, &packet));
    assert_true(packet.is_binary);
    assert_str(((struct str){ packet.data, packet.size }), "\0\1");
    assert_true(outbox_next(&outbox, &position, &packet));
    assert_int_equal(packet.type, EIO_PING);
    assert_int_equal(packet.size, 0);
    assert_false(outbox_next(&outbox, &position, &packet));
    buf_free(&outbox);
}

static void a_full_one_keeps_what_it_has(void **state)
{
    struct buf outbox;
    struct eio_packet packet;
    size_t position = 0;
    (void)state;
    buf_init(&outbox, 16);
    outbox_add(&outbox, EIO_MESSAGE, false, STR("hello"));
    outbox_add(&outbox, EIO_MESSAGE, false, STR("hello"));
    assert_int_equal(outbox.error, BUF_FULL);
    assert_true(outbox_next(&outbox, &position, &packet));
    assert_false(outbox_next(&outbox, &position, &packet));
    buf_free(&outbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(keeps_packets_in_order),
                                        cmocka_unit_test(a_full_one_keeps_what_it_has) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
