#include "loop.h"
#include "unit.h"

#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static struct loop loop;
static unsigned count, order[8];

static int open_loop(void **state)
{
    (void)state;
    count = 0;
    return loop_init(&loop);
}

static int close_loop(void **state)
{
    (void)state;
    loop_free(&loop);
    return 0;
}

static void note(void *context)
{
    order[count++ % 8] = *(unsigned *)context;
}

static void posts_run_in_order(void **state)
{
    unsigned numbers[] = { 1, 2, 3 };
    (void)state;
    for (int i = 0; i < 3; i++) assert_int_equal(loop_post(&loop, note, &numbers[i]), 0);
    assert_int_equal(count, 0);
    assert_int_equal(loop_turn(&loop, 1000), 0);
    assert_int_equal(count, 3);
    for (unsigned i = 0; i < 3; i++) assert_int_equal(order[i], i + 1);
    assert_int_equal(loop_turn(&loop, 0), 0);
    assert_int_equal(count, 3);
}

static void add_one(void *context)
{
    ++*(unsigned *)context;
}

enum { POSTS = 2000 };

static void *post_many(void *context)
{
    for (int i = 0; i < POSTS; i++)
        while (loop_post(&loop, add_one, context) != 0) {
        }
    return NULL;
}

static void posts_come_from_other_threads(void **state)
{
    pthread_t threads[3];
    unsigned sum = 0;
    (void)state;
    for (int i = 0; i < 3; i++) assert_int_equal(pthread_create(&threads[i], NULL, post_many, &sum), 0);
    while (sum < 3 * POSTS) assert_int_equal(loop_turn(&loop, 1000), 0);
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    assert_int_equal(sum, 3 * POSTS);
}

static void what_was_posted_too_late_is_freed(void **state)
{
    unsigned number = 0;
    (void)state;
    assert_int_equal(loop_post(&loop, add_one, &number), 0);
    loop_free(&loop);
    assert_int_equal(number, 0);
    assert_int_equal(loop_init(&loop), 0);
}

static void task_again(struct loop_task *task)
{
    count++;
    loop_later(&loop, task);
}

static void tasks_wait_for_the_next_turn(void **state)
{
    struct loop_task task = { .fn = task_again };
    (void)state;
    loop_later(&loop, &task);
    loop_later(&loop, &task);
    for (unsigned turn = 1; turn < 4; turn++) {
        assert_int_equal(loop_turn(&loop, -1), 0);
        assert_int_equal(count, turn);
    }
}

static struct loop_source sources[2];

static void remove_both(struct loop_source *source, uint32_t events)
{
    (void)source;
    assert_true(events & EPOLLIN);
    count++;
    for (int i = 0; i < 2; i++) loop_remove(&loop, &sources[i]);
}

/* Both are ready in one turn; the first removes both. */
static void a_removed_source_is_not_called(void **state)
{
    int a[2], b[2];
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, a), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, b), 0);
    sources[0] = (struct loop_source){ .fd = a[0], .on_ready = remove_both };
    sources[1] = (struct loop_source){ .fd = b[0], .on_ready = remove_both };
    for (int i = 0; i < 2; i++) assert_int_equal(loop_add(&loop, &sources[i], EPOLLIN), 0);
    assert_int_equal(write(a[1], "x", 1), 1);
    assert_int_equal(write(b[1], "x", 1), 1);
    for (int i = 0; i < 3; i++) assert_int_equal(loop_turn(&loop, 0), 0);
    assert_int_equal(count, 1);
    for (int i = 0; i < 2; i++) {
        close(a[i]);
        close(b[i]);
    }
}

static void on_timer(struct timer *timer)
{
    (void)timer;
    count++;
}

/* A loop inside another one: its descriptor becomes readable for timers and posts. */
static void the_descriptor_tells_of_timers_and_posts(void **state)
{
    struct timer timer;
    unsigned number = 0;
    (void)state;
    timer_init(&timer, on_timer);
    timer_set(&loop.timers, &timer, loop.now_ms, 20);
    struct pollfd ready = { .fd = loop_fd(&loop), .events = POLLIN };
    while (count == 0) {
        assert_int_equal(poll(&ready, 1, 10000), 1);
        assert_int_equal(loop_turn(&loop, 0), 0);
    }
    assert_int_equal(loop_post(&loop, add_one, &number), 0);
    assert_int_equal(poll(&ready, 1, 10000), 1);
    assert_int_equal(loop_turn(&loop, 0), 0);
    assert_int_equal(number, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(posts_run_in_order, open_loop, close_loop),
        cmocka_unit_test_setup_teardown(posts_come_from_other_threads, open_loop, close_loop),
        cmocka_unit_test_setup_teardown(what_was_posted_too_late_is_freed, open_loop, close_loop),
        cmocka_unit_test_setup_teardown(tasks_wait_for_the_next_turn, open_loop, close_loop),
        cmocka_unit_test_setup_teardown(a_removed_source_is_not_called, open_loop, close_loop),
        cmocka_unit_test_setup_teardown(the_descriptor_tells_of_timers_and_posts, open_loop, close_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
