#include "sample_told.h"

/* ---- Discriminator ----------------------------------------------------------------------------------------------- */

static struct str told_last_name(struct str reference)
{
    size_t slash = str_find_last_byte(reference, '/');
    return slash == STR_NONE ? reference : str_cut(reference, slash + 1, reference.size);
}

/* The component that the object turns out to be: the branch taken, else the schema itself. */
static struct str told_component(const struct parts *parts, const struct sample_place *place)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->at[i].is_branch && parts->at[i].origin.size) return parts->at[i].origin;
    }
    return place->component;
}

/* The value of the discriminator (OpenAPI 3.1 §4.8.25) that stands for the object's component; the empty str where
 * there is no telling. */
static struct str told_discriminator(const struct parts *parts, const struct sample_place *place, struct str *property)
{
    yyjson_val *discriminator = parts_get(parts, "discriminator");
    yyjson_val *mapping = yyjson_obj_get(discriminator, "mapping");
    struct str component = told_component(parts, place);
    *property = document_str(yyjson_obj_get(discriminator, "propertyName"));
    struct document_member first = document_first(mapping);
    for (struct document_member at = first; at.left; document_next(&at)) {
        if (component.size && str_equal(told_last_name(document_str(at.value)), component)) return document_str(at.key);
    }
    return first.left ? document_str(first.key) : component;
}

/* ---- Kubernetes -------------------------------------------------------------------------------------------------- */

/* The group, version and kind of an object; NULL: it has none. One with several, as DeleteOptions, is no kind itself.
 */
static yyjson_val *told_kubernetes(const struct parts *parts)
{
    yyjson_val *kinds = parts_get(parts, "x-kubernetes-group-version-kind");
    return yyjson_arr_size(kinds) == 1 ? yyjson_arr_get_first(kinds) : NULL;
}

bool sample_is_kubernetes(const struct document *document, yyjson_val *schema)
{
    struct parts parts;
    parts_collect(&parts, document, schema, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    return told_kubernetes(&parts) != NULL;
}

static struct str told_kubernetes_text(struct arena *arena, yyjson_val *kubernetes, struct str name)
{
    struct str group = document_str(yyjson_obj_get(kubernetes, "group"));
    struct str version = document_str(yyjson_obj_get(kubernetes, "version"));
    if (str_equal(name, STR("kind"))) return document_str(yyjson_obj_get(kubernetes, "kind"));
    if (!str_equal(name, STR("apiVersion"))) return STR_EMPTY;
    return group.size ? arena_format(arena, "%.*s/%.*s", STR_FORMAT(group), STR_FORMAT(version)) : version;
}

static void told_choose(struct sample_candidates *candidates, const char *name)
{
    struct sample_candidate *candidate = sample_candidate_find(candidates, str_from(name));
    if (candidate) candidate->is_chosen = candidate->is_required = true;
}

static void told_leave_out(struct sample_candidates *candidates, const char *name)
{
    struct sample_candidate *candidate = sample_candidate_find(candidates, str_from(name));
    if (candidate && !candidate->is_required) candidate->is_chosen = false;
}

/* The cluster writes these, and takes no object that has them. */
static void told_leave_out_metadata(struct sample_candidates *candidates)
{
    static const char *const names[] = { "creationTimestamp", "deletionGracePeriodSeconds",
                                         "deletionTimestamp", "generation",
                                         "managedFields",     "resourceVersion",
                                         "selfLink",          "uid" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) told_leave_out(candidates, names[i]);
}

/* Of what an object's metadata may say, its name is needed; of a template's the labels, by which its pods are found.
 * The rest is the cluster's to write, or rarely used. */
static void told_choose_metadata(struct sample_maker *maker, struct sample_candidates *candidates)
{
    bool is_template = maker->depth > 1 && str_equal(maker->names[maker->depth - 2], STR("template"));
    if (candidates->has_focus || maker->wish->tier == SAMPLE_FULL) {
        told_leave_out_metadata(candidates);
        if (maker->depth == 2) told_choose(candidates, "name");
        return;
    }
    for (size_t i = 0; i < candidates->count; i++) candidates->at[i].is_chosen = candidates->at[i].is_required;
    told_choose(candidates, is_template ? "labels" : "name");
    if (!is_template && maker->wish->tier == SAMPLE_USEFUL && maker->wish->focus.size == 0)
        told_choose(candidates, "labels");
}

/* A kind's status is the cluster's to write; its apiVersion, kind and metadata are needed to apply it. What is made
 * from a template has its spec, and of a pod the labels by which it is found. */
static void told_choose_kubernetes(struct sample_maker *maker, const struct sample_told *told,
                                   const struct sample_place *place, struct sample_candidates *candidates)
{
    if (told->kubernetes) {
        told_choose(candidates, "apiVersion");
        told_choose(candidates, "kind");
        told_choose(candidates, "metadata");
        told_leave_out(candidates, "status");
        if (!candidates->has_focus) told_choose(candidates, "spec");
    } else if (sample_candidate_find(candidates, STR("template"))) {
        told_leave_out(candidates, "selector"); /* where it is not required, the cluster writes it */
    } else if (sample_candidate_find(candidates, STR("metadata")) && sample_candidate_find(candidates, STR("spec"))) {
        told_choose(candidates, "spec");
        if (str_equal(place->name, STR("template")))
            told_choose(candidates, "metadata");
        else
            told_leave_out(candidates, "metadata");
    } else if (str_equal(place->name, STR("metadata"))) {
        told_choose_metadata(maker, candidates);
    } else if (sample_candidate_find(candidates, STR("image")) &&
               sample_candidate_find(candidates, STR("imagePullPolicy"))) {
        told_choose(candidates, "image"); /* a container: what runs without an image? */
    }
}

/* ---- Both -------------------------------------------------------------------------------------------------------- */

void sample_told_begin(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                       struct sample_candidates *candidates, struct sample_told *told)
{
    *told = (struct sample_told){ .kubernetes = told_kubernetes(parts) };
    told->discriminator_value = told_discriminator(parts, place, &told->discriminator);
    if (told->kubernetes) maker->is_kubernetes = true;
    if (maker->is_kubernetes) told_choose_kubernetes(maker, told, place, candidates);
}

/* A discriminator whose property takes other values than the component's name is told by these. */
static bool told_fits(struct sample_maker *maker, const struct sample_candidate *candidate, struct str text)
{
    yyjson_val value = { .tag = ((uint64_t)text.size << YYJSON_TAG_BIT) | YYJSON_TYPE_STR, .uni.str = text.at };
    maker->fits.steps = 0;
    for (size_t i = 0; i < candidate->count; i++) {
        if (!fits_schema(&maker->fits, candidate->schemas[i], &value)) return false;
    }
    return true;
}

struct sample_node *sample_told_member(struct sample_maker *maker, const struct sample_told *told,
                                       const struct sample_candidate *candidate)
{
    struct str text = STR_EMPTY;
    if (told->kubernetes) text = told_kubernetes_text(maker->arena, told->kubernetes, candidate->name);
    if (told->discriminator.size && str_equal(candidate->name, told->discriminator)) text = told->discriminator_value;
    if (text.size == 0 || !told_fits(maker, candidate, text)) return NULL;
    maker->lines++;
    return sample_node_text(maker->arena, text);
}
