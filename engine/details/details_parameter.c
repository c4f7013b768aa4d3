#include "details_parameter.h"

#include "element_id.h"

#include "limits.h"
#include "plain.h"
#include "pointer.h"
#include "ref.h"
#include "snippet.h"

/* What it says itself counts more than what its schema says. */
void details_carrier(struct details_maker *maker, yyjson_val *value, struct str description, struct engine_field *field)
{
    struct details_line line = { .owner = details_nobody, .level = 1 };
    const struct engine_value *examples;
    size_t count = 0;
    yyjson_val *schema = yyjson_obj_get(value, "schema");
    yyjson_val *media = operation_media_type(yyjson_obj_get(value, "content"), &field->media_type);
    if (schema == NULL) schema = yyjson_obj_get(media, "schema");
    if (yyjson_is_true(yyjson_obj_get(value, "deprecated"))) field->flags |= ENGINE_DEPRECATED;
    details_field(maker, schema, &line, field);
    if (description.size) {
        details_describe(maker, description, &field->description, &field->html);
        field->described_by = STR_EMPTY;
        field->summary = plain_sentence(maker->arena, description);
    }
    yyjson_val *source = media ? media : value;
    details_examples(maker, yyjson_obj_get(source, "example"), yyjson_obj_get(source, "examples"), &examples, &count);
    if (count == 0) return;
    field->examples = examples;
    field->example_count = count;
}

/* Of the headers that OpenAPI has other places for (3.1 §4.8.12.1), and of a path without the place for its parameter.
 */
static void parameter_note(struct details_maker *maker, const struct operation *operation,
                           const struct operation_parameter *parameter, struct str *note)
{
    static const char *const headers[] = { "Accept", "Content-Type", "Authorization" };
    for (size_t i = 0; parameter->in == CATALOGUE_IN_HEADER && i < sizeof headers / sizeof *headers; i++) {
        if (!str_equal_nocase(parameter->name, str_from(headers[i]))) continue;
        details_add_note(maker, note,
                         STR("By the standard this parameter does not count: media types and security tell it."));
    }
    if (parameter->in != CATALOGUE_IN_PATH) return;
    struct str place = arena_format(maker->arena, "{%.*s}", STR_FORMAT(parameter->name));
    if (str_find(operation->path, place) == STR_NONE)
        details_add_note(maker, note, STR("The path has no place for it."));
}

void details_parameter_field(struct details_maker *maker, const struct operation *operation,
                             const struct operation_parameter *parameter, struct engine_field *field)
{
    struct str description, note;
    *field = details_no_field;
    field->name = parameter->name;
    yyjson_val *value = details_resolve(maker, parameter->written, &description, &note);
    if (parameter->value == NULL || value == NULL) {
        field->name = parameter->reference;
        field->note = note;
        return;
    }
    field->in = catalogue_in_name(parameter->in);
    if (parameter->is_required) field->flags |= ENGINE_REQUIRED;
    details_carrier(maker, value, description, field);
    details_style(maker, value, field);
    parameter_note(maker, operation, parameter, &field->note);
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

static void parameter_tell(struct details_maker *maker, const struct operation *operation,
                           const struct operation_parameter *parameter)
{
    struct engine_details *details = maker->details;
    if (details->at.size) {
        struct str media_type;
        yyjson_val *schema = yyjson_obj_get(parameter->value, "schema");
        yyjson_val *media = operation_media_type(yyjson_obj_get(parameter->value, "content"), &media_type);
        details_at(maker, schema ? schema : yyjson_obj_get(media, "schema"), details_nobody, details->at,
                   &details->self);
        return;
    }
    details_parameter_field(maker, operation, parameter, &details->self);
    details->self.id = details->id;
    parameter_pointer(maker, operation, parameter);
    if (details_wants(maker, ENGINE_WITHOUT_EXAMPLES)) parameter_examples(maker, operation, parameter);
}

void details_make_parameter(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    struct operation operation;
    size_t count = 0;
    details->owner_id = element_id_write(maker->catalogue, maker->record->parent, maker->arena);
    details->self.in = catalogue_in_name((enum catalogue_in)maker->record->detail);
    if (details->at.size == 0 && details_wants(maker, ENGINE_WITHOUT_PLACES)) details_places_named(maker);
    bool is_found = parameter_find_operation(maker, &operation);
    const struct operation_parameter *parameters =
        is_found ? operation_parameters(&operation, maker->arena, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct operation_parameter *parameter = &parameters[i];
        bool is_wanted = parameter->value && parameter->in == (enum catalogue_in)maker->record->detail &&
                         str_equal(parameter->name, details->name);
        if (!is_wanted) continue;
        parameter_tell(maker, &operation, parameter);
        return;
    }
}
