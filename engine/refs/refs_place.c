#include "refs.h"

#include "element_id.h"
#include "plain.h"

static struct str refs_string(const struct refs_source *source, uint32_t id)
{
    return catalogue_string(source->catalogue, id);
}

/* An endpoint's summary is where others have their type. */
static void refs_place_endpoint(const struct refs_source *source, const struct format_element *endpoint,
                                struct arena *arena, struct engine_place *place)
{
    struct str method = catalogue_method_upper((enum catalogue_method)endpoint->detail);
    struct str path = refs_string(source, endpoint->name);
    place->name = arena_join(arena, (struct str[]){ method, STR(" "), path }, 3);
    place->summary = plain_sentence(arena, refs_string(source, endpoint->type ? endpoint->type : endpoint->text));
}

/* A parameter's place is its endpoint. */
void refs_place(const struct refs_source *source, uint32_t element, struct arena *arena, struct engine_place *place)
{
    const struct format_element *elements = source->catalogue->elements, *record = &elements[element];
    uint32_t shown = record->kind == CATALOGUE_PARAMETER ? record->parent : element;
    *place =
        (struct engine_place){ .kind = (enum engine_kind)elements[shown].kind, .owner = STR_EMPTY, .type = STR_EMPTY };
    place->id = element_id_write(source->catalogue, shown, arena);
    if (record->kind != CATALOGUE_ENDPOINT) place->type = refs_string(source, record->type);
    if (place->kind == ENGINE_ENDPOINT) {
        refs_place_endpoint(source, &elements[shown], arena, place);
        return;
    }
    place->name = refs_string(source, record->name);
    place->owner = refs_string(source, record->owner);
    place->summary = plain_sentence(arena, refs_string(source, record->text));
}
