#include "loop.h"

#include "clock.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct loop_post {
    struct loop_message message;
    void (*fn)(void *context);
    void *context;
};

/* Empties an eventfd or a timerfd: both give a counter. */
static void loop_on_counter(struct loop_source *source, uint32_t events)
{
    uint64_t count;
    (void)events;
    while (read(source->fd, &count, sizeof count) < 0 && errno == EINTR) {
    }
}

static int loop_open(struct loop *loop)
{
    loop->receive = malloc(LOOP_RECEIVE_BYTES + LOOP_RECEIVE_PADDING);
    loop->cork = malloc(LOOP_CORK_BYTES);
    if (loop->receive == NULL || loop->cork == NULL) return -1;
    loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (loop->epoll_fd < 0) return -1;
    loop->wake.fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return loop->wake.fd < 0 ? -1 : loop_add(loop, &loop->wake, EPOLLIN);
}

int loop_init(struct loop *loop)
{
    *loop = (struct loop){ .epoll_fd = -1 };
    loop->wake = loop->alarm = (struct loop_source){ .fd = -1, .on_ready = loop_on_counter };
    loop->now_ms = clock_ms();
    timer_wheel_init(&loop->timers, loop->now_ms);
    if (loop_open(loop) == 0) return 0;
    int error = errno;
    loop_free(loop);
    errno = error;
    return -1;
}

static void loop_close_source(struct loop *loop, struct loop_source *source)
{
    int fd = source->fd;
    if (fd < 0) return;
    loop_remove(loop, source);
    close(fd);
}

/* Handles what was sent, the oldest first. False: nothing was. */
static bool loop_take_messages(struct loop *loop, bool is_dropped)
{
    struct loop_message *newest = atomic_exchange(&loop->messages, NULL), *oldest = NULL;
    while (newest) {
        struct loop_message *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    bool has_any = oldest != NULL;
    while (oldest) {
        struct loop_message *next = oldest->next;
        oldest->fn(oldest, is_dropped);
        oldest = next;
    }
    return has_any;
}

void loop_free(struct loop *loop)
{
    while (loop_take_messages(loop, true)) {
    }
    loop_close_source(loop, &loop->wake);
    loop_close_source(loop, &loop->alarm);
    if (loop->epoll_fd >= 0) close(loop->epoll_fd);
    free(loop->receive);
    free(loop->cork);
    *loop = (struct loop){ .epoll_fd = -1, .wake.fd = -1, .alarm.fd = -1 };
}

static int loop_control(struct loop *loop, int operation, struct loop_source *source, uint32_t events)
{
    struct epoll_event event = { .events = events, .data.ptr = source };
    if (epoll_ctl(loop->epoll_fd, operation, source->fd, &event) != 0) return -1;
    source->events = events;
    return 0;
}

int loop_add(struct loop *loop, struct loop_source *source, uint32_t events)
{
    return loop_control(loop, EPOLL_CTL_ADD, source, events);
}

int loop_change(struct loop *loop, struct loop_source *source, uint32_t events)
{
    return source->events == events ? 0 : loop_control(loop, EPOLL_CTL_MOD, source, events);
}

void loop_remove(struct loop *loop, struct loop_source *source)
{
    if (source->fd < 0) return;
    epoll_ctl(loop->epoll_fd, EPOLL_CTL_DEL, source->fd, &(struct epoll_event){ 0 });
    source->fd = -1;
}

void loop_later(struct loop *loop, struct loop_task *task)
{
    if (loop_is_queued(task)) return;
    task->next = task;
    *(loop->tasks ? &loop->last_task->next : &loop->tasks) = task;
    loop->last_task = task;
}

bool loop_is_queued(const struct loop_task *task)
{
    return task->next != NULL;
}

void loop_run_tasks(struct loop *loop)
{
    struct loop_task *task = loop->tasks;
    loop->tasks = NULL;
    while (task) {
        struct loop_task *next = task->next == task ? NULL : task->next;
        task->next = NULL;
        task->fn(task);
        task = next;
    }
}

bool loop_run_messages(struct loop *loop)
{
    return loop_take_messages(loop, false);
}

static int loop_timeout(struct loop *loop, int timeout_ms)
{
    if (loop->tasks) return 0;
    int wait = timer_wait(&loop->timers, clock_ms());
    return wait >= 0 && (timeout_ms < 0 || wait < timeout_ms) ? wait : timeout_ms;
}

/* All zero disarms the clock, so what is due now goes off after a nanosecond. */
static void loop_set_alarm(struct loop *loop)
{
    if (loop->alarm.fd < 0) return;
    int wait = loop_timeout(loop, -1);
    struct itimerspec when = { 0 };
    if (wait >= 0) when.it_value = (struct timespec){ wait / 1000, wait % 1000 * 1000000L + 1 };
    timerfd_settime(loop->alarm.fd, 0, &when, NULL);
}

static void loop_dispatch(const struct epoll_event *events, int count)
{
    for (int i = 0; i < count; i++) {
        struct loop_source *source = events[i].data.ptr;
        if (source->fd >= 0) source->on_ready(source, events[i].events); /* -1: removed by one before it */
    }
}

int loop_turn(struct loop *loop, int timeout_ms)
{
    struct epoll_event events[LOOP_EVENTS];
    int count = epoll_wait(loop->epoll_fd, events, LOOP_EVENTS, loop_timeout(loop, timeout_ms));
    if (count < 0 && errno != EINTR) return -1;
    loop->now_ms = clock_ms();
    loop->turn++;
    loop_dispatch(events, count);
    timer_run(&loop->timers, loop->now_ms);
    loop_run_messages(loop);
    loop_run_tasks(loop);
    loop_set_alarm(loop);
    return 0;
}

int loop_fd(struct loop *loop)
{
    if (loop->alarm.fd < 0) {
        loop->alarm.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        if (loop->alarm.fd < 0 || loop_add(loop, &loop->alarm, EPOLLIN) != 0) return -1;
        loop_set_alarm(loop);
    }
    return loop->epoll_fd;
}

/* Whoever finds others there need not wake the loop: the first of them does, or has done it. */
void loop_send(struct loop *loop, struct loop_message *message)
{
    struct loop_message *newest = atomic_load(&loop->messages);
    do message->next = newest;
    while (!atomic_compare_exchange_weak(&loop->messages, &newest, message));
    if (newest == NULL) loop_wake(loop);
}

static void loop_on_post(struct loop_message *message, bool is_dropped)
{
    struct loop_post *post = (struct loop_post *)message;
    if (!is_dropped) post->fn(post->context);
    free(post);
}

int loop_post(struct loop *loop, void (*fn)(void *context), void *context)
{
    struct loop_post *post = malloc(sizeof *post);
    if (post == NULL) return -1;
    *post = (struct loop_post){ { NULL, loop_on_post }, fn, context };
    loop_send(loop, &post->message);
    return 0;
}

void loop_wake(struct loop *loop)
{
    int error = errno; /* a signal handler must leave it alone */
    uint64_t one = 1;
    while (write(loop->wake.fd, &one, sizeof one) < 0 && errno == EINTR) {
    }
    errno = error;
}
