#include "details_model.h"

#include "element_id.h"
#include "sample.h"

/* The property's value in its object, with what is required beside it. */
static void property_example(struct details_maker *maker, struct str object, struct str path)
{
    struct sample_wish wish = { .object = object, .focus = path, .common = details_common(maker) };
    yyjson_val *schema = details_component(maker, object);
    details_add_samples(maker, sample_make(maker->document, schema, &wish, maker->arena), schema);
}

/* What the object says of it elsewhere: in what it is composed of, when the property is one of its own. */
static void property_find_others(struct details_maker *maker, const struct details_located *located, struct str object,
                                 struct details_also *also)
{
    yyjson_val *const around[] = { details_component(maker, object), located->around };
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        struct details_schema schema;
        details_schema_read(&schema, maker, around[i]);
        const struct part *part = details_part_with(maker, &schema.parts, located->name);
        if (part == NULL || parts_property(&schema.parts, located->name) != located->schema) continue;
        if (parts_is_required(&schema.parts, located->name)) maker->details->self.flags |= ENGINE_REQUIRED;
        details_also(maker, &schema.parts, part, located->name, located->schema, also);
        return;
    }
}

static void property_tell(struct details_maker *maker, const struct details_located *located, struct str object,
                          struct str path)
{
    struct engine_details *details = maker->details;
    struct details_also also = { .count = 0 };
    buf_append_str(&maker->text, path);
    buf_append_byte(&maker->text, '.');
    struct details_line line = { .owner = { object, details_take_text(maker) }, .also = &also, .level = 1 };
    if (details->at.size) {
        details_at(maker, located->schema, line.owner, details->at, &details->self);
        return;
    }
    property_find_others(maker, located, object, &also);
    details_field(maker, located->schema, &line, &details->self);
    if (details_wants(maker, ENGINE_WITHOUT_EXAMPLES)) property_example(maker, object, path);
}

void details_make_property(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    struct str object = details_string(maker, maker->catalogue->elements[maker->record->parent].name);
    struct str path = element_id_path(maker->catalogue, maker->element, maker->arena);
    struct details_located located;
    details->owner_id = details_object_id(maker, object);
    if (details->at.size == 0 && details_wants(maker, ENGINE_WITHOUT_PLACES)) details_places_named(maker);
    if (!details_locate(maker, object, path, &located)) {
        buf_clear(&maker->text);
        return;
    }
    details->pointer = details_take_text(maker);
    property_tell(maker, &located, object, path);
}
