/* uri.h - percent-encoding (RFC 3986 §2). */
#ifndef URI_H
#define URI_H

#include "buf.h"
#include "str.h"

/* Appends `text` with every byte but letters, digits and "-._~" encoded: for values and names. */
void uri_encode(struct buf *uri, struct str text);

/* The same for a value whose reserved characters are allowed (OpenAPI 3.1 §4.8.12.2, allowReserved): those that mean
 * nothing inside a value of a query stay, and what is encoded already (RFC 6570 §3.2.3). '#', '[', ']', '&' and '+',
 * with which another value would arrive, and the quote, which not every client leaves alone, are encoded. */
void uri_encode_reserved(struct buf *uri, struct str text);

/* Appends what a specification gives as (part of) a URL: what is legal there stays, also what is encoded already; the
 * rest is encoded, and with it what one client sends and the other encodes. `in_query`: `text` begins in the query. */
void uri_clean(struct buf *uri, struct str text, bool in_query);

/* Appends `path` with its segments "." and ".." taken out (RFC 3986 §5.2.4), as some clients do, and others do not. */
void uri_resolve_dots(struct buf *uri, struct str path);

/* The next placeholder of a template as OpenAPI has them, "/pets/{petId}": `literal` is what stands before it. False:
 * there is none, and `literal` is all the rest. */
bool uri_template_next(struct str *rest, struct str *literal, struct str *name);

#endif
