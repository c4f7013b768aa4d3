#include "details_maker.h"

#include "details_parameter.h"
#include "limits.h"
#include "plain.h"
#include "ref.h"
#include "sample.h"
#include "snippet.h"

/* ---- Parameters
 * ------------------------------------------------------------------------------------------------------ */

static struct str endpoint_parameter_id(struct details_maker *maker, const struct operation_parameter *parameter)
{
    if (parameter->value == NULL) return STR_EMPTY;
    buf_append_str(&maker->text, maker->details->id);
    buf_append_byte(&maker->text, '?');
    buf_append_str(&maker->text, catalogue_in_name(parameter->in));
    buf_append_byte(&maker->text, '.');
    buf_append_str(&maker->text, parameter->name);
    return details_take_text(maker);
}

/* A path's parameter has its id at the path's first endpoint, as the catalogue has it; here the id is the endpoint's
 * own, which is read the same way. */
static void endpoint_parameters(struct details_maker *maker, const struct operation *operation)
{
    size_t count;
    const struct operation_parameter *parameters = operation_parameters(operation, maker->arena, &count);
    if (count > maker->fields_left) count = maker->fields_left;
    struct engine_field *fields = arena_calloc(maker->arena, count, sizeof *fields);
    if (fields == NULL) return;
    maker->fields_left -= count;
    for (size_t i = 0; i < count; i++) {
        details_parameter_field(maker, &parameters[i], &fields[i]);
        fields[i].id = endpoint_parameter_id(maker, &parameters[i]);
    }
    maker->details->parameters = fields;
    maker->details->parameter_count = count;
}

/* ---- Bodies
 * ---------------------------------------------------------------------------------------------------------- */

struct endpoint_bodies {
    struct engine_body at[LIMIT_DETAILS_BODIES];
    size_t count;
    /* References whose properties were shown: of several statuses and media types with one schema, the first shows
     * them. */
    struct str shown[LIMIT_DETAILS_MEDIA_TYPES];
    size_t shown_count;
};

/* The schema of a body with the properties of the object that it names, for that is what one looks for. */
static void endpoint_schema(struct details_maker *maker, yyjson_val *schema, bool with_fields,
                            struct engine_field *field)
{
    struct details_owner nobody = { STR_EMPTY, STR_EMPTY };
    struct parts parts;
    *field = details_no_field;
    if (schema == NULL) return;
    details_field(maker, schema, nobody, with_fields ? 0 : LIMIT_DETAILS_DEPTH, field);
    if (!with_fields || field->field_count) return;
    yyjson_val *items = yyjson_obj_get(schema, "items");
    parts_collect(&parts, maker->document, items ? items : schema, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    struct details_owner owner = { details_component_name(maker, parts.name), STR_EMPTY };
    details_tree(maker, &parts, owner, 0, false, field);
}

/* True when the schema was shown before; notes it. */
static bool endpoint_is_shown(struct endpoint_bodies *bodies, yyjson_val *schema)
{
    yyjson_val *items = yyjson_obj_get(schema, "items");
    struct str reference = document_str(yyjson_obj_get(items ? items : schema, "$ref"));
    if (reference.size == 0) return false;
    for (size_t i = 0; i < bodies->shown_count; i++) {
        if (str_equal(reference, bodies->shown[i])) return true;
    }
    if (bodies->shown_count < LIMIT_DETAILS_MEDIA_TYPES) bodies->shown[bodies->shown_count++] = reference;
    return false;
}

static struct engine_body *endpoint_next_body(struct endpoint_bodies *bodies, const struct engine_body *base)
{
    if (bodies->count == LIMIT_DETAILS_BODIES) return NULL;
    struct engine_body *body = &bodies->at[bodies->count++];
    *body = *base;
    body->schema = details_no_field;
    return body;
}

/* One body for each of the first media types; one without any where there is none. */
static void endpoint_add_content(struct details_maker *maker, struct endpoint_bodies *bodies,
                                 const struct engine_body *base, yyjson_val *content, bool with_fields)
{
    struct str best_name;
    yyjson_val *best = operation_media_type(content, &best_name);
    size_t count = 0;
    for (struct document_member at = document_first(content); best || at.left;) {
        if (count == LIMIT_DETAILS_MEDIA_TYPES) break;
        yyjson_val *media = best ? best : at.value;
        struct str name = best ? best_name : document_str(at.key);
        bool is_repeated = best == NULL && str_equal(name, best_name);
        if (best == NULL) document_next(&at);
        best = NULL;
        if (is_repeated) continue;
        struct engine_body *body = endpoint_next_body(bodies, base);
        if (body == NULL) return;
        body->media_type = name;
        yyjson_val *schema = yyjson_obj_get(media, "schema");
        endpoint_schema(maker, schema, with_fields && !endpoint_is_shown(bodies, schema), &body->schema);
        count++;
    }
    if (count == 0) endpoint_next_body(bodies, base);
}

static void endpoint_request(struct details_maker *maker, const struct operation *operation,
                             struct endpoint_bodies *bodies)
{
    yyjson_val *value = operation_request_body(operation);
    if (value == NULL) return;
    struct engine_body base = { .status = STR_EMPTY,
                                .media_type = STR_EMPTY,
                                .is_required = yyjson_is_true(yyjson_obj_get(value, "required")) };
    details_describe(maker, document_str(yyjson_obj_get(value, "description")), &base.description, &base.html);
    endpoint_add_content(maker, bodies, &base, yyjson_obj_get(value, "content"), true);
}

/* What went well is looked for most, then what one did wrong; "default" is for all the rest. */
static int endpoint_status_rank(struct str status)
{
    static const char *const order = "213x45";
    const char *at = status.size && status.at[0] ? strchr(order, status.at[0]) : NULL;
    return at ? (int)(at - order) : 9;
}

static void endpoint_response(struct details_maker *maker, struct str status, yyjson_val *value,
                              struct endpoint_bodies *bodies)
{
    struct engine_body base = { .status = status, .media_type = STR_EMPTY };
    yyjson_val *response = ref_resolve(maker->document, value);
    if (response == NULL) {
        struct str reference = ref_text(maker->document, value);
        base.html = STR_EMPTY;
        base.description = arena_format(maker->arena, "The reference %.*s leads nowhere in this specification.",
                                        STR_FORMAT(str_cut(reference, 0, LIMIT_SUMMARY_BYTES)));
    } else {
        details_describe(maker, document_str(yyjson_obj_get(response, "description")), &base.description, &base.html);
    }
    bool is_good = endpoint_status_rank(status) == 0;
    endpoint_add_content(maker, bodies, &base, yyjson_obj_get(response, "content"), is_good);
}

static void endpoint_responses(struct details_maker *maker, const struct operation *operation,
                               struct endpoint_bodies *bodies)
{
    yyjson_val *responses = yyjson_obj_get(operation->value, "responses");
    for (int rank = 0; rank <= 9; rank++) {
        for (struct document_member at = document_first(responses); at.left; document_next(&at)) {
            struct str status = document_str(at.key);
            if (str_starts(status, STR("x-")) || endpoint_status_rank(status) != rank) continue;
            if (bodies->count == LIMIT_DETAILS_BODIES) return;
            endpoint_response(maker, status, at.value, bodies);
        }
    }
}

static void endpoint_bodies(struct details_maker *maker, const struct operation *operation)
{
    struct endpoint_bodies *bodies = arena_alloc(maker->arena, sizeof *bodies);
    if (bodies == NULL) return;
    bodies->count = bodies->shown_count = 0;
    endpoint_request(maker, operation, bodies);
    bodies->shown_count = 0; /* what is sent and what comes back are read apart */
    endpoint_responses(maker, operation, bodies);
    maker->details->bodies = bodies->at;
    maker->details->body_count = bodies->count;
}

/* ---- Security and examples
 * ---------------------------------------------------------------------------------------------- */

/* Each requirement as one text: "key", "key + token". */
static void endpoint_security(struct details_maker *maker, yyjson_val *requirements)
{
    size_t size = yyjson_arr_size(requirements);
    if (size > LIMIT_DETAILS_SECURITY) size = LIMIT_DETAILS_SECURITY;
    struct str *names = arena_calloc(maker->arena, size, sizeof *names);
    if (names == NULL) return;
    yyjson_val *requirement;
    size_t i, max, count = 0;
    yyjson_arr_foreach (requirements, i, max, requirement) {
        if (count == size) break;
        for (struct document_member at = document_first(requirement); at.left; document_next(&at)) {
            if (maker->text.size) buf_append_str(&maker->text, STR(" + "));
            buf_append_str(&maker->text, document_str(at.key));
        }
        struct str name = details_take_text(maker);
        if (name.size) names[count++] = name;
    }
    maker->details->security = names;
    maker->details->security_count = count;
}

static void endpoint_response_sample(struct details_maker *maker, const struct operation *operation)
{
    yyjson_val *responses = yyjson_obj_get(operation->value, "responses");
    for (struct document_member at = document_first(responses); at.left; document_next(&at)) {
        if (endpoint_status_rank(document_str(at.key)) != 0) continue;
        struct str media_type;
        yyjson_val *response = ref_resolve(maker->document, at.value);
        yyjson_val *media = operation_media_type(yyjson_obj_get(response, "content"), &media_type);
        if (media == NULL || !operation_is_json(media_type)) continue;
        struct sample_wish wish = { .direction = SAMPLE_RESPONSE };
        details_add_sample(maker, sample_make_of(maker->document, media, &wish, maker->arena), "Response", false);
        return;
    }
}

static void endpoint_examples(struct details_maker *maker, const struct operation *operation)
{
    struct request request;
    struct sample_focus focus;
    const struct snippet_language *language = &snippet_languages[0];
    struct request_wish wish = { .focus = STR_EMPTY, .server = STR_EMPTY, .has_digest = language->has_digest };
    request_make(operation, &wish, maker->arena, &request);
    snippet_write(language, &request, &maker->text, &focus);
    details_add_code(maker, str_from(language->label), str_from(language->highlight), focus);
    endpoint_response_sample(maker, operation);
    details_add_given_code(maker, operation->value);
}

void details_make_endpoint(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    struct operation operation;
    enum catalogue_method method = (enum catalogue_method)maker->record->detail;
    details->method = catalogue_method_upper(method);
    details->operation_id = details_string(maker, maker->record->owner);
    details->summary = details_string(maker, maker->record->type);
    details->self.id = details->id;
    if (maker->record->flags & CATALOGUE_DEPRECATED) details->self.flags |= ENGINE_DEPRECATED;
    if (!operation_find(&operation, maker->document, method, details->name)) return;
    details_operation_pointer(maker, &operation);
    details->pointer = details_take_text(maker);
    struct str text = document_str(yyjson_obj_get(operation.value, "description"));
    details_describe(maker, text, &details->self.description, &details->self.html);
    if (details->summary.size == 0) details->summary = plain_sentence(maker->arena, text);
    endpoint_parameters(maker, &operation);
    endpoint_bodies(maker, &operation);
    endpoint_security(maker, operation_security(&operation));
    details->servers = operation_servers(&operation, maker->arena, &details->server_count);
    endpoint_examples(maker, &operation);
}
