#include "sample_leaf.h"

#include "mined.h"
#include "sample_name.h"
#include "utf8.h"

#include <math.h>

/* ---- Type --------------------------------------------------------------------------------------------------- */

static enum sample_type leaf_type_of(yyjson_val *type)
{
    static const struct {
        const char *name;
        enum sample_type type;
    } types[] = { { "string", SAMPLE_TYPE_STRING }, { "integer", SAMPLE_TYPE_INTEGER },
                  { "number", SAMPLE_TYPE_NUMBER }, { "boolean", SAMPLE_TYPE_BOOLEAN },
                  { "null", SAMPLE_TYPE_NULL },     { "object", SAMPLE_TYPE_OBJECT },
                  { "array", SAMPLE_TYPE_ARRAY },   { "file", SAMPLE_TYPE_STRING } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (yyjson_equals_str(type, types[i].name)) return types[i].type;
    }
    return SAMPLE_TYPE_ANY;
}

static enum sample_type leaf_type_told(yyjson_val *type)
{
    yyjson_val *item;
    size_t i, max;
    if (!yyjson_is_arr(type)) return leaf_type_of(type);
    enum sample_type told = SAMPLE_TYPE_ANY;
    yyjson_arr_foreach (type, i, max, item) {
        if (told == SAMPLE_TYPE_ANY || told == SAMPLE_TYPE_NULL) told = leaf_type_of(item);
    }
    return told;
}

static enum sample_type leaf_type_implied(const struct parts *parts)
{
    static const struct {
        const char *keyword;
        enum sample_type type;
    } hints[] = { { "properties", SAMPLE_TYPE_OBJECT },
                  { "items", SAMPLE_TYPE_ARRAY },
                  { "prefixItems", SAMPLE_TYPE_ARRAY },
                  { "required", SAMPLE_TYPE_OBJECT },
                  { "pattern", SAMPLE_TYPE_STRING },
                  { "minLength", SAMPLE_TYPE_STRING },
                  { "maxLength", SAMPLE_TYPE_STRING },
                  { "minimum", SAMPLE_TYPE_NUMBER },
                  { "maximum", SAMPLE_TYPE_NUMBER },
                  { "format", SAMPLE_TYPE_STRING },
                  { "additionalProperties", SAMPLE_TYPE_OBJECT } };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        if (parts_get(parts, hints[i].keyword)) return hints[i].type;
    }
    return SAMPLE_TYPE_ANY;
}

enum sample_type sample_leaf_type(const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        enum sample_type told = leaf_type_told(yyjson_obj_get(parts->at[i].schema, "type"));
        if (told != SAMPLE_TYPE_ANY) return told;
    }
    return leaf_type_implied(parts);
}

/* ---- Text --------------------------------------------------------------------------------------------------- */

static struct str leaf_format(struct str format)
{
    static const struct {
        const char *format, *text;
    } formats[] = {
        { "date-time", "2026-01-31T12:00:00Z" },
        { "datetime", "2026-01-31T12:00:00Z" },
        { "google-datetime", "2026-01-31T12:00:00Z" },
        { "date", "2026-01-31" },
        { "time", "12:00:00Z" },
        { "duration", "PT1H" },
        { "google-duration", "3600s" },
        { "uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6" },
        { "guid", "3fa85f64-5717-4562-b3fc-2c963f66afa6" },
        { "email", "user@example.com" },
        { "idn-email", "user@example.com" },
        { "uri", "https://www.example.com" },
        { "url", "https://www.example.com" },
        { "iri", "https://www.example.com" },
        { "uri-reference", "/example" },
        { "uri-template", "https://www.example.com/{id}" },
        { "hostname", "www.example.com" },
        { "idn-hostname", "www.example.com" },
        { "ipv4", "192.0.2.1" },
        { "ip", "192.0.2.1" },
        { "ipv6", "2001:db8::1" },
        { "cidr", "192.0.2.0/24" },
        { "mac", "00:00:5E:00:53:01" }, /* RFC 7042 */
        { "byte", "ZXhhbXBsZQ==" },
        { "base64", "ZXhhbXBsZQ==" },
        { "binary", "example" },
        { "password", "a-long-password" },
        { "int32", "1" },
        { "int64", "1" },
        { "uint32", "1" },
        { "uint64", "1" },
        { "decimal", "9.99" },
        { "float", "9.99" },
        { "double", "9.99" },
        { "phone", "+12025550100" },
        { "color", "#336699" },
        { "json-pointer", "/example" },
        { "regex", "^example$" },
        { "google-fieldmask", "name" },
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (str_equal_nocase(format, str_from(formats[i].format))) return str_from(formats[i].text);
    }
    return STR_EMPTY;
}

/* A keyword's value as a count, `otherwise` when it is none. */
static size_t leaf_count(const struct parts *parts, const char *keyword, size_t otherwise)
{
    yyjson_val *value = parts_get(parts, keyword);
    double number = yyjson_is_num(value) ? yyjson_get_num(value) : -1;
    if (number < 0) return otherwise;
    return number > 1e9 ? (size_t)1000000000 : (size_t)number;
}

/* Lengths are in characters, our texts in bytes: they are ASCII but for the author's words. */
static struct str leaf_fit_length(struct arena *arena, const struct parts *parts, struct str text)
{
    size_t least = leaf_count(parts, "minLength", 0);
    size_t most = leaf_count(parts, "maxLength", SIZE_MAX);
    if (least > LIMIT_SAMPLE_TEXT_BYTES) least = LIMIT_SAMPLE_TEXT_BYTES;
    if (text.size > most) return utf8_cut(text, most);
    if (text.size >= least) return text;
    char *longer = arena_alloc(arena, least);
    if (longer == NULL) return STR_EMPTY;
    for (size_t i = 0; i < least; i++) longer[i] = text.size ? text.at[i % text.size] : 'x';
    return (struct str){ longer, least };
}

static struct str leaf_text(struct arena *arena, const struct parts *parts, struct str name)
{
    struct str text = mined_value(parts_text(parts, "description"));
    if (text.size == 0) text = leaf_format(parts_text(parts, "format"));
    if (text.size == 0) text = sample_name_text(arena, name);
    return leaf_fit_length(arena, parts, text);
}

static struct sample_node *leaf_string(struct arena *arena, const struct parts *parts, struct str name, unsigned number)
{
    struct str text = leaf_text(arena, parts, name);
    if (number) text = leaf_fit_length(arena, parts, arena_format(arena, "%u-%.*s", number + 1, STR_FORMAT(text)));
    return sample_node_text(arena, text);
}

/* ---- Numbers ------------------------------------------------------------------------------------------------ */

struct leaf_range {
    double least, most;
    bool is_above, is_below; /* the ends themselves do not count */
};

/* exclusiveMinimum is a boolean beside minimum in OpenAPI 3.0, and a limit of its own in 3.1. */
static void leaf_limit(const struct parts *parts, const char *keyword, const char *exclusive, double *limit,
                       bool *is_open)
{
    yyjson_val *value = parts_get(parts, keyword);
    yyjson_val *open = parts_get(parts, exclusive);
    if (yyjson_is_num(value)) *limit = yyjson_get_num(value);
    *is_open = yyjson_is_true(open);
    if (yyjson_is_num(open)) {
        *limit = yyjson_get_num(open);
        *is_open = true;
    }
}

static bool leaf_in_range(const struct leaf_range *range, double number)
{
    if (range->is_above ? number <= range->least : number < range->least) return false;
    return range->is_below ? number < range->most : number <= range->most;
}

static double leaf_into_range(const struct leaf_range *range, double number, double step)
{
    if (leaf_in_range(range, number)) return number;
    if (isfinite(range->least)) {
        number = ceil(range->least / step) * step;
        if (!leaf_in_range(range, number)) number += step;
        if (leaf_in_range(range, number)) return number;
        return (range->least + (isfinite(range->most) ? range->most : range->least)) / 2;
    }
    number = floor(range->most / step) * step;
    return leaf_in_range(range, number) ? number : number - step;
}

enum { LEAF_MOMENT = 1769860800 }; /* 2026-01-31T12:00:00Z in seconds since 1970 */

static bool leaf_is_moment(const struct parts *parts)
{
    struct str format = parts_text(parts, "format");
    return str_equal(format, STR("unix-time")) || str_equal(format, STR("timestamp"));
}

static struct sample_node *leaf_number(struct arena *arena, const struct parts *parts, bool is_integer, struct str name,
                                       unsigned nth)
{
    struct leaf_range range = { .least = -INFINITY, .most = INFINITY };
    leaf_limit(parts, "minimum", "exclusiveMinimum", &range.least, &range.is_above);
    leaf_limit(parts, "maximum", "exclusiveMaximum", &range.most, &range.is_below);
    yyjson_val *multiple = parts_get(parts, "multipleOf");
    double step = yyjson_is_num(multiple) && yyjson_get_num(multiple) > 0 ? yyjson_get_num(multiple) : 1;
    double number = (leaf_is_moment(parts) ? LEAF_MOMENT : sample_name_number(name)) + nth;
    if (is_integer) number = floor(number);
    if (yyjson_is_num(multiple)) number = ceil(number / step) * step;
    number = leaf_into_range(&range, number, step);
    if (!isfinite(number) || fabs(number) > 1e300) number = 0;
    if (is_integer) return sample_node_leaf(arena, arena_format(arena, "%.0f", number));
    return sample_node_leaf(arena, arena_format(arena, "%.15g", number));
}

struct sample_node *sample_leaf_make(struct arena *arena, const struct parts *parts, enum sample_type type,
                                     struct str name, unsigned number)
{
    switch (type) {
    case SAMPLE_TYPE_INTEGER: return leaf_number(arena, parts, true, name, number);
    case SAMPLE_TYPE_NUMBER: return leaf_number(arena, parts, false, name, number);
    case SAMPLE_TYPE_BOOLEAN: return sample_node_leaf(arena, STR("true"));
    case SAMPLE_TYPE_NULL: return sample_node_leaf(arena, STR("null"));
    default: return leaf_string(arena, parts, name, number);
    }
}
