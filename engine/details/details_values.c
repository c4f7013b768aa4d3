#include "details_model.h"

#include "limits.h"

/* ---- Labels of values, which no standard tells: how generators write them ---------------------------------------- */

/* Lists beside the enum, one text a value. */
static const char *const values_descriptions[] = { "x-enum-descriptions", "x-enumDescriptions", "x-enum-description" };
static const char *const values_names[] = { "x-enum-varnames", "x-enumVarnames", "x-enumNames", "x-enum-names" };

/* Lists of objects, one a value. */
static const struct {
    const char *key, *inner; /* the list is a member of what the key has, or that itself */
    const char *name, *description;
} values_objects[] = {
    { "x-ms-enum", "values", "name", "description" },
    { "x-enum-elements", NULL, "", "description" },
    { "x-enum-values", NULL, "identifier", "description" },
    { "x-enum", NULL, "title", "description" },
};

/* An enum, and the schema that it is written in. */
struct values_source {
    yyjson_val *list, *holder;
};

static struct str values_beside(yyjson_val *holder, const char *const *keys, size_t count, size_t position,
                                struct str value)
{
    for (size_t i = 0; i < count; i++) {
        yyjson_val *texts = yyjson_obj_get(holder, keys[i]);
        struct str text = document_str(yyjson_arr_get(texts, position));
        if (text.size == 0) text = document_str(yyjson_obj_getn(texts, value.at, value.size));
        if (text.size) return text;
    }
    return STR_EMPTY;
}

static void values_label_by_object(yyjson_val *holder, size_t position, struct engine_value *value)
{
    for (size_t i = 0; i < sizeof values_objects / sizeof *values_objects; i++) {
        yyjson_val *list = yyjson_obj_get(holder, values_objects[i].key);
        if (values_objects[i].inner) list = yyjson_obj_get(list, values_objects[i].inner);
        yyjson_val *object = yyjson_arr_get(list, position);
        if (value->name.size == 0) value->name = document_str(yyjson_obj_get(object, values_objects[i].name));
        if (value->description.size == 0)
            value->description = document_str(yyjson_obj_get(object, values_objects[i].description));
    }
}

/* Lists are walked to each position: the first values are those that anybody reads. */
enum { VALUES_LABELLED = 256 };

static void values_label(yyjson_val *holder, yyjson_val *item, size_t position, struct engine_value *value)
{
    struct str text = document_str(item);
    if (position >= VALUES_LABELLED) return;
    value->name = values_beside(holder, values_names, sizeof values_names / sizeof *values_names, position, text);
    value->description = values_beside(holder, values_descriptions,
                                       sizeof values_descriptions / sizeof *values_descriptions, position, text);
    values_label_by_object(holder, position, value);
    if (str_equal(value->name, text)) value->name = STR_EMPTY;
    if (value->description.size == 0 &&
        yyjson_is_true(yyjson_arr_get(yyjson_obj_get(holder, "x-enumDeprecated"), position)))
        value->description = STR("Deprecated.");
}

/* ---- The values -------------------------------------------------------------------------------------------------- */

/* Values compared with one another: of larger lists the first one counts. */
enum { VALUES_COMPARED = 300 };

/* True when each part that lists values has this one. */
static bool values_is_in_all(const struct details_schema *schema, yyjson_val *list, yyjson_val *value)
{
    for (size_t i = 0; i < schema->parts.count; i++) {
        yyjson_val *other = details_part_key(&schema->parts.at[i], DETAILS_KEY_ENUM), *item;
        if (!yyjson_is_arr(other) || other == list || yyjson_arr_size(other) > VALUES_COMPARED) continue;
        bool is_there = false;
        size_t j, max;
        yyjson_arr_foreach (other, j, max, item) is_there |= yyjson_equals(item, value);
        if (!is_there) return false;
    }
    return true;
}

/* The enum of the parts, or that of the items of an array. */
static struct values_source values_find(const struct details_schema *schema)
{
    if (details_has_key(schema, DETAILS_KEY_ENUM)) {
        for (size_t i = 0; i < schema->parts.count; i++) {
            yyjson_val *list = details_part_key(&schema->parts.at[i], DETAILS_KEY_ENUM);
            if (yyjson_is_arr(list)) return (struct values_source){ list, schema->parts.at[i].schema };
        }
    }
    yyjson_val *items = details_key(schema, DETAILS_KEY_ITEMS), *list = yyjson_obj_get(items, "enum");
    return (struct values_source){ yyjson_is_arr(list) ? list : NULL, items };
}

struct str details_json(struct details_maker *maker, yyjson_val *value)
{
    size_t start = maker->text.size;
    document_json_text(value, &maker->text);
    struct str text = str_cut(buf_str(&maker->text), start, maker->text.size);
    struct str copy = text.size <= LIMIT_DETAILS_VALUE_BYTES ? arena_copy(maker->arena, text) : STR_EMPTY;
    if (maker->text.error == BUF_NO_MEMORY) maker->arena->failed = true;
    if (maker->text.error == BUF_FULL) maker->text.error = BUF_OK;
    maker->text.size = start;
    return copy;
}

static void values_add(struct details_maker *maker, const struct details_schema *schema,
                       const struct values_source *from, struct engine_value *values, size_t size,
                       struct engine_field *field)
{
    size_t skipped = field == &maker->details->self ? maker->view->offset : 0, i, max;
    bool is_compared = schema->parts.count > 1 && yyjson_arr_size(from->list) <= VALUES_COMPARED;
    yyjson_val *item;
    yyjson_arr_foreach (from->list, i, max, item) {
        if (is_compared && !values_is_in_all(schema, from->list, item)) continue;
        if (field->value_total++ < skipped || field->value_count == size) continue;
        struct engine_value *value = &values[field->value_count++];
        *value = (struct engine_value){ details_json(maker, item), STR_EMPTY, STR_EMPTY };
        if (schema->has_vendor || from->holder != schema->value) values_label(from->holder, item, i, value);
    }
}

void details_values(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field)
{
    yyjson_val *constant = details_key(schema, DETAILS_KEY_CONST);
    if (constant) field->constant = details_json(maker, constant);
    struct values_source source = values_find(schema);
    if (source.list == NULL) return;
    size_t size;
    struct engine_value *values =
        details_list(maker, yyjson_arr_size(source.list), LIMIT_DETAILS_VALUES, sizeof *values, &size);
    field->values = values;
    values_add(maker, schema, &source, values, size, field);
}

/* ---- Examples ---------------------------------------------------------------------------------------------------- */

struct values_examples {
    struct engine_value *at;
    size_t count, size;
};

static void values_add_example(struct details_maker *maker, struct values_examples *examples, struct str name,
                               struct str description, yyjson_val *json)
{
    if (examples->count == examples->size) return;
    struct str text = json ? details_json(maker, json) : STR_EMPTY;
    for (size_t i = 0; i < examples->count; i++)
        if (text.size && str_equal(examples->at[i].json, text)) return;
    examples->at[examples->count++] = (struct engine_value){ text, name, description };
}

/* An Example Object (OpenAPI 3.1 §4.8.19). */
static void values_add_named(struct details_maker *maker, struct values_examples *examples, struct str name,
                             yyjson_val *value)
{
    struct str description, note;
    yyjson_val *example = details_resolve(maker, value, &description, &note);
    struct str summary = document_str(yyjson_obj_get(example, "summary"));
    if (summary.size == 0) summary = description;
    if (summary.size == 0) summary = note;
    values_add_example(maker, examples, name, summary, yyjson_obj_get(example, "value"));
}

void details_examples(struct details_maker *maker, yyjson_val *example, yyjson_val *examples,
                      const struct engine_value **values, size_t *count)
{
    struct values_examples list = { 0 };
    yyjson_val *item;
    size_t i, max;
    size_t wanted = (example != NULL) + (yyjson_is_ctn(examples) ? yyjson_get_len(examples) : 0);
    if (wanted == 0) return;
    list.at = details_list(maker, wanted, LIMIT_DETAILS_EXAMPLES, sizeof *list.at, &list.size);
    if (example) values_add_example(maker, &list, STR_EMPTY, STR_EMPTY, example);
    yyjson_arr_foreach (examples, i, max, item) {
        if (list.count == list.size) break;
        values_add_example(maker, &list, STR_EMPTY, STR_EMPTY, item);
    }
    for (struct document_member at = document_first(examples); at.left && list.count < list.size; document_next(&at))
        values_add_named(maker, &list, document_str(at.key), at.value);
    *values = list.at;
    *count = list.count;
}

void details_schema_examples(struct details_maker *maker, const struct details_schema *schema,
                             struct engine_field *field)
{
    yyjson_val *examples = details_key(schema, DETAILS_KEY_EXAMPLES);
    if (!yyjson_is_arr(examples)) examples = NULL; /* by name only parameters and media types have them */
    details_examples(maker, details_key(schema, DETAILS_KEY_EXAMPLE), examples, &field->examples,
                     &field->example_count);
}
