#include "details_chain.h"

#include "details_reach.h"
#include "element_id.h"
#include "operation.h"
#include "ref.h"

enum {
    CHAIN_OBJECTS = 200, /* that are walked past: the roots of interest are near */
    CHAIN_USES = 400,    /* of one object, that are looked at */
    CHAIN_INLINE = 4,    /* operations around one object that are roots themselves */
    CHAIN_BODIES = 12,   /* of which so many are looked into */
};

/* An object on the way up. */
struct chain_step {
    uint32_t object; /* its number among those of the API */
    struct str at;   /* the way down to the property from here */
    size_t names;    /* in that way */
    bool is_done;
};

struct chain {
    const struct chain_source *source;
    struct arena *arena;
    struct chain_step *steps;
    size_t count;
    struct chain_root *roots;
    size_t root_count, room;
    uint64_t *total;
};

static const struct format_element *chain_record(const struct chain *chain, uint32_t element)
{
    return &chain->source->uses.catalogue->elements[element];
}

static yyjson_val *chain_component(const struct chain *chain, uint32_t object)
{
    const struct document *document = chain->source->document;
    const struct uses *uses = &chain->source->uses;
    struct str name = catalogue_string(uses->catalogue, chain_record(chain, uses_element(uses, object))->name);
    yyjson_val *components = document_get(document, document->root, STR("components"));
    return document_get(document, document_get(document, components, STR("schemas")), name);
}

static struct str chain_join(struct arena *arena, struct str front, struct str rest)
{
    if (front.size == 0) return rest;
    return arena_format(arena, "%.*s.%.*s", STR_FORMAT(front), STR_FORMAT(rest));
}

static void chain_add_root(struct chain *chain, const struct chain_root *root)
{
    (*chain->total)++;
    if (chain->root_count < chain->room) chain->roots[chain->root_count++] = *root;
}

static void chain_add_object(struct chain *chain, const struct chain_step *step)
{
    uint32_t element = uses_element(&chain->source->uses, step->object);
    chain_add_root(chain, &(struct chain_root){ .element = element, .status = STR_EMPTY, .at = step->at });
}

/* An object is walked past once, on the shortest way. */
static void chain_push(struct chain *chain, uint32_t object, struct str at, size_t names)
{
    for (size_t i = 0; i < chain->count; i++) {
        struct chain_step *step = &chain->steps[i];
        if (step->object != object) continue;
        if (!step->is_done && names < step->names) *step = (struct chain_step){ object, at, names, false };
        return;
    }
    if (chain->count < CHAIN_OBJECTS) chain->steps[chain->count++] = (struct chain_step){ object, at, names, false };
}

static struct chain_step *chain_nearest(struct chain *chain)
{
    struct chain_step *nearest = NULL;
    for (size_t i = 0; i < chain->count; i++) {
        struct chain_step *step = &chain->steps[i];
        if (!step->is_done && (nearest == NULL || step->names < nearest->names)) nearest = step;
    }
    return nearest;
}

/* ---- Roots ------------------------------------------------------------------------------------------------------- */

static bool chain_reach_content(const struct chain *chain, yyjson_val *holder, yyjson_val *component,
                                struct details_reach *reach)
{
    struct str media_type;
    yyjson_val *media = operation_media_type(yyjson_obj_get(holder, "content"), &media_type);
    return details_reach(chain->source->document, yyjson_obj_get(media, "schema"), component, chain->arena, reach);
}

/* The body by way of which the operation refers to the component. */
static bool chain_find_body(const struct chain *chain, const struct uses_of_endpoint *use, yyjson_val *component,
                            struct chain_root *root, struct details_reach *reach)
{
    const struct document *document = chain->source->document;
    const struct format_element *endpoint = chain_record(chain, use->element);
    struct operation operation;
    struct str path = catalogue_string(chain->source->uses.catalogue, endpoint->name);
    *root = (struct chain_root){ .element = use->element, .status = STR_EMPTY };
    if (!operation_find(&operation, document, (enum catalogue_method)endpoint->detail, path)) return false;
    if (use->role == USES_REQUEST)
        return chain_reach_content(chain, operation_request_body(&operation), component, reach);
    struct document_member at = document_first(yyjson_obj_get(operation.value, "responses"));
    for (; at.left; document_next(&at)) {
        root->status = document_str(at.key);
        if (chain_reach_content(chain, ref_resolve(document, at.value), component, reach)) return true;
    }
    return false;
}

/* True when the step is a root: a body as a whole, or, where it is none, inside of bodies that are written in place,
 * which are roots then. */
static bool chain_take_bodies(struct chain *chain, const struct chain_step *step, struct uses_list *list)
{
    struct chain_root around[CHAIN_INLINE];
    struct uses_of_endpoint use;
    size_t found = 0;
    for (size_t bodies = 0; bodies < CHAIN_BODIES && uses_next_endpoint(list, &use);) {
        struct chain_root root;
        struct details_reach reach;
        if (use.role != USES_REQUEST && use.role != USES_RESPONSE) continue;
        bodies++;
        if (!chain_find_body(chain, &use, chain_component(chain, step->object), &root, &reach)) continue;
        if (reach.names == 0) {
            chain_add_object(chain, step);
            return true;
        }
        root.at = chain_join(chain->arena, reach.path, step->at);
        if (found < CHAIN_INLINE) around[found++] = root;
    }
    for (size_t i = 0; i < found; i++) chain_add_root(chain, &around[i]);
    return found > 0;
}

/* ---- Upwards ----------------------------------------------------------------------------------------------------- */

/* Names hold dots so rarely that counting these is good enough. */
static size_t chain_names(struct str path)
{
    size_t count = path.size > 0;
    for (size_t i = 0; i < path.size; i++) count += path.at[i] == '.';
    return count;
}

static void chain_go_up(struct chain *chain, const struct chain_step *step, struct uses_list *list)
{
    const struct chain_step from = *step;
    struct uses_of_object use;
    for (size_t i = 0; i < CHAIN_USES && uses_next_object(list, &use); i++) {
        bool is_property = chain_record(chain, use.element)->kind == CATALOGUE_PROPERTY;
        struct str path = STR_EMPTY;
        if (is_property) path = element_id_path(chain->source->uses.catalogue, use.element, chain->arena);
        chain_push(chain, use.object, chain_join(chain->arena, path, from.at), from.names + chain_names(path));
    }
}

static void chain_look(struct chain *chain, struct chain_step *step)
{
    const struct uses *uses = &chain->source->uses;
    struct uses_list objects = uses_list(uses, step->object), endpoints = objects;
    step->is_done = true;
    if (chain_record(chain, uses_element(uses, step->object))->flags & CATALOGUE_IS_KIND) {
        chain_add_object(chain, step);
        return;
    }
    for (struct uses_of_object use; uses_next_object(&endpoints, &use);) continue;
    if (!chain_take_bodies(chain, step, &endpoints)) chain_go_up(chain, step, &objects);
}

size_t details_chain(const struct chain_source *source, uint32_t object, struct str path, struct arena *arena,
                     struct chain_root *roots, size_t room, uint64_t *total)
{
    struct chain chain = { .source = source, .arena = arena, .roots = roots, .room = room, .total = total };
    chain.steps = arena_alloc(arena, CHAIN_OBJECTS * sizeof *chain.steps);
    if (chain.steps == NULL) return 0;
    chain_push(&chain, object, path, 1);
    for (struct chain_step *step; (step = chain_nearest(&chain)) != NULL && !arena->failed;) chain_look(&chain, step);
    if (chain.root_count == 0 && room) chain_add_object(&chain, &chain.steps[0]);
    return chain.root_count;
}
