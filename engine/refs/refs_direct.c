#include "refs_finder.h"

/* ---- By reference ------------------------------------------------------------------------------------------------ */

/* Several ways by which an object is composed of it are one row. */
static void refs_direct_objects(struct refs_finder *finder, struct uses_list *list)
{
    const struct format_element *elements = finder->source->catalogue->elements;
    struct refs_list *objects = &finder->lists[ENGINE_USE_OBJECT];
    for (struct uses_of_object use; uses_next_object(list, &use);) {
        struct refs_row row = { .element = use.element, .roles = (uint8_t)(1 << use.role) };
        uint32_t object = uses_element(&finder->uses, use.object);
        bool is_property = elements[use.element].kind == CATALOGUE_PROPERTY;
        struct refs_row *last = objects->count ? &objects->at[objects->count - 1] : NULL;
        if (is_property)
            refs_add(finder, ENGINE_USE_PROPERTY, row, 0, object);
        else if (last && last->element == use.element)
            last->roles |= row.roles;
        else if (elements[use.element].kind == CATALOGUE_OBJECT)
            refs_add(finder, ENGINE_USE_OBJECT, row, 0, object);
    }
}

/* A path has eight methods, and what it declares for all of them comes before what the later ones have themselves. */
enum { REFS_LOOK_BACK = 16 };

/* An endpoint may use it in several ways: that is one row. Uses come in the order of the endpoints, nearly. */
static void refs_direct_endpoint(struct refs_finder *finder, uint32_t endpoint, enum uses_role role)
{
    struct refs_list *list = &finder->lists[ENGINE_USE_ENDPOINT];
    struct refs_row row = { .element = endpoint, .roles = (uint8_t)(1 << role) };
    for (uint32_t back = 1; back <= list->count && back <= REFS_LOOK_BACK; back++) {
        if (list->at[list->count - back].element != endpoint) continue;
        list->at[list->count - back].roles |= row.roles;
        return;
    }
    refs_add(finder, ENGINE_USE_ENDPOINT, row, 0, endpoint);
}

static void refs_direct_endpoints(struct refs_finder *finder, struct uses_list *list)
{
    for (struct uses_of_endpoint use; uses_next_endpoint(list, &use);)
        for (uint32_t endpoint = CATALOGUE_NONE; refs_next_endpoint(finder, use.element, &endpoint);)
            refs_direct_endpoint(finder, endpoint, use.role);
}

void refs_find_direct(struct refs_finder *finder)
{
    if (finder->object == USES_NONE) return;
    struct uses_list list = uses_list(&finder->uses, finder->object);
    bool has_room = refs_room(finder, ENGINE_USE_PROPERTY, list.left) &&
                    refs_room(finder, ENGINE_USE_OBJECT, list.left) &&
                    refs_room(finder, ENGINE_USE_ENDPOINT, finder->api->counts[CATALOGUE_ENDPOINT]);
    if (!has_room) return;
    refs_direct_objects(finder, &list);
    refs_direct_endpoints(finder, &list);
}

/* ---- By name ----------------------------------------------------------------------------------------------------- */

void refs_find_names(struct refs_finder *finder)
{
    const struct index *index = finder->source->index;
    const struct format_element *elements = finder->source->catalogue->elements;
    const struct format_element *wanted = &elements[finder->element];
    uint32_t first, end, start = finder->api->first_element;
    if (wanted->kind != CATALOGUE_PROPERTY && wanted->kind != CATALOGUE_PARAMETER) return;
    index_members(index, index->group_of[finder->element], start, start + finder->api->element_count, &first, &end);
    if (!refs_room(finder, ENGINE_USE_NAME, end - first)) return;
    for (uint32_t i = first; i < end; i++) {
        const struct format_element *at = &elements[index->members[i]];
        /* Of one group are names that differ in the case of their letters, too. */
        bool is_same = at->name == wanted->name && (at->kind == CATALOGUE_PROPERTY || at->detail == wanted->detail);
        struct refs_row row = { .element = index->members[i] };
        if (is_same) refs_add(finder, ENGINE_USE_NAME, row, 0, at->parent);
    }
}
