#include "details_maker.h"

#include "details_parameter.h"
#include "element_id.h"
#include "pointer.h"
#include "ref.h"
#include "snippet.h"

/* What the parameter says itself counts more than what its schema says. */
void details_parameter_field(struct details_maker *maker, const struct operation_parameter *parameter,
                             struct engine_field *field)
{
    struct details_owner nobody = { STR_EMPTY, STR_EMPTY };
    struct str media_type;
    *field = details_no_field;
    field->name = parameter->name;
    if (parameter->value == NULL) {
        field->name = parameter->reference;
        field->description = arena_format(maker->arena, "The reference %.*s leads nowhere in this specification.",
                                          STR_FORMAT(str_cut(parameter->reference, 0, LIMIT_SUMMARY_BYTES)));
        return;
    }
    field->in = catalogue_in_name(parameter->in);
    if (parameter->is_required) field->flags |= ENGINE_REQUIRED;
    if (yyjson_is_true(yyjson_obj_get(parameter->value, "deprecated"))) field->flags |= ENGINE_DEPRECATED;
    yyjson_val *schema = yyjson_obj_get(parameter->value, "schema");
    yyjson_val *media = operation_media_type(yyjson_obj_get(parameter->value, "content"), &media_type);
    if (schema == NULL) schema = yyjson_obj_get(media, "schema");
    details_field(maker, schema, nobody, 0, field);
    struct str own = document_str(yyjson_obj_get(parameter->value, "description"));
    if (own.size) details_describe(maker, own, &field->description, &field->html);
}

void details_operation_pointer(struct details_maker *maker, const struct operation *operation)
{
    buf_append_str(&maker->text, STR("/paths"));
    pointer_append(&maker->text, operation->path);
    pointer_append(&maker->text, catalogue_method_name(operation->method));
}

static void parameter_pointer(struct details_maker *maker, const struct operation *operation,
                              const struct operation_parameter *parameter)
{
    if (parameter->is_of_path) {
        buf_append_str(&maker->text, STR("/paths"));
        pointer_append(&maker->text, operation->path);
    } else {
        details_operation_pointer(maker, operation);
    }
    buf_append_format(&maker->text, "/parameters/%zu", parameter->position);
    maker->details->pointer = details_take_text(maker);
}

/* The request with the parameter in it, and for one in the URL that alone. */
static void parameter_examples(struct details_maker *maker, const struct operation *operation,
                               const struct operation_parameter *parameter)
{
    struct request request;
    struct sample_focus focus;
    const struct snippet_language *language = &snippet_languages[0];
    struct request_wish wish = {
        .focus = parameter->name, .focus_in = parameter->in, .server = STR_EMPTY, .has_digest = language->has_digest
    };
    request_make(operation, &wish, maker->arena, &request);
    snippet_write(language, &request, &maker->text, &focus);
    details_add_code(maker, str_from(language->label), str_from(language->highlight), focus);
    if (parameter->in != CATALOGUE_IN_QUERY && parameter->in != CATALOGUE_IN_PATH) return;
    snippet_url(&maker->text, &request);
    details_add_code(maker, STR("URL"), STR("text"), (struct sample_focus){ 0, 0 });
}

static bool parameter_find_operation(struct details_maker *maker, struct operation *operation)
{
    const struct format_element *endpoint = &maker->catalogue->elements[maker->record->parent];
    struct str path = details_string(maker, endpoint->name);
    return operation_find(operation, maker->document, (enum catalogue_method)endpoint->detail, path);
}

void details_make_parameter(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    struct operation operation;
    size_t count = 0;
    details->owner_id = element_id_write(maker->catalogue, maker->record->parent, maker->arena);
    details->self.in = catalogue_in_name((enum catalogue_in)maker->record->detail);
    details_places_named(maker);
    bool is_found = parameter_find_operation(maker, &operation);
    const struct operation_parameter *parameters =
        is_found ? operation_parameters(&operation, maker->arena, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct operation_parameter *parameter = &parameters[i];
        bool is_wanted = parameter->value && parameter->in == (enum catalogue_in)maker->record->detail &&
                         str_equal(parameter->name, details->name);
        if (!is_wanted) continue;
        details_parameter_field(maker, parameter, &details->self);
        details->self.id = details->id;
        parameter_pointer(maker, &operation, parameter);
        parameter_examples(maker, &operation, parameter);
        return;
    }
}
