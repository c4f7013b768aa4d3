#include "refs_finder.h"

#include "limits.h"

/* A key is a distance of so many bits, then the weight, turned round. */
enum { REFS_DISTANCE_MAX = 31, REFS_WEIGHTS = 256 };

bool refs_room(struct refs_finder *finder, enum engine_use use, size_t capacity)
{
    struct refs_list *list = &finder->lists[use];
    if (capacity > UINT32_MAX) finder->arena->failed = true;
    list->at = arena_alloc(finder->arena, capacity * sizeof *list->at);
    if (list->at) list->capacity = (uint32_t)capacity;
    return list->at != NULL;
}

void refs_add(struct refs_finder *finder, enum engine_use use, struct refs_row row, uint32_t distance, uint32_t weigher)
{
    struct refs_list *list = &finder->lists[use];
    if (list->count == list->capacity) return;
    if (distance > REFS_DISTANCE_MAX) distance = REFS_DISTANCE_MAX;
    row.key = (uint16_t)(distance * REFS_WEIGHTS + (REFS_WEIGHTS - 1u - finder->source->index->weights[weigher]));
    if (row.key > list->last_key) list->last_key = row.key;
    list->at[list->count++] = row;
}

bool refs_next_endpoint(const struct refs_finder *finder, uint32_t element, uint32_t *endpoint)
{
    const struct format_element *elements = finder->source->catalogue->elements;
    const struct format_element *at = &elements[element];
    bool is_first = *endpoint == CATALOGUE_NONE;
    if (is_first) *endpoint = at->kind == CATALOGUE_PARAMETER ? at->parent : element;
    if (is_first) return elements[*endpoint].kind == CATALOGUE_ENDPOINT;
    if (at->kind != CATALOGUE_PARAMETER || !(at->flags & CATALOGUE_OF_PATH)) return false;
    uint32_t path = elements[*endpoint].name;
    for (uint32_t i = *endpoint + 1; i < finder->api->first_element + finder->api->element_count; i++) {
        if (elements[i].kind == CATALOGUE_PARAMETER) continue;
        *endpoint = i;
        return elements[i].kind == CATALOGUE_ENDPOINT && elements[i].name == path;
    }
    return false;
}

_Static_assert((int)LIMIT_DETAILS_PLACES <= (int)LIMIT_RESULTS, "all of them are rows of one list");

/* ---- The rows asked for ------------------------------------------------------------------------------------------ */

/* Rows [offset, offset + limit) of a list in the order of their keys, those of one key as they came. Counted, not
 * sorted: twenty thousand endpoints may lead to an object, and twenty are shown. */
static bool refs_window(const struct refs_list *list, uint32_t offset, uint32_t limit, struct arena *arena,
                        const struct refs_row **rows)
{
    uint32_t *places = arena_calloc(arena, list->last_key + 2u, sizeof *places);
    if (places == NULL) return false;
    for (uint32_t i = 0; i < list->count; i++) places[list->at[i].key + 1]++;
    for (uint32_t key = 0; key < list->last_key; key++) places[key + 1] += places[key];
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t place = places[list->at[i].key]++;
        if (place >= offset && place - offset < limit) rows[place - offset] = &list->at[i];
    }
    return true;
}

static struct str refs_roles(struct arena *arena, unsigned roles)
{
    static const struct str names[USES_ROLES] = {
        [USES_PROPERTY] = STR_INIT(""),           [USES_ALL_OF] = STR_INIT("allOf"),
        [USES_ALTERNATIVE] = STR_INIT("oneOf"),   [USES_CONTENT] = STR_INIT("items"),
        [USES_PARAMETER] = STR_INIT("parameter"), [USES_REQUEST] = STR_INIT("request"),
        [USES_RESPONSE] = STR_INIT("response"),   [USES_CALLBACK] = STR_INIT("callback"),
    };
    struct str all = STR_EMPTY;
    for (unsigned role = 0; role < USES_ROLES; role++) {
        if (!(roles >> role & 1) || names[role].size == 0) continue;
        if (all.size)
            all = arena_format(arena, "%.*s, %.*s", STR_FORMAT(all), STR_FORMAT(names[role]));
        else
            all = names[role];
    }
    return all;
}

static void refs_fill(const struct refs_finder *finder, enum engine_use use, const struct refs_row *row,
                      struct engine_ref *ref)
{
    const struct format_element *elements = finder->source->catalogue->elements;
    ref->use = use;
    ref->roles = refs_roles(finder->arena, row->roles);
    ref->path = STR_EMPTY;
    if (use == ENGINE_USE_ROOT || use == ENGINE_USE_REACH) ref->path = refs_path(finder, row);
    refs_place(finder->source, row->element, finder->arena, &ref->place);
    uint32_t text = elements[finder->element].text;
    ref->place.is_same_text = row->element != finder->element && text && elements[row->element].text == text;
}

static void refs_list_rows(struct refs_finder *finder, struct engine_refs *refs, struct engine_ref *made)
{
    const struct refs_row *rows[LIMIT_RESULTS];
    uint32_t offset = finder->question->offset, limit = finder->question->limit;
    for (unsigned use = 0; use < ENGINE_USES && refs->ref_count < limit; use++) {
        const struct refs_list *list = &finder->lists[use];
        if (!(finder->question->listed >> use & 1)) continue;
        uint32_t skipped = offset < list->count ? offset : list->count;
        uint32_t left = limit - (uint32_t)refs->ref_count;
        uint32_t count = list->count - skipped < left ? list->count - skipped : left;
        offset -= skipped;
        if (count == 0) continue;
        if (!refs_window(list, skipped, count, finder->arena, rows)) return;
        for (uint32_t i = 0; i < count; i++) refs_fill(finder, (enum engine_use)use, rows[i], &made[refs->ref_count++]);
    }
}

/* ---- The question ------------------------------------------------------------------------------------------------ */

static void refs_start(struct refs_finder *finder)
{
    const struct catalogue *catalogue = finder->source->catalogue;
    const struct format_element *at = &catalogue->elements[finder->element];
    uint32_t number = catalogue_api_of(catalogue, finder->element);
    finder->api = &catalogue->apis[number];
    uses_open(&finder->uses, catalogue, number);
    finder->object = USES_NONE;
    if (at->kind == CATALOGUE_OBJECT) finder->object = uses_object_of(&finder->uses, finder->element);
    if (at->kind == CATALOGUE_PROPERTY) finder->object = uses_object_of(&finder->uses, at->parent);
}

int refs_find(const struct refs_source *source, const struct refs_question *question, struct arena *arena,
              struct engine_refs *refs)
{
    struct refs_finder finder = { .source = source, .question = question, .arena = arena };
    const unsigned direct = 1 << ENGINE_USE_PROPERTY | 1 << ENGINE_USE_OBJECT | 1 << ENGINE_USE_ENDPOINT;
    const unsigned paths = 1 << ENGINE_USE_ROOT | 1 << ENGINE_USE_REACH;
    finder.element = question->element;
    unsigned kind = source->catalogue->elements[finder.element].kind;
    bool is_object = kind == CATALOGUE_OBJECT, is_property = kind == CATALOGUE_PROPERTY;
    refs_start(&finder);
    if (is_object && question->counted & direct) refs_find_direct(&finder);
    if ((is_object || is_property) && question->counted & paths) refs_find_paths(&finder);
    if (!is_object && question->counted & 1 << ENGINE_USE_NAME) refs_find_names(&finder);
    struct engine_ref *made = arena_calloc(arena, question->limit + (size_t)1, sizeof *made);
    if (arena->failed) return ENGINE_ENOMEM;
    for (unsigned use = 0; use < ENGINE_USES; use++) {
        refs->totals[use] = finder.lists[use].count;
        if (question->listed >> use & 1) refs->total += finder.lists[use].count;
    }
    refs->is_lower_bound = finder.is_lower_bound;
    refs->refs = made;
    refs_list_rows(&finder, refs, made);
    return arena->failed ? ENGINE_ENOMEM : ENGINE_OK;
}
