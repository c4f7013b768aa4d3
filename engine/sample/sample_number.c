#include "sample_maker.h"
#include "sample_name.h"

#include <math.h>

struct number_range {
    double least, most;
    bool is_above, is_below; /* the ends themselves do not count */
    double step;             /* multipleOf; 0: none */
};

static void number_at_least(struct number_range *range, double least, bool is_open)
{
    if (least < range->least || (least == range->least && !is_open)) return;
    range->least = least;
    range->is_above = is_open;
}

static void number_at_most(struct number_range *range, double most, bool is_open)
{
    if (most > range->most || (most == range->most && !is_open)) return;
    range->most = most;
    range->is_below = is_open;
}

/* exclusiveMinimum is a boolean beside minimum in OpenAPI 3.0, and a limit of its own in 3.1. */
static void number_read_limits(struct number_range *range, yyjson_val *schema)
{
    yyjson_val *least = yyjson_obj_get(schema, "minimum"), *above = yyjson_obj_get(schema, "exclusiveMinimum");
    yyjson_val *most = yyjson_obj_get(schema, "maximum"), *below = yyjson_obj_get(schema, "exclusiveMaximum");
    if (yyjson_is_num(least)) number_at_least(range, yyjson_get_num(least), yyjson_is_true(above));
    if (yyjson_is_num(above)) number_at_least(range, yyjson_get_num(above), true);
    if (yyjson_is_num(most)) number_at_most(range, yyjson_get_num(most), yyjson_is_true(below));
    if (yyjson_is_num(below)) number_at_most(range, yyjson_get_num(below), true);
}

static struct number_range number_range_of(const struct parts *parts)
{
    struct number_range range = { .least = -INFINITY, .most = INFINITY };
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *schema = parts->at[i].schema, *step = yyjson_obj_get(schema, "multipleOf");
        number_read_limits(&range, schema);
        if (yyjson_is_num(step) && yyjson_get_num(step) > 0 && range.step == 0) range.step = yyjson_get_num(step);
        if (!str_equal(document_str(yyjson_obj_get(schema, "format")), STR("int32"))) continue;
        number_at_least(&range, -2147483648.0, false);
        number_at_most(&range, 2147483647.0, false);
    }
    return range;
}

static bool number_fits(const struct number_range *range, bool is_integer, double number)
{
    if (is_integer && floor(number) != number) return false;
    if (range->is_above ? number <= range->least : number < range->least) return false;
    if (range->is_below ? number >= range->most : number > range->most) return false;
    return range->step == 0 || fits_multiple(number, range->step);
}

/* The likely number if it fits, else one near it, or near an end of the range. */
static bool number_choose(const struct number_range *range, bool is_integer, double likely, double *number)
{
    double step = range->step > 0 ? range->step : 1;
    double least = isfinite(range->least) ? range->least : range->most;
    double most = isfinite(range->most) ? range->most : range->least;
    const double candidates[] = {
        likely,
        floor(likely),
        ceil(likely / step) * step,
        ceil(ceil(likely / step) * step),
        1,
        least,
        ceil(least / step) * step,
        (floor(least / step) + 1) * step,
        ceil(least),
        floor(least) + 1,
        most,
        floor(most / step) * step,
        (ceil(most / step) - 1) * step,
        floor(most),
        ceil(most) - 1,
        (least + most) / 2,
        step,
        0,
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        *number = candidates[i];
        if (isfinite(*number) && fabs(*number) < 1e300 && number_fits(range, is_integer, *number)) return true;
    }
    return false;
}

enum { NUMBER_MOMENT = 1769860800 }; /* 2026-01-31T12:00:00Z in seconds since 1970 */

static bool number_is_moment(const struct parts *parts)
{
    struct str format = parts_text(parts, "format");
    return str_equal(format, STR("unix-time")) || str_equal(format, STR("timestamp"));
}

struct sample_node *sample_number(struct sample_maker *maker, const struct parts *parts, bool is_integer,
                                  struct str name, unsigned number)
{
    struct number_range range = number_range_of(parts);
    double likely = number_is_moment(parts) ? NUMBER_MOMENT : sample_name_number(name), chosen;
    if (is_integer) likely = floor(likely);
    likely += number * (range.step > 0 ? range.step : 1);
    if (!number_choose(&range, is_integer, likely, &chosen)) {
        sample_fault(maker, name, "no number is allowed by all its limits");
        chosen = floor((range.least + range.most) / 2);
        if (!isfinite(chosen)) chosen = 0;
    }
    if (chosen == floor(chosen) && fabs(chosen) < 1e15)
        return sample_node_leaf(maker->arena, arena_format(maker->arena, "%.0f", chosen + 0.0));
    return sample_node_leaf(maker->arena, arena_format(maker->arena, "%.15g", chosen));
}
