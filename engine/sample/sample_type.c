#include "sample_maker.h"

static enum sample_type type_of(yyjson_val *type)
{
    static const struct {
        struct str name;
        enum sample_type type;
    } types[] = { { STR_INIT("string"), SAMPLE_TYPE_STRING }, { STR_INIT("integer"), SAMPLE_TYPE_INTEGER },
                  { STR_INIT("number"), SAMPLE_TYPE_NUMBER }, { STR_INIT("boolean"), SAMPLE_TYPE_BOOLEAN },
                  { STR_INIT("null"), SAMPLE_TYPE_NULL },     { STR_INIT("object"), SAMPLE_TYPE_OBJECT },
                  { STR_INIT("array"), SAMPLE_TYPE_ARRAY },   { STR_INIT("file"), SAMPLE_TYPE_STRING } };
    struct str name = document_str(type);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_equal(name, types[i].name)) return types[i].type;
    }
    return SAMPLE_TYPE_ANY;
}

/* Types as a set of bits. An integer is a number, too. */
static unsigned type_set_of(yyjson_val *type)
{
    unsigned set = 1u << type_of(type);
    return set == 1u << SAMPLE_TYPE_NUMBER ? set | 1u << SAMPLE_TYPE_INTEGER : set;
}

static unsigned type_set(yyjson_val *type)
{
    yyjson_val *item;
    size_t i, max;
    unsigned set = 0;
    if (!yyjson_is_arr(type)) return type_set_of(type);
    yyjson_arr_foreach (type, i, max, item) set |= type_set_of(item);
    return set;
}

/* The first of the types in `type` that is in the set and not null. */
static enum sample_type type_first(yyjson_val *type, unsigned set)
{
    yyjson_val *item;
    size_t i, max;
    if (!yyjson_is_arr(type)) return type_of(type);
    yyjson_arr_foreach (type, i, max, item) {
        enum sample_type told = type_of(item);
        if (told != SAMPLE_TYPE_NULL && set & 1u << told) return told;
    }
    return type_of(yyjson_arr_get_first(type));
}

static enum sample_type type_implied(const struct parts *parts)
{
    static const struct {
        const char *keyword;
        enum sample_type type;
    } hints[] = {
        { "properties", SAMPLE_TYPE_OBJECT },
        { "items", SAMPLE_TYPE_ARRAY },
        { "prefixItems", SAMPLE_TYPE_ARRAY },
        { "required", SAMPLE_TYPE_OBJECT },
        { "pattern", SAMPLE_TYPE_STRING },
        { "minLength", SAMPLE_TYPE_STRING },
        { "maxLength", SAMPLE_TYPE_STRING },
        { "minimum", SAMPLE_TYPE_NUMBER },
        { "maximum", SAMPLE_TYPE_NUMBER },
        { "format", SAMPLE_TYPE_STRING },
        { "additionalProperties", SAMPLE_TYPE_OBJECT },
        { "patternProperties", SAMPLE_TYPE_OBJECT },
        { "minProperties", SAMPLE_TYPE_OBJECT },
        { "minItems", SAMPLE_TYPE_ARRAY },
        { "exclusiveMinimum", SAMPLE_TYPE_NUMBER },
        { "exclusiveMaximum", SAMPLE_TYPE_NUMBER },
        { "multipleOf", SAMPLE_TYPE_NUMBER },
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        if (parts_get(parts, hints[i].keyword)) return hints[i].type;
    }
    return SAMPLE_TYPE_ANY;
}

enum sample_type sample_type(const struct parts *parts)
{
    enum sample_type told = SAMPLE_TYPE_ANY;
    unsigned set = ~0u;
    yyjson_val *first = NULL;
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *type = yyjson_obj_get(parts->at[i].schema, "type");
        unsigned own = type ? type_set(type) : 1u << SAMPLE_TYPE_ANY;
        if (own & 1u << SAMPLE_TYPE_ANY) continue;
        if (first == NULL) first = type;
        if (set & own) set &= own;
    }
    if (first == NULL) return type_implied(parts);
    told = type_first(first, set);
    return told == SAMPLE_TYPE_NUMBER && !(set & 1u << SAMPLE_TYPE_NUMBER) ? SAMPLE_TYPE_INTEGER : told;
}

static bool type_branch_is_null(yyjson_val *branches)
{
    yyjson_val *branch;
    size_t i, max;
    yyjson_arr_foreach (branches, i, max, branch) {
        if (yyjson_equals_str(yyjson_obj_get(branch, "type"), "null")) return true;
    }
    return false;
}

bool sample_type_has_null(const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *schema = parts->at[i].schema;
        if (yyjson_is_true(yyjson_obj_get(schema, "nullable")) ||
            type_branch_is_null(yyjson_obj_get(schema, "oneOf")) ||
            type_branch_is_null(yyjson_obj_get(schema, "anyOf")))
            return true;
        yyjson_val *type = yyjson_obj_get(schema, "type");
        if (yyjson_is_arr(type) && type_set(type) & 1u << SAMPLE_TYPE_NULL) return true;
    }
    return false;
}
