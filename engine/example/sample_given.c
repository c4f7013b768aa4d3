#include "sample_leaf.h"

static bool given_has_type(yyjson_val *value, enum sample_type type)
{
    switch (type) {
    case SAMPLE_TYPE_ANY: return true;
    case SAMPLE_TYPE_STRING: return yyjson_is_str(value) || yyjson_is_num(value) || yyjson_is_bool(value);
    case SAMPLE_TYPE_INTEGER:
        if (yyjson_is_real(value)) {
            double real = yyjson_get_real(value);
            return real > -1e15 && real < 1e15 && real == (double)(int64_t)real;
        }
        return yyjson_is_int(value);
    case SAMPLE_TYPE_NUMBER: return yyjson_is_num(value);
    case SAMPLE_TYPE_BOOLEAN: return yyjson_is_bool(value);
    case SAMPLE_TYPE_NULL: return yyjson_is_null(value);
    case SAMPLE_TYPE_OBJECT: return yyjson_is_obj(value) && yyjson_obj_size(value) > 0;
    case SAMPLE_TYPE_ARRAY: return yyjson_is_arr(value) && yyjson_arr_size(value) > 0;
    }
    return false;
}

static bool given_is_listed(const struct parts *parts, yyjson_val *value)
{
    yyjson_val *list = parts_get(parts, "enum");
    yyjson_val *item;
    size_t i, max;
    if (!yyjson_is_arr(list)) return true;
    yyjson_arr_foreach (list, i, max, item) {
        if (yyjson_equals(item, value)) return true;
    }
    return false;
}

/* "", null, "UNSPECIFIED", "FOO_UNSPECIFIED", "unknown": values that stand for none. */
static bool given_is_useful(yyjson_val *value)
{
    if (!yyjson_is_str(value)) return !yyjson_is_null(value);
    struct str text = { yyjson_get_str(value), yyjson_get_len(value) };
    static const char *const endings[] = { "UNSPECIFIED", "UNKNOWN", "UNDEFINED", "INVALID", "NONE" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_from(endings[i]);
        size_t start = text.size > ending.size ? text.size - ending.size : 0;
        if (str_equal_nocase(str_cut(text, start, text.size), ending)) return false;
    }
    return text.size > 0;
}

static yyjson_val *given_of_enum(const struct parts *parts, enum sample_type type)
{
    yyjson_val *item, *first = NULL;
    size_t i, max;
    yyjson_arr_foreach (parts_get(parts, "enum"), i, max, item) {
        if (!given_has_type(item, type)) continue;
        if (given_is_useful(item)) return item;
        if (first == NULL) first = item;
    }
    return first;
}

/* `examples` is a list in JSON Schema, and by mistake often a map of OpenAPI's Example Objects. */
static yyjson_val *given_first(yyjson_val *examples)
{
    if (!yyjson_is_obj(examples)) return yyjson_arr_get_first(examples);
    return yyjson_obj_get(document_first(examples).value, "value");
}

static bool given_fits(const struct parts *parts, yyjson_val *value, enum sample_type type)
{
    return value && given_has_type(value, type) && !(yyjson_is_null(value) && type != SAMPLE_TYPE_NULL) &&
           given_is_listed(parts, value);
}

yyjson_val *sample_leaf_given(const struct parts *parts, enum sample_type type)
{
    yyjson_val *value;
    if (given_fits(parts, value = parts_get(parts, "example"), type)) return value;
    if (given_fits(parts, value = given_first(parts_get(parts, "examples")), type)) return value;
    if (given_fits(parts, value = parts_get(parts, "const"), type)) return value;
    value = parts_get(parts, "default");
    if (given_fits(parts, value, type) && given_is_useful(value)) return value;
    return given_of_enum(parts, type);
}
