#include "details_maker.h"

#include "details_uses.h"
#include "element_id.h"
#include "limits.h"
#include "plain.h"
#include "schema.h"

/* ---- The weightiest of many
 * ------------------------------------------------------------------------------------------ */

/* The best elements so far, best first. */
struct places_top {
    uint32_t elements[LIMIT_DETAILS_PLACES];
    uint8_t weights[LIMIT_DETAILS_PLACES];
    size_t count, limit;
    uint64_t total;
};

static void top_add(struct places_top *top, uint32_t element, uint8_t weight)
{
    top->total++;
    if (top->count == top->limit && weight <= top->weights[top->count - 1]) return;
    size_t at = top->count < top->limit ? top->count++ : top->count - 1;
    for (; at > 0 && top->weights[at - 1] < weight; at--) {
        top->weights[at] = top->weights[at - 1];
        top->elements[at] = top->elements[at - 1];
    }
    top->weights[at] = weight;
    top->elements[at] = element;
}

/* ---- Places
 * ------------------------------------------------------------------------------------------------------------ */

static const struct format_element *places_record(const struct details_maker *maker, uint32_t element)
{
    return &maker->catalogue->elements[element];
}

static struct str places_endpoint_name(struct details_maker *maker, struct str method, struct str path)
{
    buf_append_str(&maker->text, method);
    buf_append_byte(&maker->text, ' ');
    buf_append_str(&maker->text, path);
    return details_take_text(maker);
}

static void places_fill_endpoint(struct details_maker *maker, const struct format_element *record,
                                 struct engine_place *place)
{
    struct str method = catalogue_method_upper((enum catalogue_method)record->detail);
    place->name = places_endpoint_name(maker, method, details_string(maker, record->name));
    /* An endpoint's summary is where others have their type. */
    place->summary = plain_sentence(maker->arena, details_string(maker, record->type ? record->type : record->text));
}

/* A parameter's place is its endpoint. */
static void places_fill(struct details_maker *maker, uint32_t element, struct engine_place *place)
{
    const struct format_element *record = places_record(maker, element);
    bool is_parameter = record->kind == CATALOGUE_PARAMETER;
    uint32_t shown = is_parameter ? record->parent : element;
    *place = (struct engine_place){ .kind = (enum engine_kind)places_record(maker, shown)->kind,
                                    .owner = STR_EMPTY,
                                    .type = STR_EMPTY };
    place->id = element_id_write(maker->catalogue, shown, maker->arena);
    place->is_same_text = element != maker->element && record->text == maker->record->text && record->text != 0;
    if (record->kind != CATALOGUE_ENDPOINT) place->type = details_string(maker, record->type);
    if (place->kind == ENGINE_ENDPOINT) {
        places_fill_endpoint(maker, places_record(maker, shown), place);
        return;
    }
    place->name = details_string(maker, record->name);
    place->owner = details_string(maker, record->owner);
    place->summary = plain_sentence(maker->arena, details_string(maker, record->text));
}

/* Shows these, behind one another. */
static void places_take(struct details_maker *maker, const struct places_top *tops, size_t count)
{
    struct engine_details *details = maker->details;
    struct engine_place *places = arena_calloc(maker->arena, count * LIMIT_DETAILS_PLACES, sizeof *places);
    if (places == NULL) return;
    details->places = places;
    for (size_t t = 0; t < count; t++) {
        details->place_total += tops[t].total;
        for (size_t i = 0; i < tops[t].count; i++)
            places_fill(maker, tops[t].elements[i], &places[details->place_count++]);
    }
}

/* ---- By name
 * ----------------------------------------------------------------------------------------------------------- */

static uint8_t places_weight(const struct details_maker *maker, uint32_t element)
{
    return maker->index->weights[element];
}

/* Where a property or parameter counts as much as what it belongs to. */
static uint8_t places_weight_of_owner(const struct details_maker *maker, uint32_t element)
{
    return places_weight(maker, places_record(maker, element)->parent);
}

void details_places_named(struct details_maker *maker)
{
    const struct format_element *wanted = maker->record;
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    bool is_parameter = wanted->kind == CATALOGUE_PARAMETER;
    struct places_top top = { .limit = LIMIT_DETAILS_PLACES };
    uint32_t first, end;
    index_members(maker->index, maker->index->group_of[maker->element], api->first_element,
                  api->first_element + api->element_count, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        uint32_t element = maker->index->members[i];
        const struct format_element *record = places_record(maker, element);
        /* Of one group are names that differ in the case of their letters, too. */
        if (record->name != wanted->name || (is_parameter && record->detail != wanted->detail)) continue;
        top_add(&top, element, places_weight_of_owner(maker, element));
    }
    places_take(maker, &top, 1);
}

/* ---- By weight
 * --------------------------------------------------------------------------------------------------------- */

enum { PLACES_WEIGHTY = 8 }; /* of each kind */

void details_places_weighty(struct details_maker *maker)
{
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    struct places_top tops[2] = { { .limit = PLACES_WEIGHTY }, { .limit = PLACES_WEIGHTY } }; /* objects, endpoints */
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        unsigned kind = places_record(maker, i)->kind;
        if (kind == CATALOGUE_OBJECT) top_add(&tops[0], i, places_weight(maker, i));
        if (kind == CATALOGUE_ENDPOINT) top_add(&tops[1], i, places_weight(maker, i));
    }
    places_take(maker, tops, 2);
}

/* ---- By use
 * ------------------------------------------------------------------------------------------------------------ */

static void places_use_of_endpoint(struct details_maker *maker, const struct details_use *use,
                                   struct engine_place *place)
{
    static const struct str roles[] = { [DETAILS_PARAMETER] = STR_INIT("parameter"),
                                        [DETAILS_REQUEST] = STR_INIT("request"),
                                        [DETAILS_RESPONSE] = STR_INIT("response") };
    enum catalogue_method method = CATALOGUE_METHOD_GET;
    struct str path = document_str(use->name);
    struct operation operation;
    catalogue_method_read(document_str(use->method), &method);
    place->kind = ENGINE_ENDPOINT;
    place->name = places_endpoint_name(maker, catalogue_method_upper(method), path);
    place->type = roles[use->role];
    buf_append_str(&maker->text, details_string(maker, maker->catalogue->apis[maker->api].id));
    buf_append_str(&maker->text, STR("/endpoint/"));
    buf_append_str(&maker->text, catalogue_method_name(method));
    buf_append_byte(&maker->text, '/');
    buf_append_str(&maker->text, str_cut(path, str_starts(path, STR("/")), path.size));
    place->id = details_take_text(maker);
    if (!operation_find(&operation, maker->document, method, path)) return;
    struct str summary = document_str(yyjson_obj_get(operation.value, "summary"));
    if (summary.size == 0) summary = document_str(yyjson_obj_get(operation.value, "description"));
    place->summary = plain_sentence(maker->arena, summary);
}

static void places_use_of_object(struct details_maker *maker, const struct details_use *use, struct engine_place *place)
{
    struct str object = document_str(use->name);
    place->kind = ENGINE_OBJECT;
    place->name = object;
    place->id = details_object_id(maker, object);
    yyjson_val *told = use->property;
    if (told == NULL) told = details_component(maker, object);
    place->summary = plain_sentence(maker->arena, document_str(yyjson_obj_get(told, "description")));
    if (use->property == NULL) return;
    struct str path = details_locate_path(maker, details_component(maker, object), use->property);
    if (path.size == 0) return;
    struct details_located located;
    if (!details_locate(maker, object, path, &located)) return;
    struct str outer = str_cut(path, 0, path.size - located.name.size);
    buf_clear(&maker->text);
    buf_append_str(&maker->text, object);
    if (outer.size) buf_append_byte(&maker->text, '.');
    buf_append_str(&maker->text, str_cut(outer, 0, outer.size ? outer.size - 1 : 0));
    place->kind = ENGINE_PROPERTY;
    place->name = located.name;
    place->owner = details_take_text(maker);
    schema_type_text(maker->document, located.schema, &maker->text);
    place->type = details_take_text(maker);
    buf_append_str(&maker->text, place->id);
    buf_append_byte(&maker->text, '#');
    buf_append_str(&maker->text, path);
    place->id = details_take_text(maker);
}

/* Objects and endpoints each get half of the places, or what the others leave. */
static size_t places_share(size_t own, size_t others)
{
    size_t half = LIMIT_DETAILS_PLACES / 2;
    if (others < half) half = LIMIT_DETAILS_PLACES - others;
    return own < half ? own : half;
}

static const struct details_use *places_uses(struct details_maker *maker, yyjson_val *component, size_t *count)
{
    struct details_document *kept = maker->kept;
    *count = 0;
    if (kept->uses == NULL) kept->uses = details_uses_make(&kept->document);
    if (kept->uses == NULL) maker->arena->failed = true;
    return kept->uses ? details_uses_of(kept->uses, component, count) : NULL;
}

void details_places_using(struct details_maker *maker, yyjson_val *component)
{
    size_t count, of_endpoints = 0;
    const struct details_use *uses = places_uses(maker, component, &count);
    for (size_t i = 0; i < count; i++) of_endpoints += uses[i].method != NULL;
    size_t endpoints = places_share(of_endpoints, count - of_endpoints);
    size_t objects = places_share(count - of_endpoints, of_endpoints);
    struct engine_place *places = arena_calloc(maker->arena, endpoints + objects, sizeof *places);
    if (places == NULL) return;
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        size_t *left = uses[i].method ? &endpoints : &objects;
        if (*left == 0) continue;
        (*left)--;
        struct engine_place *place = &places[filled++];
        *place = (struct engine_place){
            .id = STR_EMPTY, .name = STR_EMPTY, .owner = STR_EMPTY, .type = STR_EMPTY, .summary = STR_EMPTY
        };
        if (uses[i].method) places_use_of_endpoint(maker, &uses[i], place);
        if (uses[i].method == NULL) places_use_of_object(maker, &uses[i], place);
    }
    maker->details->places = places;
    maker->details->place_count = filled;
    maker->details->place_total = count;
}
