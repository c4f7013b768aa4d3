#include "replies.h"

#include "limits.h"
#include "reply_field.h"

static const struct reply_bounds details_whole = {
    .depth = LIMIT_PROPERTY_DEPTH,
    .text_bytes = SIZE_MAX,
    .rows = SIZE_MAX,
    .html = true,
};
/* 500 rows of a field each with 200 bytes of text and as many of the rest: 200 KB, far below LIMIT_REPLY_BYTES. */
static const struct reply_bounds details_brief = {
    .depth = 1,
    .text_bytes = 200,
    .rows = 500,
    .html = false,
    .was_cut = true,
};

static yyjson_mut_val *details_places(struct payload *payload, const struct engine_details *details,
                                      struct reply_bounds *bounds)
{
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = reply_rows(bounds, details->place_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_place *place = &details->places[i];
        yyjson_mut_val *row = payload_object(payload);
        reply_place_into(payload, row, place);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static yyjson_mut_val *details_examples(struct payload *payload, const struct engine_details *details)
{
    yyjson_mut_val *rows = payload_array(payload);
    for (size_t i = 0; i < details->example_count; i++)
        yyjson_mut_arr_append(rows, reply_shown(payload, &details->examples[i]));
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

static void details_add_versions_if(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details)
{
    if (details->version_count == 0) return;
    yyjson_mut_val *rows = payload_array(payload);
    for (size_t i = 0; i < details->version_count; i++) {
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "version", details->versions[i].version);
        payload_add_text(payload, row, "id", details->versions[i].id);
        yyjson_mut_arr_append(rows, row);
    }
    payload_add(payload, root, "versions", rows);
}

/* ---- Of an API --------------------------------------------------------------------------------------------------- */

static void details_add_about(struct payload *payload, yyjson_mut_val *root, const struct engine_about *about)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text_if(payload, row, "terms", about->terms);
    payload_add_text_if(payload, row, "contact", about->contact);
    payload_add_text_if(payload, row, "contactUrl", about->contact_url);
    payload_add_text_if(payload, row, "contactEmail", about->contact_email);
    payload_add_text_if(payload, row, "license", about->license);
    payload_add_text_if(payload, row, "licenseUrl", about->license_url);
    payload_add(payload, root, "about", row);
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static void details_add_model(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details,
                              struct reply_bounds *bounds)
{
    payload_add_text_if(payload, root, "at", details->at);
    payload_add(payload, root, "self", reply_field(payload, &details->self, bounds));
    payload_add(payload, root, "parameters",
                reply_fields(payload, details->parameters, details->parameter_count, bounds));
    reply_add_total_if(payload, root, "parameterTotal", details->parameter_total, details->parameter_count);
    payload_add(payload, root, "bodies", reply_bodies(payload, details->bodies, details->body_count, bounds));
    reply_add_total_if(payload, root, "bodyTotal", details->body_total, details->body_count);
    reply_add_callbacks_if(payload, root, details, bounds);
    reply_add_access(payload, root, details, bounds);
    reply_add_tags_if(payload, root, details, bounds);
}

static struct str details_write(struct arena *arena, const struct engine_details *details, yyjson_val *sequence,
                                struct reply_bounds bounds)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    details_add_identity(&payload, root, details);
    details_add_model(&payload, root, details, &bounds);
    if (details->kind == ENGINE_API) {
        details_add_about(&payload, root, &details->about);
        payload_add(&payload, root, "counts", reply_counts(&payload, details->elements, false));
    }
    details_add_versions_if(&payload, root, details);
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
