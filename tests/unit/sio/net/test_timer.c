#include "timer.h"
#include "unit.h"

#include <stdlib.h>

struct alarm {
    struct timer timer;
    unsigned rung;
    struct timer_wheel *wheel;
    struct timer *victim;
};

static struct timer_wheel wheel;

static void ring(struct timer *timer)
{
    ((struct alarm *)timer)->rung++;
}

static void fires_once_and_never_early(void **state)
{
    struct alarm alarm = { 0 };
    (void)state;
    timer_wheel_init(&wheel, 1000);
    timer_init(&alarm.timer, ring);
    assert_false(timer_is_set(&alarm.timer));
    timer_set(&wheel, &alarm.timer, 1000, 50);
    assert_true(timer_is_set(&alarm.timer));
    for (uint64_t now = 1000; now < 1050; now++) {
        timer_run(&wheel, now);
        assert_int_equal(alarm.rung, 0);
    }
    timer_run(&wheel, 1050 + TIMER_TICK_MS);
    assert_int_equal(alarm.rung, 1);
    assert_false(timer_is_set(&alarm.timer));
    timer_run(&wheel, 500000);
    assert_int_equal(alarm.rung, 1);
}

static void wait_tells_the_next_slot(void **state)
{
    struct alarm alarm = { 0 };
    (void)state;
    timer_wheel_init(&wheel, 0);
    assert_int_equal(timer_wait(&wheel, 0), -1);
    timer_init(&alarm.timer, ring);
    timer_set(&wheel, &alarm.timer, 0, 160);
    assert_int_equal(timer_wait(&wheel, 0), 160);
    assert_int_equal(timer_wait(&wheel, 150), 10);
    assert_int_equal(timer_wait(&wheel, 200), 0);
    timer_cancel(&wheel, &alarm.timer);
    assert_int_equal(timer_wait(&wheel, 0), -1);
    timer_cancel(&wheel, &alarm.timer);
}

static void later_rounds_stay(void **state)
{
    struct alarm far = { 0 }, near = { 0 };
    uint64_t round = (uint64_t)TIMER_SLOTS * TIMER_TICK_MS;
    (void)state;
    timer_wheel_init(&wheel, 0);
    timer_init(&far.timer, ring);
    timer_init(&near.timer, ring);
    timer_set(&wheel, &far.timer, 0, 2 * round + 320);
    timer_set(&wheel, &near.timer, 0, 320);
    timer_run(&wheel, 320);
    assert_int_equal(near.rung, 1);
    for (uint64_t now = 320; now < 2 * round + 320; now += 1000) timer_run(&wheel, now);
    assert_int_equal(far.rung, 0);
    timer_run(&wheel, 2 * round + 320);
    assert_int_equal(far.rung, 1);
}

static void a_long_sleep_fires_all(void **state)
{
    enum { COUNT = 300 };
    static struct alarm alarms[COUNT];
    (void)state;
    timer_wheel_init(&wheel, 0);
    for (unsigned i = 0; i < COUNT; i++) {
        timer_init(&alarms[i].timer, ring);
        timer_set(&wheel, &alarms[i].timer, 0, i * 997);
    }
    timer_run(&wheel, COUNT * 997 + TIMER_TICK_MS);
    for (unsigned i = 0; i < COUNT; i++) assert_int_equal(alarms[i].rung, 1);
    assert_int_equal(timer_wait(&wheel, 0), -1);
}

static void rings_and_cancels(struct timer *timer)
{
    struct alarm *alarm = (struct alarm *)timer;
    alarm->rung++;
    timer_cancel(alarm->wheel, alarm->victim);
    timer_set(alarm->wheel, timer, 160, 0);
}

/* Two timers of one slot, each of which cancels the other: exactly one may go off. */
static void callbacks_may_cancel_and_set(void **state)
{
    struct alarm a = { .wheel = &wheel }, b = { .wheel = &wheel };
    (void)state;
    timer_wheel_init(&wheel, 0);
    timer_init(&a.timer, rings_and_cancels);
    timer_init(&b.timer, rings_and_cancels);
    a.victim = &b.timer;
    b.victim = &a.timer;
    timer_set(&wheel, &a.timer, 0, 160);
    timer_set(&wheel, &b.timer, 0, 160);
    timer_run(&wheel, 160);
    assert_int_equal(a.rung + b.rung, 1);
    timer_run(&wheel, 160 + TIMER_TICK_MS);
    assert_int_equal(a.rung + b.rung, 2);
}

static void frees_itself(struct timer *timer)
{
    free(timer);
}

static void a_callback_may_free_its_timer(void **state)
{
    (void)state;
    timer_wheel_init(&wheel, 0);
    for (int i = 0; i < 3; i++) {
        struct timer *timer = malloc(sizeof *timer);
        assert_non_null(timer);
        timer_init(timer, frees_itself);
        timer_set(&wheel, timer, 0, 16);
    }
    timer_run(&wheel, 32);
    assert_int_equal(timer_wait(&wheel, 32), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fires_once_and_never_early),
        cmocka_unit_test(wait_tells_the_next_slot),
        cmocka_unit_test(later_rounds_stay),
        cmocka_unit_test(a_long_sleep_fires_all),
        cmocka_unit_test(callbacks_may_cancel_and_set),
        cmocka_unit_test(a_callback_may_free_its_timer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
