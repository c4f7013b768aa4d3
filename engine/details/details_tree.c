#include "details_model.h"

#include "limits.h"

struct tree {
    struct details_maker *maker;
    const struct details_schema *schema;
    const struct details_model *model;
    struct engine_field *at;
    size_t count, size, total, skipped;
};

bool details_has_tree(const struct details_schema *schema)
{
    return details_has_key(schema, DETAILS_KEY_PROPERTIES) || details_has_key(schema, DETAILS_KEY_PATTERNS) ||
           yyjson_is_arr(details_key(schema, DETAILS_KEY_PREFIX_ITEMS)) ||
           yyjson_is_arr(details_key(schema, DETAILS_KEY_ITEMS));
}

/* ---- Lines ------------------------------------------------------------------------------------------------------- */

/* The next line, or NULL when it is skipped or there is no room: then it is only counted, for there may be a million.
 */
static struct engine_field *tree_next(struct tree *tree, struct str name)
{
    struct details_maker *maker = tree->maker;
    bool is_hidden = maker->view->depth && tree->model->level > maker->view->depth;
    tree->total++;
    if (tree->total <= tree->skipped || tree->count == tree->size || maker->fields_left == 0 || is_hidden) return NULL;
    maker->fields_left--;
    struct engine_field *field = &tree->at[tree->count++];
    *field = details_no_field;
    field->name = name;
    return field;
}

static void tree_fill(struct tree *tree, yyjson_val *schema, struct details_owner owner,
                      const struct details_also *also, struct engine_field *field)
{
    struct details_line line = { .owner = owner, .also = also, .around = tree->model, .level = tree->model->level + 1 };
    details_field(tree->maker, schema, &line, field);
}

/* "<api>/object/<object>#<path><name>". */
static struct str tree_id(struct details_maker *maker, struct details_owner owner, struct str name)
{
    if (owner.object.size == 0) return STR_EMPTY;
    buf_append_str(&maker->text, details_object_id(maker, owner.object));
    buf_append_byte(&maker->text, '#');
    buf_append_str(&maker->text, owner.path);
    buf_append_str(&maker->text, name);
    return details_take_text(maker);
}

static struct details_owner tree_inner_owner(struct details_maker *maker, struct details_owner owner, struct str name)
{
    if (owner.object.size == 0) return owner;
    buf_append_str(&maker->text, owner.path);
    buf_append_str(&maker->text, name);
    buf_append_byte(&maker->text, '.');
    return (struct details_owner){ owner.object, details_take_text(maker) };
}

/* ---- Properties -------------------------------------------------------------------------------------------------- */

static void tree_add_property(struct tree *tree, const struct part *part, struct details_owner owner, struct str name,
                              yyjson_val *schema)
{
    struct details_maker *maker = tree->maker;
    const struct parts *parts = &tree->schema->parts;
    bool is_required = parts_is_required(parts, name);
    if (maker->view->required_only && !is_required) return;
    struct engine_field *field = tree_next(tree, name);
    if (field == NULL) return;
    struct details_also also = { .count = 0 };
    field->id = tree_id(maker, owner, name);
    if (part->origin.size) field->origin = catalogue_short_name(details_component_of(maker, part->home));
    if (is_required) field->flags |= ENGINE_REQUIRED;
    if (parts->count > 1) details_also(maker, parts, part, name, schema, &also);
    tree_fill(tree, schema, tree_inner_owner(maker, owner, name), &also, field);
}

/* Of several parts with this property one is shown, and of a name that is there twice the first. */
static bool tree_is_double(struct tree *tree, struct str name, yyjson_val *schema)
{
    struct details_maker *maker = tree->maker;
    if (maker->looks_left < tree->schema->parts.count) return false;
    maker->looks_left -= tree->schema->parts.count;
    return parts_property(&tree->schema->parts, name) != schema;
}

static void tree_add_properties(struct tree *tree, const struct part *part, struct details_owner owner)
{
    struct document_member at = document_first(details_part_key(part, DETAILS_KEY_PROPERTIES));
    for (; at.left; document_next(&at)) {
        struct str name = document_str(at.key);
        if (!tree_is_double(tree, name, at.value)) tree_add_property(tree, part, owner, name, at.value);
    }
}

/* ---- What is beside the named properties: it is no element ------------------------------------------------------- */

static void tree_add_unnamed(struct tree *tree, struct str name, yyjson_val *schema)
{
    if (tree->maker->view->required_only) return;
    struct engine_field *field = tree_next(tree, name);
    if (field) tree_fill(tree, schema, details_nobody, NULL, field);
}

static void tree_add_patterns(struct tree *tree)
{
    struct document_member at = document_first(details_key(tree->schema, DETAILS_KEY_PATTERNS));
    for (; at.left; document_next(&at)) {
        struct str pattern = document_str(at.key);
        tree_add_unnamed(tree, arena_format(tree->maker->arena, "/%.*s/", STR_FORMAT(pattern)), at.value);
    }
}

/* The items of a tuple by place, and those behind them. */
static void tree_add_items(struct tree *tree)
{
    yyjson_val *items = details_key(tree->schema, DETAILS_KEY_ITEMS), *item;
    yyjson_val *tuple = details_key(tree->schema, DETAILS_KEY_PREFIX_ITEMS);
    size_t i, max;
    if (tuple == NULL) { /* before JSON Schema 2020-12 */
        tuple = items;
        items = details_key(tree->schema, DETAILS_KEY_ADDITIONAL_ITEMS);
    }
    if (!yyjson_is_arr(tuple)) return;
    yyjson_arr_foreach (tuple, i, max, item) tree_add_unnamed(tree, arena_format(tree->maker->arena, "[%zu]", i), item);
    if (yyjson_is_obj(items)) tree_add_unnamed(tree, STR("[\xe2\x80\xa6]"), items);
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static size_t tree_size(const struct parts *parts)
{
    static const enum details_key lists[] = { DETAILS_KEY_PROPERTIES, DETAILS_KEY_PATTERNS, DETAILS_KEY_PREFIX_ITEMS,
                                              DETAILS_KEY_ITEMS };
    size_t size = 2; /* any other member, any other item */
    for (size_t i = 0; i < parts->count; i++) {
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
            yyjson_val *list = details_part_key(&parts->at[i], lists[k]);
            if (lists[k] != DETAILS_KEY_ITEMS || yyjson_is_arr(list)) size += yyjson_get_len(list);
        }
    }
    return size;
}

void details_tree(struct details_maker *maker, const struct details_schema *schema, const struct details_model *model,
                  struct details_owner owner)
{
    struct engine_field *field = model->field;
    struct tree tree = { .maker = maker, .schema = schema, .model = model };
    if (!details_has_tree(schema)) return;
    if (field == &maker->details->self) tree.skipped = maker->view->offset;
    tree.at = details_list(maker, tree_size(&schema->parts), maker->fields_left, sizeof *tree.at, &tree.size);
    for (size_t i = 0; i < schema->parts.count; i++)
        tree_add_properties(&tree, &schema->parts.at[i], details_owner_of(maker, &schema->parts.at[i], owner));
    tree_add_patterns(&tree);
    tree_add_items(&tree);
    yyjson_val *additional = details_key(schema, DETAILS_KEY_ADDITIONAL);
    if (yyjson_is_obj(additional)) tree_add_unnamed(&tree, STR("*"), additional);
    field->fields = tree.at;
    field->field_count = tree.count;
    field->field_total = tree.total;
}
