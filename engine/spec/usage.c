#include "usage.h"

#include "pointer.h"
#include "reading.h"
#include "ref.h"

#include <stdlib.h>

enum {
    USAGE_HOPS = 4,    /* each may nest as deep as the document does, on the stack */
    USAGE_INLINED = 4, /* times the values of the document; what is left out then is only not known to be used */
    USAGE_RECORD_BYTES = 12,
};

/* ---- Targets ---------------------------------------------------------------------------------------------------- */

bool usage_start(struct reading *reading, yyjson_val *schemas)
{
    struct usage *usage = &reading->usage;
    *usage = (struct usage){ .schemas = schemas };
    map_init(&usage->shared);
    buf_init(&usage->targets, UINT32_MAX);
    usage->inlined_limit = (uint64_t)USAGE_INLINED * yyjson_doc_get_val_count(reading->document->json);
    usage->objects = malloc((yyjson_obj_size(schemas) + 1) * sizeof(yyjson_val *));
    if (usage->objects == NULL) return false;
    for (struct document_member at = document_first(schemas); at.left; document_next(&at))
        if (object_is_read(at.value)) usage->objects[usage->object_count++] = at.value;
    return true;
}

void usage_end(struct reading *reading)
{
    free(reading->usage.objects);
    map_free(&reading->usage.shared);
    buf_free(&reading->usage.targets);
}

/* Values lie in the order of the text. */
static uint32_t usage_object(const struct usage *usage, const yyjson_val *value)
{
    uint32_t low = 0, high = usage->object_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (usage->objects[middle] == value) return middle;
        if (usage->objects[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return USES_NONE;
}

static void usage_record(struct reading *reading, uint32_t target, struct usage_user user)
{
    reading->work += USAGE_RECORD_BYTES;
    if (reading->usage.is_collecting)
        buf_append(&reading->usage.targets, &target, sizeof target);
    else
        catalogue_builder_use(reading->builder, target, user.user, user.within, user.role);
}

static void usage_inline(struct reading *reading, yyjson_val *schema, struct usage_user user)
{
    struct usage *usage = &reading->usage;
    if (usage->hops == USAGE_HOPS || !yyjson_is_ctn(schema)) return;
    usage->inlined += (uint64_t)(unsafe_yyjson_get_next(schema) - schema);
    if (usage->inlined > usage->inlined_limit) return;
    usage->hops++;
    usage_schema(reading, schema, user);
    usage->hops--;
}

/* Nearly all references are "#/components/schemas/" and a name that needs no decoding. */
static yyjson_val *usage_follow(const struct reading *reading, struct str reference)
{
    static const struct str components = STR_INIT("#/components/schemas/");
    if (!str_starts(reference, components)) return pointer_get_fragment(reading->document, reference);
    struct str name = str_cut(reference, components.size, reference.size);
    for (size_t i = 0; i < name.size; i++)
        if (name.at[i] == '/' || name.at[i] == '~' || name.at[i] == '%')
            return pointer_get_fragment(reading->document, reference);
    return document_get(reading->document, reading->usage.schemas, name);
}

void usage_reference(struct reading *reading, yyjson_val *schema, struct usage_user user)
{
    yyjson_val *target = usage_follow(reading, ref_text(reading->document, schema));
    if (target == NULL) return;
    uint32_t object = usage_object(&reading->usage, target);
    if (object == USES_NONE)
        usage_inline(reading, target, user);
    else
        usage_record(reading, object, user);
}

/* ---- Schemas ---------------------------------------------------------------------------------------------------- */

static void usage_list(struct reading *reading, yyjson_val *list, struct usage_user user)
{
    size_t i, count;
    yyjson_val *value;
    yyjson_arr_foreach (list, i, count, value) usage_schema(reading, value, user);
}

static void usage_map(struct reading *reading, yyjson_val *map, struct usage_user user)
{
    for (struct document_member at = document_first(map); at.left; document_next(&at))
        usage_schema(reading, at.value, user);
}

/* Recursion ends: the document is nested at most LIMIT_SPEC_DEPTH deep, and usage_inline goes USAGE_HOPS far. */
void usage_schema(struct reading *reading, yyjson_val *value, struct usage_user user)
{
    struct schema schema;
    if (yyjson_obj_size(value) == 0) return;
    schema_read(value, &schema);
    if (schema.ref) usage_reference(reading, value, user);
    if (schema.ref && reading->is_3_0) return;
    usage_map(reading, schema.properties, user);
    usage_schema(reading, schema.items, user);
    usage_list(reading, schema.items, user);
    usage_list(reading, schema.prefix_items, user);
    usage_schema(reading, schema.additional, user);
    usage_map(reading, schema.patterns, user);
    usage_list(reading, schema.all_of, user);
    usage_list(reading, schema.one_of, user);
    usage_list(reading, schema.any_of, user);
}

/* ---- Operations ------------------------------------------------------------------------------------------------- */

typedef void usage_walk(struct reading *reading, yyjson_val *value, struct usage_user user);

static void usage_targets(struct reading *reading, size_t start, size_t end, struct usage_user user)
{
    for (size_t at = start; at < end; at += sizeof(uint32_t)) {
        uint32_t target;
        memcpy(&target, reading->usage.targets.at + at, sizeof target);
        usage_record(reading, target, user);
    }
}

/* Walks what is referred to for the first who does, and notes what it uses: a response may be of ten thousand
 * endpoints. */
static void usage_shared(struct reading *reading, yyjson_val *value, struct usage_user user, usage_walk *walk)
{
    struct usage *usage = &reading->usage;
    struct str reference = ref_text(reading->document, value);
    if (reference.at == NULL || usage->is_collecting) {
        walk(reading, ref_resolve(reading->document, value), user);
        return;
    }
    bool is_new;
    uint64_t *place = map_put(&usage->shared, reference, &is_new);
    if (place == NULL) {
        usage->targets.error = BUF_NO_MEMORY;
        return;
    }
    if (is_new) {
        size_t start = usage->targets.size;
        usage->is_collecting = true;
        walk(reading, ref_resolve(reading->document, value), user);
        usage->is_collecting = false;
        *place = (uint64_t)start << 32 | usage->targets.size;
    }
    usage_targets(reading, (size_t)(*place >> 32), (uint32_t)*place, user);
}

static void usage_content(struct reading *reading, yyjson_val *holder, struct usage_user user)
{
    const struct document *document = reading->document;
    struct document_member at = document_first(document_get(document, holder, STR("content")));
    for (; at.left; document_next(&at)) usage_schema(reading, document_get(document, at.value, STR("schema")), user);
}

/* A header, or a parameter (OpenAPI 3.1 §4.8.21). */
static void usage_header(struct reading *reading, yyjson_val *header, struct usage_user user)
{
    usage_schema(reading, document_get(reading->document, header, STR("schema")), user);
    usage_content(reading, header, user);
}

static void usage_response(struct reading *reading, yyjson_val *response, struct usage_user user)
{
    usage_content(reading, response, user);
    struct document_member at = document_first(document_get(reading->document, response, STR("headers")));
    for (; at.left; document_next(&at)) usage_shared(reading, at.value, user, usage_header);
}

static void usage_bodies(struct reading *reading, yyjson_val *operation, struct usage_user request,
                         struct usage_user response)
{
    const struct document *document = reading->document;
    yyjson_val *body = document_get(document, operation, STR("requestBody"));
    if (body) usage_shared(reading, body, request, usage_content);
    struct document_member at = document_first(document_get(document, operation, STR("responses")));
    for (; at.left && !reading_is_over(reading); document_next(&at))
        usage_shared(reading, at.value, response, usage_response);
}

/* A Callback Object: path items by expressions (OpenAPI 3.1 §4.8.18). */
static void usage_callback(struct reading *reading, yyjson_val *callback, struct usage_user user)
{
    for (struct document_member at = document_first(callback); at.left; document_next(&at)) {
        yyjson_val *item = ref_resolve(reading->document, at.value);
        for (struct document_member of = document_first(item); of.left; document_next(&of)) {
            enum catalogue_method method;
            bool is_operation = yyjson_is_obj(of.value) && endpoint_method(document_str(of.key), &method);
            if (is_operation) usage_bodies(reading, of.value, user, user);
        }
    }
}

void usage_parameter(struct reading *reading, yyjson_val *parameter, uint32_t element)
{
    usage_header(reading, parameter, (struct usage_user){ element - reading->api, 0, USES_PARAMETER });
}

void usage_operation(struct reading *reading, yyjson_val *operation, uint32_t element)
{
    struct usage_user user = { element - reading->api, 0, USES_REQUEST };
    struct usage_user response = { user.user, 0, USES_RESPONSE }, callback = { user.user, 0, USES_CALLBACK };
    usage_bodies(reading, operation, user, response);
    struct document_member at = document_first(document_get(reading->document, operation, STR("callbacks")));
    for (; at.left; document_next(&at)) usage_shared(reading, at.value, callback, usage_callback);
}
