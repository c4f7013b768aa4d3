#include "details_model.h"

#include "limits.h"
#include "ref.h"
#include "utf8.h"

/* ---- Values of the wrong type ------------------------------------------------------------------------------------ */

enum notes_type {
    NOTES_OBJECT = 1,
    NOTES_ARRAY = 2,
    NOTES_SCHEMA = 4,
    NOTES_TEXT = 8,
    NOTES_NUMBER = 16,
    NOTES_BOOL = 32
};

/* What may stand behind a keyword; whatever else does is ignored, and said. */
static const struct {
    enum details_key key;
    unsigned types;
} notes_types[] = {
    { DETAILS_KEY_PROPERTIES, NOTES_OBJECT },
    { DETAILS_KEY_PATTERNS, NOTES_OBJECT },
    { DETAILS_KEY_REQUIRED, NOTES_ARRAY },
    { DETAILS_KEY_ENUM, NOTES_ARRAY },
    { DETAILS_KEY_ALL_OF, NOTES_ARRAY },
    { DETAILS_KEY_ONE_OF, NOTES_ARRAY },
    { DETAILS_KEY_ANY_OF, NOTES_ARRAY },
    { DETAILS_KEY_ITEMS, NOTES_SCHEMA | NOTES_ARRAY },
    { DETAILS_KEY_PREFIX_ITEMS, NOTES_ARRAY },
    { DETAILS_KEY_ADDITIONAL, NOTES_SCHEMA },
    { DETAILS_KEY_NOT, NOTES_SCHEMA },
    { DETAILS_KEY_TYPE, NOTES_TEXT | NOTES_ARRAY },
    { DETAILS_KEY_FORMAT, NOTES_TEXT },
    { DETAILS_KEY_PATTERN, NOTES_TEXT },
    { DETAILS_KEY_DESCRIPTION, NOTES_TEXT },
    { DETAILS_KEY_MINIMUM, NOTES_NUMBER },
    { DETAILS_KEY_MAXIMUM, NOTES_NUMBER },
    { DETAILS_KEY_ABOVE, NOTES_NUMBER | NOTES_BOOL },
    { DETAILS_KEY_BELOW, NOTES_NUMBER | NOTES_BOOL },
    { DETAILS_KEY_MULTIPLE, NOTES_NUMBER },
    { DETAILS_KEY_MIN_LENGTH, NOTES_NUMBER },
    { DETAILS_KEY_MAX_LENGTH, NOTES_NUMBER },
    { DETAILS_KEY_MIN_ITEMS, NOTES_NUMBER },
    { DETAILS_KEY_MAX_ITEMS, NOTES_NUMBER },
    { DETAILS_KEY_DISCRIMINATOR, NOTES_OBJECT },
    { DETAILS_KEY_NAMES, NOTES_SCHEMA },
    { DETAILS_KEY_DEPENDENT_REQUIRED, NOTES_OBJECT },
    { DETAILS_KEY_REF, NOTES_TEXT },
};

static bool notes_fits(yyjson_val *value, unsigned types)
{
    return (types & (NOTES_OBJECT | NOTES_SCHEMA) && yyjson_is_obj(value)) ||
           (types & NOTES_ARRAY && yyjson_is_arr(value)) || (types & NOTES_TEXT && yyjson_is_str(value)) ||
           (types & (NOTES_BOOL | NOTES_SCHEMA) && yyjson_is_bool(value)) ||
           (types & NOTES_NUMBER && (yyjson_is_num(value) || yyjson_is_raw(value)));
}

static void notes_wrong_types(struct details_maker *maker, const struct details_schema *schema, struct str *note)
{
    for (size_t i = 0; i < sizeof notes_types / sizeof *notes_types; i++) {
        if (!details_has_key(schema, notes_types[i].key)) continue;
        yyjson_val *value = details_key(schema, notes_types[i].key);
        if (notes_fits(value, notes_types[i].types) || yyjson_is_null(value)) continue;
        details_add_note(maker, note,
                         arena_format(maker->arena, "`%s` is ignored: it is %s.", details_key_name(notes_types[i].key),
                                      document_type_name(value)));
    }
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static bool notes_is_type(struct str name)
{
    static const char *const names[] = { "string", "number", "integer", "boolean", "array", "object", "null" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, str_from(names[i]))) return true;
    return false;
}

static bool notes_same_type(struct str a, struct str b)
{
    bool is_number = (str_equal(a, STR("number")) && str_equal(b, STR("integer"))) ||
                     (str_equal(a, STR("integer")) && str_equal(b, STR("number")));
    return is_number || str_equal(a, b);
}

/* A type that there is not, and parts that ask for differing ones. */
static void notes_of_types(struct details_maker *maker, const struct details_schema *schema, struct str *note)
{
    struct str first = STR_EMPTY;
    for (size_t i = 0; details_has_key(schema, DETAILS_KEY_TYPE) && i < schema->parts.count; i++) {
        struct str type = document_str(details_part_key(&schema->parts.at[i], DETAILS_KEY_TYPE));
        if (type.size == 0) continue;
        if (!notes_is_type(type)) {
            details_add_note(maker, note,
                             arena_format(maker->arena, "There is no type \"%.*s\".", STR_FORMAT(utf8_cut(type, 80))));
        } else if (first.size && !notes_same_type(first, type)) {
            details_add_note(maker, note,
                             arena_format(maker->arena, "Nothing is both %.*s and %.*s, which its parts ask for.",
                                          STR_FORMAT(first), STR_FORMAT(type)));
            return;
        } else {
            first = type;
        }
    }
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static bool notes_has_type(yyjson_val *value, struct str type)
{
    if (str_equal(type, STR("string"))) return yyjson_is_str(value);
    if (str_equal(type, STR("boolean"))) return yyjson_is_bool(value);
    if (str_equal(type, STR("integer")) || str_equal(type, STR("number")))
        return yyjson_is_num(value) || yyjson_is_raw(value);
    return true;
}

static void notes_of_values(struct details_maker *maker, const struct details_schema *schema,
                            const struct engine_field *field, struct str *note)
{
    yyjson_val *list = details_key(schema, DETAILS_KEY_ENUM), *item;
    yyjson_val *default_value = details_key(schema, DETAILS_KEY_DEFAULT);
    struct str type = document_str(details_key(schema, DETAILS_KEY_TYPE));
    size_t i, max;
    bool has_default = default_value == NULL || yyjson_is_null(default_value), has_type = false;
    if (!yyjson_is_arr(list)) return;
    if (field->value_total == 0) {
        details_add_note(maker, note,
                         yyjson_arr_size(list) ? STR("Its parts have no value in common.")
                                               : STR("No value is allowed: the list of them is empty."));
        return;
    }
    yyjson_arr_foreach (list, i, max, item) {
        if (i == LIMIT_DETAILS_VALUES) return;
        has_default = has_default || yyjson_equals(item, default_value);
        has_type = has_type || yyjson_is_null(item) || notes_has_type(item, type);
    }
    if (!has_type)
        details_add_note(maker, note,
                         arena_format(maker->arena, "None of the values is of the type %.*s.", STR_FORMAT(type)));
    if (!has_default) details_add_note(maker, note, STR("The default is none of the values."));
}

/* ---- References -------------------------------------------------------------------------------------------------- */

static bool notes_is_text(struct str key)
{
    return str_equal(key, STR("$ref")) || str_equal(key, STR("description")) || str_equal(key, STR("title")) ||
           str_equal(key, STR("summary")) || str_starts(key, STR("x-"));
}

/* In 3.0 what limits a value beside a $ref does not. */
static void notes_beside(struct details_maker *maker, yyjson_val *value, struct str *note)
{
    if (!maker->is_3_0 || !yyjson_is_str(yyjson_obj_get(value, "$ref"))) return;
    for (struct document_member at = document_first(value); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        if (notes_is_text(key) || maker->text.size > LIMIT_DETAILS_SENTENCE_BYTES) continue;
        buf_append_str(&maker->text,
                       maker->text.size ? STR(", `") : STR("OpenAPI 3.0 ignores what stands beside a $ref: `"));
        buf_append_str(&maker->text, key);
        buf_append_byte(&maker->text, '`');
    }
    if (maker->text.size == 0) return;
    buf_append_byte(&maker->text, '.');
    details_add_note(maker, note, details_take_text(maker));
}

/* Composed of itself, at once. */
static void notes_of_circles(struct details_maker *maker, const struct details_schema *schema, struct str *note)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (details_key(schema, DETAILS_KEY_ALL_OF), i, max, item) {
        if (i == LIMIT_SCHEMA_PARTS) return;
        if (!ref_text(maker->document, item).at || ref_resolve(maker->document, item) != schema->parts.target) continue;
        details_add_note(maker, note, STR("It is composed of itself."));
        return;
    }
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static void notes_of_choices(struct details_maker *maker, const struct details_schema *schema, struct str *note)
{
    static const enum details_key keys[] = { DETAILS_KEY_ONE_OF, DETAILS_KEY_ANY_OF };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        yyjson_val *list = details_key(schema, keys[i]);
        if (!yyjson_is_arr(list) || yyjson_arr_size(list)) continue;
        details_add_note(maker, note,
                         arena_format(maker->arena, "Nothing fits: `%s` is empty.", details_key_name(keys[i])));
    }
}

void details_notes(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field)
{
    struct str *note = &field->note;
    if (schema->parts.unresolved.size)
        details_add_note(maker, note, details_lost_reference(maker, schema->parts.unresolved));
    if (schema->value && !yyjson_is_obj(schema->value) && !yyjson_is_bool(schema->value))
        details_add_note(maker, note,
                         arena_format(maker->arena, "A schema was expected here, and there is %s.",
                                      document_type_name(schema->value)));
    if (yyjson_is_false(schema->value)) details_add_note(maker, note, STR("Nothing is allowed here."));
    notes_beside(maker, schema->value, note);
    if (details_is_link(schema)) return;
    notes_wrong_types(maker, schema, note);
    notes_of_types(maker, schema, note);
    notes_of_values(maker, schema, field, note);
    notes_of_choices(maker, schema, note);
    if (details_has_key(schema, DETAILS_KEY_ALL_OF)) notes_of_circles(maker, schema, note);
    if (!maker->is_3_0 && details_is(schema, DETAILS_KEY_NULLABLE))
        details_add_note(maker, note, STR("`nullable` means nothing from OpenAPI 3.1 on."));
}
