#include "details_maker.h"

#include "limits.h"
#include "pointer.h"

/* A walk over a component schema to one of its properties. */
struct locate {
    struct details_maker *maker;
    struct details_located *located; /* what was found */
    struct buf *pointer;             /* where the walk is */
};

static bool locate_schema(struct locate *locate, yyjson_val *schema, struct str path);

/* Walks a member of a schema, and steps back out of the pointer where nothing was found. */
static bool locate_inside(struct locate *locate, struct str token, yyjson_val *schema, struct str path)
{
    size_t size = locate->pointer->size;
    pointer_append(locate->pointer, token);
    if (locate_schema(locate, schema, path)) return true;
    locate->pointer->size = size;
    return false;
}

static bool locate_list(struct locate *locate, struct str token, yyjson_val *list, struct str path)
{
    size_t size = locate->pointer->size;
    yyjson_val *item;
    size_t i, max;
    pointer_append(locate->pointer, token);
    yyjson_arr_foreach (list, i, max, item) {
        size_t inner = locate->pointer->size;
        buf_append_format(locate->pointer, "/%zu", i);
        if (locate_schema(locate, item, path)) return true;
        locate->pointer->size = inner;
    }
    locate->pointer->size = size;
    return false;
}

static bool locate_map(struct locate *locate, struct str token, yyjson_val *map, struct str path)
{
    size_t size = locate->pointer->size;
    pointer_append(locate->pointer, token);
    for (struct document_member at = document_first(map); at.left; document_next(&at)) {
        if (locate_inside(locate, document_str(at.key), at.value, path)) return true;
    }
    locate->pointer->size = size;
    return false;
}

static bool locate_found(struct locate *locate, yyjson_val *around, yyjson_val *schema, struct str name)
{
    *locate->located = (struct details_located){ schema, around, name };
    return true;
}

/* Names may hold dots, so each place at which the first may end is tried, the longest name first. */
static bool locate_named(struct locate *locate, yyjson_val *around, struct str path)
{
    yyjson_val *properties = yyjson_obj_get(around, "properties");
    size_t size = locate->pointer->size;
    for (size_t end = path.size; properties; end = str_find_last_byte(str_cut(path, 0, end), '.')) {
        if (end == STR_NONE) break;
        struct str name = str_cut(path, 0, end);
        yyjson_val *schema = document_get(locate->maker->document, properties, name);
        if (schema == NULL) continue;
        pointer_append(locate->pointer, STR("properties"));
        pointer_append(locate->pointer, name);
        if (end == path.size) return locate_found(locate, around, schema, name);
        if (locate_schema(locate, schema, str_cut(path, end + 1, path.size))) return true;
        locate->pointer->size = size;
    }
    return false;
}

/* The order of import's walk, so that of two properties with one path the first is the same here. Recursion ends:
 * references are not followed, and the document is nested LIMIT_SPEC_DEPTH deep at most. */
static bool locate_schema(struct locate *locate, yyjson_val *schema, struct str path)
{
    if (!yyjson_is_obj(schema)) return false;
    if (locate_named(locate, schema, path)) return true;
    yyjson_val *items = yyjson_obj_get(schema, "items"), *value;
    if (locate_inside(locate, STR("items"), items, path) || locate_list(locate, STR("items"), items, path)) return true;
    if ((value = yyjson_obj_get(schema, "prefixItems")) && locate_list(locate, STR("prefixItems"), value, path))
        return true;
    value = yyjson_obj_get(schema, "additionalProperties");
    if (value && locate_inside(locate, STR("additionalProperties"), value, path)) return true;
    value = yyjson_obj_get(schema, "patternProperties");
    if (value && locate_map(locate, STR("patternProperties"), value, path)) return true;
    static const char *const lists[] = { "allOf", "oneOf", "anyOf" };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        value = yyjson_obj_get(schema, lists[i]);
        if (value && locate_list(locate, str_from(lists[i]), value, path)) return true;
    }
    return false;
}

bool details_locate(struct details_maker *maker, struct str object, struct str path, struct details_located *located)
{
    struct locate locate = { .maker = maker, .located = located, .pointer = &maker->text };
    buf_clear(&maker->text);
    buf_append_str(&maker->text, STR("/components/schemas"));
    pointer_append(&maker->text, object);
    return locate_schema(&locate, details_component(maker, object), path);
}
