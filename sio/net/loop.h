/* loop.h - one thread's event loop: epoll, timers, work from other threads.
 *
 * A turn is: wait, hand out what is ready, run the timers that are due, run what other threads sent, run the tasks
 * that were put off. Only loop_send, loop_post and loop_wake may be called from another thread, loop_wake from a signal
 * handler too.
 *
 * Epoll is level-triggered: what was not read is reported again, so no state has to remember it. */
#ifndef NET_LOOP_H
#define NET_LOOP_H

#include "counter.h"
#include "timer.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LOOP_EVENTS = 512,
    /* One receive buffer for all connections of the loop: an idle one holds no memory. */
    LOOP_RECEIVE_BYTES = 256 * 1024,
    /* Readers that work in whole words may touch this many bytes behind what was received. */
    LOOP_RECEIVE_PADDING = 32,
    /* The answers to all that one read brought leave in one call ... */
    LOOP_CORK_BYTES = LOOP_RECEIVE_BYTES,
    /* ... but for those that are as cheaply sent alone as copied. */
    LOOP_CORKED_MAX = 16 * 1024,
};

/* A file descriptor that the loop watches; lies inside what it belongs to, which must live until the end of the turn in
 * which it was removed. */
struct loop_source {
    int fd; /* -1: not watched */
    uint32_t events;
    void (*on_ready)(struct loop_source *source, uint32_t events);
};

/* Something put off to the end of the turn, where no other callback is under way. */
struct loop_task {
    struct loop_task *next; /* itself: it is the last; NULL: it is not queued */
    void (*fn)(struct loop_task *task);
};

/* Something that another thread wants done in the loop's; lies inside what it belongs to, so that sending cannot fail.
 */
struct loop_message {
    struct loop_message *next;
    /* `is_dropped`: the loop ends, and nothing but the memory is to be settled. */
    void (*fn)(struct loop_message *message, bool is_dropped);
};

struct conn;

struct loop {
    int epoll_fd;
    struct loop_source wake;  /* an eventfd */
    struct loop_source alarm; /* a timerfd; only for loops that are run inside another one */
    uint64_t now_ms;          /* monotonic, read once a turn */
    uint64_t turn;            /* the number of this one */
    struct timer_wheel timers;
    struct loop_task *tasks, *last_task;     /* NULL: none */
    _Atomic(struct loop_message *) messages; /* the newest first */
    char *receive;                           /* LOOP_RECEIVE_BYTES and the padding */
    char *cork;                              /* what the connection `corked` writes during its turn */
    size_t cork_size;
    struct conn *corked;
    struct conn *conns; /* all of them, the newest first */
    struct counter bytes_in, bytes_out;
    struct counter unsent; /* bytes in the backlogs of the connections */
};

/* 0, or -1 with errno set. */
int loop_init(struct loop *loop);
/* Frees the loop; what was sent or posted and has not run is dropped. All sources were removed before. */
void loop_free(struct loop *loop);

/* Watches `source->fd` for EPOLL… `events`; removing one that is not watched does nothing. 0, or -1 with errno set. */
int loop_add(struct loop *loop, struct loop_source *source, uint32_t events);
int loop_change(struct loop *loop, struct loop_source *source, uint32_t events);
void loop_remove(struct loop *loop, struct loop_source *source);

/* Runs `task` at the end of this turn, or of the next one when the tasks of this one are running. Once queued it stays.
 */
void loop_later(struct loop *loop, struct loop_task *task);
bool loop_is_queued(const struct loop_task *task);

/* Runs those queued so far; one that is queued meanwhile has to wait for the next turn, so that tasks cannot starve the
 * sockets. loop_turn does it; at the end of a loop's life its owner does. */
void loop_run_tasks(struct loop *loop);

/* One turn that waits at most `timeout_ms` (-1: as long as nothing happens). 0, or -1 with errno set. */
int loop_turn(struct loop *loop, int timeout_ms);
/* A descriptor that is readable when a turn has something to do, so that the loop can run inside another one; -1 with
 * errno set. */
int loop_fd(struct loop *loop);

/* Runs the message in the loop's thread, in the order of the calls of one thread. From any thread. */
void loop_send(struct loop *loop, struct loop_message *message);
/* Runs what was sent so far; false: nothing was. loop_turn does it; at the end of a loop's life its owner does. */
bool loop_run_messages(struct loop *loop);
/* As loop_send with a message of its own, which calls `fn`. 0, or -1: no memory. */
int loop_post(struct loop *loop, void (*fn)(void *context), void *context);
/* Ends the wait of the turn under way. From any thread, and from a signal handler. */
void loop_wake(struct loop *loop);

#endif
