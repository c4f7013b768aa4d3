#include "sample_maker.h"
#include "sample_name.h"

/* ---- Which properties ----------------------------------------------------------------------------------------- */

/* A property that could be shown. */
struct object_candidate {
    struct str name;
    yyjson_val *schema;
    bool is_required, is_identity, is_container;
    bool is_chosen;
    struct sample_node *node;
};

struct object_candidates {
    struct object_candidate *at;
    size_t count;
    /* The schema and name of the property in focus, and the path that goes on inside it. */
    yyjson_val *focus;
    struct str focus_name, focus_rest;
};

/* Only what stands in the schema and its references, no branches: enough to rank it by. */
static bool object_hides(const struct sample_maker *maker, const struct parts *parts, bool is_required)
{
    if (maker->direction == SAMPLE_REQUEST && parts_is(parts, "readOnly")) return true;
    if (maker->direction == SAMPLE_RESPONSE && parts_is(parts, "writeOnly")) return true;
    return !is_required && parts_is(parts, "deprecated");
}

static bool object_is_container(const struct parts *parts)
{
    enum sample_type type = sample_leaf_type(parts);
    return type == SAMPLE_TYPE_OBJECT || type == SAMPLE_TYPE_ARRAY || parts_get(parts, "oneOf") ||
           parts_get(parts, "anyOf");
}

static bool object_has(const struct object_candidates *candidates, struct str name)
{
    for (size_t i = 0; i < candidates->count; i++) {
        if (str_equal(candidates->at[i].name, name)) return true;
    }
    return false;
}

/* The property in focus is shown whatever hides others. */
static void object_add(const struct sample_maker *maker, struct object_candidates *candidates,
                       const struct parts *object, struct str name, yyjson_val *schema)
{
    if (object_has(candidates, name)) return;
    bool is_focus = schema == candidates->focus;
    struct parts parts;
    parts_collect(&parts, maker->document, schema, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    bool is_required = parts_is_required(object, name);
    if (!is_focus && (yyjson_is_false(schema) || object_hides(maker, &parts, is_required))) return;
    candidates->at[candidates->count++] = (struct object_candidate){ .name = name,
                                                                     .schema = schema,
                                                                     .is_required = is_required || is_focus,
                                                                     .is_identity = sample_name_is_identity(name),
                                                                     .is_container = object_is_container(&parts) };
}

enum { OBJECT_CANDIDATES = 400 }; /* of an object with more, the first ones are enough for a sample */

/* A name that is required but described nowhere is a candidate, too: without it the sample would not be valid. */
static void object_add_undescribed(struct object_candidates *candidates, const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *item;
        size_t j, max;
        yyjson_arr_foreach (yyjson_obj_get(parts->at[i].schema, "required"), j, max, item) {
            struct str name = document_str(item);
            if (candidates->count == OBJECT_CANDIDATES || j == LIMIT_SCHEMA_REQUIRED) return;
            if (!yyjson_is_str(item) || parts_property(parts, name) || object_has(candidates, name)) continue;
            candidates->at[candidates->count++] = (struct object_candidate){ .name = name, .is_required = true };
        }
    }
}

/* The most candidates there can be. */
static size_t object_size(const struct parts *parts)
{
    size_t size = 0;
    for (size_t i = 0; i < parts->count; i++) {
        size += yyjson_obj_size(yyjson_obj_get(parts->at[i].schema, "properties"));
        size += yyjson_arr_size(yyjson_obj_get(parts->at[i].schema, "required"));
    }
    return size;
}

static bool object_collect(struct sample_maker *maker, const struct parts *parts, struct object_candidates *candidates)
{
    size_t size = object_size(parts);
    if (size > OBJECT_CANDIDATES) size = OBJECT_CANDIDATES;
    candidates->at = arena_alloc(maker->arena, size * sizeof *candidates->at);
    if (candidates->at == NULL) return false;
    if (candidates->focus && size == OBJECT_CANDIDATES) {
        object_add(maker, candidates, parts, candidates->focus_name, candidates->focus);
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct document_member at = document_first(yyjson_obj_get(parts->at[i].schema, "properties"));
        for (; at.left; document_next(&at)) {
            if (candidates->count == OBJECT_CANDIDATES) return true;
            struct str name = document_str(at.key);
            object_add(maker, candidates, parts, name, parts_property(parts, name));
        }
    }
    object_add_undescribed(candidates, parts);
    return true;
}

/* Optional properties beside the required ones: a good part of the outermost object's, of inner ones only those that
 * say what they are, and a few where nothing else would be shown. */
struct object_quota {
    unsigned leaves, containers;
};

static void object_choose(struct object_candidates *candidates, struct object_quota quota, bool wants_identity)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct object_candidate *candidate = &candidates->at[i];
        unsigned *left = candidate->is_container ? &quota.containers : &quota.leaves;
        if (candidate->is_chosen || candidate->is_identity != wants_identity || *left == 0) continue;
        (*left)--;
        candidate->is_chosen = true;
    }
}

static void object_choose_all(const struct sample_maker *maker, struct object_candidates *candidates)
{
    static const struct object_quota outer = { 12, 4 }, inner = { 4, 2 }, few = { 3, 1 };
    bool has_any = false;
    for (size_t i = 0; i < candidates->count; i++)
        has_any |= candidates->at[i].is_chosen = candidates->at[i].is_required;
    if (candidates->focus) return;
    object_choose(candidates, maker->depth == 1 ? outer : inner, true);
    if (maker->depth == 1) object_choose(candidates, outer, false);
    for (size_t i = 0; i < candidates->count; i++) has_any |= candidates->at[i].is_chosen;
    if (!has_any) object_choose(candidates, few, false);
}

/* ---- Values that the object as a whole tells ------------------------------------------------------------------ */

static struct str object_last_name(struct str reference)
{
    size_t slash = str_find_last_byte(reference, '/');
    return slash == STR_NONE ? reference : str_cut(reference, slash + 1, reference.size);
}

/* The component that the object turns out to be: the branch taken, else the schema itself. */
static struct str object_component(const struct parts *parts, const struct sample_place *place)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->at[i].is_branch && parts->at[i].origin.size) return parts->at[i].origin;
    }
    return place->component;
}

/* The value of the discriminator (OpenAPI 3.1 §4.8.25) that stands for the object's component; the empty str where
 * there is no telling. */
static struct str object_discriminator(const struct parts *parts, const struct sample_place *place,
                                       struct str *property)
{
    yyjson_val *discriminator = parts_get(parts, "discriminator");
    yyjson_val *mapping = yyjson_obj_get(discriminator, "mapping");
    struct str component = object_component(parts, place);
    *property = document_str(yyjson_obj_get(discriminator, "propertyName"));
    struct document_member first = document_first(mapping);
    for (struct document_member at = first; at.left; document_next(&at)) {
        if (component.size && str_equal(object_last_name(document_str(at.value)), component))
            return document_str(at.key);
    }
    return first.left ? document_str(first.key) : component;
}

/* Kubernetes says which apiVersion and kind an object is of; one with several, as DeleteOptions, is no kind itself. */
static yyjson_val *object_kubernetes(const struct parts *parts)
{
    yyjson_val *kinds = parts_get(parts, "x-kubernetes-group-version-kind");
    return yyjson_arr_size(kinds) == 1 ? yyjson_arr_get_first(kinds) : NULL;
}

static struct str object_kubernetes_text(struct arena *arena, yyjson_val *kubernetes, struct str name)
{
    struct str group = document_str(yyjson_obj_get(kubernetes, "group"));
    struct str version = document_str(yyjson_obj_get(kubernetes, "version"));
    if (str_equal(name, STR("kind"))) return document_str(yyjson_obj_get(kubernetes, "kind"));
    if (!str_equal(name, STR("apiVersion"))) return STR_EMPTY;
    return group.size ? arena_format(arena, "%.*s/%.*s", STR_FORMAT(group), STR_FORMAT(version)) : version;
}

/* A kind's status is the cluster's to write; its apiVersion, kind and metadata are needed to apply it. */
static void object_choose_kubernetes(struct object_candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct object_candidate *candidate = &candidates->at[i];
        bool is_head = str_equal(candidate->name, STR("apiVersion")) || str_equal(candidate->name, STR("kind")) ||
                       str_equal(candidate->name, STR("metadata"));
        bool is_status = str_equal(candidate->name, STR("status"));
        if (is_head) candidate->is_chosen = true;
        if (is_status && !candidate->is_required) candidate->is_chosen = false;
    }
}

/* ---- Members -------------------------------------------------------------------------------------------------- */

/* What is told about one member by the object as a whole. */
struct object_told {
    yyjson_val *kubernetes;
    struct str discriminator, discriminator_value;
};

static struct sample_node *object_told_member(struct sample_maker *maker, const struct object_told *told,
                                              struct str name)
{
    struct str text = STR_EMPTY;
    if (told->kubernetes) text = object_kubernetes_text(maker->arena, told->kubernetes, name);
    if (told->discriminator.size && str_equal(name, told->discriminator)) text = told->discriminator_value;
    if (text.size == 0) return NULL;
    maker->lines++;
    return sample_node_text(maker->arena, text);
}

/* The lines up to which optional properties inside a member may come: where other containers are still to be made, half
 * of those left, else all but one for each leaf. */
static unsigned object_share(const struct sample_maker *maker, const struct object_candidates *candidates,
                             const struct object_candidate *candidate)
{
    unsigned left = maker->lines_limit > maker->lines ? maker->lines_limit - maker->lines : 0;
    unsigned leaves = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct object_candidate *other = &candidates->at[i];
        if (other == candidate || !other->is_chosen || other->node) continue;
        if (other->is_container) return maker->lines + (left + 1) / 2;
        leaves++;
    }
    return maker->lines + (left > leaves ? left - leaves : 0);
}

static struct sample_node *object_member(struct sample_maker *maker, const struct object_candidates *candidates,
                                         const struct object_candidate *candidate)
{
    bool is_focus = candidates->focus && candidate->schema == candidates->focus;
    struct sample_place place = { .schema = candidate->schema,
                                  .name = candidate->name,
                                  .component = STR_EMPTY,
                                  .focus = is_focus ? candidates->focus_rest : STR_EMPTY };
    unsigned limit = maker->lines_limit;
    if (candidate->is_container) maker->lines_limit = object_share(maker, candidates, candidate);
    struct sample_node *node = sample_value(maker, &place);
    maker->lines_limit = limit;
    return node;
}

static void object_make_members(struct sample_maker *maker, struct object_candidates *candidates,
                                const struct object_told *told, bool wants_required)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct object_candidate *candidate = &candidates->at[i];
        unsigned limit = wants_required ? LIMIT_SAMPLE_LINES_REQUIRED : maker->lines_limit;
        if (!candidate->is_chosen || candidate->is_required != wants_required || maker->lines >= limit) continue;
        candidate->node = object_told_member(maker, told, candidate->name);
        if (candidate->node == NULL) candidate->node = object_member(maker, candidates, candidate);
        if (candidate->node && candidate->node->is_cut && !wants_required) candidate->node = NULL;
        bool is_focus = candidates->focus && candidate->schema == candidates->focus;
        if (candidate->node && is_focus && candidates->focus_rest.size == 0) candidate->node->is_focus = true;
    }
}

/* One pair that stands for the members of a map. */
static void object_make_pair(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                             struct sample_node *object)
{
    yyjson_val *schema = parts_get(parts, "additionalProperties");
    if (!yyjson_is_obj(schema) || (object->first && maker->depth > 1)) return;
    struct str key = sample_name_key(place->name);
    struct sample_place pair = { .schema = schema, .name = key, .component = STR_EMPTY, .focus = place->focus };
    struct sample_node *node = sample_node_member(object, key) ? NULL : sample_value(maker, &pair);
    if (node && !node->is_cut) sample_node_append(object, key, node);
}

struct sample_node *sample_object(struct sample_maker *maker, const struct parts *parts,
                                  const struct sample_place *place)
{
    struct object_candidates candidates = { 0 };
    struct object_told told = { .kubernetes = object_kubernetes(parts) };
    struct sample_node *object = sample_node_new(maker->arena, SAMPLE_OBJECT);
    if (place->focus.size) {
        candidates.focus = parts_property_on_path(parts, place->focus, &candidates.focus_name, &candidates.focus_rest);
    }
    if (object == NULL || !object_collect(maker, parts, &candidates)) return NULL;
    told.discriminator_value = object_discriminator(parts, place, &told.discriminator);
    object_choose_all(maker, &candidates);
    if (told.kubernetes) object_choose_kubernetes(&candidates);
    maker->lines += 2;
    object_make_members(maker, &candidates, &told, true);
    object_make_members(maker, &candidates, &told, false);
    for (size_t i = 0; i < candidates.count; i++) {
        sample_node_append(object, candidates.at[i].name, candidates.at[i].node);
    }
    object_make_pair(maker, parts, place, object);
    return maker->arena->failed ? NULL : object;
}
