#include "details_maker.h"

#include "element_id.h"
#include "limits.h"
#include "parts.h"
#include "sample.h"

/* The property's value in its object, with what is required beside it. */
static void property_example(struct details_maker *maker, struct str object, struct str path)
{
    struct sample_wish wish = { .object = object, .focus = path };
    details_add_sample(maker, sample_make(maker->document, details_component(maker, object), &wish, maker->arena),
                       "JSON", true);
}

static bool property_is_required(struct details_maker *maker, const struct details_located *located)
{
    struct parts parts;
    parts_collect(&parts, maker->document, located->around, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    return parts_is_required(&parts, located->name);
}

void details_make_property(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    struct str object = details_string(maker, maker->catalogue->elements[maker->record->parent].name);
    struct str path = element_id_path(maker->catalogue, maker->element, maker->arena);
    struct details_located located;
    details->owner_id = details_object_id(maker, object);
    details_places_named(maker);
    if (!details_locate(maker, object, path, &located)) {
        buf_clear(&maker->text);
        return;
    }
    details->pointer = details_take_text(maker);
    buf_append_str(&maker->text, path);
    buf_append_byte(&maker->text, '.');
    struct details_owner owner = { object, details_take_text(maker) };
    details->self.id = details->id;
    if (property_is_required(maker, &located)) details->self.flags |= ENGINE_REQUIRED;
    details_field(maker, located.schema, owner, 0, &details->self);
    property_example(maker, object, path);
}
