#include "details_model.h"

#include "limits.h"
#include "utf8.h"

struct choices {
    struct details_maker *maker;
    const struct details_model *model;
    struct details_owner owner;
    struct engine_choice *at;
    size_t count, size;
    yyjson_val *mapping;
    struct str discriminator;
};

/* Alternatives, but not one that is alone with null: that is the type itself. */
static bool choices_is_list(yyjson_val *list)
{
    return yyjson_arr_size(list) > 1 && parts_sole(list) == NULL;
}

static bool choices_in_part(const struct part *part, enum details_key key)
{
    return choices_is_list(details_part_key(part, key));
}

static yyjson_val *choices_mapping(const struct details_schema *schema)
{
    return yyjson_obj_get(details_key(schema, DETAILS_KEY_DISCRIMINATOR), "mapping");
}

static bool choices_any(const struct details_schema *schema)
{
    bool has_any = false;
    if (!details_has_key(schema, DETAILS_KEY_ONE_OF) && !details_has_key(schema, DETAILS_KEY_ANY_OF)) return false;
    for (size_t i = 0; i < schema->parts.count; i++)
        has_any |= choices_in_part(&schema->parts.at[i], DETAILS_KEY_ONE_OF) ||
                   choices_in_part(&schema->parts.at[i], DETAILS_KEY_ANY_OF);
    return has_any;
}

bool details_has_choices(const struct details_schema *schema)
{
    return choices_any(schema) || yyjson_obj_size(choices_mapping(schema));
}

/* ---- Which alternative is meant ---------------------------------------------------------------------------------- */

/* A mapping names a reference, or an object by its name alone (OpenAPI 3.1 §4.8.25). */
static bool choices_means(struct str target, struct str reference)
{
    size_t slash = str_find_last_byte(reference, '/');
    struct str name = slash == STR_NONE ? reference : str_cut(reference, slash + 1, reference.size);
    return str_equal(target, reference) || str_equal(target, name);
}

static void choices_when_value(struct choices *choices, struct str value, bool is_first)
{
    struct buf *text = &choices->maker->text;
    if (is_first) {
        buf_append_byte(text, '`');
        buf_append_str(text, choices->discriminator);
        buf_append_str(text, STR("` is \""));
    } else {
        buf_append_str(text, STR(" or \""));
    }
    buf_append_str(text, value);
    buf_append_byte(text, '"');
}

/* "`petType` is "cat" or "kitty"". Without a mapping to it the object's name is the value. */
static struct str choices_when(struct choices *choices, yyjson_val *schema)
{
    struct str reference = document_str(yyjson_obj_get(schema, "$ref"));
    bool is_first = true;
    if (choices->discriminator.size == 0 || reference.size == 0) return STR_EMPTY;
    for (struct document_member at = document_first(choices->mapping); at.left; document_next(&at)) {
        if (!choices_means(document_str(at.value), reference)) continue;
        if (choices->maker->text.size > LIMIT_DETAILS_SENTENCE_BYTES) break;
        choices_when_value(choices, document_str(at.key), is_first);
        is_first = false;
    }
    if (is_first) {
        struct str name = details_component_of(choices->maker, reference);
        if (name.size) choices_when_value(choices, name, true);
    }
    return details_take_text(choices->maker);
}

/* ---- Alternatives ------------------------------------------------------------------------------------------------ */

/* What an alternative asks for, where that is all it says. */
static struct str choices_clauses(struct details_maker *maker, yyjson_val *schema)
{
    if (yyjson_obj_get(schema, "properties") || yyjson_obj_size(schema) == 0) return STR_EMPTY;
    details_words_clauses(maker, schema);
    struct str clauses = utf8_cut(details_take_text(maker), LIMIT_SUMMARY_BYTES);
    return str_equal(clauses, STR("object")) ? STR_EMPTY : clauses;
}

/* It is called by its title, the object, its type, what it asks for, or its place. */
static void choices_name(struct choices *choices, yyjson_val *schema, size_t position, struct engine_field *field)
{
    struct details_maker *maker = choices->maker;
    bool is_plain = field->type.size == 0 || str_equal(field->type, STR("object"));
    struct str clauses = is_plain ? choices_clauses(maker, schema) : STR_EMPTY;
    field->name = document_str(yyjson_obj_get(schema, "title"));
    if (field->name.size == 0 && !is_plain) field->name = field->type;
    if (field->name.size == 0 && clauses.size) {
        field->name = clauses;
        field->rule_count = 0; /* the same in other words */
    }
    if (field->name.size == 0) field->name = arena_format(maker->arena, "alternative %zu", position + 1);
    field->title = STR_EMPTY;
}

static void choices_add_alternative(struct choices *choices, struct engine_choice *choice, struct engine_field *fields,
                                    yyjson_val *schema, size_t position, struct details_owner owner)
{
    struct details_maker *maker = choices->maker;
    struct engine_field *field = &fields[choice->alternative_count++];
    maker->fields_left--;
    *field = details_no_field;
    field->when = choices_when(choices, schema);
    struct details_line line = { .owner = owner, .around = choices->model, .level = choices->model->level + 1 };
    details_field(maker, schema, &line, field);
    choices_name(choices, schema, position, field);
}

static struct engine_choice *choices_next(struct choices *choices, enum engine_choice_kind kind, size_t wanted,
                                          struct engine_field **fields, size_t *size)
{
    struct details_maker *maker = choices->maker;
    bool is_hidden = maker->view->depth && choices->model->level > maker->view->depth;
    if (choices->count == choices->size) return NULL;
    size_t most = maker->fields_left < LIMIT_DETAILS_ALTERNATIVES ? maker->fields_left : LIMIT_DETAILS_ALTERNATIVES;
    *fields = details_list(maker, wanted, is_hidden ? 0 : most, sizeof **fields, size);
    struct engine_choice *choice = &choices->at[choices->count++];
    *choice = (struct engine_choice){ .kind = kind, .discriminator = choices->discriminator, .alternatives = *fields };
    return choice;
}

static size_t choices_skipped(const struct choices *choices)
{
    const struct details_maker *maker = choices->maker;
    return choices->model->field == &maker->details->self ? maker->view->offset : 0;
}

static void choices_add_list(struct choices *choices, const struct part *part, enum details_key key,
                             enum engine_choice_kind kind)
{
    yyjson_val *list = details_part_key(part, key), *item;
    size_t i, max, size, skipped = choices_skipped(choices);
    struct engine_field *fields;
    if (!choices_is_list(list)) return;
    struct engine_choice *choice = choices_next(choices, kind, yyjson_arr_size(list), &fields, &size);
    if (choice == NULL) return;
    struct details_owner owner = details_owner_of(choices->maker, part, choices->owner);
    yyjson_arr_foreach (list, i, max, item) {
        if (str_equal(document_str(yyjson_obj_get(item, "type")), STR("null"))) continue; /* a flag of the field */
        if (choice->alternative_total++ < skipped || choice->alternative_count == size) continue;
        if (choices->maker->fields_left) choices_add_alternative(choices, choice, fields, item, i, owner);
    }
}

/* ---- Subtypes: a discriminator beside no alternatives ------------------------------------------------------------ */

/* The schema that a mapping leads to, by a value of its own: {"$ref": …} is what it stands for. */
static void choices_add_subtype(struct choices *choices, struct engine_choice *choice, struct engine_field *fields,
                                struct str value, struct str target)
{
    struct details_maker *maker = choices->maker;
    struct str name = details_component_of(maker, target);
    if (name.size == 0 && str_find_byte(target, '/') == STR_NONE) name = target;
    struct engine_field *field = &fields[choice->alternative_count++];
    maker->fields_left--;
    *field = details_no_field;
    field->name = field->type = catalogue_short_name(name.size ? name : target);
    choices_when_value(choices, value, true);
    field->when = details_take_text(maker);
    if (name.size && details_component(maker, name))
        field->type_id = details_object_id(maker, name);
    else
        field->note = details_lost_reference(maker, target);
}

static void choices_add_subtypes(struct choices *choices)
{
    struct engine_field *fields;
    size_t size, skipped = choices_skipped(choices);
    struct engine_choice *choice =
        choices_next(choices, ENGINE_SUBTYPES, yyjson_obj_size(choices->mapping), &fields, &size);
    if (choice == NULL) return;
    for (struct document_member at = document_first(choices->mapping); at.left; document_next(&at)) {
        if (choice->alternative_total++ < skipped || choice->alternative_count == size) continue;
        if (choices->maker->fields_left == 0) continue;
        choices_add_subtype(choices, choice, fields, document_str(at.key), document_str(at.value));
    }
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

void details_choices(struct details_maker *maker, const struct details_schema *schema,
                     const struct details_model *model, struct details_owner owner)
{
    struct choices choices = { .maker = maker, .model = model, .owner = owner };
    if (!details_has_choices(schema)) return;
    yyjson_val *discriminator = details_key(schema, DETAILS_KEY_DISCRIMINATOR);
    choices.discriminator = document_str(yyjson_obj_get(discriminator, "propertyName"));
    choices.mapping = choices_mapping(schema);
    choices.at = details_list(maker, 2 * schema->parts.count, LIMIT_DETAILS_CHOICES, sizeof *choices.at, &choices.size);
    for (size_t i = 0; choices_any(schema) && i < schema->parts.count; i++) {
        choices_add_list(&choices, &schema->parts.at[i], DETAILS_KEY_ONE_OF, ENGINE_ONE_OF);
        choices_add_list(&choices, &schema->parts.at[i], DETAILS_KEY_ANY_OF, ENGINE_ANY_OF);
    }
    if (choices.count == 0) choices_add_subtypes(&choices);
    model->field->choices = choices.at;
    model->field->choice_count = choices.count;
}
