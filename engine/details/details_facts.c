#include "details_maker.h"

#include "limits.h"

static struct str facts_json(struct details_maker *maker, yyjson_val *value)
{
    document_json_text(value, &maker->text);
    return details_take_text(maker);
}

/* ---- Ranges, in words ------------------------------------------------------------------------------------------- */

static void facts_comma(struct buf *text)
{
    if (text->size) buf_append_str(text, STR(", "));
}

static void facts_number(struct buf *text, yyjson_val *value)
{
    document_json_text(value, text);
}

/* "1 to 63 characters", "at least 1 item", "at most 3 items". */
static void facts_count(struct buf *text, const struct parts *parts, const char *least_key, const char *most_key,
                        const char *unit)
{
    yyjson_val *least = parts_get(parts, least_key), *most = parts_get(parts, most_key);
    bool has_least = yyjson_is_num(least) && yyjson_get_num(least) > 0, has_most = yyjson_is_num(most);
    if (!has_least && !has_most) return;
    facts_comma(text);
    bool is_one = yyjson_get_num(has_most ? most : least) == 1;
    bool is_exact = has_least && has_most && yyjson_get_num(least) == yyjson_get_num(most);
    if (!has_most) buf_append_str(text, STR("at least "));
    if (!has_least) buf_append_str(text, STR("at most "));
    if (has_least && !is_exact) facts_number(text, least);
    if (has_least && has_most && !is_exact) buf_append_str(text, STR(" to "));
    if (has_most) facts_number(text, most);
    buf_append_format(text, " %s%s", unit, is_one ? "" : "s");
}

/* exclusiveMinimum is a boolean beside minimum in OpenAPI 3.0, and a limit of its own in 3.1. */
static yyjson_val *facts_limit(const struct parts *parts, const char *key, const char *exclusive_key, bool *is_open)
{
    yyjson_val *exclusive = parts_get(parts, exclusive_key);
    yyjson_val *limit = parts_get(parts, key);
    *is_open = yyjson_is_true(exclusive) || (yyjson_is_num(exclusive) && !yyjson_is_num(limit));
    if (yyjson_is_num(exclusive) && !yyjson_is_num(limit)) limit = exclusive;
    return yyjson_is_num(limit) || yyjson_is_raw(limit) ? limit : NULL;
}

static void facts_interval(struct buf *text, const struct parts *parts)
{
    bool is_above, is_below;
    yyjson_val *least = facts_limit(parts, "minimum", "exclusiveMinimum", &is_above);
    yyjson_val *most = facts_limit(parts, "maximum", "exclusiveMaximum", &is_below);
    if (least && most && !is_above && !is_below) {
        facts_number(text, least);
        buf_append_str(text, STR(" to "));
        facts_number(text, most);
        return;
    }
    if (least) {
        buf_append_str(text, is_above ? STR("more than ") : STR("at least "));
        facts_number(text, least);
    }
    if (most) {
        facts_comma(text);
        buf_append_str(text, is_below ? STR("less than ") : STR("at most "));
        facts_number(text, most);
    }
}

static struct str facts_range(struct details_maker *maker, const struct parts *parts)
{
    struct buf *text = &maker->text;
    facts_interval(text, parts);
    yyjson_val *multiple = parts_get(parts, "multipleOf");
    if (yyjson_is_num(multiple)) {
        facts_comma(text);
        buf_append_str(text, STR("a multiple of "));
        facts_number(text, multiple);
    }
    facts_count(text, parts, "minLength", "maxLength", "character");
    facts_count(text, parts, "minItems", "maxItems", "item");
    facts_count(text, parts, "minProperties", "maxProperties", "member");
    if (parts_is(parts, "uniqueItems") &&
        parts_get(parts, "items")) { /* a string's is a mistake that some generators make */
        facts_comma(text);
        buf_append_str(text, STR("no item twice"));
    }
    return details_take_text(maker);
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

/* The enum of the parts, or that of the items of an array. */
static yyjson_val *facts_enum(const struct parts *parts)
{
    yyjson_val *values = parts_get(parts, "enum");
    if (values == NULL) values = yyjson_obj_get(parts_get(parts, "items"), "enum");
    return yyjson_is_arr(values) ? values : NULL;
}

static void facts_values(struct details_maker *maker, const struct parts *parts, struct engine_field *field)
{
    yyjson_val *list = facts_enum(parts), *constant = parts_get(parts, "const"), *item;
    size_t count = list ? yyjson_arr_size(list) : constant != NULL;
    if (count > LIMIT_DETAILS_VALUES) count = LIMIT_DETAILS_VALUES;
    struct str *values = count ? arena_calloc(maker->arena, count, sizeof *values) : NULL;
    if (values == NULL) return;
    size_t i, max;
    if (list == NULL) values[0] = facts_json(maker, constant);
    yyjson_arr_foreach (list, i, max, item) {
        if (i < count) values[i] = facts_json(maker, item);
    }
    field->values = values;
    field->value_count = count;
}

void details_facts(struct details_maker *maker, const struct parts *parts, struct engine_field *field)
{
    yyjson_val *default_value = parts_get(parts, "default");
    field->format = parts_text(parts, "format");
    field->pattern = parts_text(parts, "pattern");
    field->range = facts_range(maker, parts);
    if (default_value) field->default_value = facts_json(maker, default_value);
    if (field->default_value.size > LIMIT_SAMPLE_TEXT_BYTES) field->default_value = STR_EMPTY;
    facts_values(maker, parts, field);
}
