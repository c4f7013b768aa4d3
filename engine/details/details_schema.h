/* details_schema.h - a schema with all that it is composed of, and a quick way to its keywords.
 *
 * Some sixty keywords are asked for of each field, and a schema has five. So one pass over its members notes which
 * there are. */
#ifndef ENGINE_DETAILS_SCHEMA_H
#define ENGINE_DETAILS_SCHEMA_H

#include "details_maker.h"

/* clang-format off */
#define DETAILS_KEYWORDS(X) \
    X(REF, "$ref") X(TYPE, "type") X(TITLE, "title") X(DESCRIPTION, "description") X(FORMAT, "format") \
    X(DEFAULT, "default") X(CONST, "const") X(ENUM, "enum") X(EXAMPLE, "example") X(EXAMPLES, "examples") \
    X(PROPERTIES, "properties") X(REQUIRED, "required") X(ITEMS, "items") X(PREFIX_ITEMS, "prefixItems") \
    X(ADDITIONAL, "additionalProperties") X(PATTERNS, "patternProperties") X(ALL_OF, "allOf") X(ONE_OF, "oneOf") \
    X(ANY_OF, "anyOf") X(NULLABLE, "nullable") X(READ_ONLY, "readOnly") X(WRITE_ONLY, "writeOnly") \
    X(DISCRIMINATOR, "discriminator") X(DOCS, "externalDocs") X(PATTERN, "pattern") X(MINIMUM, "minimum") \
    X(MAXIMUM, "maximum") X(ABOVE, "exclusiveMinimum") X(BELOW, "exclusiveMaximum") X(MULTIPLE, "multipleOf") \
    X(MIN_LENGTH, "minLength") X(MAX_LENGTH, "maxLength") X(MIN_ITEMS, "minItems") X(MAX_ITEMS, "maxItems") \
    X(UNIQUE, "uniqueItems") X(MIN_MEMBERS, "minProperties") X(MAX_MEMBERS, "maxProperties") X(NOT, "not") \
    X(IF, "if") X(THEN, "then") X(ELSE, "else") X(CONTAINS, "contains") X(MIN_CONTAINS, "minContains") \
    X(MAX_CONTAINS, "maxContains") X(NAMES, "propertyNames") X(DEPENDENT_REQUIRED, "dependentRequired") \
    X(DEPENDENT_SCHEMAS, "dependentSchemas") X(DEPENDENCIES, "dependencies") X(NO_MORE_MEMBERS, "unevaluatedProperties") \
    X(NO_MORE_ITEMS, "unevaluatedItems") X(ADDITIONAL_ITEMS, "additionalItems") X(CONTENT_TYPE, "contentMediaType") \
    X(CONTENT_ENCODING, "contentEncoding") X(CONTENT_SCHEMA, "contentSchema")
/* clang-format on */
#define DETAILS_X(name, text) DETAILS_KEY_##name,
enum details_key { DETAILS_KEYWORDS(DETAILS_X) DETAILS_KEYS };
#undef DETAILS_X
_Static_assert(DETAILS_KEYS <= 64, "a bit each");

struct details_schema {
    yyjson_val *value; /* may be no object: then there are no parts */
    struct parts parts;
    uint64_t keys;   /* 1 << enum details_key of any part */
    bool has_vendor; /* any part has a member x-… */
};

void details_schema_read(struct details_schema *schema, const struct details_maker *maker, yyjson_val *value);
/* Adds a schema that holds for the same value, as if it were one more of allOf; `part` is where that stands. */
void details_schema_add(struct details_schema *schema, const struct details_maker *maker, yyjson_val *value,
                        const struct part *part);

/* The first part's value, or NULL. */
yyjson_val *details_key(const struct details_schema *schema, enum details_key key);
/* That of one part. */
yyjson_val *details_part_key(const struct part *part, enum details_key key);
bool details_has_key(const struct details_schema *schema, enum details_key key);
const char *details_key_name(enum details_key key);
/* True when the keyword is `true` in any part. */
bool details_is(const struct details_schema *schema, enum details_key key);
/* The text of the first part that has one, or the empty str. */
struct str details_key_text(const struct details_schema *schema, enum details_key key);

/* True when it is a reference to something with members: what that says of itself is told there. */
bool details_is_link(const struct details_schema *schema);

/* The component schema that a reference names ("#/components/schemas/Pet"), decoded; empty when it leads elsewhere,
 * also to something inside of one. */
struct str details_component_of(struct details_maker *maker, struct str reference);

#endif
