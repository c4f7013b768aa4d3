#include "replies.h"

#include "limits.h"
#include "utf8.h"

/* How much of the details goes into a reply. */
struct details_bounds {
    unsigned depth;     /* of fields inside fields */
    size_t text_bytes;  /* of each description */
    size_t rows;        /* of each list */
    bool html;
    bool was_cut;       /* set when anything was left out */
};

static const struct details_bounds details_whole = {
    .depth = LIMIT_PROPERTY_DEPTH, .text_bytes = SIZE_MAX, .rows = SIZE_MAX, .html = true,
};
/* 500 rows of a field each with 200 bytes of text and as many of the rest: 200 KB, far below LIMIT_REPLY_BYTES. */
static const struct details_bounds details_brief = {
    .depth = 1, .text_bytes = 200, .rows = 500, .html = false, .was_cut = true,
};

static size_t details_rows(struct details_bounds *bounds, size_t count)
{
    if (count <= bounds->rows) return count;
    bounds->was_cut = true;
    return bounds->rows;
}

static void details_add_texts_if(struct json *json, yyjson_mut_val *object, const char *key, const struct str *texts,
                                 size_t count, struct details_bounds *bounds)
{
    if (count > 0) json_add_texts(json, object, key, texts, details_rows(bounds, count));
}

static void details_add_description(struct json *json, yyjson_mut_val *object, struct str description, struct str html,
                                    struct details_bounds *bounds)
{
    json_add_text(json, object, "description", utf8_cut(description, bounds->text_bytes));
    json_add_text(json, object, "html", bounds->html ? html : STR_EMPTY);
}

static void details_add_values(struct json *json, yyjson_mut_val *row, const struct engine_field *field,
                               struct details_bounds *bounds)
{
    if (field->value_count == 0) return;
    yyjson_mut_val *values = json_array(json);
    size_t count = details_rows(bounds, field->value_count);
    for (size_t i = 0; i < count; i++) yyjson_mut_arr_append(values, json_value(json, field->values[i]));
    json_add(json, row, "values", values);
}

static void details_add_constraints(struct json *json, yyjson_mut_val *row, const struct engine_field *field,
                                    struct details_bounds *bounds)
{
    json_add_text_if(json, row, "format", field->format);
    json_add_text_if(json, row, "pattern", field->pattern);
    json_add_text_if(json, row, "range", field->range);
    if (field->default_value.size > 0) json_add(json, row, "default", json_value(json, field->default_value));
    json_add_text_if(json, row, "in", field->in);
    details_add_values(json, row, field, bounds);
    json_add(json, row, "flags", reply_flags(json, field->flags));
    json_add_text_if(json, row, "origin", field->origin);
    details_add_texts_if(json, row, "alternatives", field->alternatives, field->alternative_count, bounds);
}

static yyjson_mut_val *details_fields(struct json *json, const struct engine_field *fields, size_t count,
                                      struct details_bounds *bounds, unsigned depth);

/* Recursion ends at bounds->depth, whatever the engine made. */
static yyjson_mut_val *details_field(struct json *json, const struct engine_field *field,
                                     struct details_bounds *bounds, unsigned depth)
{
    yyjson_mut_val *row = json_object(json);
    json_add_text(json, row, "name", field->name);
    json_add_text(json, row, "type", field->type);
    json_add_text(json, row, "id", field->id);
    json_add_text(json, row, "typeId", field->type_id);
    details_add_description(json, row, field->description, field->html, bounds);
    details_add_constraints(json, row, field, bounds);
    if (field->field_count == 0) return row;
    if (depth < bounds->depth)
        json_add(json, row, "fields", details_fields(json, field->fields, field->field_count, bounds, depth + 1));
    else
        bounds->was_cut = true;
    return row;
}

static yyjson_mut_val *details_fields(struct json *json, const struct engine_field *fields, size_t count,
                                      struct details_bounds *bounds, unsigned depth)
{
    yyjson_mut_val *rows = json_array(json);
    count = details_rows(bounds, count);
    for (size_t i = 0; i < count; i++)
        yyjson_mut_arr_append(rows, details_field(json, &fields[i], bounds, depth));
    return rows;
}

static yyjson_mut_val *details_bodies(struct json *json, const struct engine_details *details,
                                      struct details_bounds *bounds)
{
    yyjson_mut_val *rows = json_array(json);
    size_t count = details_rows(bounds, details->body_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_body *body = &details->bodies[i];
        yyjson_mut_val *row = json_object(json);
        json_add_text(json, row, "status", body->status);
        json_add_text(json, row, "mediaType", body->media_type);
        details_add_description(json, row, body->description, body->html, bounds);
        json_add_bool(json, row, "required", body->is_required);
        json_add(json, row, "schema", details_field(json, &body->schema, bounds, 0));
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static yyjson_mut_val *details_places(struct json *json, const struct engine_details *details,
                                      struct details_bounds *bounds)
{
    yyjson_mut_val *rows = json_array(json);
    size_t count = details_rows(bounds, details->place_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_place *place = &details->places[i];
        yyjson_mut_val *row = json_object(json);
        json_add_text(json, row, "kind", engine_kind_name(place->kind));
        json_add_text(json, row, "id", place->id);
        json_add_text(json, row, "name", place->name);
        json_add_text(json, row, "owner", place->owner);
        json_add_text(json, row, "type", place->type);
        json_add_text(json, row, "summary", place->summary);
        json_add_bool(json, row, "same", place->is_same_text);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static yyjson_mut_val *details_focus(struct json *json, const struct engine_example *example)
{
    if (example->focus.start >= example->focus.end) return yyjson_mut_null(json->doc);
    yyjson_mut_val *pair = json_array(json);
    yyjson_mut_arr_append(pair, yyjson_mut_uint(json->doc, json_utf16(example->code, example->focus.start)));
    yyjson_mut_arr_append(pair, yyjson_mut_uint(json->doc, json_utf16(example->code, example->focus.end)));
    return pair;
}

static yyjson_mut_val *details_examples(struct json *json, const struct engine_details *details)
{
    yyjson_mut_val *rows = json_array(json);
    for (size_t i = 0; i < details->example_count; i++) {
        const struct engine_example *example = &details->examples[i];
        yyjson_mut_val *row = json_object(json);
        json_add_text(json, row, "label", example->label);
        json_add_text(json, row, "language", example->language);
        json_add_text(json, row, "code", example->code);
        json_add(json, row, "focus", details_focus(json, example));
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static void details_add_identity(struct json *json, yyjson_mut_val *root, const struct engine_details *details)
{
    json_add_text(json, root, "kind", engine_kind_name(details->kind));
    json_add_text(json, root, "id", details->id);
    json_add_text(json, root, "name", details->name);
    json_add_text(json, root, "title", details->title);
    json_add_text(json, root, "api", details->api);
    json_add_text(json, root, "apiTitle", details->api_title);
    json_add_text(json, root, "apiVersion", details->api_version);
    json_add_text(json, root, "owner", details->owner);
    json_add_text(json, root, "ownerId", details->owner_id);
    json_add_text_if(json, root, "method", details->method);
    json_add_text_if(json, root, "operationId", details->operation_id);
    json_add_text_if(json, root, "summary", details->summary);
    json_add_text(json, root, "pointer", details->pointer);
}

static struct str details_write(struct arena *arena, const struct engine_details *details, yyjson_val *sequence,
                                struct details_bounds bounds)
{
    struct json json = json_begin(arena);
    yyjson_mut_val *root = json_object(&json);
    details_add_identity(&json, root, details);
    json_add(&json, root, "self", details_field(&json, &details->self, &bounds, 0));
    json_add(&json, root, "parameters",
             details_fields(&json, details->parameters, details->parameter_count, &bounds, 0));
    json_add(&json, root, "bodies", details_bodies(&json, details, &bounds));
    json_add_texts(&json, root, "security", details->security, details_rows(&bounds, details->security_count));
    json_add_texts(&json, root, "servers", details->servers, details_rows(&bounds, details->server_count));
    json_add(&json, root, "places", details_places(&json, details, &bounds));
    json_add_number(&json, root, "placeTotal", details->place_total);
    json_add(&json, root, "examples", details_examples(&json, details));
    if (bounds.was_cut) json_add_bool(&json, root, "truncated", true);
    json_add_copy_if(&json, root, "sequence", sequence);
    return json_end(&json, root);
}

struct str reply_details(struct arena *arena, const struct engine_details *details, yyjson_val *sequence)
{
    struct str whole = details_write(arena, details, sequence, details_whole);
    return whole.at != NULL ? whole : details_write(arena, details, sequence, details_brief);
}
