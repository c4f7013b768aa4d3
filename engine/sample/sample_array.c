#include "sample_maker.h"

#include <math.h>

enum {
    ARRAY_ITEMS = 200,        /* that are made where minItems asks for so many */
    ARRAY_ITEMS_GIVEN = 1000, /* of an example */
    ARRAY_TRIES = 12,         /* until an item differs from those before */
};

/* What an array asks for, by all parts that tell of it. */
struct array_bounds {
    double least, most;
    size_t prefix; /* items that have schemas of their own */
    bool is_distinct;
};

static void array_bounds_read(const struct parts *parts, struct array_bounds *bounds)
{
    *bounds = (struct array_bounds){ .most = INFINITY };
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *schema = parts->at[i].schema, *items = yyjson_obj_get(schema, "items");
        yyjson_val *least = yyjson_obj_get(schema, "minItems"), *most = yyjson_obj_get(schema, "maxItems");
        if (yyjson_is_num(least)) bounds->least = fmax(bounds->least, yyjson_get_num(least));
        if (yyjson_is_num(most)) bounds->most = fmin(bounds->most, yyjson_get_num(most));
        bounds->is_distinct |= yyjson_is_true(yyjson_obj_get(schema, "uniqueItems"));
        size_t prefix = yyjson_arr_size(yyjson_obj_get(schema, "prefixItems"));
        if (prefix == 0) prefix = yyjson_arr_size(items);
        if (prefix > bounds->prefix) bounds->prefix = prefix;
        bool is_closed = yyjson_is_false(items) ||
                         (yyjson_is_arr(items) && yyjson_is_false(yyjson_obj_get(schema, "additionalItems")));
        if (is_closed && (double)prefix < bounds->most) bounds->most = (double)prefix;
    }
}

/* One, if that is allowed; as many as must be, as have schemas of their own, or as an example has. */
static size_t array_count(const struct sample_maker *maker, const struct array_bounds *bounds,
                          const struct sample_place *place)
{
    size_t given = yyjson_arr_size(place->given);
    double count = fmax(fmax(bounds->least, 1), (double)bounds->prefix);
    if (given && maker->wish->tier != SAMPLE_MINIMAL) count = fmax(bounds->least, (double)given);
    count = fmin(count, bounds->most);
    if (place->focus.size && count < 1) count = 1;
    return count < 1 ? 0 : (size_t)fmin(count, given ? ARRAY_ITEMS_GIVEN : ARRAY_ITEMS);
}

/* prefixItems and the array form of items (JSON Schema before 2020-12) give a schema for each place. */
static yyjson_val *array_item_schema(yyjson_val *schema, size_t number)
{
    yyjson_val *items = yyjson_obj_get(schema, "items");
    yyjson_val *prefix = yyjson_obj_get(schema, "prefixItems");
    if (prefix == NULL && yyjson_is_arr(items)) {
        prefix = items;
        items = yyjson_obj_get(schema, "additionalItems");
    }
    yyjson_val *own = yyjson_arr_get(prefix, number);
    return own ? own : items;
}

static struct sample_place array_item(const struct parts *parts, const struct sample_place *place, size_t prefix,
                                      size_t number)
{
    struct sample_place item = { .given = yyjson_arr_get(place->given, number),
                                 .name = place->name,
                                 .component = STR_EMPTY,
                                 .focus = place->focus,
                                 .number = (unsigned)(number < prefix ? 0 : number),
                                 .is_needed = true };
    for (size_t i = 0; i < parts->count && item.count < SAMPLE_SCHEMAS; i++) {
        yyjson_val *schema = array_item_schema(parts->at[i].schema, number);
        if (schema) item.schemas[item.count++] = schema;
    }
    yyjson_val *contained = parts_get(parts, "contains");
    if (contained && number == 0 && item.count < SAMPLE_SCHEMAS) item.schemas[item.count++] = contained;
    return item;
}

static bool array_has(const struct sample_node *array, const struct sample_node *node)
{
    for (const struct sample_node *item = array->first; item; item = item->next) {
        if (sample_node_equal(item, node)) return true;
    }
    return false;
}

/* The next item; where all must differ, one that differs from those before. */
static struct sample_node *array_make_item(struct sample_maker *maker, const struct sample_node *array,
                                           struct sample_place *item, bool is_distinct)
{
    struct sample_node *node = sample_value(maker, item);
    for (unsigned tries = 0; is_distinct && node && array_has(array, node); tries++) {
        if (tries == ARRAY_TRIES) return NULL;
        item->number++;
        item->given = NULL;
        node = sample_value(maker, item);
    }
    return node;
}

static bool array_is_over(const struct sample_maker *maker, const struct array_bounds *bounds, size_t number)
{
    if ((double)number < bounds->least) return maker->lines >= LIMIT_SAMPLE_LINES_REQUIRED;
    return number > 0 && maker->lines >= maker->lines_limit;
}

static void array_make_items(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                             const struct array_bounds *bounds, struct sample_node *array)
{
    size_t count = array_count(maker, bounds, place), made = 0;
    for (; made < count && !array_is_over(maker, bounds, made); made++) {
        struct sample_place item = array_item(parts, place, bounds->prefix, made);
        item.is_distinct = bounds->is_distinct;
        unsigned before = maker->lines;
        struct sample_node *node = array_make_item(maker, array, &item, bounds->is_distinct);
        if (node == NULL) break;
        if (node->is_cut || node->is_broken) {
            maker->lines = before;
            array->is_cut = array->first == NULL;
            break;
        }
        sample_node_append(array, STR_EMPTY, node);
        if (place->focus.size && (double)made + 1 >= bounds->least) break;
    }
    array->left_out = (unsigned)(place->focus.size || array->is_cut ? 0 : count > made ? count - made : 0);
}

static size_t array_size(const struct sample_node *array)
{
    size_t size = 0;
    for (const struct sample_node *item = array->first; item; item = item->next) size++;
    return size;
}

struct sample_node *sample_array(struct sample_maker *maker, const struct parts *parts,
                                 const struct sample_place *place)
{
    struct array_bounds bounds;
    struct sample_node *array = sample_node_new(maker->arena, SAMPLE_ARRAY);
    if (array == NULL) return NULL;
    array_bounds_read(parts, &bounds);
    maker->lines += 2;
    array_make_items(maker, parts, place, &bounds, array);
    if ((double)array_size(array) < bounds.least) {
        array->is_broken = true;
        if (!array->is_cut)
            sample_fault(maker, STR_EMPTY, "%.0f items must be there, and so many could not be made", bounds.least);
    }
    return maker->arena->failed ? NULL : array;
}
