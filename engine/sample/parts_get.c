#include "parts.h"

yyjson_val *parts_get(const struct parts *parts, const char *keyword)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *value = yyjson_obj_get(parts->at[i].schema, keyword);
        if (value) return value;
    }
    return NULL;
}

struct str parts_text(const struct parts *parts, const char *keyword)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *value = yyjson_obj_get(parts->at[i].schema, keyword);
        if (yyjson_is_str(value)) return document_str(value);
    }
    return STR_EMPTY;
}

bool parts_is(const struct parts *parts, const char *keyword)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (yyjson_is_true(yyjson_obj_get(parts->at[i].schema, keyword))) return true;
    }
    return false;
}

static yyjson_val *parts_property_of(const struct parts *parts, struct str name, bool is_own)
{
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->at[i];
        if ((part->origin.size == 0) != is_own) continue;
        yyjson_val *schema = document_get(parts->document, yyjson_obj_get(part->schema, "properties"), name);
        if (schema) return schema;
    }
    return NULL;
}

yyjson_val *parts_property(const struct parts *parts, struct str name)
{
    yyjson_val *schema = parts_property_of(parts, name, true);
    return schema ? schema : parts_property_of(parts, name, false);
}

size_t parts_property_all(const struct parts *parts, struct str name, yyjson_val **schemas, size_t most)
{
    size_t count = 0;
    for (int is_own = 1; is_own >= 0; is_own--) {
        for (size_t i = 0; i < parts->count && count < most; i++) {
            const struct part *part = &parts->at[i];
            if ((part->origin.size == 0) != is_own) continue;
            yyjson_val *schema = document_get(parts->document, yyjson_obj_get(part->schema, "properties"), name);
            if (schema) schemas[count++] = schema;
        }
    }
    return count;
}

yyjson_val *parts_property_on_path(const struct parts *parts, struct str path, struct str *name, struct str *rest)
{
    for (size_t end = path.size; end != STR_NONE && end > 0; end = str_find_last_byte(str_cut(path, 0, end), '.')) {
        *name = str_cut(path, 0, end);
        *rest = str_cut(path, end + 1, path.size);
        yyjson_val *schema = parts_property(parts, *name);
        if (schema) return schema;
    }
    return NULL;
}

bool parts_is_required(const struct parts *parts, struct str name)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *item;
        size_t j, max;
        yyjson_arr_foreach (yyjson_obj_get(parts->at[i].schema, "required"), j, max, item) {
            if (yyjson_equals_strn(item, name.at, name.size)) return true;
            if (j == LIMIT_SCHEMA_REQUIRED) break;
        }
    }
    return false;
}

bool parts_is_file(const struct document *document, yyjson_val *schema)
{
    struct parts parts;
    parts_collect(&parts, document, schema, &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    return str_equal(parts_text(&parts, "format"), STR("binary")) ||
           (parts_get(&parts, "contentMediaType") && parts_get(&parts, "contentEncoding") == NULL);
}
