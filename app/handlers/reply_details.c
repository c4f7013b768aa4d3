#include "replies.h"

#include "limits.h"
#include "utf8.h"

/* How much of the details goes into a reply. */
struct details_bounds {
    unsigned depth;    /* of fields inside fields */
    size_t text_bytes; /* of each description */
    size_t rows;       /* of each list */
    bool html;
    bool was_cut; /* set when anything was left out */
};

static const struct details_bounds details_whole = {
    .depth = LIMIT_PROPERTY_DEPTH,
    .text_bytes = SIZE_MAX,
    .rows = SIZE_MAX,
    .html = true,
};
/* 500 rows of a field each with 200 bytes of text and as many of the rest: 200 KB, far below LIMIT_REPLY_BYTES. */
static const struct details_bounds details_brief = {
    .depth = 1,
    .text_bytes = 200,
    .rows = 500,
    .html = false,
    .was_cut = true,
};

static size_t details_rows(struct details_bounds *bounds, size_t count)
{
    if (count <= bounds->rows) return count;
    bounds->was_cut = true;
    return bounds->rows;
}

static void details_add_texts_if(struct payload *payload, yyjson_mut_val *object, const char *key,
                                 const struct str *texts, size_t count, struct details_bounds *bounds)
{
    if (count > 0) payload_add_texts(payload, object, key, texts, details_rows(bounds, count));
}

static void details_add_description(struct payload *payload, yyjson_mut_val *object, struct str description,
                                    struct str html, struct details_bounds *bounds)
{
    payload_add_text(payload, object, "description", utf8_cut(description, bounds->text_bytes));
    payload_add_text(payload, object, "html", bounds->html ? html : STR_EMPTY);
}

static void details_add_values(struct payload *payload, yyjson_mut_val *row, const struct engine_field *field,
                               struct details_bounds *bounds)
{
    if (field->value_count == 0) return;
    yyjson_mut_val *values = payload_array(payload);
    size_t count = details_rows(bounds, field->value_count);
    for (size_t i = 0; i < count; i++) yyjson_mut_arr_append(values, payload_value(payload, field->values[i]));
    payload_add(payload, row, "values", values);
}

static void details_add_constraints(struct payload *payload, yyjson_mut_val *row, const struct engine_field *field,
                                    struct details_bounds *bounds)
{
    payload_add_text_if(payload, row, "format", field->format);
    payload_add_text_if(payload, row, "pattern", field->pattern);
    payload_add_text_if(payload, row, "range", field->range);
    if (field->default_value.size > 0)
        payload_add(payload, row, "default", payload_value(payload, field->default_value));
    payload_add_text_if(payload, row, "in", field->in);
    details_add_values(payload, row, field, bounds);
    payload_add(payload, row, "flags", reply_flags(payload, field->flags));
    payload_add_text_if(payload, row, "origin", field->origin);
    details_add_texts_if(payload, row, "alternatives", field->alternatives, field->alternative_count, bounds);
}

static yyjson_mut_val *details_fields(struct payload *payload, const struct engine_field *fields, size_t count,
                                      struct details_bounds *bounds, unsigned depth);

/* Recursion ends at bounds->depth, whatever the engine made. */
static yyjson_mut_val *details_field(struct payload *payload, const struct engine_field *field,
                                     struct details_bounds *bounds, unsigned depth)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "name", field->name);
    payload_add_text(payload, row, "type", field->type);
    payload_add_text(payload, row, "id", field->id);
    payload_add_text(payload, row, "typeId", field->type_id);
    details_add_description(payload, row, field->description, field->html, bounds);
    details_add_constraints(payload, row, field, bounds);
    if (field->field_count == 0) return row;
    if (depth < bounds->depth)
        payload_add(payload, row, "fields",
                    details_fields(payload, field->fields, field->field_count, bounds, depth + 1));
    else
        bounds->was_cut = true;
    return row;
}

static yyjson_mut_val *details_fields(struct payload *payload, const struct engine_field *fields, size_t count,
                                      struct details_bounds *bounds, unsigned depth)
{
    yyjson_mut_val *rows = payload_array(payload);
    count = details_rows(bounds, count);
    for (size_t i = 0; i < count; i++) yyjson_mut_arr_append(rows, details_field(payload, &fields[i], bounds, depth));
    return rows;
}

static yyjson_mut_val *details_bodies(struct payload *payload, const struct engine_details *details,
                                      struct details_bounds *bounds)
{
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = details_rows(bounds, details->body_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_body *body = &details->bodies[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "status", body->status);
        payload_add_text(payload, row, "mediaType", body->media_type);
        details_add_description(payload, row, body->description, body->html, bounds);
        payload_add_bool(payload, row, "required", body->is_required);
        payload_add(payload, row, "schema", details_field(payload, &body->schema, bounds, 0));
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static yyjson_mut_val *details_places(struct payload *payload, const struct engine_details *details,
                                      struct details_bounds *bounds)
{
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = details_rows(bounds, details->place_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_place *place = &details->places[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "kind", engine_kind_name(place->kind));
        payload_add_text(payload, row, "id", place->id);
        payload_add_text(payload, row, "name", place->name);
        payload_add_text(payload, row, "owner", place->owner);
        payload_add_text(payload, row, "type", place->type);
        payload_add_text(payload, row, "summary", place->summary);
        payload_add_bool(payload, row, "same", place->is_same_text);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static yyjson_mut_val *details_focus(struct payload *payload, const struct engine_example *example)
{
    if (example->focus.start >= example->focus.end) return yyjson_mut_null(payload->doc);
    yyjson_mut_val *pair = payload_array(payload);
    yyjson_mut_arr_append(pair, yyjson_mut_uint(payload->doc, payload_utf16(example->code, example->focus.start)));
    yyjson_mut_arr_append(pair, yyjson_mut_uint(payload->doc, payload_utf16(example->code, example->focus.end)));
    return pair;
}

yyjson_mut_val *reply_example(struct payload *payload, const struct engine_example *example)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "label", example->label);
    payload_add_text(payload, row, "language", example->language);
    payload_add_text(payload, row, "code", example->code);
    payload_add(payload, row, "focus", details_focus(payload, example));
    return row;
}

static yyjson_mut_val *details_examples(struct payload *payload, const struct engine_details *details)
{
    yyjson_mut_val *rows = payload_array(payload);
    for (size_t i = 0; i < details->example_count; i++)
        yyjson_mut_arr_append(rows, reply_example(payload, &details->examples[i]));
    return rows;
}

static void details_add_identity(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details)
{
    payload_add_text(payload, root, "kind", engine_kind_name(details->kind));
    payload_add_text(payload, root, "id", details->id);
    payload_add_text(payload, root, "name", details->name);
    payload_add_text(payload, root, "title", details->title);
    payload_add_text(payload, root, "api", details->api);
    payload_add_text(payload, root, "apiTitle", details->api_title);
    payload_add_text(payload, root, "apiVersion", details->api_version);
    payload_add_text(payload, root, "owner", details->owner);
    payload_add_text(payload, root, "ownerId", details->owner_id);
    payload_add_text_if(payload, root, "method", details->method);
    payload_add_text_if(payload, root, "operationId", details->operation_id);
    payload_add_text_if(payload, root, "summary", details->summary);
    payload_add_text(payload, root, "pointer", details->pointer);
}

static struct str details_write(struct arena *arena, const struct engine_details *details, yyjson_val *sequence,
                                struct details_bounds bounds)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    details_add_identity(&payload, root, details);
    payload_add(&payload, root, "self", details_field(&payload, &details->self, &bounds, 0));
    payload_add(&payload, root, "parameters",
                details_fields(&payload, details->parameters, details->parameter_count, &bounds, 0));
    payload_add(&payload, root, "bodies", details_bodies(&payload, details, &bounds));
    payload_add_texts(&payload, root, "security", details->security, details_rows(&bounds, details->security_count));
    payload_add_texts(&payload, root, "servers", details->servers, details_rows(&bounds, details->server_count));
    payload_add(&payload, root, "places", details_places(&payload, details, &bounds));
    payload_add_number(&payload, root, "placeTotal", details->place_total);
    payload_add(&payload, root, "examples", details_examples(&payload, details));
    if (bounds.was_cut) payload_add_bool(&payload, root, "truncated", true);
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}

struct str reply_details(struct arena *arena, const struct engine_details *details, yyjson_val *sequence)
{
    struct str whole = details_write(arena, details, sequence, details_whole);
    return whole.at != NULL ? whole : details_write(arena, details, sequence, details_brief);
}
