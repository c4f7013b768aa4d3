/* sample_leaf.h - values without members: strings, numbers, booleans, by the keywords of JSON Schema. */
#ifndef ENGINE_SAMPLE_LEAF_H
#define ENGINE_SAMPLE_LEAF_H

#include "parts.h"
#include "sample_node.h"

enum sample_type {
    SAMPLE_TYPE_ANY, /* nothing tells */
    SAMPLE_TYPE_STRING,
    SAMPLE_TYPE_INTEGER,
    SAMPLE_TYPE_NUMBER,
    SAMPLE_TYPE_BOOLEAN,
    SAMPLE_TYPE_NULL,
    SAMPLE_TYPE_OBJECT,
    SAMPLE_TYPE_ARRAY,
};

/* The type that `type` names (its first that is not null, OpenAPI 3.1), or that the other keywords imply. */
enum sample_type sample_leaf_type(const struct parts *parts);

/* An invented value of a type that is neither object nor array: by the description, the format, the name, the type,
 * within minimum, maximum, multipleOf, minLength and maxLength. `number` tells apart the items of one array, from 0.
 * NULL when there is no memory. */
struct sample_node *sample_leaf_make(struct arena *arena, const struct parts *parts, enum sample_type type,
                                     struct str name, unsigned number);

/* The value that the specification's author gives: example, examples, const, default, the first useful enum value,
 * the first of these that has the type and is in the enum. For a string it may be a number or a boolean, as YAML makes
 * of an unquoted one: its text is meant. NULL when there is none. */
yyjson_val *sample_leaf_given(const struct parts *parts, enum sample_type type);

#endif
