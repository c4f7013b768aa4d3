#include "details_maker.h"

#include "limits.h"
#include "refs.h"

static struct refs_source places_source(const struct details_maker *maker)
{
    return (struct refs_source){ maker->catalogue, maker->index };
}

/* ---- By use and by name ----------------------------------------------------------------------------------------- */

/* Adds up to `limit` places behind those that are there; returns how many there would be. */
static uint64_t places_add(struct details_maker *maker, unsigned uses, size_t limit)
{
    const struct refs_source source = places_source(maker);
    const struct refs_question question = {
        .element = maker->element, .counted = uses, .listed = uses, .limit = (uint32_t)limit
    };
    struct engine_details *details = maker->details;
    struct engine_refs refs = { .total = 0 };
    if (refs_find(&source, &question, maker->arena, &refs) != ENGINE_OK) return 0;
    struct engine_place *places = (struct engine_place *)(uintptr_t)details->places;
    for (size_t i = 0; i < refs.ref_count; i++) {
        struct engine_place *place = &places[details->place_count++];
        *place = refs.refs[i].place;
        if (refs.refs[i].roles.size) place->type = refs.refs[i].roles;
    }
    return refs.total;
}

void details_places_named(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    details->places = arena_calloc(maker->arena, LIMIT_DETAILS_PLACES, sizeof *details->places);
    if (details->places) details->place_total = places_add(maker, 1 << ENGINE_USE_NAME, LIMIT_DETAILS_PLACES);
}

/* Objects and endpoints each get half of the places, or what the others leave. */
void details_places_using(struct details_maker *maker)
{
    const unsigned objects = 1 << ENGINE_USE_PROPERTY | 1 << ENGINE_USE_OBJECT, endpoints = 1 << ENGINE_USE_ENDPOINT;
    struct engine_details *details = maker->details;
    details->places = arena_calloc(maker->arena, LIMIT_DETAILS_PLACES, sizeof *details->places);
    if (details->places == NULL) return;
    size_t half = LIMIT_DETAILS_PLACES / 2;
    uint64_t of_endpoints = places_add(maker, endpoints, 0);
    size_t left = of_endpoints < half ? (size_t)of_endpoints : half;
    details->place_total = of_endpoints + places_add(maker, objects, LIMIT_DETAILS_PLACES - left);
    places_add(maker, endpoints, LIMIT_DETAILS_PLACES - details->place_count);
}

/* ---- By weight -------------------------------------------------------------------------------------------------- */

enum { PLACES_WEIGHTY = 8 }; /* of each kind */

/* The best elements so far, best first. */
struct places_top {
    uint32_t elements[PLACES_WEIGHTY];
    size_t count;
};

static void places_consider(const uint8_t *weights, struct places_top *top, uint32_t element)
{
    uint8_t weight = weights[element];
    bool is_full = top->count == PLACES_WEIGHTY;
    if (is_full && weight <= weights[top->elements[PLACES_WEIGHTY - 1]]) return;
    size_t at = is_full ? PLACES_WEIGHTY - 1 : top->count++;
    for (; at > 0 && weights[top->elements[at - 1]] < weight; at--) top->elements[at] = top->elements[at - 1];
    top->elements[at] = element;
}

void details_places_weighty(struct details_maker *maker)
{
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    const struct refs_source source = places_source(maker);
    struct engine_details *details = maker->details;
    struct places_top tops[2] = { { .count = 0 }, { .count = 0 } }; /* objects, endpoints */
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        unsigned kind = maker->catalogue->elements[i].kind;
        if (kind == CATALOGUE_OBJECT) places_consider(maker->index->weights, &tops[0], i);
        if (kind == CATALOGUE_ENDPOINT) places_consider(maker->index->weights, &tops[1], i);
    }
    struct engine_place *places = arena_calloc(maker->arena, 2 * (size_t)PLACES_WEIGHTY, sizeof *places);
    if (places == NULL) return;
    for (size_t t = 0; t < 2; t++)
        for (size_t i = 0; i < tops[t].count; i++)
            refs_place(&source, tops[t].elements[i], maker->arena, &places[details->place_count++]);
    details->places = places;
    details->place_total = (uint64_t)api->counts[CATALOGUE_OBJECT] + api->counts[CATALOGUE_ENDPOINT];
}
