#include "fits_keyword.h"

#include "ref.h"

/* ---- Arrays ------------------------------------------------------------------------------------------------------ */

static bool fits_count_of(yyjson_val *keyword, size_t count, bool is_least)
{
    if (!yyjson_is_num(keyword)) return true;
    return is_least ? (double)count >= yyjson_get_num(keyword) : (double)count <= yyjson_get_num(keyword);
}

bool fits_min_items(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !yyjson_is_arr(at->value) || fits_count_of(at->keyword, yyjson_arr_size(at->value), true);
}

bool fits_max_items(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !yyjson_is_arr(at->value) || fits_count_of(at->keyword, yyjson_arr_size(at->value), false);
}

bool fits_unique_items(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *item, *other;
    size_t i, j, max, size = yyjson_arr_size(at->value);
    if (!yyjson_is_true(at->keyword) || !fits_spend(fits, size * size)) return true;
    yyjson_arr_foreach (at->value, i, size, item) {
        yyjson_arr_foreach (at->value, j, max, other) {
            if (j >= i) break;
            if (fits_equal(item, other)) return false;
        }
    }
    return true;
}

/* Items from `first` on, each by the schema. */
static bool fits_rest(struct fits *fits, yyjson_val *array, size_t first, yyjson_val *schema)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (array, i, max, item) {
        if (i >= first && !fits_schema(fits, schema, item)) return false;
    }
    return true;
}

bool fits_prefix_items(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *schema, *item = yyjson_arr_get_first(at->value);
    size_t i, max, size = yyjson_arr_size(at->value);
    yyjson_arr_foreach (at->keyword, i, max, schema) {
        if (i == size) return true;
        if (!fits_schema(fits, schema, item)) return false;
        item = unsafe_yyjson_get_next(item);
    }
    return true;
}

/* A list of schemas is what prefixItems is called since 2020-12. */
bool fits_items(struct fits *fits, const struct fits_case *at)
{
    if (!yyjson_is_arr(at->value)) return true;
    if (yyjson_is_arr(at->keyword)) return fits_prefix_items(fits, at);
    return fits_rest(fits, at->value, yyjson_arr_size(yyjson_obj_get(at->schema, "prefixItems")), at->keyword);
}

bool fits_contains(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *item;
    size_t i, max;
    if (!yyjson_is_arr(at->value)) return true;
    yyjson_arr_foreach (at->value, i, max, item) {
        if (fits_schema(fits, at->keyword, item)) return true;
    }
    return yyjson_is_uint(yyjson_obj_get(at->schema, "minContains")) &&
           yyjson_get_uint(yyjson_obj_get(at->schema, "minContains")) == 0;
}

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

bool fits_min_properties(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !yyjson_is_obj(at->value) || fits_count_of(at->keyword, yyjson_obj_size(at->value), true);
}

bool fits_max_properties(struct fits *fits, const struct fits_case *at)
{
    (void)fits;
    return !yyjson_is_obj(at->value) || fits_count_of(at->keyword, yyjson_obj_size(at->value), false);
}

/* The few members of a value are looked up among the many of the schema. */
bool fits_properties(struct fits *fits, const struct fits_case *at)
{
    if (!yyjson_is_obj(at->keyword)) return true;
    for (struct document_member member = document_first(at->value); member.left; document_next(&member)) {
        yyjson_val *schema = document_get(fits->document, at->keyword, document_str(member.key));
        if (schema && !fits_schema(fits, schema, member.value)) return false;
    }
    return true;
}

static bool fits_is_marked(const struct fits *fits, yyjson_val *schema, const char *keyword)
{
    return yyjson_is_true(yyjson_obj_get(schema, keyword)) ||
           yyjson_is_true(yyjson_obj_get(ref_resolve(fits->document, schema), keyword));
}

/* True for a property that does not go this way. */
static bool fits_is_excused(const struct fits *fits, yyjson_val *schema, struct str name)
{
    yyjson_val *property = document_get(fits->document, yyjson_obj_get(schema, "properties"), name);
    yyjson_val *part;
    size_t i, max;
    if (fits->direction == FITS_ANY) return false;
    yyjson_arr_foreach (yyjson_obj_get(schema, "allOf"), i, max, part) {
        if (property) break;
        part = ref_resolve(fits->document, part);
        property = document_get(fits->document, yyjson_obj_get(part, "properties"), name);
    }
    return fits_is_marked(fits, property, fits->direction == FITS_REQUEST ? "readOnly" : "writeOnly");
}

bool fits_required(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *item;
    size_t i, max;
    if (!yyjson_is_obj(at->value)) return true;
    if (!fits_spend(fits, yyjson_arr_size(at->keyword) * yyjson_obj_size(at->value))) return true;
    yyjson_arr_foreach (at->keyword, i, max, item) {
        struct str name = document_str(item);
        bool is_there = !yyjson_is_str(item) || yyjson_obj_getn(at->value, name.at, name.size);
        if (!is_there && !fits_is_excused(fits, at->schema, name)) return false;
    }
    return true;
}

static bool fits_is_told_by_pattern(struct fits *fits, yyjson_val *patterns, struct str name)
{
    if (!fits_spend(fits, yyjson_obj_size(patterns))) return true;
    for (struct document_member at = document_first(patterns); at.left; document_next(&at)) {
        if (expression_find(fits->expressions, document_str(at.key), name) != EXPRESSION_NO) return true;
    }
    return false;
}

bool fits_additional(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *properties = yyjson_obj_get(at->schema, "properties");
    yyjson_val *patterns = yyjson_obj_get(at->schema, "patternProperties");
    if (!yyjson_is_obj(at->keyword) && !yyjson_is_false(at->keyword)) return true;
    for (struct document_member member = document_first(at->value); member.left; document_next(&member)) {
        struct str name = document_str(member.key);
        if (document_get(fits->document, properties, name) || fits_is_told_by_pattern(fits, patterns, name)) continue;
        if (!fits_schema(fits, at->keyword, member.value)) return false;
    }
    return true;
}

bool fits_pattern_properties(struct fits *fits, const struct fits_case *at)
{
    if (!fits_spend(fits, yyjson_obj_size(at->keyword) * yyjson_obj_size(at->value))) return true;
    for (struct document_member pattern = document_first(at->keyword); pattern.left; document_next(&pattern)) {
        for (struct document_member member = document_first(at->value); member.left; document_next(&member)) {
            bool is_meant = expression_find(fits->expressions, document_str(pattern.key), document_str(member.key)) ==
                            EXPRESSION_YES;
            if (is_meant && !fits_schema(fits, pattern.value, member.value)) return false;
        }
    }
    return true;
}

bool fits_property_names(struct fits *fits, const struct fits_case *at)
{
    for (struct document_member member = document_first(at->value); member.left; document_next(&member)) {
        if (!fits_schema(fits, at->keyword, member.key)) return false;
    }
    return true;
}

bool fits_dependent(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *name;
    size_t i, max;
    for (struct document_member member = document_first(at->keyword); member.left; document_next(&member)) {
        struct str trigger = document_str(member.key);
        if (yyjson_obj_getn(at->value, trigger.at, trigger.size) == NULL) continue;
        if (!fits_spend(fits, yyjson_arr_size(member.value) * yyjson_obj_size(at->value))) return true;
        yyjson_arr_foreach (member.value, i, max, name) {
            if (yyjson_is_str(name) && yyjson_obj_getn(at->value, yyjson_get_str(name), yyjson_get_len(name)) == NULL)
                return false;
        }
    }
    return true;
}
