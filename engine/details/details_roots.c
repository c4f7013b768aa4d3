#include "details_roots.h"

#include "details_chain.h"
#include "element_id.h"
#include "refs.h"

enum { ROOTS_OWNERS = 8 }; /* other objects with a property of that name, that are looked at */

struct roots_maker {
    struct details_maker *details;
    struct chain_source source;
    struct chain_root at[CHAIN_ROOTS];
    size_t count;
    uint64_t total;
};

/* A property's path, and what goes on inside of it. */
static struct str roots_path(struct details_maker *maker, uint32_t property, struct str inner)
{
    struct str path = element_id_path(maker->catalogue, property, maker->arena);
    if (inner.size == 0) return path;
    return arena_format(maker->arena, "%.*s.%.*s", STR_FORMAT(path), STR_FORMAT(inner));
}

static void roots_add(struct roots_maker *roots, uint32_t property, struct str inner)
{
    struct details_maker *maker = roots->details;
    uint32_t element = maker->catalogue->elements[property].parent;
    uint32_t object = uses_object_of(&roots->source.uses, element);
    struct str path = roots_path(maker, property, inner);
    if (object == USES_NONE) { /* a damaged index */
        if (roots->count == 0) roots->at[roots->count++] = (struct chain_root){ element, STR_EMPTY, path };
        return;
    }
    roots->count += details_chain(&roots->source, object, path, maker->arena, roots->at + roots->count,
                                  CHAIN_ROOTS - roots->count, &roots->total);
}

/* Names that differ in the case of their letters are of one group, too. */
static void roots_add_others(struct roots_maker *roots, struct str inner)
{
    const struct details_maker *maker = roots->details;
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    uint32_t first, end, owners = 0;
    index_members(maker->index, maker->index->group_of[maker->element], api->first_element,
                  api->first_element + api->element_count, &first, &end);
    for (uint32_t i = first; i < end && owners < ROOTS_OWNERS; i++) {
        uint32_t element = maker->index->members[i];
        if (maker->catalogue->elements[element].name != maker->record->name || element == maker->element) continue;
        roots_add(roots, element, inner);
        owners++;
    }
}

bool details_roots_find(struct details_maker *maker, struct str inner, struct details_roots *roots)
{
    struct roots_maker found = { .details = maker, .source = { .document = maker->document } };
    const struct refs_source source = { maker->catalogue, maker->index };
    uses_open(&found.source.uses, maker->catalogue, maker->api);
    roots_add(&found, maker->element, inner);
    roots_add_others(&found, inner);
    struct engine_root *at = arena_calloc(maker->arena, found.count, sizeof *at);
    if (at == NULL || maker->arena->failed) return false;
    for (size_t i = 0; i < found.count; i++) {
        struct engine_place place;
        refs_place(&source, found.at[i].element, maker->arena, &place);
        at[i] = (struct engine_root){ .kind = place.kind,
                                      .id = place.id,
                                      .name = catalogue_short_name(place.name),
                                      .at = found.at[i].at,
                                      .status = found.at[i].status };
        if (place.kind == ENGINE_ENDPOINT) at[i].name = place.name;
    }
    *roots = (struct details_roots){ .at = at,
                                     .count = found.count,
                                     .total = found.total,
                                     .nearest = &maker->catalogue->elements[found.at[0].element] };
    return !maker->arena->failed;
}
