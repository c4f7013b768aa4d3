#include "sample_candidate.h"

#include "ref.h"
#include "sample_name.h"

/* Optional properties that may be shown beside the required ones. */
struct choose_quota {
    unsigned leaves, containers;
};

/* ---- By rank ----------------------------------------------------------------------------------------------------- */

/* The larger the earlier. What an author's example has is what readers know; then what says what the object is; then
 * what many objects of the API have. */
static unsigned choose_score(const struct sample_candidate *candidate)
{
    return (candidate->given ? 1000 : 0) + 100 * candidate->identity + candidate->common;
}

/* Takes the best of what is left, until the quota is used up; only what says at least so much of what the object is. */
static unsigned choose_best(struct sample_maker *maker, struct sample_candidates *candidates, struct choose_quota quota,
                            unsigned least_identity)
{
    unsigned taken = 0;
    while (quota.leaves || quota.containers) {
        struct sample_candidate *best = NULL;
        unsigned best_score = 0;
        for (size_t i = 0; i < candidates->count; i++) {
            struct sample_candidate *candidate = &candidates->at[i];
            unsigned score = choose_score(candidate);
            if (candidate->is_chosen || candidate->is_hidden || candidate->identity < least_identity) continue;
            if (candidate->is_looked_at && (candidate->is_container ? quota.containers : quota.leaves) == 0) continue;
            if (best && score <= best_score) continue;
            best = candidate;
            best_score = score;
        }
        if (best == NULL) break;
        sample_candidate_look(maker, best);
        unsigned *left = best->is_container ? &quota.containers : &quota.leaves;
        if (best->is_hidden || *left == 0) continue;
        best->is_chosen = true;
        (*left)--;
        taken++;
    }
    return taken;
}

/* The logarithm: what a hundred objects have is not ten times as well known as what ten have. */
static unsigned choose_common(uint32_t count)
{
    unsigned rank = 0;
    for (; count > 1 && rank < 15; count /= 2) rank++;
    return rank;
}

static void choose_rank(const struct sample_maker *maker, struct sample_candidates *candidates)
{
    const struct sample_common *common = &maker->wish->common;
    for (size_t i = 0; common->count && i < candidates->count; i++)
        candidates->at[i].common = choose_common(common->count(common->context, candidates->at[i].name));
}

static void choose_minimal(struct sample_maker *maker, struct sample_candidates *candidates, bool has_required)
{
    static const struct choose_quota outer = { 4, 3 }, inner = { 2, 1 };
    unsigned taken = choose_best(maker, candidates, maker->depth == 1 ? outer : inner, SAMPLE_IDENTITY_MINIMAL);
    if (taken == 0 && !has_required && choose_best(maker, candidates, (struct choose_quota){ 1, 0 }, 0) == 0)
        choose_best(maker, candidates, (struct choose_quota){ 0, 1 }, 0);
}

static void choose_useful(struct sample_maker *maker, struct sample_candidates *candidates, bool has_required)
{
    static const struct choose_quota outer = { 16, 5 }, inner = { 4, 2 }, few = { 3, 1 };
    if (maker->depth == 1) {
        choose_rank(maker, candidates);
        choose_best(maker, candidates, outer, 0);
        return;
    }
    unsigned taken = choose_best(maker, candidates, inner, SAMPLE_IDENTITY_USEFUL);
    if (taken == 0 && !has_required) choose_best(maker, candidates, few, 0);
}

/* All that the example has; of what it has not, nothing. */
static void choose_given(struct sample_maker *maker, struct sample_candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct sample_candidate *candidate = &candidates->at[i];
        if (candidate->given == NULL || candidate->is_chosen) continue;
        sample_candidate_look(maker, candidate);
        candidate->is_chosen = !candidate->is_hidden;
    }
}

static void choose_all(struct sample_maker *maker, struct sample_candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct sample_candidate *candidate = &candidates->at[i];
        sample_candidate_look(maker, candidate);
        candidate->is_chosen |= !candidate->is_hidden;
    }
}

/* ---- By what the parts say of all together ----------------------------------------------------------------------- */

static bool choose_has(const struct sample_candidates *candidates, struct str name)
{
    const struct sample_candidate *candidate = sample_candidate_find(candidates, name);
    return candidate && candidate->is_chosen;
}

/* dependentRequired, and `dependencies` as it was called before 2019-09: with one come others. */
static void choose_dependent(const struct parts *parts, struct sample_candidates *candidates)
{
    static const char *const keywords[] = { "dependentRequired", "dependencies" };
    for (size_t i = 0; i < 2 * parts->count; i++) {
        yyjson_val *list = yyjson_obj_get(parts->at[i / 2].schema, keywords[i % 2]), *name;
        size_t j, max;
        for (struct document_member at = document_first(list); at.left; document_next(&at)) {
            if (!choose_has(candidates, document_str(at.key))) continue;
            yyjson_arr_foreach (at.value, j, max, name) {
                struct sample_candidate *other = sample_candidate_find(candidates, document_str(name));
                if (other && yyjson_is_str(name)) other->is_chosen = other->is_required = true;
            }
        }
    }
}

/* Leaves out an optional property, so that a schema that must not fit misses one that it requires. */
static void choose_against(struct sample_candidates *candidates, yyjson_val *rival)
{
    yyjson_val *required = yyjson_obj_get(rival, "required"), *name;
    struct sample_candidate *optional = NULL;
    size_t i, max;
    yyjson_arr_foreach (required, i, max, name) {
        struct sample_candidate *candidate = sample_candidate_find(candidates, document_str(name));
        if (candidate == NULL || !candidate->is_chosen || i == LIMIT_SCHEMA_REQUIRED) return;
        if (!candidate->is_required) optional = candidate;
    }
    if (optional) optional->is_chosen = false;
}

static void choose_against_rivals(const struct sample_maker *maker, const struct parts *parts,
                                  struct sample_candidates *candidates)
{
    yyjson_val *branch;
    size_t i, max;
    for (size_t c = 0; c < parts->chosen_count; c++) {
        const struct parts_chosen *chosen = &parts->chosen[c];
        if (!chosen->is_exclusive) continue;
        yyjson_arr_foreach (chosen->list, i, max, branch) {
            if (branch != chosen->branch) choose_against(candidates, ref_resolve(maker->document, branch));
        }
    }
    for (size_t p = 0; p < parts->count; p++) choose_against(candidates, yyjson_obj_get(parts->at[p].schema, "not"));
}

static double choose_count(const struct sample_candidates *candidates)
{
    double count = 0;
    for (size_t i = 0; i < candidates->count; i++) count += candidates->at[i].is_chosen;
    return count;
}

/* minProperties and maxProperties. */
static void choose_number(struct sample_maker *maker, const struct parts *parts, struct sample_candidates *candidates)
{
    yyjson_val *least = parts_get(parts, "minProperties"), *most = parts_get(parts, "maxProperties");
    double count = choose_count(candidates);
    if (yyjson_is_num(least) && yyjson_get_num(least) > count) {
        unsigned more = (unsigned)(yyjson_get_num(least) - count < 100 ? yyjson_get_num(least) - count : 100);
        more -= choose_best(maker, candidates, (struct choose_quota){ more, 0 }, 0);
        if (more) choose_best(maker, candidates, (struct choose_quota){ 0, more }, 0);
    }
    for (size_t i = candidates->count; yyjson_is_num(most) && i > 0 && count > yyjson_get_num(most); i--) {
        struct sample_candidate *candidate = &candidates->at[i - 1];
        if (!candidate->is_chosen || candidate->is_required) continue;
        candidate->is_chosen = false;
        count--;
    }
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

/* What goes the other way is left out, also where it is required (OpenAPI 3.1 §4.8.24.2). */
static bool choose_required(struct sample_maker *maker, struct sample_candidates *candidates)
{
    bool has_any = false;
    for (size_t i = 0; i < candidates->count; i++) {
        struct sample_candidate *candidate = &candidates->at[i];
        if (!candidate->is_required) continue;
        sample_candidate_look(maker, candidate);
        candidate->is_chosen = candidate->is_focus || !candidate->is_hidden;
        has_any |= candidate->is_chosen;
    }
    return has_any;
}

/* Alternatives differ in what they have, or in what is in that, or in items of that. */
static bool choose_is_generous(const struct sample_maker *maker)
{
    return maker->generous_depth && maker->depth >= maker->generous_depth && maker->depth < maker->generous_depth + 3;
}

void sample_candidate_choose(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                             struct sample_candidates *candidates)
{
    bool has_required = choose_required(maker, candidates);
    enum sample_tier tier = maker->wish->tier;
    if (maker->lean_depth == maker->depth) {
        /* nothing else */
    } else if (tier == SAMPLE_FULL || choose_is_generous(maker)) {
        choose_all(maker, candidates);
    } else if (!candidates->has_focus) {
        bool is_beside = maker->wish->focus.size && !maker->is_in_focus; /* of what is in focus */
        if (tier == SAMPLE_MINIMAL || is_beside)
            choose_minimal(maker, candidates, has_required);
        else if (yyjson_is_obj(place->given))
            choose_given(maker, candidates);
        else
            choose_useful(maker, candidates, has_required);
    }
    choose_against_rivals(maker, parts, candidates);
    choose_number(maker, parts, candidates);
    choose_dependent(parts, candidates);
}
