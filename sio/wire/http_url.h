/* http_url.h - percent-encoding and query strings (RFC 3986 §2.1, and forms as the URL standard has them). */
#ifndef SIO_WIRE_HTTP_URL_H
#define SIO_WIRE_HTTP_URL_H

#include "str.h"

/* Decodes a path: %XX only. `out` has room for raw.size bytes and may be raw's own bytes. False when an escape
 * is broken, when it hides a NUL, or when the result is not UTF-8: such a path names nothing. */
bool http_url_decode_path(struct str raw, char *out, struct str *decoded);
/* Decodes a name or value of a query or form: %XX, and '+' is a space. A broken escape stands for itself, as in
 * browsers and Node. `out` as above. False when the result is not UTF-8. */
bool http_url_decode_form(struct str raw, char *out, struct str *decoded);

/* Splits off the next parameter of a query or form as it was sent, still encoded; empty ones are skipped. False at the
 * end. */
bool http_url_next(struct str *query, struct str *name, struct str *value);
/* The value, still encoded, of the first parameter whose decoded name is `name` (ASCII). False when there is none. */
bool http_url_find(struct str query, struct str name, struct str *value);

#endif
