#include "details_maker.h"

#include "limits.h"
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
    struct parts parts;
    struct details_owner owner = { name, STR_EMPTY };
    object_pointer(maker, name);
    parts_collect(&parts, maker->document, schema, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    details->self.id = details->id;
    details_field(maker, schema, owner, LIMIT_DETAILS_DEPTH, &details->self);
    details_tree(maker, &parts, owner, 0, false, &details->self);
    /* An array or a map has the properties of what is in it. */
    if (details->self.field_count == 0) details_nested(maker, schema, &parts, owner, 0, &details->self);
    struct sample_wish wish = { .object = name };
    details_add_sample(maker, sample_make(maker->document, schema, &wish, maker->arena), "JSON", true);
    details_places_using(maker, schema);
}
