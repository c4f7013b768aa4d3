#include "sample_maker.h"

static bool given_has_type(yyjson_val *value, enum sample_type type)
{
    switch (type) {
    case SAMPLE_TYPE_ANY: return !yyjson_is_null(value);
    case SAMPLE_TYPE_STRING: return yyjson_is_str(value) || yyjson_is_num(value) || yyjson_is_bool(value);
    case SAMPLE_TYPE_INTEGER:
    case SAMPLE_TYPE_NUMBER: return yyjson_is_num(value);
    case SAMPLE_TYPE_BOOLEAN: return yyjson_is_bool(value);
    case SAMPLE_TYPE_NULL: return yyjson_is_null(value);
    case SAMPLE_TYPE_OBJECT: return yyjson_is_obj(value) && yyjson_obj_size(value) > 0;
    case SAMPLE_TYPE_ARRAY: return yyjson_is_arr(value) && yyjson_arr_size(value) > 0;
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

/* What an unquoted word in YAML became, as the text that was meant. */
static bool given_text_fits(struct sample_maker *maker, const struct parts *parts, yyjson_val *value)
{
    struct buf json;
    buf_init(&json, LIMIT_SAMPLE_TEXT_BYTES);
    document_json_text(value, &json);
    bool is_good = json.error == BUF_OK && parts_get(parts, "enum") == NULL && parts_get(parts, "const") == NULL &&
                   sample_text_fits(maker, parts, buf_str(&json));
    buf_free(&json);
    return is_good;
}

static bool given_fits(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                       yyjson_val *value, enum sample_type type)
{
    if (value == NULL || !given_has_type(value, type)) return false;
    if (type == SAMPLE_TYPE_STRING && !yyjson_is_str(value)) return given_text_fits(maker, parts, value);
    maker->fits.steps = 0;
    for (size_t i = 0; i < place->count; i++) {
        if (!fits_schema(&maker->fits, place->schemas[i], value)) return false;
    }
    return true;
}

/* One of the enum: the useful one with this number, counted round; else the first that fits at all, or that has at
 * least the type. */
static yyjson_val *given_of_enum(struct sample_maker *maker, const struct parts *parts,
                                 const struct sample_place *place, enum sample_type type)
{
    yyjson_val *list = parts_get(parts, "enum"), *item, *first = NULL, *last = NULL, *any = NULL;
    size_t i, max;
    unsigned number = place->number;
    yyjson_arr_foreach (list, i, max, item) {
        if (any == NULL && (given_has_type(item, type) || type == SAMPLE_TYPE_ANY)) any = item;
        if (!given_fits(maker, parts, place, item, type)) continue;
        if (first == NULL) first = item;
        if (!given_is_useful(item)) continue;
        last = item;
        if (number-- == 0) return item;
    }
    if (last) return last;
    return first ? first : any;
}

/* `examples` is a list in JSON Schema, and by mistake often a map of OpenAPI's Example Objects. */
static yyjson_val *given_first(yyjson_val *examples)
{
    if (!yyjson_is_obj(examples)) return yyjson_arr_get_first(examples);
    return yyjson_obj_get(document_first(examples).value, "value");
}

yyjson_val *sample_given(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                         enum sample_type type, yyjson_val **hint)
{
    yyjson_val *fallback = parts_get(parts, "default");
    enum { GIVEN_VALUES = 5 };
    yyjson_val *const values[GIVEN_VALUES] = { place->given, parts_get(parts, "example"),
                                               given_first(parts_get(parts, "examples")), parts_get(parts, "const"),
                                               fallback };
    *hint = NULL;
    if (place->count == 0 && place->given) return place->given; /* nothing contradicts it */
    for (size_t i = 0; i < GIVEN_VALUES; i++) {
        bool is_meant = values[i] && (values[i] != fallback || given_is_useful(fallback));
        if (!is_meant || (place->is_distinct && place->number && i < 3 && values[i] != place->given)) continue;
        if (given_fits(maker, parts, place, values[i], type)) return values[i];
        if (*hint == NULL && i < 3 && given_has_type(values[i], type)) *hint = values[i];
    }
    return given_of_enum(maker, parts, place, type);
}

unsigned sample_given_lines(yyjson_val *value, unsigned most)
{
    yyjson_val *item;
    size_t i, max;
    unsigned lines = 1;
    if (!yyjson_is_ctn(value)) return 1;
    if (unsafe_yyjson_get_len(value) == 0) return 1;
    yyjson_arr_foreach (value, i, max, item) {
        if (lines >= most) return lines;
        lines += sample_given_lines(item, most - lines);
    }
    for (struct document_member at = document_first(value); at.left && lines < most; document_next(&at)) {
        lines += sample_given_lines(at.value, most - lines);
    }
    return lines + 1;
}
