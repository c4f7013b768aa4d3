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

/* Of members of one name the first one counts, whatever it is. */
static bool usage_add_object(struct usage *usage, yyjson_val *key, yyjson_val *value)
{
    bool is_new, is_object = object_is_read(value);
    uint64_t *place = map_put(&usage->names, document_str(key), &is_new);
    if (place == NULL) return false;
    if (is_new) *place = is_object ? usage->object_count : USES_NONE;
    if (is_object) usage->objects[usage->object_count++] = value;
    return true;
}

bool usage_start(struct reading *reading, yyjson_val *schemas)
{
    struct usage *usage = &reading->usage;
    *usage = (struct usage){ .object_count = 0 };
    map_init(&usage->names);
    map_init(&usage->shared);
    buf_init(&usage->targets, UINT32_MAX);
    usage->inlined_limit = (uint64_t)USAGE_INLINED * yyjson_doc_get_val_count(reading->document->json);
    usage->objects = malloc((yyjson_obj_size(schemas) + 1) * sizeof(yyjson_val *));
    if (usage->objects == NULL) return false;
    for (struct document_member at = document_first(schemas); at.left; document_next(&at))
        if (!usage_add_object(usage, at.key, at.value)) return false;
    return true;
}

void usage_end(struct reading *reading)
{
    free(reading->usage.objects);
    map_free(&reading->usage.names);
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

/* Nearly all references are "#/components/schemas/" and a name that needs no decoding. The empty str for others. */
static struct str usage_name(struct str reference)
{
    static const struct str components = STR_INIT("#/components/schemas/");
    if (!str_starts(reference, components)) return STR_EMPTY;
    struct str name = str_cut(reference, components.size, reference.size);
    bool is_plain = str_find_byte(name, '/') == STR_NONE && str_find_byte(name, '~') == STR_NONE &&
                    str_find_byte(name, '%') == STR_NONE;
    return is_plain ? name : STR_EMPTY;
}

static void usage_refer(struct reading *reading, struct str reference, struct usage_user user)
{
    struct str name = usage_name(reference);
    if (name.size) {
        const uint64_t *object = map_find(&reading->usage.names, name);
        if (object && *object != USES_NONE) usage_record(reading, (uint32_t)*object, user);
        return;
    }
    yyjson_val *target = pointer_get_fragment(reading->document, reference);
    if (target == NULL) return;
    uint32_t object = usage_object(&reading->usage, target);
    if (object == USES_NONE)
        usage_inline(reading, target, user);
    else
        usage_record(reading, object, user);
}

void usage_reference(struct reading *reading, yyjson_val *schema, struct usage_user user)
{
    usage_refer(reading, document_str(yyjson_obj_getn(schema, "$ref", 4)), user);
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

enum usage_keyword { USAGE_NOTHING, USAGE_SCHEMA, USAGE_LIST, USAGE_MAP };

/* What a member of a schema holds. Most are told by their size, and there are millions. */
static enum usage_keyword usage_keyword(struct str key)
{
    static const struct {
        struct str key;
        enum usage_keyword holds;
    } keywords[] = {
        { STR_INIT("items"), USAGE_SCHEMA },
        { STR_INIT("allOf"), USAGE_LIST },
        { STR_INIT("oneOf"), USAGE_LIST },
        { STR_INIT("anyOf"), USAGE_LIST },
        { STR_INIT("properties"), USAGE_MAP },
        { STR_INIT("prefixItems"), USAGE_LIST },
        { STR_INIT("patternProperties"), USAGE_MAP },
        { STR_INIT("additionalProperties"), USAGE_SCHEMA },
    };
    if (key.size != 5 && key.size < 10) return USAGE_NOTHING;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (str_equal(key, keywords[i].key)) return keywords[i].holds;
    return USAGE_NOTHING;
}

static void usage_member(struct reading *reading, enum usage_keyword holds, yyjson_val *value, struct usage_user user)
{
    switch (holds) {
    case USAGE_MAP: usage_map(reading, value, user); break;
    case USAGE_LIST: usage_list(reading, value, user); break;
    case USAGE_SCHEMA: /* `items` was a list in older versions */
        usage_schema(reading, value, user);
        usage_list(reading, value, user);
        break;
    case USAGE_NOTHING: break;
    }
}

/* Recursion ends: the document is nested at most LIMIT_SPEC_DEPTH deep, and usage_inline goes USAGE_HOPS far. */
void usage_schema(struct reading *reading, yyjson_val *value, struct usage_user user)
{
    if (yyjson_obj_size(value) == 0) return;
    yyjson_val *reference = yyjson_obj_getn(value, "$ref", 4);
    bool is_reference = yyjson_is_str(reference);
    if (is_reference) usage_refer(reading, document_str(reference), user);
    if (is_reference && reading->is_3_0) return;
    for (struct document_member at = document_first(value); at.left; document_next(&at))
        if (yyjson_is_ctn(at.value)) usage_member(reading, usage_keyword(document_str(at.key)), at.value, user);
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
    yyjson_val *reference = yyjson_obj_getn(value, "$ref", 4);
    if (!yyjson_is_str(reference) || usage->is_collecting) {
        walk(reading, reference ? ref_resolve(reading->document, value) : value, user);
        return;
    }
    bool is_new;
    uint64_t *place = map_put(&usage->shared, document_str(reference), &is_new);
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

/* Operations and responses are read in one pass: there are half a million, and most lookups would find nothing. */

static void usage_media_types(struct reading *reading, yyjson_val *content, struct usage_user user)
{
    for (struct document_member at = document_first(content); at.left; document_next(&at))
        usage_schema(reading, yyjson_obj_getn(at.value, "schema", 6), user);
}

static void usage_content(struct reading *reading, yyjson_val *holder, struct usage_user user)
{
    usage_media_types(reading, yyjson_obj_getn(holder, "content", 7), user);
}

/* A header, or a parameter (OpenAPI 3.1 §4.8.21). */
static void usage_header(struct reading *reading, yyjson_val *header, struct usage_user user)
{
    usage_schema(reading, yyjson_obj_getn(header, "schema", 6), user);
    usage_content(reading, header, user);
}

static void usage_each(struct reading *reading, yyjson_val *map, struct usage_user user, usage_walk *walk)
{
    for (struct document_member at = document_first(map); at.left && !reading_is_over(reading); document_next(&at))
        usage_shared(reading, at.value, user, walk);
}

static void usage_response(struct reading *reading, yyjson_val *response, struct usage_user user)
{
    for (struct document_member at = document_first(response); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        if (str_equal(key, STR("content"))) usage_media_types(reading, at.value, user);
        if (str_equal(key, STR("headers"))) usage_each(reading, at.value, user, usage_header);
    }
}

static void usage_bodies(struct reading *reading, yyjson_val *operation, struct usage_user user);

/* A Callback Object: path items by expressions (OpenAPI 3.1 §4.8.18). */
static void usage_callback(struct reading *reading, yyjson_val *callback, struct usage_user user)
{
    for (struct document_member at = document_first(callback); at.left; document_next(&at)) {
        yyjson_val *item = ref_resolve(reading->document, at.value);
        for (struct document_member of = document_first(item); of.left; document_next(&of)) {
            enum catalogue_method method;
            bool is_operation = yyjson_is_obj(of.value) && endpoint_method(document_str(of.key), &method);
            if (is_operation) usage_bodies(reading, of.value, user);
        }
    }
}

/* Of a callback both what is sent and what comes back are its own; callbacks of callbacks are none of the endpoint's.
 */
static void usage_bodies(struct reading *reading, yyjson_val *operation, struct usage_user user)
{
    struct usage_user response = user, callback = user;
    if (user.role == USES_REQUEST) {
        response.role = USES_RESPONSE;
        callback.role = USES_CALLBACK;
    }
    for (struct document_member at = document_first(operation); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        if (str_equal(key, STR("requestBody"))) usage_shared(reading, at.value, user, usage_content);
        if (str_equal(key, STR("responses"))) usage_each(reading, at.value, response, usage_response);
        if (str_equal(key, STR("callbacks")) && user.role == USES_REQUEST)
            usage_each(reading, at.value, callback, usage_callback);
    }
}

void usage_parameter(struct reading *reading, yyjson_val *parameter, uint32_t element)
{
    usage_header(reading, parameter, (struct usage_user){ element - reading->api, 0, USES_PARAMETER });
}

void usage_operation(struct reading *reading, yyjson_val *operation, uint32_t element)
{
    usage_bodies(reading, operation, (struct usage_user){ element - reading->api, 0, USES_REQUEST });
}
