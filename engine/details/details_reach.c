#include "details_reach.h"

#include "ref.h"

enum {
    REACH_NAMES = 6,     /* of properties in properties that are written in place */
    REACH_NEST = 40,     /* of schemas */
    REACH_STEPS = 20000, /* schemas looked at */
};

struct reach_walk {
    const struct document *document;
    yyjson_val *target;
    struct str names[REACH_NAMES];
    size_t count, most; /* names around; how many there may be */
    unsigned nest, steps;
};

static bool reach_schema(struct reach_walk *walk, yyjson_val *schema);

static bool reach_list(struct reach_walk *walk, yyjson_val *list)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (list, i, max, item) {
        if (reach_schema(walk, item)) return true;
    }
    return false;
}

static bool reach_map(struct reach_walk *walk, yyjson_val *map)
{
    for (struct document_member at = document_first(map); at.left; document_next(&at)) {
        if (reach_schema(walk, at.value)) return true;
    }
    return false;
}

static bool reach_properties(struct reach_walk *walk, yyjson_val *properties)
{
    if (walk->count == walk->most) return false;
    for (struct document_member at = document_first(properties); at.left; document_next(&at)) {
        walk->names[walk->count++] = document_str(at.key);
        if (reach_schema(walk, at.value)) return true;
        walk->count--;
    }
    return false;
}

static bool reach_inside(struct reach_walk *walk, yyjson_val *schema)
{
    static const char *const lists[] = { "allOf", "oneOf", "anyOf", "prefixItems" };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (reach_list(walk, yyjson_obj_get(schema, lists[i]))) return true;
    }
    yyjson_val *items = yyjson_obj_get(schema, "items");
    return reach_schema(walk, items) || reach_list(walk, items) ||
           reach_schema(walk, yyjson_obj_get(schema, "additionalProperties")) ||
           reach_map(walk, yyjson_obj_get(schema, "patternProperties")) ||
           reach_properties(walk, yyjson_obj_get(schema, "properties"));
}

static bool reach_schema(struct reach_walk *walk, yyjson_val *schema)
{
    if (!yyjson_is_obj(schema) || walk->nest == REACH_NEST || ++walk->steps > REACH_STEPS) return false;
    if (schema == walk->target) return true;
    if (ref_text(walk->document, schema).at) return ref_follow(walk->document, schema) == walk->target;
    walk->nest++;
    bool is_found = reach_inside(walk, schema);
    walk->nest--;
    return is_found;
}

/* With no name, then with one …: so the first found is the shortest. */
bool details_reach(const struct document *document, yyjson_val *schema, yyjson_val *target, struct arena *arena,
                   struct details_reach *reach)
{
    struct reach_walk walk = { .document = document, .target = target };
    if (schema == NULL || target == NULL) return false;
    while (walk.most <= REACH_NAMES && !reach_schema(&walk, schema)) walk.most++;
    if (walk.most > REACH_NAMES || walk.steps > REACH_STEPS) return false;
    *reach = (struct details_reach){ .path = STR_EMPTY, .names = walk.count };
    for (size_t i = 0; i < walk.count; i++)
        reach->path =
            arena_format(arena, "%.*s%s%.*s", STR_FORMAT(reach->path), i ? "." : "", STR_FORMAT(walk.names[i]));
    return !arena->failed;
}
