/* clock.h - the two clocks. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Monotonic time for intervals and timers; its zero means nothing. */
uint64_t clock_ms(void);
uint64_t clock_us(void);
/* Milliseconds since 1970-01-01 UTC, as JavaScript's Date.now(). */
int64_t clock_wall_ms(void);

#endif
