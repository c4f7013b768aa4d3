/* pointer.h - JSON pointers (RFC 6901), also as URI fragments (§6). */
#ifndef ENGINE_POINTER_H
#define ENGINE_POINTER_H

#include "buf.h"
#include "document.h"
#include "str.h"

/* The value that `pointer` ("", "/components/schemas/Pet", "/a~1b/0") leads to, or NULL. */
yyjson_val *pointer_get(const struct document *document, struct str pointer);
/* The same for a fragment: "#", "#/components/schemas/Pet", "#/paths/~1a%20b". NULL, too, for anything that does
 * not begin with "#", for a broken percent sequence, and when there is no memory
 * (document_error tells). */
yyjson_val *pointer_get_fragment(const struct document *document, struct str fragment);

/* Appends "/" and `token`, its "~" and "/" escaped. */
void pointer_append(struct buf *pointer, struct str token);
/* Appends the last token of a fragment, decoded: "Pet" of "#/components/schemas/Pet", "a/b" of "#/x/a~1b". A text
 * without "/" is appended whole. */
void pointer_append_last(struct buf *name, struct str fragment);

#endif
