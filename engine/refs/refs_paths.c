#include "refs_finder.h"

#include "element_id.h"
#include "limits.h"

/* ---- Walking backwards ------------------------------------------------------------------------------------------- */

/* The walk from the object asked for to all that use it. */
struct refs_walk {
    struct refs_finder *finder;
    uint32_t *queue; /* objects, in the order of their distance */
    uint32_t first, last;
    uint8_t *endpoints; /* of the API's elements: those that were found, or use the object itself */
    uint32_t edges_left;
};

static bool refs_walk_start(struct refs_walk *walk)
{
    struct refs_finder *finder = walk->finder;
    uint32_t count = finder->uses.count;
    walk->queue = arena_alloc(finder->arena, count * sizeof *walk->queue);
    walk->endpoints = arena_calloc(finder->arena, finder->api->element_count, 1);
    finder->steps = arena_alloc(finder->arena, count * sizeof *finder->steps);
    bool has_room = refs_room(finder, ENGINE_USE_ROOT, count) &&
                    refs_room(finder, ENGINE_USE_REACH, finder->api->counts[CATALOGUE_ENDPOINT]);
    if (!has_room || walk->queue == NULL || walk->endpoints == NULL || finder->steps == NULL) return false;
    for (uint32_t i = 0; i < count; i++) finder->steps[i].distance = REFS_UNSEEN;
    finder->steps[finder->object] = (struct refs_step){ .distance = 0 };
    walk->queue[walk->last++] = finder->object;
    return true;
}

/* Whether another object than itself uses it. */
static bool refs_walk_users(struct refs_walk *walk, uint32_t object, struct uses_list *list)
{
    struct refs_step *steps = walk->finder->steps;
    bool is_used = false;
    for (struct uses_of_object use; walk->edges_left && uses_next_object(list, &use);) {
        is_used |= use.object != object;
        walk->edges_left--;
        if (steps[use.object].distance != REFS_UNSEEN) continue;
        steps[use.object] = (struct refs_step){ object, use.element, steps[object].distance + 1 };
        walk->queue[walk->last++] = use.object;
    }
    return is_used;
}

static void refs_walk_endpoint(struct refs_walk *walk, uint32_t object, uint32_t endpoint, enum uses_role role,
                               bool is_direct)
{
    struct refs_finder *finder = walk->finder;
    uint8_t *seen = &walk->endpoints[endpoint - finder->api->first_element];
    struct refs_list *reach = &finder->lists[ENGINE_USE_REACH];
    struct refs_row row = { .element = endpoint, .from = object, .roles = (uint8_t)(1 << role) };
    struct refs_row *last = reach->count ? &reach->at[reach->count - 1] : NULL;
    if (*seen && last && last->element == endpoint && last->from == object) last->roles |= row.roles;
    if (*seen) return;
    *seen = 1;
    if (!is_direct) refs_add(finder, ENGINE_USE_REACH, row, finder->steps[object].distance, endpoint);
}

/* Whether it is the body of one. Those that use the object asked for itself are not told again. */
static bool refs_walk_endpoints(struct refs_walk *walk, uint32_t object, struct uses_list *list)
{
    struct refs_finder *finder = walk->finder;
    bool is_body = false,
         is_direct = uses_element(&finder->uses, finder->object) == finder->element && object == finder->object;
    for (struct uses_of_endpoint use; walk->edges_left && uses_next_endpoint(list, &use);) {
        is_body |= use.role == USES_REQUEST || use.role == USES_RESPONSE;
        walk->edges_left--;
        for (uint32_t endpoint = CATALOGUE_NONE; refs_next_endpoint(finder, use.element, &endpoint);)
            refs_walk_endpoint(walk, object, endpoint, use.role, is_direct);
    }
    return is_body;
}

static void refs_walk_object(struct refs_walk *walk, uint32_t object)
{
    struct refs_finder *finder = walk->finder;
    struct uses_list list = uses_list(&finder->uses, object);
    bool is_used = refs_walk_users(walk, object, &list);
    bool is_body = refs_walk_endpoints(walk, object, &list);
    uint32_t element = uses_element(&finder->uses, object);
    bool is_kind = finder->source->catalogue->elements[element].flags & CATALOGUE_IS_KIND;
    /* No way leads from an object to itself, but one to each of its properties. */
    bool is_way = element != finder->element;
    if (!is_way || (is_used && !is_body && !is_kind)) return;
    struct refs_row row = { .element = element, .from = object };
    refs_add(finder, ENGINE_USE_ROOT, row, finder->steps[object].distance, element);
}

void refs_find_paths(struct refs_finder *finder)
{
    struct refs_walk walk = { .finder = finder, .edges_left = LIMIT_REFS_EDGES };
    if (finder->object == USES_NONE || !refs_walk_start(&walk)) return;
    while (walk.first < walk.last && walk.edges_left) refs_walk_object(&walk, walk.queue[walk.first++]);
    finder->is_lower_bound = walk.edges_left == 0;
}

/* ---- Telling the way --------------------------------------------------------------------------------------------- */

/* A longer way is a chain that somebody made; it ends with an ellipsis. */
enum { REFS_PATH_STEPS = 64 };

/* "spec.template" of a property in it; a part has no name. */
static void refs_path_step(const struct refs_finder *finder, struct buf *path, uint32_t element)
{
    const struct catalogue *catalogue = finder->source->catalogue;
    if (catalogue->elements[element].kind != CATALOGUE_PROPERTY) return;
    buf_append_byte(path, '.');
    buf_append_str(path, element_id_path(catalogue, element, finder->arena));
}

struct str refs_path(const struct refs_finder *finder, const struct refs_row *row)
{
    const struct catalogue *catalogue = finder->source->catalogue;
    uint32_t object = row->from, root = uses_element(&finder->uses, object), steps = 0;
    struct buf path;
    buf_init(&path, REFS_PATH_STEPS * LIMIT_ID_BYTES);
    buf_append_str(&path, catalogue_short_name(catalogue_string(catalogue, catalogue->elements[root].name)));
    for (; object != finder->object && steps < REFS_PATH_STEPS; steps++) {
        refs_path_step(finder, &path, finder->steps[object].element);
        object = finder->steps[object].next;
    }
    if (object == finder->object)
        refs_path_step(finder, &path, finder->element);
    else
        buf_append_str(&path, STR(".\xe2\x80\xa6"));
    if (path.error == BUF_NO_MEMORY) finder->arena->failed = true;
    struct str copy = arena_copy(finder->arena, buf_str(&path));
    buf_free(&path);
    return copy;
}
