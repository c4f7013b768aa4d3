/* uri.h - percent-encoding (RFC 3986 §2). */
#ifndef ENGINE_URI_H
#define ENGINE_URI_H

#include "buf.h"
#include "str.h"

/* Appends `text` with every byte but letters, digits and "-._~" encoded: for values and names. */
void uri_encode(struct buf *uri, struct str text);

/* Appends what a specification gives as (part of) a URL: what is legal there stays, also what is encoded already; the
 * rest is encoded, and with it the legal bytes that shells, and curl's globbing, give a meaning of their own: ! $ ' ( )
 * * [ ]. */
void uri_clean(struct buf *uri, struct str text);

#endif
