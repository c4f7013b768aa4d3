#include "openapi3.h"

#include "limits.h"
#include "reading.h"
#include "ref.h"

/* The parts that hold everything else, checked before the first element is made. */
struct openapi3_parts {
    yyjson_val *info, *paths, *schemas;
};

static bool openapi3_is_version(struct str text)
{
    return str_starts(text, STR("3.0.")) || str_starts(text, STR("3.1.")) || str_equal(text, STR("3.0")) ||
           str_equal(text, STR("3.1"));
}

static int openapi3_check_version(const struct document *document, struct document_fault *fault)
{
    yyjson_val *version = document_get(document, document->root, STR("openapi"));
    yyjson_val *swagger = document_get(document, document->root, STR("swagger"));
    struct str text = document_str(version);
    if (version == NULL && yyjson_is_str(swagger)) {
        struct str old = document_str(swagger);
        return document_fault_at(document, swagger, fault,
                                 "this is Swagger %.*s; convert it to OpenAPI 3.0 or 3.1, which are read here",
                                 (int)(old.size < 16 ? old.size : 16), old.at);
    }
    if (version == NULL)
        return document_fault_at(document, document->root, fault,
                                 "the member openapi is missing: this is no OpenAPI 3.0 or 3.1 document");
    if (!yyjson_is_str(version))
        return document_fault_at(document, version, fault, "openapi is %s, expected a string such as \"3.1.0\"",
                                 document_type_name(version));
    if (!openapi3_is_version(text))
        return document_fault_at(document, version, fault, "openapi is \"%.*s\"; OpenAPI 3.0 and 3.1 are read here",
                                 (int)(text.size < 32 ? text.size : 32), text.at);
    return DOCUMENT_OK;
}

/* The member `key`, which is an object or absent; `name` is its path for the message. */
static int openapi3_part(const struct document *document, yyjson_val *object, const char *key, const char *name,
                         yyjson_val **part, struct document_fault *fault)
{
    *part = document_get(document, object, str_from(key));
    if (*part == NULL || yyjson_is_obj(*part)) return DOCUMENT_OK;
    if (yyjson_is_null(*part)) {
        *part = NULL;
        return DOCUMENT_OK;
    }
    return document_fault_at(document, *part, fault, "%s is %s, expected an object", name, document_type_name(*part));
}

static int openapi3_check(const struct document *document, struct openapi3_parts *parts, struct document_fault *fault)
{
    yyjson_val *root = document->root, *components = NULL;
    if (!yyjson_is_obj(root))
        return document_fault_at(document, root, fault, "the document is %s, expected an object",
                                 document_type_name(root));
    int error = openapi3_check_version(document, fault);
    if (error == 0) error = openapi3_part(document, root, "info", "info", &parts->info, fault);
    if (error == 0) error = openapi3_part(document, root, "paths", "paths", &parts->paths, fault);
    if (error == 0) error = openapi3_part(document, root, "components", "components", &components, fault);
    if (error == 0)
        error = openapi3_part(document, components, "schemas", "components.schemas", &parts->schemas, fault);
    return error;
}

/* A version is often written as a number: then as it stands. */
static uint32_t openapi3_version(struct reading *reading, yyjson_val *version)
{
    if (!yyjson_is_num(version)) return reading_string(reading, version);
    reading->text.size = 0;
    document_json_text(version, &reading->text);
    return reading_text(reading, buf_str(&reading->text));
}

static void openapi3_api(struct reading *reading, yyjson_val *info, struct str id, struct str source)
{
    const struct document *document = reading->document;
    struct str title = document_str(document_get(document, info, STR("title")));
    struct str provider = document_str(document_get(document, info, STR("x-providerName")));
    yyjson_val *categories = document_get(document, info, STR("x-apisguru-categories"));
    struct format_api api = {
        .id = reading_text(reading, id),
        .title = reading_text(reading, title.size ? title : id),
        .version = openapi3_version(reading, document_get(document, info, STR("version"))),
        .description = reading_string(reading, document_get(document, info, STR("description"))),
        .provider = catalogue_builder_string(reading->builder,
                                             provider.size ? provider : str_cut(id, 0, str_find_byte(id, '/'))),
        .category = reading_string(reading, document_at(document, categories, 0)),
        .source = reading_text(reading, source),
    };
    reading->api = catalogue_builder_api(reading->builder, &api);
}

static void openapi3_elements(struct reading *reading, const struct openapi3_parts *parts)
{
    uint32_t number = 0;
    for (struct document_member at = document_first(parts->paths); at.left; document_next(&at))
        endpoint_read_path(reading, at.key, at.value);
    for (struct document_member at = document_first(parts->schemas); at.left; document_next(&at)) {
        if (reading_is_over(reading) || !reading_has_memory(reading)) return;
        if (object_is_read(at.value)) object_read(reading, at.key, at.value, number++);
    }
    catalogue_builder_end_api(reading->builder);
}

int openapi3_read(const struct document *document, struct str id, struct str source, struct catalogue_builder *builder,
                  struct document_fault *fault)
{
    struct openapi3_parts parts = { 0 };
    struct reading reading;
    *fault = (struct document_fault){ 0 };
    int error = openapi3_check(document, &parts, fault);
    if (error) return error;
    reading_start(&reading, document, builder);
    reading.is_3_0 = !ref_has_siblings(document);
    openapi3_api(&reading, parts.info, id, source);
    bool has_usage = usage_start(&reading, parts.schemas);
    if (has_usage) openapi3_elements(&reading, &parts);
    if (!has_usage || !reading_has_memory(&reading))
        error = DOCUMENT_NO_MEMORY;
    else if (reading_is_over(&reading))
        error = document_fault_at(document, NULL, fault, "it names and refers to the same things too often to be read");
    if (error) catalogue_builder_drop_api(builder);
    reading_end(&reading);
    return error;
}
