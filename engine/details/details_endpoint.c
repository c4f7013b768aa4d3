#include "details_endpoint.h"

#include "plain.h"
#include "ref.h"
#include "sample.h"
#include "snippet.h"

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

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
    struct engine_details *details = maker->details;
    size_t count, size;
    const struct operation_parameter *parameters = operation_parameters(operation, maker->arena, &count);
    struct engine_field *fields = details_list(maker, count, maker->fields_left, sizeof *fields, &size);
    details->parameters = fields;
    for (size_t i = 0; i < count; i++) {
        if (maker->view->required_only && !parameters[i].is_required) continue;
        if (details->parameter_total++ < maker->view->offset || details->parameter_count == size) continue;
        struct engine_field *field = &fields[details->parameter_count++];
        maker->fields_left--;
        details_parameter_field(maker, operation, &parameters[i], field);
        field->id = endpoint_parameter_id(maker, &parameters[i]);
    }
}

/* ---- Examples ---------------------------------------------------------------------------------------------------- */

static void endpoint_response_sample(struct details_maker *maker, const struct operation *operation)
{
    yyjson_val *responses = yyjson_obj_get(operation->value, "responses");
    for (struct document_member at = document_first(responses); at.left; document_next(&at)) {
        if (!str_starts(document_str(at.key), STR("2"))) continue;
        struct str media_type;
        yyjson_val *response = ref_resolve(maker->document, at.value);
        yyjson_val *media = operation_media_type(yyjson_obj_get(response, "content"), &media_type);
        if (media == NULL || !operation_is_json(media_type)) continue;
        struct sample_wish wish = { .direction = SAMPLE_RESPONSE, .common = details_common(maker) };
        details_add_sample(maker, sample_make_of(maker->document, media, &wish, maker->arena), "Response");
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

/* ---- The endpoint ------------------------------------------------------------------------------------------------ */

static void endpoint_tell(struct details_maker *maker, const struct operation *operation)
{
    struct engine_details *details = maker->details;
    struct str text = document_str(yyjson_obj_get(operation->value, "description"));
    details_operation_pointer(maker, operation);
    details->pointer = details_take_text(maker);
    details_describe(maker, text, &details->self.description, &details->self.html);
    details->self.docs = details_docs(operation->value);
    if (details->summary.size == 0) details->summary = plain_sentence(maker->arena, text);
    endpoint_parameters(maker, operation);
    details_bodies(maker, operation, maker->view->offset, &details->bodies, &details->body_count, &details->body_total);
    details_callbacks(maker, operation);
    details_security(maker, operation_security(operation), false);
    details_servers(maker, operation);
    details_tags(maker, yyjson_obj_get(operation->value, "tags"));
    if (details_wants(maker, ENGINE_WITHOUT_EXAMPLES)) endpoint_examples(maker, operation);
}

void details_make_endpoint(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    struct operation operation;
    details->operation_id = details_string(maker, maker->record->owner);
    if (details->at.size == 0) details->summary = details_string(maker, maker->record->type);
    if (maker->record->flags & CATALOGUE_DEPRECATED) details->self.flags |= ENGINE_DEPRECATED;
    if (!operation_find(&operation, maker->document, (enum catalogue_method)maker->record->detail, details->name))
        return;
    if (details->at.size)
        details_body_at(maker, &operation, details->at, &details->self);
    else
        endpoint_tell(maker, &operation);
}
