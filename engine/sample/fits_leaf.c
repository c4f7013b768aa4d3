#include "fits_keyword.h"

#include "format_text.h"
#include "utf8.h"

#include <math.h>

/* ---- Any value -------------------------------------------------------------------------------------------------- */

bool fits_equal(yyjson_val *a, yyjson_val *b)
{
    if (yyjson_is_num(a) && yyjson_is_num(b)) return yyjson_get_num(a) == yyjson_get_num(b);
    return yyjson_equals(a, b);
}

static bool fits_is_whole(yyjson_val *value)
{
    return yyjson_is_int(value) || yyjson_is_raw(value) ||
           (yyjson_is_real(value) && floor(yyjson_get_real(value)) == yyjson_get_real(value));
}

/* A number beyond 64 bits stays "raw". */
static bool fits_is_type(yyjson_val *type, yyjson_val *value)
{
    struct str name = document_str(type);
    if (str_equal(name, STR("string")) || str_equal(name, STR("file"))) return yyjson_is_str(value);
    if (str_equal(name, STR("object"))) return yyjson_is_obj(value);
    if (str_equal(name, STR("array"))) return yyjson_is_arr(value);
    if (str_equal(name, STR("boolean"))) return yyjson_is_bool(value);
    if (str_equal(name, STR("integer"))) return fits_is_whole(value);
    if (str_equal(name, STR("number"))) return yyjson_is_num(value) || yyjson_is_raw(value);
    if (str_equal(name, STR("null"))) return yyjson_is_null(value);
    return true; /* a type that there is not */
}

bool fits_type(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *type;
    size_t i, max;
    if (yyjson_is_null(at->value) && fits->is_3_0 && yyjson_is_true(yyjson_obj_get(at->schema, "nullable")))
        return true;
    if (!yyjson_is_arr(at->keyword)) return fits_is_type(at->keyword, at->value);
    yyjson_arr_foreach (at->keyword, i, max, type) {
        if (fits_is_type(type, at->value)) return true;
    }
    return max == 0;
}

bool fits_enum(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *item;
    size_t i, max;
    if (!fits_spend(fits, yyjson_arr_size(at->keyword))) return true;
    yyjson_arr_foreach (at->keyword, i, max, item) {
        if (fits_equal(item, at->value)) return true;
    }
    return yyjson_arr_size(at->keyword) == 0;
}

bool fits_const(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return fits_equal(at->keyword, at->value);
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static bool fits_are_numbers(const struct fits_case *at)
{
    return yyjson_is_num(at->keyword) && yyjson_is_num(at->value);
}

bool fits_minimum(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    if (!fits_are_numbers(at)) return true;
    double limit = yyjson_get_num(at->keyword), number = yyjson_get_num(at->value);
    return yyjson_is_true(yyjson_obj_get(at->schema, "exclusiveMinimum")) ? number > limit : number >= limit;
}

bool fits_maximum(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    if (!fits_are_numbers(at)) return true;
    double limit = yyjson_get_num(at->keyword), number = yyjson_get_num(at->value);
    return yyjson_is_true(yyjson_obj_get(at->schema, "exclusiveMaximum")) ? number < limit : number <= limit;
}

bool fits_exclusive_minimum(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !fits_are_numbers(at) || yyjson_get_num(at->value) > yyjson_get_num(at->keyword);
}

bool fits_exclusive_maximum(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !fits_are_numbers(at) || yyjson_get_num(at->value) < yyjson_get_num(at->keyword);
}

bool fits_multiple(double number, double step)
{
    double quotient = number / step;
    return !isfinite(quotient) || quotient == floor(quotient);
}

bool fits_multiple_of(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !fits_are_numbers(at) || yyjson_get_num(at->keyword) <= 0 ||
           fits_multiple(yyjson_get_num(at->value), yyjson_get_num(at->keyword));
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

size_t fits_length(struct str text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.size; i++) length += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return length;
}

bool fits_min_length(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !yyjson_is_str(at->value) || !yyjson_is_num(at->keyword) ||
           (double)fits_length(document_str(at->value)) >= yyjson_get_num(at->keyword);
}

bool fits_max_length(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !yyjson_is_str(at->value) || !yyjson_is_num(at->keyword) ||
           (double)fits_length(document_str(at->value)) <= yyjson_get_num(at->keyword);
}

bool fits_pattern(struct fits *fits, const struct fits_case *at)
{
    if (!yyjson_is_str(at->value) || !yyjson_is_str(at->keyword)) return true;
    return expression_find(fits->expressions, document_str(at->keyword), document_str(at->value)) != EXPRESSION_NO;
}

/* The formats of numbers say how many bits they have. */
static bool fits_number_format(struct str format, yyjson_val *value)
{
    double number = yyjson_get_num(value);
    if (str_equal(format, STR("int32")))
        return floor(number) == number && number >= -2147483648.0 && number <= 2147483647.0;
    return !str_equal(format, STR("int64")) || floor(number) == number;
}

bool fits_format(struct fits *fits, const struct fits_case *at)
{
    struct str format = document_str(at->keyword);
    (void)fits;
    if (yyjson_is_num(at->value)) return fits_number_format(format, at->value);
    return !yyjson_is_str(at->value) || format_text_fits(format, document_str(at->value));
}
