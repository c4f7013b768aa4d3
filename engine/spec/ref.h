/* ref.h - references inside a document (OpenAPI 3.1 §4.8.23, 3.0 §4.7.23).
 *
 * A reference is a string-valued "$ref" in an object that stands where a schema, parameter, response … is
 * expected. A *property named* "$ref" is a member of `properties`: who looks only at such places never meets it. What
 * lies outside of the document (another file, a URL) is not followed. */
#ifndef ENGINE_REF_H
#define ENGINE_REF_H

#include "document.h"
#include "str.h"

/* The reference that `value` is ("#/components/schemas/Pet"); {NULL, 0} when it is none. */
struct str ref_text(const struct document *document, yyjson_val *value);

/* One hop: what `value` refers to, which may be a reference again. NULL when it is no reference or leads nowhere. */
yyjson_val *ref_follow(const struct document *document, yyjson_val *value);

/* `value` itself when it is no reference, else what it leads to in the end. NULL when it leads nowhere, in a circle, or
 * over more than LIMIT_REF_HOPS. */
yyjson_val *ref_resolve(const struct document *document, yyjson_val *value);

/* Whether what stands beside a $ref in a schema counts: not in OpenAPI 3.0 (§4.7.23.2), but from 3.1 on, where JSON
 * Schema 2020-12 rules. */
bool ref_has_siblings(const struct document *document);

#endif
