#include "details_model.h"

#include "pointer.h"
#include "sample.h"

static void object_pointer(struct details_maker *maker, struct str name)
{
    buf_append_str(&maker->text, STR("/components/schemas"));
    pointer_append(&maker->text, name);
    maker->details->pointer = details_take_text(maker);
}

void details_make_object(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    struct str name = details->name;
    yyjson_val *schema = details_component(maker, name);
    struct details_line line = { .owner = { name, STR_EMPTY }, .level = 1, .is_open = true };
    object_pointer(maker, name);
    if (details->at.size) {
        details_at(maker, schema, line.owner, details->at, &details->self);
        return;
    }
    details_field(maker, schema, &line, &details->self);
    if (details_wants(maker, ENGINE_WITHOUT_EXAMPLES)) {
        struct sample_wish wish = { .object = name, .common = details_common(maker) };
        details_add_samples(maker, sample_make(maker->document, schema, &wish, maker->arena), schema);
    }
    if (details_wants(maker, ENGINE_WITHOUT_PLACES)) details_places_using(maker);
}
