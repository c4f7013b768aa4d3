#include "reply_field.h"

#include "utf8.h"

size_t reply_rows(struct reply_bounds *bounds, size_t count)
{
    if (count <= bounds->rows) return count;
    bounds->was_cut = true;
    return bounds->rows;
}

void reply_add_texts_if(struct payload *payload, yyjson_mut_val *object, const char *key, const struct str *texts,
                        size_t count, struct reply_bounds *bounds)
{
    if (count > 0) payload_add_texts(payload, object, key, texts, reply_rows(bounds, count));
}

void reply_add_description(struct payload *payload, yyjson_mut_val *object, struct str description, struct str html,
                           struct reply_bounds *bounds)
{
    payload_add_text(payload, object, "description", utf8_cut(description, bounds->text_bytes));
    payload_add_text(payload, object, "html", bounds->html ? html : STR_EMPTY);
}

void reply_add_docs_if(struct payload *payload, yyjson_mut_val *object, const struct engine_link *docs)
{
    if (docs->url.size == 0) return;
    yyjson_mut_val *link = payload_object(payload);
    payload_add_text(payload, link, "url", docs->url);
    payload_add_text_if(payload, link, "description", docs->description);
    payload_add(payload, object, "docs", link);
}

void reply_add_total_if(struct payload *payload, yyjson_mut_val *object, const char *key, size_t total, size_t count)
{
    if (total > count) payload_add_number(payload, object, key, total);
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static bool reply_has_labels(const struct engine_field *field)
{
    for (size_t i = 0; i < field->value_count; i++)
        if (field->values[i].name.size + field->values[i].description.size > 0) return true;
    return false;
}

/* The values themselves; what the specification says of each stands beside them, in a list as long. */
static void reply_add_values_if(struct payload *payload, yyjson_mut_val *row, const struct engine_field *field,
                                struct reply_bounds *bounds)
{
    if (field->value_count == 0) return;
    yyjson_mut_val *values = payload_array(payload), *labels = payload_array(payload);
    size_t count = reply_rows(bounds, field->value_count);
    for (size_t i = 0; i < count; i++) {
        yyjson_mut_val *label = payload_object(payload);
        payload_add_text_if(payload, label, "name", field->values[i].name);
        payload_add_text_if(payload, label, "description", utf8_cut(field->values[i].description, bounds->text_bytes));
        yyjson_mut_arr_append(values, payload_value(payload, field->values[i].json));
        yyjson_mut_arr_append(labels, label);
    }
    payload_add(payload, row, "values", values);
    if (reply_has_labels(field)) payload_add(payload, row, "valueLabels", labels);
    reply_add_total_if(payload, row, "valueTotal", field->value_total, field->value_count);
}

void reply_add_examples_if(struct payload *payload, yyjson_mut_val *object, const struct engine_value *examples,
                           size_t count, struct reply_bounds *bounds)
{
    if (count == 0) return;
    yyjson_mut_val *rows = payload_array(payload);
    count = reply_rows(bounds, count);
    for (size_t i = 0; i < count; i++) {
        yyjson_mut_val *row = payload_object(payload);
        if (examples[i].json.size > 0) payload_add(payload, row, "value", payload_value(payload, examples[i].json));
        payload_add_text_if(payload, row, "name", examples[i].name);
        payload_add_text_if(payload, row, "description", utf8_cut(examples[i].description, bounds->text_bytes));
        yyjson_mut_arr_append(rows, row);
    }
    payload_add(payload, object, "examples", rows);
}

void reply_add_named_if(struct payload *payload, yyjson_mut_val *object, const char *key,
                        const struct engine_value *values, size_t count, struct reply_bounds *bounds)
{
    if (count == 0) return;
    yyjson_mut_val *rows = payload_array(payload);
    count = reply_rows(bounds, count);
    for (size_t i = 0; i < count; i++) {
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "name", values[i].name);
        payload_add_text(payload, row, "description", utf8_cut(values[i].description, bounds->text_bytes));
        yyjson_mut_arr_append(rows, row);
    }
    payload_add(payload, object, key, rows);
}

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

static void reply_add_limits(struct payload *payload, yyjson_mut_val *row, const struct engine_field *field,
                             struct reply_bounds *bounds)
{
    payload_add_text_if(payload, row, "format", field->format);
    payload_add_text_if(payload, row, "pattern", field->pattern);
    payload_add_text_if(payload, row, "range", field->range);
    if (field->default_value.size > 0)
        payload_add(payload, row, "default", payload_value(payload, field->default_value));
    if (field->constant.size > 0) payload_add(payload, row, "const", payload_value(payload, field->constant));
    reply_add_values_if(payload, row, field, bounds);
    reply_add_examples_if(payload, row, field->examples, field->example_count, bounds);
    reply_add_texts_if(payload, row, "rules", field->rules, field->rule_count, bounds);
}

static void reply_add_place(struct payload *payload, yyjson_mut_val *row, const struct engine_field *field)
{
    payload_add_text_if(payload, row, "in", field->in);
    payload_add_text_if(payload, row, "style", field->style);
    if (field->explode != 0) payload_add_bool(payload, row, "explode", field->explode > 0);
    payload_add_text_if(payload, row, "mediaType", field->media_type);
    payload_add_text_if(payload, row, "origin", field->origin);
    payload_add_text_if(payload, row, "when", field->when);
    reply_add_docs_if(payload, row, &field->docs);
    if (field->is_recursive) payload_add_bool(payload, row, "recursive", true);
}

static yyjson_mut_val *reply_fields_at(struct payload *payload, const struct engine_field *fields, size_t count,
                                       struct reply_bounds *bounds, unsigned depth);

static yyjson_mut_val *reply_choice(struct payload *payload, const struct engine_choice *choice,
                                    struct reply_bounds *bounds, unsigned depth)
{
    static const struct str kinds[] = { [ENGINE_ONE_OF] = STR_INIT("oneOf"),
                                        [ENGINE_ANY_OF] = STR_INIT("anyOf"),
                                        [ENGINE_SUBTYPES] = STR_INIT("subtypes") };
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "kind", kinds[choice->kind]);
    payload_add_text_if(payload, row, "discriminator", choice->discriminator);
    payload_add(payload, row, "alternatives",
                reply_fields_at(payload, choice->alternatives, choice->alternative_count, bounds, depth));
    reply_add_total_if(payload, row, "total", choice->alternative_total, choice->alternative_count);
    return row;
}

/* What is in a field. Recursion ends at bounds->depth, whatever the engine made. */
static void reply_add_inside(struct payload *payload, yyjson_mut_val *row, const struct engine_field *field,
                             struct reply_bounds *bounds, unsigned depth)
{
    bool has_inside = field->field_count > 0 || field->choice_count > 0;
    if (has_inside && depth >= bounds->depth) {
        bounds->was_cut = true;
        return;
    }
    if (field->field_count > 0)
        payload_add(payload, row, "fields",
                    reply_fields_at(payload, field->fields, field->field_count, bounds, depth + 1));
    reply_add_total_if(payload, row, "fieldTotal", field->field_total, field->field_count);
    reply_add_texts_if(payload, row, "keys", field->keys, field->key_count, bounds);
    reply_add_total_if(payload, row, "keyTotal", field->key_total, field->key_count);
    if (field->choice_count == 0) return;
    yyjson_mut_val *choices = payload_array(payload);
    for (size_t i = 0; i < field->choice_count; i++)
        yyjson_mut_arr_append(choices, reply_choice(payload, &field->choices[i], bounds, depth + 1));
    payload_add(payload, row, "choices", choices);
}

static yyjson_mut_val *reply_field_at(struct payload *payload, const struct engine_field *field,
                                      struct reply_bounds *bounds, unsigned depth)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "name", field->name);
    payload_add_text(payload, row, "type", field->type);
    payload_add_text(payload, row, "id", field->id);
    payload_add_text(payload, row, "typeId", field->type_id);
    payload_add_text_if(payload, row, "title", utf8_cut(field->title, bounds->text_bytes));
    payload_add_text_if(payload, row, "summary", field->summary);
    reply_add_description(payload, row, field->description, field->html, bounds);
    payload_add_text_if(payload, row, "describedBy", field->described_by);
    payload_add_text_if(payload, row, "note", field->note);
    reply_add_limits(payload, row, field, bounds);
    payload_add(payload, row, "flags", reply_flags(payload, field->flags));
    reply_add_place(payload, row, field);
    reply_add_inside(payload, row, field, bounds, depth);
    return row;
}

static yyjson_mut_val *reply_fields_at(struct payload *payload, const struct engine_field *fields, size_t count,
                                       struct reply_bounds *bounds, unsigned depth)
{
    yyjson_mut_val *rows = payload_array(payload);
    count = reply_rows(bounds, count);
    for (size_t i = 0; i < count; i++) yyjson_mut_arr_append(rows, reply_field_at(payload, &fields[i], bounds, depth));
    return rows;
}

yyjson_mut_val *reply_field(struct payload *payload, const struct engine_field *field, struct reply_bounds *bounds)
{
    return reply_field_at(payload, field, bounds, 0);
}

yyjson_mut_val *reply_fields(struct payload *payload, const struct engine_field *fields, size_t count,
                             struct reply_bounds *bounds)
{
    return reply_fields_at(payload, fields, count, bounds, 0);
}
