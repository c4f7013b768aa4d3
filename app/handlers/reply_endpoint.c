#include "reply_field.h"

#include "utf8.h"

/* ---- Bodies ------------------------------------------------------------------------------------------------------ */

static yyjson_mut_val *reply_link(struct payload *payload, const struct engine_response_link *link,
                                  struct reply_bounds *bounds)
{
    yyjson_mut_val *row = payload_object(payload), *parameters = payload_object(payload);
    payload_add_text(payload, row, "name", link->name);
    payload_add_text(payload, row, "endpoint", link->endpoint);
    payload_add_text(payload, row, "operation", link->operation);
    reply_add_description(payload, row, link->description, link->html, bounds);
    for (size_t i = 0; i < link->parameter_count; i++)
        yyjson_mut_obj_add(parameters, payload_string(payload, link->parameters[i].name),
                           payload_value(payload, link->parameters[i].json));
    payload_add(payload, row, "parameters", parameters);
    if (link->body.size > 0) payload_add(payload, row, "body", payload_value(payload, link->body));
    payload_add_text_if(payload, row, "note", link->note);
    return row;
}

static void reply_add_links_if(struct payload *payload, yyjson_mut_val *row, const struct engine_body *body,
                               struct reply_bounds *bounds)
{
    if (body->link_count == 0) return;
    yyjson_mut_val *links = payload_array(payload);
    size_t count = reply_rows(bounds, body->link_count);
    for (size_t i = 0; i < count; i++) yyjson_mut_arr_append(links, reply_link(payload, &body->links[i], bounds));
    payload_add(payload, row, "links", links);
}

static yyjson_mut_val *reply_body(struct payload *payload, const struct engine_body *body, struct reply_bounds *bounds)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "status", body->status);
    payload_add_text(payload, row, "mediaType", body->media_type);
    payload_add_text_if(payload, row, "summary", engine_sentence(payload->arena, body->description));
    reply_add_description(payload, row, body->description, body->html, bounds);
    payload_add_text_if(payload, row, "note", body->note);
    payload_add_bool(payload, row, "required", body->is_required);
    payload_add(payload, row, "schema", reply_field(payload, &body->schema, bounds));
    reply_add_named_if(payload, row, "encoding", body->encoding, body->encoding_count, bounds);
    reply_add_examples_if(payload, row, body->examples, body->example_count, bounds);
    if (body->header_count > 0)
        payload_add(payload, row, "headers", reply_fields(payload, body->headers, body->header_count, bounds));
    reply_add_links_if(payload, row, body, bounds);
    return row;
}

yyjson_mut_val *reply_bodies(struct payload *payload, const struct engine_body *bodies, size_t count,
                             struct reply_bounds *bounds)
{
    yyjson_mut_val *rows = payload_array(payload);
    count = reply_rows(bounds, count);
    for (size_t i = 0; i < count; i++) yyjson_mut_arr_append(rows, reply_body(payload, &bodies[i], bounds));
    return rows;
}

void reply_add_callbacks_if(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details,
                            struct reply_bounds *bounds)
{
    if (details->callback_count == 0) return;
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = reply_rows(bounds, details->callback_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_callback *callback = &details->callbacks[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "name", callback->name);
        payload_add_text(payload, row, "url", callback->url);
        payload_add_text(payload, row, "method", callback->method);
        payload_add_text(payload, row, "summary", callback->summary);
        reply_add_description(payload, row, callback->description, callback->html, bounds);
        payload_add(payload, row, "bodies", reply_bodies(payload, callback->bodies, callback->body_count, bounds));
        payload_add_text_if(payload, row, "note", callback->note);
        yyjson_mut_arr_append(rows, row);
    }
    payload_add(payload, root, "callbacks", rows);
    reply_add_total_if(payload, root, "callbackTotal", details->callback_total, details->callback_count);
}

/* ---- Access ------------------------------------------------------------------------------------------------------ */

static yyjson_mut_val *reply_requirements(struct payload *payload, const struct engine_details *details,
                                          struct reply_bounds *bounds)
{
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = reply_rows(bounds, details->security_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_requirement *requirement = &details->security[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "text", requirement->text);
        payload_add_texts(payload, row, "schemes", requirement->schemes, requirement->scheme_count);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static yyjson_mut_val *reply_schemes(struct payload *payload, const struct engine_details *details,
                                     struct reply_bounds *bounds)
{
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = reply_rows(bounds, details->scheme_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_scheme *scheme = &details->schemes[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "name", scheme->name);
        payload_add_text(payload, row, "type", scheme->type);
        payload_add_texts(payload, row, "how", scheme->how, scheme->how_count);
        reply_add_description(payload, row, scheme->description, scheme->html, bounds);
        reply_add_named_if(payload, row, "scopes", scheme->scopes, scheme->scope_count, bounds);
        payload_add_text_if(payload, row, "note", scheme->note);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

static void reply_add_variables_if(struct payload *payload, yyjson_mut_val *row, const struct engine_server *server,
                                   struct reply_bounds *bounds)
{
    if (server->variable_count == 0) return;
    yyjson_mut_val *variables = payload_array(payload);
    for (size_t i = 0; i < server->variable_count; i++) {
        const struct engine_server_variable *variable = &server->variables[i];
        yyjson_mut_val *each = payload_object(payload);
        payload_add_text(payload, each, "name", variable->name);
        payload_add_text(payload, each, "default", variable->default_value);
        payload_add_text_if(payload, each, "description", utf8_cut(variable->description, bounds->text_bytes));
        reply_add_texts_if(payload, each, "values", variable->values, variable->value_count, bounds);
        yyjson_mut_arr_append(variables, each);
    }
    payload_add(payload, row, "variables", variables);
}

static yyjson_mut_val *reply_servers(struct payload *payload, const struct engine_details *details,
                                     struct reply_bounds *bounds)
{
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = reply_rows(bounds, details->server_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_server *server = &details->servers[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "url", server->url);
        payload_add_text(payload, row, "written", server->written);
        payload_add_text_if(payload, row, "note", server->note);
        reply_add_description(payload, row, server->description, server->html, bounds);
        reply_add_variables_if(payload, row, server, bounds);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

void reply_add_access(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details,
                      struct reply_bounds *bounds)
{
    payload_add(payload, root, "security", reply_requirements(payload, details, bounds));
    payload_add(payload, root, "schemes", reply_schemes(payload, details, bounds));
    payload_add(payload, root, "servers", reply_servers(payload, details, bounds));
}

/* ---- Tags -------------------------------------------------------------------------------------------------------- */

void reply_add_tags_if(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details,
                       struct reply_bounds *bounds)
{
    if (details->tag_count == 0) return;
    yyjson_mut_val *rows = payload_array(payload);
    size_t count = reply_rows(bounds, details->tag_count);
    for (size_t i = 0; i < count; i++) {
        const struct engine_tag *tag = &details->tags[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "name", tag->name);
        reply_add_description(payload, row, tag->description, tag->html, bounds);
        reply_add_docs_if(payload, row, &tag->docs);
        if (details->kind == ENGINE_API) payload_add_number(payload, row, "count", tag->count);
        yyjson_mut_arr_append(rows, row);
    }
    payload_add(payload, root, "tags", rows);
}
