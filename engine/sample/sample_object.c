#include "sample_candidate.h"
#include "sample_name.h"
#include "sample_told.h"

#include <math.h>

/* ---- Members ----------------------------------------------------------------------------------------------------- */

/* The lines up to which optional properties inside a member may come: where other containers are still to be made, half
 * of those left, else all but one for each leaf. */
static unsigned object_share(const struct sample_maker *maker, const struct sample_candidates *candidates,
                             const struct sample_candidate *candidate)
{
    unsigned left = maker->lines_limit > maker->lines ? maker->lines_limit - maker->lines : 0;
    unsigned leaves = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct sample_candidate *other = &candidates->at[i];
        if (other == candidate || !other->is_chosen || other->node) continue;
        if (other->is_container) return maker->lines + (left + 1) / 2;
        leaves++;
    }
    return maker->lines + (left > leaves ? left - leaves : 0);
}

static struct sample_node *object_value(struct sample_maker *maker, const struct sample_candidates *candidates,
                                        const struct sample_candidate *candidate)
{
    struct sample_place place = { .count = candidate->count,
                                  .given = candidate->given,
                                  .name = candidate->name,
                                  .component = STR_EMPTY,
                                  .focus = candidate->is_focus ? candidates->focus_rest : STR_EMPTY,
                                  .is_needed = candidate->is_required };
    memcpy(place.schemas, candidate->schemas, sizeof place.schemas);
    unsigned limit = maker->lines_limit;
    if (candidate->is_container) maker->lines_limit = object_share(maker, candidates, candidate);
    struct sample_node *node = sample_value(maker, &place);
    maker->lines_limit = limit;
    return node;
}

/* An optional member that could not be made whole is left out; a required one makes the object no better than itself.
 */
static void object_make_member(struct sample_maker *maker, const struct sample_told *told,
                               const struct sample_candidates *candidates, struct sample_candidate *candidate,
                               struct sample_node *object)
{
    const size_t faults = maker->report->fault_count;
    unsigned lines = maker->lines;
    bool is_focus = candidate->is_focus && candidates->focus_rest.size == 0, was_in_focus = maker->is_in_focus;
    maker->is_in_focus |= is_focus;
    struct sample_node *node = sample_told_member(maker, told, candidate);
    if (node == NULL) node = object_value(maker, candidates, candidate);
    maker->is_in_focus = was_in_focus;
    if (node == NULL) return;
    bool is_hollow = node->left_out && node->first == NULL;
    if (!candidate->is_required && (node->is_cut || node->is_broken || is_hollow)) {
        maker->lines = lines;
        maker->report->fault_count = faults;
        object->left_out += is_hollow;
        return;
    }
    candidate->node = node;
    object->is_broken |= node->is_broken;
    if (is_focus) node->is_focus = maker->report->has_focus = true;
}

/* Where all that an object shows are containers, the first of them. */
static bool object_has_only(const struct sample_candidates *candidates, const struct sample_candidate *candidate)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const struct sample_candidate *other = &candidates->at[i];
        if (other != candidate && other->is_chosen && (!other->is_container || other->node)) return false;
    }
    return true;
}

/* Containers nested deeper are left out where they are optional: what is above is read first. But an object with
 * nothing in it tells nothing, so that one may be a little deeper. */
static bool object_has_room(const struct sample_maker *maker, const struct sample_candidates *candidates,
                            struct sample_candidate *candidate)
{
    enum { DEEPER = 3 };
    if (candidate->is_required) return maker->lines < LIMIT_SAMPLE_LINES_REQUIRED;
    if (maker->lines >= maker->lines_limit) return false;
    sample_candidate_look(maker, candidate);
    bool is_deep = maker->wish->tier != SAMPLE_FULL && maker->depth > LIMIT_SAMPLE_DEPTH_OPTIONAL;
    if (!candidate->is_container || !is_deep || candidate->given) return true;
    return maker->depth <= LIMIT_SAMPLE_DEPTH_OPTIONAL + DEEPER && object_has_only(candidates, candidate);
}

static void object_make_members(struct sample_maker *maker, const struct sample_told *told,
                                struct sample_candidates *candidates, bool wants_required, struct sample_node *object)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct sample_candidate *candidate = &candidates->at[i];
        if (!candidate->is_chosen || candidate->is_required != wants_required) continue;
        if (object_has_room(maker, candidates, candidate)) {
            object_make_member(maker, told, candidates, candidate, object);
        } else if (wants_required) {
            object->is_broken = true;
        } else {
            object->left_out++;
        }
    }
}

/* ---- Maps -------------------------------------------------------------------------------------------------------- */

/* The schema of what is in a map, and a key for it; where nothing tells of it, but something must be there, it is free.
 */
static bool object_pair(struct sample_maker *maker, const struct parts *parts, struct str name, unsigned number,
                        bool is_needed, struct sample_place *pair)
{
    yyjson_val *additional = parts_get(parts, "additionalProperties"), *names = parts_get(parts, "propertyNames");
    struct document_member pattern = document_first(parts_get(parts, "patternProperties"));
    *pair = (struct sample_place){ .name = sample_name_key(name), .component = STR_EMPTY, .focus = STR_EMPTY };
    if (number) pair->name = arena_format(maker->arena, "%.*s%u", STR_FORMAT(pair->name), number + 1);
    if (yyjson_is_obj(additional)) {
        pair->schemas[pair->count++] = additional;
    } else if (pattern.left) {
        pair->schemas[pair->count++] = pattern.value;
        pair->name = sample_text_for(maker, document_str(pattern.key), pair->name, number);
    }
    if (yyjson_is_obj(names)) {
        struct sample_place of_name = { .schemas = { names }, .count = 1, .name = pair->name, .number = number };
        struct sample_node *node = sample_value(maker, &of_name);
        maker->lines--;
        if (node && node->shape == SAMPLE_LEAF) pair->name = node->text;
    }
    bool is_free = is_needed && !yyjson_is_false(additional);
    return (pair->count > 0 || is_free) && pair->name.size > 0;
}

static double object_least(const struct parts *parts)
{
    yyjson_val *least = parts_get(parts, "minProperties");
    return yyjson_is_num(least) ? fmin(yyjson_get_num(least), LIMIT_SAMPLE_PAIRS) : 0;
}

static double object_most(const struct parts *parts)
{
    yyjson_val *most = parts_get(parts, "maxProperties");
    return yyjson_is_num(most) ? yyjson_get_num(most) : INFINITY;
}

/* One pair that stands for the members of a map, or as many as must be there. */
static void object_make_pairs(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                              bool has_focus, struct sample_node *object)
{
    double count = 0, least = object_least(parts);
    for (const struct sample_node *member = object->first; member; member = member->next) count++;
    bool wants_one = (object->first == NULL || (maker->depth == 1 && place->given == NULL) || place->focus.size) &&
                     !has_focus && count < object_most(parts);
    for (unsigned number = 0; count < least || (wants_one && number == 0); number++) {
        struct sample_place pair;
        if (number == 2 * LIMIT_SAMPLE_PAIRS || !object_pair(maker, parts, place->name, number, count < least, &pair))
            break;
        pair.focus = place->focus;
        struct sample_node *node = sample_node_member(object, pair.name) ? NULL : sample_value(maker, &pair);
        if (node == NULL || node->is_cut || node->is_broken) continue;
        sample_node_append(object, pair.name, node);
        count++;
    }
    if (count < least) object->is_broken = true;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

/* In the order of the schema, which in Kubernetes' is that of the alphabet: there the name comes first. */
static void object_append(const struct sample_maker *maker, const struct sample_candidates *candidates,
                          struct sample_node *object)
{
    struct sample_candidate *name = maker->is_kubernetes ? sample_candidate_find(candidates, STR("name")) : NULL;
    if (name) sample_node_append(object, name->name, name->node);
    for (size_t i = 0; i < candidates->count; i++) {
        const struct sample_candidate *candidate = &candidates->at[i];
        if (candidate != name) sample_node_append(object, candidate->name, candidate->node);
    }
}

struct sample_node *sample_object(struct sample_maker *maker, const struct parts *parts,
                                  const struct sample_place *place)
{
    struct sample_candidates candidates;
    struct sample_told told;
    struct sample_node *object = sample_node_new(maker->arena, SAMPLE_OBJECT);
    if (object == NULL || !sample_candidate_collect(maker, parts, place, &candidates)) return NULL;
    bool was_kubernetes = maker->is_kubernetes;
    sample_candidate_choose(maker, parts, place, &candidates);
    sample_told_begin(maker, parts, place, &candidates, &told);
    maker->lines += 2;
    object_make_members(maker, &told, &candidates, true, object);
    object_make_members(maker, &told, &candidates, false, object);
    object_append(maker, &candidates, object);
    object_make_pairs(maker, parts, place, candidates.has_focus, object);
    maker->is_kubernetes = was_kubernetes;
    return maker->arena->failed ? NULL : object;
}
