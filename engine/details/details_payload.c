#include "details_payload.h"

#include "details_content.h"
#include "details_maker.h"
#include "details_roots.h"
#include "element_id.h"
#include "limits.h"
#include "sample_write.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>

/* What a payload is made from. */
struct payload_maker {
    struct details_maker *details;
    const struct engine_payload_wish *wish;
    struct engine_payload *payload;
    struct engine_fault *fault;
    const enum sample_format *format; /* the one asked for; NULL: none */
    yyjson_val *schema, *holder;      /* holder: a Media Type or Parameter Object, where the schema is of one */
    struct sample_wish sample;
    struct sample_report report;
};

static int payload_fail(struct payload_maker *maker, int error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int payload_fail(struct payload_maker *maker, int error, const char *format, ...)
{
    va_list words;
    va_start(words, format);
    vsnprintf(maker->fault->text, sizeof maker->fault->text, format, words);
    va_end(words);
    return error;
}

/* ---- What of which kind ------------------------------------------------------------------------------------------ */

static void payload_take_object(struct payload_maker *maker, struct str name, struct str at)
{
    maker->schema = details_component(maker->details, name);
    maker->sample.object = name;
    maker->sample.focus = at;
}

static int payload_take_body(struct payload_maker *maker, const struct operation *operation, struct str status,
                             struct str at)
{
    struct details_content_wish wish = { status, maker->wish->media_type, maker->format };
    struct details_content body;
    struct str missing = STR_EMPTY;
    if (!details_content_find(operation, &wish, maker->details->arena, &body, &missing))
        return payload_fail(maker, ENGINE_EINVAL, "%.*s", STR_FORMAT(utf8_cut(missing, 480)));
    maker->holder = body.holder;
    maker->schema = yyjson_obj_get(body.holder, "schema");
    maker->payload->status = body.status;
    maker->payload->media_type = body.media_type;
    maker->sample.direction = body.direction;
    maker->sample.focus = at;
    return ENGINE_OK;
}

static int payload_take_endpoint(struct payload_maker *maker, const struct format_element *endpoint, struct str status,
                                 struct str at)
{
    struct operation operation;
    struct str path = details_string(maker->details, endpoint->name);
    if (!operation_find(&operation, maker->details->document, (enum catalogue_method)endpoint->detail, path))
        return payload_fail(maker, ENGINE_EINVAL, "The endpoint is no longer in its specification.");
    return payload_take_body(maker, &operation, status, at);
}

static int payload_take_parameter(struct payload_maker *maker)
{
    struct details_maker *details = maker->details;
    const struct format_element *record = details->record, *endpoint = &details->catalogue->elements[record->parent];
    struct str path = details_string(details, endpoint->name), name = details_string(details, record->name);
    struct operation operation;
    size_t count = 0;
    const struct operation_parameter *parameters = NULL;
    if (operation_find(&operation, details->document, (enum catalogue_method)endpoint->detail, path))
        parameters = operation_parameters(&operation, details->arena, &count);
    for (size_t i = 0; i < count; i++) {
        const struct operation_parameter *parameter = &parameters[i];
        if (parameter->value == NULL || parameter->in != (enum catalogue_in)record->detail ||
            !str_equal(parameter->name, name))
            continue;
        struct str media_type;
        yyjson_val *media = operation_media_type(yyjson_obj_get(parameter->value, "content"), &media_type);
        maker->holder = media ? media : parameter->value;
        maker->schema = yyjson_obj_get(maker->holder, "schema");
        maker->sample.direction = SAMPLE_REQUEST;
        maker->sample.name = name;
        maker->sample.focus = maker->wish->at;
        return ENGINE_OK;
    }
    return payload_fail(maker, ENGINE_EINVAL, "The parameter is no longer in its specification.");
}

/* A property is shown in the nearest root that it is in. */
static int payload_take_property(struct payload_maker *maker)
{
    struct details_maker *details = maker->details;
    struct details_roots roots;
    if (!details_roots_find(details, maker->wish->at, &roots)) return ENGINE_ENOMEM;
    const struct engine_root *nearest = &roots.at[0];
    maker->payload->roots = roots.at;
    maker->payload->root_count = roots.count;
    maker->payload->root_total = roots.total;
    maker->payload->id = nearest->id;
    if (nearest->kind == ENGINE_ENDPOINT)
        return payload_take_endpoint(maker, roots.nearest, nearest->status, nearest->at);
    payload_take_object(maker, details_string(details, roots.nearest->name), nearest->at);
    return ENGINE_OK;
}

static int payload_take(struct payload_maker *maker)
{
    struct details_maker *details = maker->details;
    maker->payload->id = element_id_write(details->catalogue, details->element, details->arena);
    switch ((enum engine_kind)details->record->kind) {
    case ENGINE_OBJECT:
        payload_take_object(maker, details_string(details, details->record->name), maker->wish->at);
        return ENGINE_OK;
    case ENGINE_PROPERTY: return payload_take_property(maker);
    case ENGINE_ENDPOINT: return payload_take_endpoint(maker, details->record, maker->wish->status, maker->wish->at);
    case ENGINE_PARAMETER: return payload_take_parameter(maker);
    default:
        return payload_fail(maker, ENGINE_EINVAL,
                            "An API has no payload. Ask for one of its objects, properties or endpoints.");
    }
}

/* ---- The text ---------------------------------------------------------------------------------------------------- */

static enum sample_format payload_format(const struct payload_maker *maker)
{
    enum sample_format format;
    if (maker->format) return *maker->format;
    if (sample_format_of(maker->payload->media_type, &format)) return format;
    return sample_is_kubernetes(maker->details->document, maker->schema) ? SAMPLE_YAML : SAMPLE_JSON;
}

static void payload_write(struct payload_maker *maker, const struct sample_node *node)
{
    struct details_maker *details = maker->details;
    enum sample_format format = payload_format(maker);
    struct sample_focus focus = { 0, 0 };
    struct str name = maker->sample.object.size ? maker->sample.object : maker->sample.name;
    const struct sample_source source = { details->document, maker->schema, yyjson_obj_get(maker->holder, "encoding"),
                                          name };
    struct engine_example *example = &maker->payload->example;
    sample_write(&details->text, format, node, &source, details->arena, &focus);
    bool is_whole = details->text.error == BUF_OK;
    example->label = str_from(sample_format_label(format));
    example->language = str_from(sample_format_language(format));
    example->code = details_take_text(details);
    if (is_whole) example->focus = (struct engine_range){ (uint32_t)focus.start, (uint32_t)focus.end };
}

static int payload_make(struct payload_maker *maker)
{
    struct details_maker *details = maker->details;
    maker->sample.tier = details_tier(maker->wish->tier);
    maker->sample.report = &maker->report;
    maker->sample.common = details_common(details);
    struct sample_node *node = maker->holder
                                   ? sample_make_of(details->document, maker->holder, &maker->sample, details->arena)
                                   : sample_make(details->document, maker->schema, &maker->sample, details->arena);
    if (node == NULL) return ENGINE_ENOMEM;
    struct str at = maker->sample.focus;
    if (at.size && !maker->report.has_focus)
        return payload_fail(maker, ENGINE_EINVAL, "There is no property %.*s in it.", STR_FORMAT(utf8_cut(at, 200)));
    maker->payload->at = at;
    maker->payload->left_out = maker->report.left_out;
    maker->payload->faults = maker->report.faults;
    maker->payload->fault_count = maker->report.fault_count;
    payload_write(maker, node);
    return ENGINE_OK;
}

int details_payload(const struct details_source *source, uint32_t element, const struct engine_payload_wish *wish,
                    struct arena *arena, struct engine_payload *payload, struct engine_fault *fault)
{
    struct details_maker details;
    enum sample_format format = SAMPLE_JSON;
    struct payload_maker maker = { .details = &details, .wish = wish, .payload = payload, .fault = fault };
    const struct str none = STR_EMPTY;
    *payload = (struct engine_payload){ .id = none, .at = none, .status = none, .media_type = none };
    if (wish->format.size && !sample_format_read(wish->format, &format))
        return payload_fail(&maker, ENGINE_EINVAL, "There is no format %.*s, but json, yaml, form, multipart and xml.",
                            STR_FORMAT(utf8_cut(wish->format, 40)));
    if (wish->format.size) maker.format = &format;
    details_begin(&details, source, element, arena);
    int error = details_read(&details, source);
    if (error) return error;
    error = payload_take(&maker);
    if (error == ENGINE_OK) error = payload_make(&maker);
    int ended = details_end(&details, source);
    return error ? error : ended;
}
