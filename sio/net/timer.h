/* timer.h - a wheel of coarse timers.
 *
 *   slot      0    1    2   ...  4095        one slot a tick of 16 ms, so once round is 65 s
 *             |         |
 *           timer     timer - timer          a timer lies inside what it belongs to
 *
 * Setting and cancelling touch one list, whatever the number of timers. A timer that is due in a later round stays in
 * its slot. Timers are never early and at most a tick late. */
#ifndef NET_TIMER_H
#define NET_TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TIMER_TICK_MS = 16, TIMER_SLOTS = 4096 };

struct timer {
    struct timer *next;
    struct timer **link; /* what points at this timer; NULL: not set */
    uint64_t due;        /* in ticks */
    void (*fn)(struct timer *timer);
};

struct timer_wheel {
    struct timer *slots[TIMER_SLOTS];
    uint64_t filled[TIMER_SLOTS / 64]; /* a bit for each slot that is not empty */
    uint64_t tick;                     /* the last one that was run */
};

/* An empty wheel that stands at `now_ms`. */
void timer_wheel_init(struct timer_wheel *wheel, uint64_t now_ms);

/* A timer that calls `fn` when it is due. It is not set yet. */
void timer_init(struct timer *timer, void (*fn)(struct timer *timer));
bool timer_is_set(const struct timer *timer);
/* Lets the timer go off once, `delay_ms` after `now_ms`. One that was set already is moved. */
void timer_set(struct timer_wheel *wheel, struct timer *timer, uint64_t now_ms, uint64_t delay_ms);
/* Nothing happens to a timer that is not set. */
void timer_cancel(struct timer_wheel *wheel, struct timer *timer);

/* Calls what is due. The callbacks may set and cancel any timer of the wheel, and free their own. */
void timer_run(struct timer_wheel *wheel, uint64_t now_ms);
/* Milliseconds until the wheel has to be run again, -1 when no timer is set. */
int timer_wait(const struct timer_wheel *wheel, uint64_t now_ms);

#endif
