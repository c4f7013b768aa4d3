/* format_moment.h - whether a text is a date, a time, a duration, as RFC 3339 has them. */
#ifndef ENGINE_FORMAT_MOMENT_H
#define ENGINE_FORMAT_MOMENT_H

#include "str.h"

#include <stdbool.h>

bool format_moment_date(struct str text); /* §5.6 full-date */
bool format_moment_time(struct str text); /* full-time: with a time zone */
bool format_moment_date_time(struct str text);
bool format_moment_duration(struct str text); /* appendix A */

/* The digits in front as a number, of at most `most` digits; `rest` goes behind them. -1: there are none. */
long format_moment_number(struct str *rest, size_t most);

#endif
