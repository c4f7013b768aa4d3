/* reading.h - what the readers of one specification share; inside this room only. */
#ifndef ENGINE_READING_H
#define ENGINE_READING_H

#include "catalogue_builder.h"
#include "document.h"
#include "schema.h"
#include "usage.h"

struct reading {
    const struct document *document;
    struct catalogue_builder *builder;
    bool is_3_0;         /* what stands beside a $ref is ignored (OpenAPI 3.0 §4.7.23.2), from 3.1 on it counts */
    uint32_t api;        /* element number of the API */
    uint64_t work;       /* bytes looked at for elements, see reading_is_over */
    uint64_t start_size; /* of the builder, before this API */
    uint64_t limit;      /* of work and growth */
    struct buf owner;    /* the path to the property being read */
    struct buf text;     /* a type text or JSON text on its way to the builder */
    struct buf values;   /* string ids of an enum */
    struct usage usage;
};

void reading_start(struct reading *reading, const struct document *document, struct catalogue_builder *builder);
void reading_end(struct reading *reading);
bool reading_has_memory(const struct reading *reading);

/* True when the specification has asked for more elements, and texts for them, than limits.h allows. Owners
 * repeat the names around them, and references repeat what they lead to: a name of a megabyte around a million
 * properties, or a million parameters that refer to one with a million enum values, would take hours and any memory. */
bool reading_is_over(const struct reading *reading);

/* The string id of a text, or of a string value; counts its bytes as work. */
uint32_t reading_text(struct reading *reading, struct str text);
uint32_t reading_string(struct reading *reading, yyjson_val *value);
/* The tags of an endpoint, kept as its facts' values. */
uint32_t reading_tags(struct reading *reading, yyjson_val *names);
/* Type, text, facts and flags of an element, as its schema tells them. */
void reading_schema(struct reading *reading, const struct schema *schema, struct format_element *element);

/* object.c: a member of components.schemas with its properties; `number` is its place among those that are read. */
bool object_is_read(yyjson_val *value);
void object_read(struct reading *reading, yyjson_val *name, yyjson_val *value, uint32_t number);
/* endpoint.c: a member of paths with its operations and their parameters. */
void endpoint_read_path(struct reading *reading, yyjson_val *path, yyjson_val *item);
/* Whether a key of a path item is a method. */
bool endpoint_method(struct str key, enum catalogue_method *method);

#endif
