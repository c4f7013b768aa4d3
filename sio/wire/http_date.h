/* http_date.h - dates in HTTP headers, in their one current form, IMF-fixdate (RFC 9110 §5.6.7):
 * "Sun, 06 Nov 1994 08:49:37 GMT". No clock and no locale. */
#ifndef SIO_WIRE_HTTP_DATE_H
#define SIO_WIRE_HTTP_DATE_H

#include "str.h"

#include <stdint.h>

enum { HTTP_DATE_SIZE = 29 };

/* Writes the date of `seconds` since 1970-01-01 UTC (years 1970 to 9999; others are clamped), without a NUL. */
struct str http_date_write(char out[HTTP_DATE_SIZE], int64_t seconds);
/* Reads one. False for anything else, the obsolete forms too: a condition with such a date is ignored. */
bool http_date_read(struct str text, int64_t *seconds);

#endif
