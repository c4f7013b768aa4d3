#include "reading.h"

#include "ref.h"

/* Who declares the parameters read next. */
struct endpoint_owner {
    uint32_t endpoint; /* element number */
    uint32_t id;       /* string id of "GET /path", or of "/path" */
    uint8_t flags;     /* CATALOGUE_OF_PATH, or 0 */
};

/* A parameter has a schema, or the one media type that it is written in (OpenAPI 3.1 §4.8.12.2). */
static yyjson_val *endpoint_parameter_schema(const struct document *document, yyjson_val *parameter)
{
    yyjson_val *schema = document_get(document, parameter, STR("schema"));
    if (schema) return schema;
    yyjson_val *content = document_get(document, parameter, STR("content"));
    return document_get(document, document_first(content).value, STR("schema"));
}

/* What looking at a value that is referred to costs, each time: all values inside lie behind it. */
static size_t endpoint_bytes(yyjson_val *value)
{
    return (size_t)(unsafe_yyjson_get_next(value) - value) * sizeof *value;
}

/* A schema in which nothing can be referred to, as most parameters have. */
static bool endpoint_is_simple(const struct schema *schema)
{
    return schema->self && !schema->ref && !schema->properties && !schema->items && !schema->prefix_items &&
           !schema->additional && !schema->patterns && !schema->all_of && !schema->one_of && !schema->any_of;
}

static void endpoint_parameter(struct reading *reading, yyjson_val *value, const struct endpoint_owner *owner)
{
    const struct document *document = reading->document;
    enum catalogue_in in;
    struct schema schema;
    yyjson_val *parameter = ref_resolve(document, value);
    yyjson_val *name = document_get(document, parameter, STR("name"));
    if (!yyjson_is_str(name) || !catalogue_in_read(document_str(document_get(document, parameter, STR("in"))), &in))
        return;
    reading->work += endpoint_bytes(parameter);
    struct format_element element = {
        .name = reading_string(reading, name),
        .owner = owner->id,
        .parent = owner->endpoint,
        .kind = CATALOGUE_PARAMETER,
        .flags = owner->flags,
        .detail = (uint8_t)in,
    };
    schema_read(endpoint_parameter_schema(document, parameter), &schema);
    reading_schema(reading, &schema, &element);
    struct str text = document_str(document_get(document, parameter, STR("description")));
    if (text.size) element.text = reading_text(reading, text);
    if (yyjson_is_true(document_get(document, parameter, STR("required")))) element.flags |= CATALOGUE_REQUIRED;
    if (yyjson_is_true(document_get(document, parameter, STR("deprecated")))) element.flags |= CATALOGUE_DEPRECATED;
    uint32_t number = catalogue_builder_element(reading->builder, &element);
    if (!endpoint_is_simple(&schema)) usage_parameter(reading, parameter, number);
}

static void endpoint_parameters(struct reading *reading, yyjson_val *list, const struct endpoint_owner *owner)
{
    size_t i, count;
    yyjson_val *value;
    yyjson_arr_foreach (list, i, count, value) {
        if (reading_is_over(reading) || !reading_has_memory(reading)) return;
        endpoint_parameter(reading, value, owner);
    }
}

static uint32_t endpoint_owner_text(struct reading *reading, enum catalogue_method method, struct str path)
{
    reading->text.size = 0;
    buf_append_str(&reading->text, catalogue_method_upper(method));
    buf_append_byte(&reading->text, ' ');
    buf_append_str(&reading->text, path);
    return reading_text(reading, buf_str(&reading->text));
}

static uint32_t endpoint_operation(struct reading *reading, struct str path, enum catalogue_method method,
                                   yyjson_val *operation)
{
    const struct document *document = reading->document;
    struct format_element element = {
        .name = reading_text(reading, path),
        .owner = reading_string(reading, document_get(document, operation, STR("operationId"))),
        .parent = reading->api,
        .type = reading_string(reading, document_get(document, operation, STR("summary"))),
        .text = reading_string(reading, document_get(document, operation, STR("description"))),
        .facts = reading_tags(reading, document_get(document, operation, STR("tags"))),
        .kind = CATALOGUE_ENDPOINT,
        .detail = (uint8_t)method,
    };
    if (yyjson_is_true(document_get(document, operation, STR("deprecated")))) element.flags = CATALOGUE_DEPRECATED;
    uint32_t number = catalogue_builder_element(reading->builder, &element);
    usage_operation(reading, operation, number);
    yyjson_val *parameters = document_get(document, operation, STR("parameters"));
    if (yyjson_arr_size(parameters)) {
        struct endpoint_owner owner = { .endpoint = number, .id = endpoint_owner_text(reading, method, path) };
        endpoint_parameters(reading, parameters, &owner);
    }
    return number;
}

/* Unlike HTTP's, the names of methods are lower case here (OpenAPI 3.1 §4.8.9). */
bool endpoint_method(struct str key, enum catalogue_method *method)
{
    return catalogue_method_read(key, method) && str_equal(key, catalogue_method_name(*method));
}

void endpoint_read_path(struct reading *reading, yyjson_val *path, yyjson_val *item)
{
    struct str name = document_str(path);
    enum catalogue_method method;
    bool is_first = true;
    if (str_starts(name, STR("x-"))) return;
    item = ref_resolve(reading->document, item);
    for (struct document_member at = document_first(item); at.left; document_next(&at)) {
        if (!yyjson_is_obj(at.value) || !endpoint_method(document_str(at.key), &method)) continue;
        if (reading_is_over(reading) || !reading_has_memory(reading)) return;
        uint32_t endpoint = endpoint_operation(reading, name, method, at.value);
        if (!is_first) continue;
        is_first = false;
        struct endpoint_owner owner = { endpoint, reading_text(reading, name), CATALOGUE_OF_PATH };
        endpoint_parameters(reading, document_get(reading->document, item, STR("parameters")), &owner);
    }
}
