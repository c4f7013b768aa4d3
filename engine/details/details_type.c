#include "details_model.h"

#include "limits.h"
#include "schema.h"

struct str details_type(struct details_maker *maker, yyjson_val *schema)
{
    schema_type_text(maker->document, schema, &maker->text);
    return details_take_text(maker);
}

/* True for a schema that says more than what limits a value and what it is called. */
static bool type_has_structure(yyjson_val *schema)
{
    static const char *const keys[] = { "$ref",  "properties", "allOf",       "oneOf",
                                        "anyOf", "items",      "prefixItems", "patternProperties" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        yyjson_val *value = yyjson_obj_get(schema, keys[i]);
        if (value && (i > 0 || yyjson_is_str(value))) return true;
    }
    return yyjson_is_obj(yyjson_obj_get(schema, "additionalProperties"));
}

/* Entries of allOf that are looked at for the one with structure. */
enum { TYPE_LIST_MAX = 8 };

/* The one entry of a list that has structure: [ { $ref }, { description } ] is how one describes a reference in
 * OpenAPI 3.0, and how all of Amazon's specifications do. */
static yyjson_val *type_only(yyjson_val *list)
{
    yyjson_val *item, *only = NULL;
    size_t i, max;
    if (yyjson_arr_size(list) > TYPE_LIST_MAX) return NULL;
    yyjson_arr_foreach (list, i, max, item) {
        if (!type_has_structure(item)) continue;
        if (only) return NULL;
        only = item;
    }
    return only;
}

/* One step inwards; NULL at the end. */
static yyjson_val *type_step(yyjson_val *schema)
{
    static const char *const ends[] = { "properties", "patternProperties", "prefixItems" };
    if (document_str(yyjson_obj_get(schema, "$ref")).size) return NULL;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (yyjson_obj_get(schema, ends[i])) return NULL;
    yyjson_val *list = yyjson_obj_get(schema, "allOf");
    if (list) return type_only(list);
    if ((list = yyjson_obj_get(schema, "oneOf")) || (list = yyjson_obj_get(schema, "anyOf"))) return parts_sole(list);
    yyjson_val *inner = yyjson_obj_get(schema, "items");
    return inner ? inner : yyjson_obj_get(schema, "additionalProperties");
}

yyjson_val *details_inner(yyjson_val *schema)
{
    for (unsigned hop = 0; hop < LIMIT_DETAILS_HOPS && yyjson_is_obj(schema); hop++) {
        yyjson_val *inner = type_step(schema);
        if (!yyjson_is_obj(inner)) return schema;
        schema = inner;
    }
    return schema;
}
