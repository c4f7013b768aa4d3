#include "timer.h"

#include <string.h>

void timer_wheel_init(struct timer_wheel *wheel, uint64_t now_ms)
{
    memset(wheel, 0, sizeof *wheel);
    wheel->tick = now_ms / TIMER_TICK_MS;
}

void timer_init(struct timer *timer, void (*fn)(struct timer *timer))
{
    *timer = (struct timer){ .fn = fn };
}

bool timer_is_set(const struct timer *timer)
{
    return timer->link != NULL;
}

static void timer_push(struct timer **list, struct timer *timer)
{
    timer->next = *list;
    if (timer->next) timer->next->link = &timer->next;
    timer->link = list;
    *list = timer;
}

static void timer_unlink(struct timer *timer)
{
    *timer->link = timer->next;
    if (timer->next) timer->next->link = timer->link;
    timer->next = NULL;
    timer->link = NULL;
}

static void timer_put(struct timer_wheel *wheel, struct timer *timer)
{
    size_t slot = timer->due % TIMER_SLOTS;
    timer_push(&wheel->slots[slot], timer);
    wheel->filled[slot / 64] |= (uint64_t)1 << slot % 64;
}

static void timer_mark_empty(struct timer_wheel *wheel, size_t slot)
{
    if (wheel->slots[slot] == NULL) wheel->filled[slot / 64] &= ~((uint64_t)1 << slot % 64);
}

void timer_set(struct timer_wheel *wheel, struct timer *timer, uint64_t now_ms, uint64_t delay_ms)
{
    timer_cancel(wheel, timer);
    timer->due = (now_ms + delay_ms + TIMER_TICK_MS - 1) / TIMER_TICK_MS;
    if (timer->due <= wheel->tick) timer->due = wheel->tick + 1;
    timer_put(wheel, timer);
}

void timer_cancel(struct timer_wheel *wheel, struct timer *timer)
{
    if (!timer_is_set(timer)) return;
    timer_unlink(timer);
    timer_mark_empty(wheel, timer->due % TIMER_SLOTS);
}

/* The list is taken out first: what a callback sets may fall into the same slot again. */
static void timer_run_slot(struct timer_wheel *wheel, size_t slot)
{
    struct timer *list = wheel->slots[slot];
    if (list == NULL) return;
    list->link = &list;
    wheel->slots[slot] = NULL;
    timer_mark_empty(wheel, slot);
    while (list) {
        struct timer *timer = list;
        timer_unlink(timer);
        if (timer->due > wheel->tick)
            timer_put(wheel, timer);
        else
            timer->fn(timer);
    }
}

void timer_run(struct timer_wheel *wheel, uint64_t now_ms)
{
    uint64_t now = now_ms / TIMER_TICK_MS;
    if (now <= wheel->tick) return;
    uint64_t first = wheel->tick + 1, count = now - wheel->tick;
    if (count > TIMER_SLOTS) count = TIMER_SLOTS; /* a long sleep: once round is enough */
    wheel->tick = now;
    for (uint64_t i = 0; i < count; i++) timer_run_slot(wheel, (first + i) % TIMER_SLOTS);
}

/* Ticks from `first` to the next filled slot, TIMER_SLOTS when all are empty. */
static uint64_t timer_next_filled(const struct timer_wheel *wheel, uint64_t first)
{
    for (uint64_t ahead = 0; ahead < TIMER_SLOTS;) {
        size_t slot = (first + ahead) % TIMER_SLOTS;
        uint64_t word = wheel->filled[slot / 64] >> slot % 64;
        if (word) return ahead + (uint64_t)__builtin_ctzll(word);
        ahead += 64 - slot % 64;
    }
    return TIMER_SLOTS;
}

int timer_wait(const struct timer_wheel *wheel, uint64_t now_ms)
{
    uint64_t ahead = timer_next_filled(wheel, wheel->tick + 1);
    if (ahead >= TIMER_SLOTS) return -1;
    uint64_t due_ms = (wheel->tick + 1 + ahead) * TIMER_TICK_MS;
    return due_ms <= now_ms ? 0 : (int)(due_ms - now_ms);
}
