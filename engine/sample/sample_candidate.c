#include "sample_candidate.h"

#include "sample_name.h"

enum { CANDIDATES = 600 }; /* of an object with more, the first ones are enough for a sample */

struct sample_candidate *sample_candidate_find(const struct sample_candidates *candidates, struct str name)
{
    for (size_t i = 0; i < candidates->count; i++) {
        if (str_equal(candidates->at[i].name, name)) return &candidates->at[i];
    }
    return NULL;
}

static bool candidate_is_container(const struct parts *parts)
{
    enum sample_type type = sample_type(parts);
    return type == SAMPLE_TYPE_OBJECT || type == SAMPLE_TYPE_ARRAY || parts_get(parts, "oneOf") ||
           parts_get(parts, "anyOf");
}

/* Only what stands in the schema and its references, no branches: enough to rank it by. */
void sample_candidate_look(const struct sample_maker *maker, struct sample_candidate *candidate)
{
    if (candidate->is_looked_at) return;
    struct parts parts;
    const struct parts_wish wish = { PARTS_NO_BRANCH, STR_EMPTY };
    const struct parts_choice choice = { .keeps_beside = true };
    parts_collect_all(&parts, maker->document, candidate->schemas, candidate->count, &wish, &choice);
    enum sample_direction direction = maker->wish->direction;
    candidate->is_looked_at = true;
    candidate->is_container = candidate_is_container(&parts);
    candidate->is_hidden = (direction == SAMPLE_REQUEST && parts_is(&parts, "readOnly")) ||
                           (direction == SAMPLE_RESPONSE && parts_is(&parts, "writeOnly")) ||
                           (!candidate->is_required && parts_is(&parts, "deprecated"));
}

/* ---- Collecting -------------------------------------------------------------------------------------------------- */

static bool candidate_matches_pattern(struct sample_maker *maker, yyjson_val *patterns, struct str name)
{
    for (struct document_member at = document_first(patterns); at.left; document_next(&at)) {
        if (expression_find(&maker->expressions, document_str(at.key), name) == EXPRESSION_YES) return true;
    }
    return false;
}

/* False when a part takes no properties but its own, and this is none of them. */
static bool candidate_is_allowed(struct sample_maker *maker, const struct parts *parts, struct str name)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *schema = parts->at[i].schema;
        if (!yyjson_is_false(yyjson_obj_get(schema, "additionalProperties"))) continue;
        if (document_get(maker->document, yyjson_obj_get(schema, "properties"), name)) continue;
        if (!candidate_matches_pattern(maker, yyjson_obj_get(schema, "patternProperties"), name)) return false;
    }
    return true;
}

static struct sample_candidate *candidate_add(struct sample_candidates *candidates, struct str name)
{
    if (candidates->count == candidates->capacity) return NULL;
    struct sample_candidate *candidate = &candidates->at[candidates->count++];
    *candidate = (struct sample_candidate){ .name = name, .identity = sample_name_identity(name) };
    return candidate;
}

/* What tells of members that are no properties. */
static void candidate_add_schemas(struct sample_maker *maker, const struct parts *parts,
                                  struct sample_candidate *candidate)
{
    for (size_t i = 0; i < parts->count && candidate->count < SAMPLE_SCHEMAS; i++) {
        yyjson_val *additional = yyjson_obj_get(parts->at[i].schema, "additionalProperties");
        struct document_member at = document_first(yyjson_obj_get(parts->at[i].schema, "patternProperties"));
        for (; at.left && candidate->count < SAMPLE_SCHEMAS; document_next(&at)) {
            if (expression_find(&maker->expressions, document_str(at.key), candidate->name) == EXPRESSION_YES)
                candidate->schemas[candidate->count++] = at.value;
        }
        if (yyjson_is_obj(additional) && candidate->count < SAMPLE_SCHEMAS)
            candidate->schemas[candidate->count++] = additional;
    }
}

static void candidate_add_property(struct sample_maker *maker, const struct parts *parts,
                                   struct sample_candidates *candidates, struct str name)
{
    if (parts->count > 1 && sample_candidate_find(candidates, name)) return;
    bool is_focus = candidates->has_focus && str_equal(name, candidates->focus_name);
    bool is_required = parts_is_required(parts, name);
    if (!is_focus && !is_required && !candidate_is_allowed(maker, parts, name)) return;
    struct sample_candidate *candidate = candidate_add(candidates, name);
    if (candidate == NULL) return;
    candidate->count = parts_property_all(parts, name, candidate->schemas, SAMPLE_SCHEMAS);
    candidate->is_required = is_required || is_focus;
    candidate->is_focus = is_focus;
    bool is_nothing = candidate->count && yyjson_is_false(candidate->schemas[0]);
    if (is_nothing && !candidate->is_required) candidates->count--;
}

/* A name that is required but described nowhere is a candidate, too: without it the sample would not be valid. */
static void candidate_add_required(struct sample_maker *maker, const struct parts *parts,
                                   struct sample_candidates *candidates)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *item;
        size_t j, max;
        yyjson_arr_foreach (yyjson_obj_get(parts->at[i].schema, "required"), j, max, item) {
            struct str name = document_str(item);
            if (j == LIMIT_SCHEMA_REQUIRED) break;
            if (!yyjson_is_str(item) || parts_property(parts, name) || sample_candidate_find(candidates, name))
                continue;
            struct sample_candidate *candidate = candidate_add(candidates, name);
            if (candidate == NULL) return;
            candidate->is_required = true;
            candidate_add_schemas(maker, parts, candidate);
        }
    }
}

/* What an example of the object has, also beyond the properties. */
static void candidate_add_given(struct sample_maker *maker, const struct parts *parts, yyjson_val *given,
                                struct sample_candidates *candidates)
{
    for (struct document_member at = document_first(given); at.left; document_next(&at)) {
        struct str name = document_str(at.key);
        struct sample_candidate *candidate = sample_candidate_find(candidates, name);
        if (candidate == NULL) {
            if (!candidate_is_allowed(maker, parts, name)) continue;
            candidate = candidate_add(candidates, name);
            if (candidate) candidate_add_schemas(maker, parts, candidate);
        }
        if (candidate == NULL) return;
        if (candidate->given == NULL) candidate->given = at.value;
    }
}

/* The most candidates there can be. */
static size_t candidate_capacity(const struct parts *parts, yyjson_val *given)
{
    size_t size = yyjson_obj_size(given);
    for (size_t i = 0; i < parts->count; i++) {
        size += yyjson_obj_size(yyjson_obj_get(parts->at[i].schema, "properties"));
        size += yyjson_arr_size(yyjson_obj_get(parts->at[i].schema, "required"));
    }
    return size > CANDIDATES ? CANDIDATES : size;
}

bool sample_candidate_collect(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                              struct sample_candidates *candidates)
{
    *candidates = (struct sample_candidates){ .capacity = candidate_capacity(parts, place->given) };
    if (place->focus.size) {
        candidates->has_focus =
            parts_property_on_path(parts, place->focus, &candidates->focus_name, &candidates->focus_rest) != NULL;
    }
    candidates->at = arena_alloc(maker->arena, candidates->capacity * sizeof *candidates->at);
    if (candidates->at == NULL) return false;
    if (candidates->has_focus && candidates->capacity == CANDIDATES)
        candidate_add_property(maker, parts, candidates, candidates->focus_name);
    for (size_t i = 0; i < parts->count; i++) {
        struct document_member at = document_first(yyjson_obj_get(parts->at[i].schema, "properties"));
        for (; at.left && candidates->count < candidates->capacity; document_next(&at))
            candidate_add_property(maker, parts, candidates, document_str(at.key));
    }
    candidate_add_required(maker, parts, candidates);
    candidate_add_given(maker, parts, place->given, candidates);
    maker->members -= candidates->count < maker->members ? candidates->count : maker->members;
    return true;
}
