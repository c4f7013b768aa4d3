#include "details_maker.h"

#include "limits.h"

/* Properties of branches that are looked at, each among all there are: a million of one name cost too much. */
enum { TREE_LOOKS = 10000 };

struct tree {
    struct details_maker *maker;
    struct engine_field *at;
    size_t count, size;
    unsigned depth;
    size_t left_out;
    unsigned looks;
};

static bool tree_has(const struct tree *tree, struct str name)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (str_equal(tree->at[i].name, name)) return true;
    }
    return false;
}

/* True when there is no place for one more field; what comes then is only counted, for there may be a million. */
static bool tree_is_full(struct tree *tree)
{
    bool is_full = tree->count == tree->size || tree->maker->fields_left == 0;
    if (is_full) tree->left_out++;
    return is_full;
}

static struct engine_field *tree_next(struct tree *tree, struct str name)
{
    tree->maker->fields_left--;
    struct engine_field *field = &tree->at[tree->count++];
    *field = details_no_field;
    field->name = name;
    return field;
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
    buf_append_str(&maker->text, owner.path);
    buf_append_str(&maker->text, name);
    buf_append_byte(&maker->text, '.');
    return (struct details_owner){ owner.object, details_take_text(maker) };
}

static void tree_add(struct tree *tree, struct details_owner owner, struct str origin, struct str name,
                     yyjson_val *schema, bool is_required)
{
    struct engine_field *field = tree_next(tree, name);
    field->id = tree_id(tree->maker, owner, name);
    field->origin = origin;
    if (is_required) field->flags |= ENGINE_REQUIRED;
    details_field(tree->maker, schema, tree_inner_owner(tree->maker, owner, name), tree->depth + 1, field);
}

static void tree_add_properties(struct tree *tree, const struct parts *all, yyjson_val *schema,
                                struct details_owner owner, struct str origin)
{
    struct document_member at = document_first(yyjson_obj_get(schema, "properties"));
    for (; at.left; document_next(&at)) {
        struct str name = document_str(at.key);
        /* Of several parts with this property one is shown, and of a name that is there twice the first. */
        if (tree_is_full(tree) || parts_property(all, name) != at.value) continue;
        tree_add(tree, owner, origin, name, at.value, parts_is_required(all, name));
    }
}

/* ---- What is beside the named properties ------------------------------------------------------------------------ */

/* additionalProperties and patternProperties: names that the document does not tell. They are no elements. */
static void tree_add_unnamed(struct tree *tree, const struct parts *parts)
{
    struct details_owner nobody = { STR_EMPTY, STR_EMPTY };
    struct document_member at = document_first(parts_get(parts, "patternProperties"));
    for (; at.left; document_next(&at)) {
        if (tree_is_full(tree)) continue;
        struct str pattern = document_str(at.key);
        struct str name = arena_format(tree->maker->arena, "/%.*s/", STR_FORMAT(pattern));
        tree_add(tree, nobody, STR_EMPTY, name, at.value, false);
    }
    yyjson_val *additional = parts_get(parts, "additionalProperties");
    if (yyjson_is_obj(additional) && tree->count && !tree_is_full(tree))
        tree_add(tree, nobody, STR_EMPTY, STR("*"), additional, false);
}

/* The properties of branches that are written in place: those of others are behind the links of their types. */
static void tree_add_branches(struct tree *tree, yyjson_val *branches, struct details_owner owner)
{
    yyjson_val *branch;
    size_t i, max;
    yyjson_arr_foreach (branches, i, max, branch) {
        struct parts parts;
        if (yyjson_obj_get(branch, "properties") == NULL) continue;
        parts_collect(&parts, tree->maker->document, branch, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
        struct str title = document_str(yyjson_obj_get(branch, "title"));
        struct str origin = title.size ? title : arena_format(tree->maker->arena, "alternative %zu", i + 1);
        for (struct document_member at = document_first(yyjson_obj_get(branch, "properties")); at.left;
             document_next(&at)) {
            struct str name = document_str(at.key);
            if (tree->looks++ > TREE_LOOKS) return;
            if (!tree_is_full(tree) && !tree_has(tree, name)) tree_add(tree, owner, origin, name, at.value, false);
        }
    }
}

/* ---- All
 * -------------------------------------------------------------------------------------------------------------- */

static size_t tree_branch_size(yyjson_val *branches)
{
    yyjson_val *branch;
    size_t i, max, size = 0;
    yyjson_arr_foreach (branches, i, max, branch) size += yyjson_obj_size(yyjson_obj_get(branch, "properties"));
    return size;
}

static size_t tree_size(const struct parts *parts, bool own_only)
{
    size_t size = 0;
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *schema = parts->at[i].schema;
        if (own_only && parts->at[i].origin.size) continue;
        size += yyjson_obj_size(yyjson_obj_get(schema, "properties")) +
                yyjson_obj_size(yyjson_obj_get(schema, "patternProperties"));
        size += tree_branch_size(yyjson_obj_get(schema, "oneOf")) + tree_branch_size(yyjson_obj_get(schema, "anyOf"));
    }
    return size ? size + 1 : 0;
}

static void tree_add_part(struct tree *tree, const struct parts *parts, const struct part *part,
                          struct details_owner owner)
{
    struct str origin = STR_EMPTY;
    if (part->origin.size) {
        struct str name = details_component_name(tree->maker, part->origin);
        origin = catalogue_short_name(name);
        owner = (struct details_owner){ name, STR_EMPTY };
    }
    tree_add_properties(tree, parts, part->schema, owner, origin);
    tree_add_branches(tree, yyjson_obj_get(part->schema, "oneOf"), owner);
    tree_add_branches(tree, yyjson_obj_get(part->schema, "anyOf"), owner);
}

/* What does not fit is counted in words, in the place of a field. */
static void tree_tell_left_out(struct tree *tree)
{
    if (tree->left_out == 0) return;
    struct engine_field *field = &tree->at[tree->count++];
    *field = details_no_field;
    field->name = STR("\xe2\x80\xa6");
    field->description = arena_format(tree->maker->arena, "%zu more are not shown.", tree->left_out);
}

void details_tree(struct details_maker *maker, const struct parts *parts, struct details_owner owner, unsigned depth,
                  bool own_only, struct engine_field *field)
{
    size_t size = tree_size(parts, own_only);
    if (size == 0) return;
    if (size > maker->fields_left) size = maker->fields_left;
    struct tree tree = { .maker = maker, .size = size, .depth = depth };
    tree.at = arena_alloc(maker->arena, (size + 1) * sizeof *tree.at);
    if (tree.at == NULL) return;
    for (size_t i = 0; i < parts->count; i++) {
        if (!own_only || parts->at[i].origin.size == 0) tree_add_part(&tree, parts, &parts->at[i], owner);
    }
    tree_add_unnamed(&tree, parts);
    tree_tell_left_out(&tree);
    field->fields = tree.at;
    field->field_count = tree.count;
}
