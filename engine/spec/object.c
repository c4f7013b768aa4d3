#include "reading.h"

#include "limits.h"
#include "map.h"

/* Who owns the properties found next: "Object.parent.parent", whose text is in reading.owner. */
struct object_owner {
    uint32_t object;        /* element number */
    uint32_t id;            /* string id of the text, 0 until the first property wants it */
    unsigned depth;         /* properties around */
    struct usage_user user; /* of what is referred to */
};

/* The names that a schema requires. A long list is looked up in a map: a million names times a million
 * properties would be 10^12 steps. */
struct object_required {
    yyjson_val *list;
    struct map names;
};

enum { OBJECT_REQUIRED_WALKED = 16 };

static void object_required_start(struct object_required *required, yyjson_val *list)
{
    size_t i, count;
    yyjson_val *name;
    required->list = list;
    map_init(&required->names);
    if (yyjson_arr_size(list) <= OBJECT_REQUIRED_WALKED) return;
    yyjson_arr_foreach (list, i, count, name) {
        if (map_put(&required->names, document_str(name), NULL)) continue;
        map_free(&required->names); /* then the list is walked: nothing is lost but time */
        return;
    }
}

static bool object_required_has(const struct object_required *required, struct str wanted)
{
    size_t i, count;
    yyjson_val *name;
    if (required->names.count) return map_find(&required->names, wanted) != NULL;
    yyjson_arr_foreach (required->list, i, count, name)
        if (yyjson_is_str(name) && str_equal(document_str(name), wanted)) return true;
    return false;
}

static void object_walk(struct reading *reading, const struct schema *schema, struct object_owner *owner);

static uint32_t object_property(struct reading *reading, struct str name, const struct schema *schema, bool is_required,
                                struct object_owner *owner)
{
    if (owner->id == 0) owner->id = reading_text(reading, buf_str(&reading->owner));
    struct format_element element = {
        .name = reading_text(reading, name),
        .owner = owner->id,
        .parent = owner->object,
        .kind = CATALOGUE_PROPERTY,
        .flags = is_required ? CATALOGUE_REQUIRED : 0,
    };
    reading_schema(reading, schema, &element);
    return catalogue_builder_element(reading->builder, &element);
}

static void object_properties(struct reading *reading, const struct schema *schema, struct object_owner *owner)
{
    struct object_required required;
    if (yyjson_obj_size(schema->properties) == 0 || owner->depth == LIMIT_PROPERTY_DEPTH) return;
    object_required_start(&required, schema->required);
    for (struct document_member at = document_first(schema->properties); at.left; document_next(&at)) {
        struct schema nested;
        struct str name = document_str(at.key);
        struct object_owner nested_owner = { .object = owner->object, .depth = owner->depth + 1, .user = owner->user };
        if (reading_is_over(reading) || !reading_has_memory(reading)) break;
        schema_read(at.value, &nested);
        uint32_t property = object_property(reading, name, &nested, object_required_has(&required, name), owner);
        nested_owner.user.within = property - owner->object;
        nested_owner.user.role = USES_PROPERTY;
        size_t size = reading->owner.size;
        buf_append_byte(&reading->owner, '.');
        buf_append_str(&reading->owner, name);
        object_walk(reading, &nested, &nested_owner);
        reading->owner.size = size;
    }
    map_free(&required.names);
}

/* Walks what is nested in a schema; what it refers to is used by the property around it, else by the object in this
 * role. */
static void object_nested(struct reading *reading, yyjson_val *value, struct object_owner *owner, enum uses_role role)
{
    struct schema schema;
    enum uses_role outer = owner->user.role;
    schema_read(value, &schema);
    if (schema.self == NULL) return;
    if (outer == USES_ROLES) owner->user.role = role;
    object_walk(reading, &schema, owner);
    owner->user.role = outer;
}

static void object_nested_list(struct reading *reading, yyjson_val *list, struct object_owner *owner,
                               enum uses_role role)
{
    size_t i, count;
    yyjson_val *value;
    yyjson_arr_foreach (list, i, count, value) object_nested(reading, value, owner, role);
}

static void object_nested_map(struct reading *reading, yyjson_val *map, struct object_owner *owner, enum uses_role role)
{
    for (struct document_member at = document_first(map); at.left; document_next(&at))
        object_nested(reading, at.value, owner, role);
}

static void object_refer(struct reading *reading, const struct schema *schema, const struct object_owner *owner)
{
    struct usage_user user = owner->user;
    if (user.role == USES_ROLES) user.role = USES_ALL_OF; /* the whole object is another one */
    usage_reference(reading, schema->self, user);
}

/* Recursion ends: the document is nested at most LIMIT_SPEC_DEPTH deep, and references are not followed. */
static void object_walk(struct reading *reading, const struct schema *schema, struct object_owner *owner)
{
    if (schema->ref) object_refer(reading, schema, owner);
    if (schema->ref && reading->is_3_0) return;
    object_properties(reading, schema, owner);
    if (schema->items) object_nested(reading, schema->items, owner, USES_CONTENT);
    if (schema->items) object_nested_list(reading, schema->items, owner, USES_CONTENT); /* before JSON Schema 2020-12 */
    if (schema->prefix_items) object_nested_list(reading, schema->prefix_items, owner, USES_CONTENT);
    if (schema->additional) object_nested(reading, schema->additional, owner, USES_CONTENT);
    if (schema->patterns) object_nested_map(reading, schema->patterns, owner, USES_CONTENT);
    if (schema->all_of) object_nested_list(reading, schema->all_of, owner, USES_ALL_OF);
    if (schema->one_of) object_nested_list(reading, schema->one_of, owner, USES_ALTERNATIVE);
    if (schema->any_of) object_nested_list(reading, schema->any_of, owner, USES_ALTERNATIVE);
}

bool object_is_read(yyjson_val *value)
{
    return yyjson_is_obj(value) || yyjson_is_bool(value);
}

/* Kubernetes says of what one makes by itself which kind it is. */
static bool object_is_kind(const struct document *document, yyjson_val *value)
{
    return yyjson_arr_size(document_get(document, value, STR("x-kubernetes-group-version-kind"))) > 0;
}

void object_read(struct reading *reading, yyjson_val *name, yyjson_val *value, uint32_t number)
{
    struct schema schema;
    schema_read(value, &schema);
    struct format_element element = {
        .name = reading_string(reading, name),
        .parent = reading->api,
        .kind = CATALOGUE_OBJECT,
    };
    if (object_is_kind(reading->document, value)) element.flags = CATALOGUE_IS_KIND;
    reading_schema(reading, &schema, &element);
    struct object_owner owner = { .object = catalogue_builder_element(reading->builder, &element),
                                  .user = { number, 0, USES_ROLES } };
    reading->owner.size = 0;
    buf_append_str(&reading->owner, document_str(name));
    object_walk(reading, &schema, &owner);
}
