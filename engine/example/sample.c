#include "sample.h"

#include "ref.h"
#include "sample_maker.h"

enum { SAMPLE_ITEMS = 3 }; /* as many as minItems asks for, up to this */

/* ---- Arrays ------------------------------------------------------------------------------------------------- */

static size_t sample_item_count(const struct parts *parts)
{
    yyjson_val *least = parts_get(parts, "minItems");
    yyjson_val *most = parts_get(parts, "maxItems");
    double count = yyjson_is_num(least) && yyjson_get_num(least) > 1 ? yyjson_get_num(least) : 1;
    if (yyjson_is_num(most) && yyjson_get_num(most) < count) count = yyjson_get_num(most);
    if (count < 0) return 0;
    return count > SAMPLE_ITEMS ? SAMPLE_ITEMS : (size_t)count;
}

/* prefixItems and the array form of items (JSON Schema before 2020-12) give a schema for each place. */
static yyjson_val *sample_item_schema(const struct parts *parts, size_t number)
{
    yyjson_val *items = parts_get(parts, "items");
    yyjson_val *prefix = parts_get(parts, "prefixItems");
    if (prefix == NULL && yyjson_is_arr(items)) prefix = items;
    yyjson_val *schema = yyjson_arr_get(prefix, number);
    return schema ? schema : items;
}

static struct sample_node *sample_array(struct sample_maker *maker, const struct parts *parts,
                                        const struct sample_place *place)
{
    struct sample_node *array = sample_node_new(maker->arena, SAMPLE_ARRAY);
    size_t count = sample_item_count(parts);
    size_t prefix = yyjson_arr_size(parts_get(parts, "prefixItems"));
    if (count > 0 && prefix > count) count = prefix > SAMPLE_ITEMS ? SAMPLE_ITEMS : prefix;
    if (count == 0 && place->focus.size) count = 1;
    maker->lines += 2;
    for (size_t i = 0; array && i < count; i++) {
        struct sample_place item = { .schema = sample_item_schema(parts, i),
                                     .name = place->name,
                                     .component = STR_EMPTY,
                                     .focus = place->focus,
                                     .number = (unsigned)i };
        struct sample_node *node = sample_value(maker, &item);
        if (node == NULL) return NULL;
        if (node->is_cut) {
            array->is_cut = array->first == NULL;
            break;
        }
        sample_node_append(array, STR_EMPTY, node);
        if (place->focus.size) break;
    }
    return array;
}

/* ---- Any value ---------------------------------------------------------------------------------------------- */

static struct sample_node *sample_unresolved(struct sample_maker *maker, struct str reference)
{
    maker->lines++;
    reference = str_cut(reference, 0, LIMIT_SAMPLE_TEXT_BYTES);
    struct str text = arena_format(maker->arena, "%.*s cannot be found", STR_FORMAT(reference));
    return maker->arena->failed ? NULL : sample_node_text(maker->arena, text);
}

static bool sample_is_under_way(const struct sample_maker *maker, yyjson_val *schema)
{
    for (unsigned i = 0; i < maker->depth; i++) {
        if (maker->under_way[i] == schema) return true;
    }
    return false;
}

static struct sample_node *sample_cut(struct sample_maker *maker, enum sample_type type)
{
    maker->lines++;
    struct sample_node *node = sample_node_new(maker->arena, type == SAMPLE_TYPE_ARRAY ? SAMPLE_ARRAY : SAMPLE_OBJECT);
    if (node) node->is_cut = true;
    return node;
}

static struct sample_node *sample_container(struct sample_maker *maker, const struct parts *parts,
                                            const struct sample_place *place, enum sample_type type)
{
    bool is_full = maker->lines >= LIMIT_SAMPLE_LINES_REQUIRED;
    if (maker->depth == LIMIT_SAMPLE_DEPTH || is_full || sample_is_under_way(maker, parts->target))
        return sample_cut(maker, type);
    maker->under_way[maker->depth++] = parts->target;
    struct sample_node *node =
        type == SAMPLE_TYPE_ARRAY ? sample_array(maker, parts, place) : sample_object(maker, parts, place);
    maker->depth--;
    return node;
}

struct sample_node *sample_value(struct sample_maker *maker, const struct sample_place *place)
{
    struct parts parts;
    struct parts_wish wish = { PARTS_ONE_BRANCH, place->focus };
    parts_collect(&parts, maker->document, place->schema, &wish);
    struct sample_place here = *place;
    if (parts.name.size) here.component = parts.name;
    enum sample_type type = sample_leaf_type(&parts);
    yyjson_val *given = place->focus.size ? NULL : sample_leaf_given(&parts, type);
    if (given) return sample_copy(maker, given, type);
    if (parts.unresolved.size && parts.count == 0) return sample_unresolved(maker, parts.unresolved);
    if (type == SAMPLE_TYPE_ARRAY || type == SAMPLE_TYPE_OBJECT) return sample_container(maker, &parts, &here, type);
    maker->lines++;
    return sample_leaf_make(maker->arena, &parts, type, place->name, place->number);
}

static struct sample_maker sample_maker(const struct document *document, const struct sample_wish *wish,
                                        struct arena *arena)
{
    return (struct sample_maker){
        .document = document, .arena = arena, .direction = wish->direction, .lines_limit = LIMIT_SAMPLE_LINES
    };
}

struct sample_node *sample_make(const struct document *document, yyjson_val *schema, const struct sample_wish *wish,
                                struct arena *arena)
{
    struct sample_maker maker = sample_maker(document, wish, arena);
    struct sample_place place = {
        .schema = schema, .name = wish->name, .component = wish->object, .focus = wish->focus
    };
    return sample_value(&maker, &place);
}

/* ---- What holds a schema -------------------------------------------------------------------------------------- */

/* `examples` maps names to Example Objects (OpenAPI 3.1 §4.8.19), which may be references. */
static yyjson_val *sample_first_example(const struct document *document, yyjson_val *holder)
{
    yyjson_val *example = yyjson_obj_get(holder, "example");
    if (example) return example;
    yyjson_val *first = document_first(yyjson_obj_get(holder, "examples")).value;
    return yyjson_obj_get(ref_resolve(document, first), "value");
}

struct sample_node *sample_make_of(const struct document *document, yyjson_val *holder, const struct sample_wish *wish,
                                   struct arena *arena)
{
    yyjson_val *example = sample_first_example(document, holder);
    struct sample_maker maker = sample_maker(document, wish, arena);
    if (example && wish->focus.size == 0) return sample_copy(&maker, example, SAMPLE_TYPE_ANY);
    return sample_make(document, yyjson_obj_get(holder, "schema"), wish, arena);
}
