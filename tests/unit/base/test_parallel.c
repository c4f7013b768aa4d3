#include "unit.h"

#include "parallel.h"

#include <stdatomic.h>

enum { TASKS = 1000 };

struct done {
    atomic_uint times[TASKS];
    size_t fails_at; /* TASKS: none does */
};

static int do_task(void *context, size_t number)
{
    struct done *done = context;
    atomic_fetch_add(&done->times[number], 1);
    return number == done->fails_at ? -7 : 0;
}

static void every_task_is_done_once(void **state)
{
    (void)state;
    static const unsigned threads[] = { 0, 1, 2, 9, 5000 };
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        static struct done done;
        done = (struct done){ .fails_at = TASKS };
        assert_int_equal(parallel_run(threads[i], TASKS, do_task, &done), 0);
        for (size_t task = 0; task < TASKS; task++) assert_int_equal(atomic_load(&done.times[task]), 1);
    }
}

static void no_task_is_fine(void **state)
{
    (void)state;
    struct done done = { .fails_at = TASKS };
    assert_int_equal(parallel_run(3, 0, do_task, &done), 0);
    assert_int_equal(atomic_load(&done.times[0]), 0);
}

static void a_failure_ends_it(void **state)
{
    (void)state;
    static struct done done = { .fails_at = 5 };
    assert_int_equal(parallel_run(1, TASKS, do_task, &done), -7);
    assert_int_equal(atomic_load(&done.times[5]), 1);
    assert_int_equal(atomic_load(&done.times[6]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_is_done_once),
        cmocka_unit_test(no_task_is_fine),
        cmocka_unit_test(a_failure_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
