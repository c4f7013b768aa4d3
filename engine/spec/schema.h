/* schema.h - what a schema says (OpenAPI 3.0 §4.7.24; 3.1 §4.8.24 with JSON Schema 2020-12), for people. */
#ifndef ENGINE_SCHEMA_H
#define ENGINE_SCHEMA_H

#include "buf.h"
#include "document.h"
#include "str.h"

/* The keywords that this project uses, each the name of a member of struct schema and its key. */
/* clang-format off */
#define SCHEMA_KEYWORDS(X) \
    X(ref, "$ref") X(type, "type") X(title, "title") X(description, "description") X(format, "format") \
    X(default_value, "default") X(constant, "const") X(values, "enum") X(properties, "properties") \
    X(required, "required") X(items, "items") X(prefix_items, "prefixItems") X(additional, "additionalProperties") \
    X(patterns, "patternProperties") X(all_of, "allOf") X(one_of, "oneOf") X(any_of, "anyOf") \
    X(nullable, "nullable") X(deprecated, "deprecated") X(read_only, "readOnly") X(write_only, "writeOnly")
/* clang-format on */

/* The members of a schema object in one pass, NULL where it has none: the values, whatever their types. */
#define SCHEMA_X(name, key) yyjson_val *name;
struct schema {
    yyjson_val *self; /* the object itself */
    SCHEMA_KEYWORDS(SCHEMA_X)
};
#undef SCHEMA_X

/* Reads a schema object; all members are NULL for anything else (also for the schemas `true` and `false` of 3.1). A
 * `$ref` that is no string is not taken as one. Does not follow references. */
void schema_read(yyjson_val *value, struct schema *schema);

/* CATALOGUE_DEPRECATED, CATALOGUE_READ_ONLY, CATALOGUE_WRITE_ONLY, CATALOGUE_NULLABLE ("nullable" in 3.0, a type
 * list with "null", or an alternative of type "null"), as the schema itself says: in 3.0 nothing beside a $ref. */
unsigned schema_flags(const struct schema *schema, bool is_3_0);

/* Its own description; when that is empty the one of what it refers to, directly or as a part of its allOf. */
struct str schema_description(const struct document *document, const struct schema *schema);

/* Appends its type in words: "string", "array of Container", "map of string", "Deployment", "string or integer",
 * "one of Cat, Dog". Referenced objects are named by catalogue_short_name, not looked into. Nothing when it does
 * not tell. At most SCHEMA_TYPE_BYTES are appended. */
void schema_type_text(const struct document *document, yyjson_val *value, struct buf *text);
enum { SCHEMA_TYPE_BYTES = 256 };

#endif
