#include "reading.h"
#include "ref.h"
#include "usage.h"

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
