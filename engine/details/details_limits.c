#include "details_model.h"

#include <stdlib.h>

/* ---- What limits a number ---------------------------------------------------------------------------------------- */

/* One side of an interval: the strictest limit of all parts. */
struct limits_bound {
    yyjson_val *value; /* NULL: none */
    bool is_open;      /* the value itself is out */
};

static bool limits_is_number(yyjson_val *value)
{
    return yyjson_is_num(value) || yyjson_is_raw(value);
}

static double limits_number(yyjson_val *value)
{
    return yyjson_is_raw(value) ? strtod(yyjson_get_raw(value), NULL) : yyjson_get_num(value);
}

/* `sign`: 1 for the least, -1 for the most. */
static void limits_tighten(struct limits_bound *bound, yyjson_val *value, bool is_open, int sign)
{
    if (!limits_is_number(value)) return;
    double old = bound->value ? limits_number(bound->value) * sign : 0, fresh = limits_number(value) * sign;
    if (bound->value && (fresh < old || (fresh == old && bound->is_open))) return;
    *bound = (struct limits_bound){ value, is_open };
}

/* exclusiveMinimum is a boolean beside minimum in OpenAPI 3.0, and a limit of its own in 3.1. `exclusive_key`:
 * DETAILS_KEYS where there is none. */
static struct limits_bound limits_bound(const struct details_schema *schema, enum details_key key,
                                        enum details_key exclusive_key, int sign)
{
    struct limits_bound bound = { NULL, false };
    bool has_exclusive = exclusive_key != DETAILS_KEYS && details_has_key(schema, exclusive_key);
    if (!details_has_key(schema, key) && !has_exclusive) return bound;
    for (size_t i = 0; i < schema->parts.count; i++) {
        const struct part *part = &schema->parts.at[i];
        yyjson_val *exclusive = has_exclusive ? details_part_key(part, exclusive_key) : NULL;
        limits_tighten(&bound, details_part_key(part, key), yyjson_is_true(exclusive), sign);
        limits_tighten(&bound, exclusive, true, sign);
    }
    return bound;
}

static void limits_comma(struct buf *text, size_t start)
{
    if (text->size > start) buf_append_str(text, STR(", "));
}

static bool limits_interval(struct details_maker *maker, const struct details_schema *schema)
{
    struct buf *text = &maker->text;
    struct limits_bound least = limits_bound(schema, DETAILS_KEY_MINIMUM, DETAILS_KEY_ABOVE, 1);
    struct limits_bound most = limits_bound(schema, DETAILS_KEY_MAXIMUM, DETAILS_KEY_BELOW, -1);
    size_t start = text->size;
    if (least.value && most.value && !least.is_open && !most.is_open) {
        document_json_text(least.value, text);
        if (limits_number(least.value) != limits_number(most.value)) {
            buf_append_str(text, STR(" to "));
            document_json_text(most.value, text);
        }
        return limits_number(least.value) <= limits_number(most.value);
    }
    if (least.value) {
        buf_append_str(text, least.is_open ? STR("more than ") : STR("at least "));
        document_json_text(least.value, text);
    }
    if (most.value) {
        limits_comma(text, start);
        buf_append_str(text, most.is_open ? STR("less than ") : STR("at most "));
        document_json_text(most.value, text);
    }
    return !least.value || !most.value || limits_number(least.value) < limits_number(most.value);
}

/* ---- What limits a size ------------------------------------------------------------------------------------------ */

/* "1 to 63 characters", "at least 1 item", "at most 3 items". */
static bool limits_count(struct details_maker *maker, const struct details_schema *schema, size_t start,
                         enum details_key least_key, enum details_key most_key, const char *unit)
{
    struct buf *text = &maker->text;
    struct limits_bound least = limits_bound(schema, least_key, DETAILS_KEYS, 1);
    struct limits_bound most = limits_bound(schema, most_key, DETAILS_KEYS, -1);
    bool has_least = least.value && limits_number(least.value) > 0, has_most = most.value != NULL;
    if (!has_least && !has_most) return true;
    bool is_one = limits_number(has_most ? most.value : least.value) == 1;
    bool is_exact = has_least && has_most && limits_number(least.value) == limits_number(most.value);
    limits_comma(text, start);
    if (!has_most) buf_append_str(text, STR("at least "));
    if (!has_least) buf_append_str(text, STR("at most "));
    if (has_least && !is_exact) document_json_text(least.value, text);
    if (has_least && has_most && !is_exact) buf_append_str(text, STR(" to "));
    if (has_most) document_json_text(most.value, text);
    buf_append_format(text, " %s%s", unit, is_one ? "" : "s");
    return !has_least || !has_most || limits_number(least.value) <= limits_number(most.value);
}

bool details_limits(struct details_maker *maker, const struct details_schema *schema)
{
    struct buf *text = &maker->text;
    size_t start = text->size;
    bool is_possible = limits_interval(maker, schema);
    yyjson_val *multiple = details_key(schema, DETAILS_KEY_MULTIPLE);
    if (limits_is_number(multiple)) {
        limits_comma(text, start);
        buf_append_str(text, STR("a multiple of "));
        document_json_text(multiple, text);
    }
    is_possible &= limits_count(maker, schema, start, DETAILS_KEY_MIN_LENGTH, DETAILS_KEY_MAX_LENGTH, "character");
    is_possible &= limits_count(maker, schema, start, DETAILS_KEY_MIN_ITEMS, DETAILS_KEY_MAX_ITEMS, "item");
    is_possible &= limits_count(maker, schema, start, DETAILS_KEY_MIN_MEMBERS, DETAILS_KEY_MAX_MEMBERS, "member");
    /* That of a string is a mistake that some generators make. */
    bool is_list = details_has_key(schema, DETAILS_KEY_ITEMS) || details_has_key(schema, DETAILS_KEY_PREFIX_ITEMS);
    if (is_list && details_is(schema, DETAILS_KEY_UNIQUE)) {
        limits_comma(text, start);
        buf_append_str(text, STR("no item twice"));
    }
    return is_possible;
}
