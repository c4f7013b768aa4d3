#include "details_model.h"

#include "limits.h"
#include "plain.h"
#include "schema.h"

const struct details_owner details_nobody = { STR_INIT(""), STR_INIT("") };

const struct engine_field details_no_field = {
    .name = STR_INIT(""),
    .type = STR_INIT(""),
    .id = STR_INIT(""),
    .type_id = STR_INIT(""),
    .title = STR_INIT(""),
    .summary = STR_INIT(""),
    .description = STR_INIT(""),
    .html = STR_INIT(""),
    .described_by = STR_INIT(""),
    .note = STR_INIT(""),
    .format = STR_INIT(""),
    .pattern = STR_INIT(""),
    .range = STR_INIT(""),
    .default_value = STR_INIT(""),
    .constant = STR_INIT(""),
    .in = STR_INIT(""),
    .style = STR_INIT(""),
    .media_type = STR_INIT(""),
    .origin = STR_INIT(""),
    .when = STR_INIT(""),
    .docs = { STR_INIT(""), STR_INIT("") },
};

/* ---- Text ------------------------------------------------------------------------------------------------------- */

/* Its own text; where it has none that of what it refers to, which is told. */
static void field_describe(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field)
{
    struct str text = STR_EMPTY;
    for (size_t i = 0; details_has_key(schema, DETAILS_KEY_DESCRIPTION) && i < schema->parts.count; i++) {
        const struct part *part = &schema->parts.at[i];
        text = document_str(details_part_key(part, DETAILS_KEY_DESCRIPTION));
        if (text.size == 0) continue;
        if (part->home.size) field->described_by = catalogue_short_name(details_component_of(maker, part->home));
        break;
    }
    /* What stands beside a $ref does not count in OpenAPI 3.0, but who wrote a text there wanted it to be read. */
    struct str beside = document_str(yyjson_obj_get(schema->value, "description"));
    if (beside.size) {
        text = beside;
        field->described_by = STR_EMPTY;
    }
    details_describe(maker, text, &field->description, &field->html);
    field->summary = plain_sentence(maker->arena, text);
}

/* ---- Flags ------------------------------------------------------------------------------------------------------- */

/* Whether null is allowed: all parts must allow it. One that says nothing of types allows everything. */
static bool field_is_nullable(struct details_maker *maker, const struct details_schema *schema)
{
    bool is_nullable = false;
    for (size_t i = 0; i < schema->parts.count; i++) {
        struct schema part;
        schema_read(schema->parts.at[i].schema, &part);
        if (schema_flags(&part, maker->is_3_0) & CATALOGUE_NULLABLE)
            is_nullable = true;
        else if (!maker->is_3_0 && part.type && !schema->parts.at[i].is_branch)
            return false;
    }
    return is_nullable;
}

static unsigned field_flags(struct details_maker *maker, const struct details_schema *schema)
{
    struct schema own;
    schema_read(schema->value, &own);
    unsigned flags = schema_flags(&own, maker->is_3_0) & ~(unsigned)ENGINE_NULLABLE;
    if (details_is(schema, DETAILS_KEY_READ_ONLY)) flags |= ENGINE_READ_ONLY;
    if (details_is(schema, DETAILS_KEY_WRITE_ONLY)) flags |= ENGINE_WRITE_ONLY;
    if (field_is_nullable(maker, schema)) flags |= ENGINE_NULLABLE;
    return flags;
}

/* ---- The field --------------------------------------------------------------------------------------------------- */

/* Members written beside a $ref, which count from 3.1 on: then it is more than a link. */
static bool field_has_beside(const struct details_maker *maker, yyjson_val *schema)
{
    return !maker->is_3_0 && (yyjson_obj_get(schema, "properties") || yyjson_obj_get(schema, "allOf") ||
                              yyjson_obj_get(schema, "oneOf") || yyjson_obj_get(schema, "anyOf"));
}

/* Whether the inside is told. */
static bool field_is_entered(const struct details_maker *maker, yyjson_val *inner, const struct details_schema *schema,
                             const struct details_line *line)
{
    bool is_followed = line->is_open || (maker->view->depth && line->level <= maker->view->depth);
    if (line->level > LIMIT_PROPERTY_DEPTH) return false;
    if (yyjson_is_str(yyjson_obj_get(inner, "$ref"))) return is_followed || field_has_beside(maker, inner);
    return inner != schema->value || details_has_tree(schema) || details_has_choices(schema);
}

static void field_note_model(struct details_maker *maker, yyjson_val *inner, const struct details_line *line,
                             struct engine_field *field)
{
    struct details_model *model = arena_calloc(maker->arena, 1, sizeof *model);
    if (model == NULL) return;
    bool is_whole = line->around == NULL && line->owner.path.size == 0;
    *model = (struct details_model){ .field = field,
                                     .schema = inner,
                                     .owner = line->owner,
                                     .around = line->around,
                                     .object = is_whole ? line->owner.object : STR_EMPTY,
                                     .level = line->level,
                                     .is_open = line->is_open || field_has_beside(maker, inner) };
    if (maker->last_model)
        maker->last_model->next = model;
    else
        maker->next_model = model;
    maker->last_model = model;
}

/* Which other objects what is told of it comes from. */
static void field_tell_origins(struct details_maker *maker, const struct details_also *also, struct engine_field *field)
{
    struct details_sentences sentences = { .count = 0 };
    for (size_t i = 0; i < also->count; i++) {
        if (also->parts[i].origin.size == 0) continue;
        buf_append_str(&maker->text, maker->text.size ? STR(", ") : STR("Together with what is said in "));
        buf_append_str(&maker->text, catalogue_short_name(details_component_of(maker, also->parts[i].home)));
    }
    if (maker->text.size == 0) return;
    buf_append_byte(&maker->text, '.');
    details_sentence_take(maker, &sentences);
    details_add_rules(maker, field, &sentences);
}

void details_field(struct details_maker *maker, yyjson_val *value, const struct details_line *line,
                   struct engine_field *field)
{
    struct details_schema schema;
    details_schema_read(&schema, maker, value);
    for (size_t i = 0; line->also && i < line->also->count; i++)
        details_schema_add(&schema, maker, line->also->schemas[i], &line->also->parts[i]);
    yyjson_val *inner = details_inner(value);
    struct str object = details_component_of(maker, document_str(yyjson_obj_get(inner, "$ref")));
    field->type = details_type(maker, value);
    if (object.size && details_component(maker, object)) field->type_id = details_object_id(maker, object);
    field->is_recursive = object.size && details_is_in(line->around, object);
    field->flags |= field_flags(maker, &schema);
    field_describe(maker, &schema, field);
    details_facts(maker, &schema, field);
    if (line->also) field_tell_origins(maker, line->also, field);
    details_rules(maker, &schema, field);
    details_notes(maker, &schema, field);
    if (!field->is_recursive && field_is_entered(maker, inner, &schema, line))
        field_note_model(maker, inner, line, field);
    else if (!field->is_recursive && field->type_id.size)
        details_keys(maker, inner, field);
}
