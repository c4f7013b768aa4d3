#include "schema.h"

#include "catalogue.h"
#include "ref.h"

enum {
    SCHEMA_ALL_OF_LOOKED_AT = 8,
    SCHEMA_NULL_MEMBERS = 4, /* {"type": "null"} says little more: a schema with many members is not walked for it */
};

void schema_read(yyjson_val *value, struct schema *schema)
{
    *schema = (struct schema){ .self = yyjson_is_obj(value) ? value : NULL };
    for (struct document_member at = document_first(value); at.left; document_next(&at)) {
        struct str name = { unsafe_yyjson_get_str(at.key), unsafe_yyjson_get_len(at.key) };
#define SCHEMA_X(keyword, text)                                                                                        \
    if (name.size == sizeof(text) - 1 && memcmp(name.at, text, sizeof(text) - 1) == 0) {                               \
        if (schema->keyword == NULL) schema->keyword = at.value;                                                       \
        continue;                                                                                                      \
    }
        SCHEMA_KEYWORDS(SCHEMA_X)
#undef SCHEMA_X
    }
    if (!yyjson_is_str(schema->ref)) schema->ref = NULL;
}

static bool schema_is_null_type(yyjson_val *type)
{
    return yyjson_equals_strn(type, "null", 4);
}

static bool schema_lists_null(yyjson_val *types)
{
    size_t i, count;
    yyjson_val *type;
    yyjson_arr_foreach (types, i, count, type)
        if (schema_is_null_type(type)) return true;
    return false;
}

static bool schema_has_null_alternative(yyjson_val *alternatives)
{
    size_t i, count;
    yyjson_val *alternative;
    yyjson_arr_foreach (alternatives, i, count, alternative)
        if (yyjson_obj_size(alternative) <= SCHEMA_NULL_MEMBERS &&
            schema_is_null_type(yyjson_obj_get(alternative, "type")))
            return true;
    return false;
}

unsigned schema_flags(const struct schema *schema, bool is_3_0)
{
    unsigned flags = 0;
    if (is_3_0 && schema->ref) return flags;
    if (yyjson_is_true(schema->deprecated)) flags |= CATALOGUE_DEPRECATED;
    if (yyjson_is_true(schema->read_only)) flags |= CATALOGUE_READ_ONLY;
    if (yyjson_is_true(schema->write_only)) flags |= CATALOGUE_WRITE_ONLY;
    if ((is_3_0 && yyjson_is_true(schema->nullable)) || schema_is_null_type(schema->type) ||
        schema_lists_null(schema->type) || schema_has_null_alternative(schema->one_of) ||
        schema_has_null_alternative(schema->any_of))
        flags |= CATALOGUE_NULLABLE;
    return flags;
}

static struct str schema_referenced_description(const struct document *document, yyjson_val *reference)
{
    yyjson_val *target = ref_resolve(document, reference);
    return document_str(document_get(document, target, STR("description")));
}

struct str schema_description(const struct document *document, const struct schema *schema)
{
    size_t i, count;
    yyjson_val *part;
    struct str text = document_str(schema->description);
    if (text.size) return text;
    if (schema->ref) return schema_referenced_description(document, schema->self);
    yyjson_arr_foreach (schema->all_of, i, count, part) {
        if (i == SCHEMA_ALL_OF_LOOKED_AT) break;
        text = schema_referenced_description(document, part);
        if (text.size) return text;
    }
    return STR_EMPTY;
}
