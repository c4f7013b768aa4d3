#include "details_model.h"

#include "limits.h"

/* ---- Circles ----------------------------------------------------------------------------------------------------- */

bool details_is_in(const struct details_model *model, struct str object)
{
    for (const struct details_model *at = model; at; at = at->around)
        if (str_equal(at->object, object)) return true;
    return false;
}

/* True when the schema of a model is that of one around it, or is composed of what it is in. */
static bool model_repeats(struct details_maker *maker, const struct details_model *model,
                          const struct details_schema *schema)
{
    for (const struct details_model *at = model->around; at; at = at->around)
        if (at->schema == model->schema) return true;
    for (size_t i = 0; model->around && i < schema->parts.count; i++) {
        const struct part *part = &schema->parts.at[i];
        struct str object = part->origin.size ? details_component_of(maker, part->home) : STR_EMPTY;
        if (object.size && details_is_in(model->around, object)) return true;
    }
    return false;
}

/* ---- Inwards ----------------------------------------------------------------------------------------------------- */

static bool model_follows(const struct details_maker *maker, const struct details_model *model)
{
    return model->is_open || (maker->view->depth && model->level <= maker->view->depth);
}

/* What an array or a map holds, and who owns that: the part that says so. */
static yyjson_val *model_step(struct details_maker *maker, const struct details_schema *schema,
                              struct details_owner *owner)
{
    static const enum details_key keys[] = { DETAILS_KEY_ITEMS, DETAILS_KEY_ADDITIONAL };
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        for (size_t i = 0; details_has_key(schema, keys[k]) && i < schema->parts.count; i++) {
            yyjson_val *inner = details_part_key(&schema->parts.at[i], keys[k]);
            if (!yyjson_is_obj(inner)) continue;
            *owner = details_owner_of(maker, &schema->parts.at[i], *owner);
            return inner;
        }
    }
    return NULL;
}

struct details_owner details_owner_of(struct details_maker *maker, const struct part *part, struct details_owner owner)
{
    if (part->home.size == 0) return owner;
    return (struct details_owner){ details_component_of(maker, part->home), STR_EMPTY };
}

/* ---- One property in several parts ------------------------------------------------------------------------------- */

void details_also(struct details_maker *maker, const struct parts *parts, const struct part *shown, struct str name,
                  yyjson_val *schema, struct details_also *also)
{
    for (size_t i = 0; i < parts->count && also->count < DETAILS_ALSO; i++) {
        const struct part *part = &parts->at[i];
        yyjson_val *other = document_get(maker->document, details_part_key(part, DETAILS_KEY_PROPERTIES), name);
        if (part == shown || other == NULL || other == schema || yyjson_equals(other, schema)) continue;
        also->schemas[also->count] = other;
        also->parts[also->count++] = *part;
    }
}

const struct part *details_part_with(const struct details_maker *maker, const struct parts *parts, struct str name)
{
    yyjson_val *wanted = parts_property(parts, name);
    for (size_t i = 0; wanted && i < parts->count; i++) {
        yyjson_val *properties = details_part_key(&parts->at[i], DETAILS_KEY_PROPERTIES);
        if (document_get(maker->document, properties, name) == wanted) return &parts->at[i];
    }
    return NULL;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

/* Goes through references, arrays and maps to what has members; false when there is nothing, or it is not to be told.
 */
static bool model_enter(struct details_maker *maker, struct details_model *model, struct details_schema *schema,
                        struct details_owner *owner)
{
    yyjson_val *value = model->schema;
    for (unsigned hop = 0; hop < LIMIT_DETAILS_HOPS && value; hop++) {
        struct str reference = document_str(yyjson_obj_get(value, "$ref"));
        struct str object = details_component_of(maker, reference);
        if (object.size == 0) object = reference;
        if (object.size && details_is_in(model, object)) {
            model->field->is_recursive = true;
            return false;
        }
        if (reference.size && !model_follows(maker, model)) return false;
        if (object.size) model->object = object;
        details_schema_read(schema, maker, value);
        if (details_has_tree(schema) || details_has_choices(schema)) return true;
        value = model_step(maker, schema, owner);
    }
    return false;
}

static void model_tell(struct details_maker *maker, struct details_model *model)
{
    struct details_schema schema;
    struct details_owner owner = model->owner;
    if (!model_enter(maker, model, &schema, &owner)) return;
    if (model_repeats(maker, model, &schema)) {
        model->field->is_recursive = true;
        return;
    }
    details_tree(maker, &schema, model, owner);
    details_choices(maker, &schema, model, owner);
}

void details_models(struct details_maker *maker)
{
    while (maker->next_model && !maker->arena->failed) {
        struct details_model *model = maker->next_model;
        maker->next_model = model->next;
        if (maker->next_model == NULL) maker->last_model = NULL;
        model_tell(maker, model);
    }
}
