/* openapi3.h - OpenAPI 3.0 and 3.1 become elements of the catalogue.
 *
 * An endpoint is a path with one of the eight methods; webhooks and callbacks are none. A parameter is counted where
 * it is declared, at an operation or at a path, its reference resolved. An object is a member of components.schemas. A
 * property is a member of `properties` in it, or in what is nested in it through properties, items, prefixItems,
 * additionalProperties, patternProperties, allOf, oneOf and anyOf. References are not followed for this: the object
 * referred to has its own elements. `not` is left out: it says what is no property.
 *
 * FATAL, the specification is left out: a root that is no object; `openapi` missing or of another version; `info`,
 * `paths`, `components` or `components.schemas` of the wrong type (null counts as absent: YAML tools write it for
 * an empty one); more elements than LIMIT_SPEC_GROWTH allows, which only a file made for it reaches.
 * SKIPPED, without losing the rest: a path item, operation or schema that is no object; a parameter that is no
 * object, has no name, an unknown `in`, or a reference that leads nowhere; properties nested deeper than
 * LIMIT_PROPERTY_DEPTH; any other value of the wrong type counts as absent. */
#ifndef ENGINE_OPENAPI3_H
#define ENGINE_OPENAPI3_H

#include "catalogue_builder.h"
#include "document.h"
#include "str.h"

/* Adds the API `id`, read from the file `source`, with all its elements to `builder`, but not the text, which is the
 * caller's. Nothing is added on error. DOCUMENT_BAD (with `fault`), DOCUMENT_NO_MEMORY. */
int openapi3_read(const struct document *document, struct str id, struct str source, struct catalogue_builder *builder,
                  struct document_fault *fault);

#endif
