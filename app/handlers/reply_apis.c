#include "replies.h"

#include <inttypes.h>

static const struct {
    enum engine_kind kind;
    const char *key;
} reply_count_keys[] = {
    { ENGINE_API, "apis" },
    { ENGINE_ENDPOINT, "endpoints" },
    { ENGINE_OBJECT, "objects" },
    { ENGINE_PROPERTY, "properties" },
    { ENGINE_PARAMETER, "parameters" },
};

static void reply_add_counts(struct payload *payload, yyjson_mut_val *object, const uint64_t elements[ENGINE_KINDS],
                             bool with_apis)
{
    for (size_t i = with_apis ? 0 : 1; i < sizeof reply_count_keys / sizeof reply_count_keys[0]; i++)
        payload_add_number(payload, object, reply_count_keys[i].key, elements[reply_count_keys[i].kind]);
}

yyjson_mut_val *reply_counts(struct payload *payload, const uint64_t elements[ENGINE_KINDS], bool with_apis)
{
    yyjson_mut_val *counts = payload_object(payload);
    reply_add_counts(payload, counts, elements, with_apis);
    return counts;
}

static void reply_add_api(struct payload *payload, yyjson_mut_val *object, const struct engine_api *api,
                          struct str description)
{
    payload_add_text(payload, object, "id", api->id);
    payload_add_text(payload, object, "title", api->title);
    payload_add_text(payload, object, "version", api->version);
    payload_add_text(payload, object, "summary", engine_sentence(payload->arena, api->description));
    payload_add_text(payload, object, "description", description);
    payload_add_text(payload, object, "provider", api->provider);
    payload_add_text(payload, object, "category", api->category);
}

struct str reply_api_search(struct arena *arena, const struct api_search_request *request,
                            const struct api_search_reply *reply)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_array(&payload);
    for (size_t i = 0; i < reply->count; i++) {
        const struct engine_api *api = &reply->apis[i];
        yyjson_mut_val *row = payload_object(&payload), *definition = payload_object(&payload);
        payload_add_text(&payload, row, "name", api->title);
        payload_add_number(&payload, row, "score", api->score);
        reply_add_api(&payload, definition, api, request->is_brief ? STR_EMPTY : api->description);
        reply_add_counts(&payload, definition, api->elements, false);
        payload_add(&payload, row, "definition", definition);
        yyjson_mut_arr_append(root, row);
    }
    return payload_end(&payload, root);
}

struct str reply_api_list(struct arena *arena, const struct api_list_reply *reply)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload), *rows = payload_array(&payload);
    payload_add_number(&payload, root, "total", reply->total);
    for (size_t i = 0; i < reply->count; i++) {
        const struct engine_api *api = &reply->apis[i];
        yyjson_mut_val *row = payload_object(&payload);
        payload_add_text(&payload, row, "id", api->id);
        payload_add_text(&payload, row, "title", api->title);
        payload_add_text(&payload, row, "version", api->version);
        payload_add_text(&payload, row, "summary", engine_sentence(arena, api->description));
        payload_add_text(&payload, row, "provider", api->provider);
        payload_add_text(&payload, row, "category", api->category);
        payload_add(&payload, row, "counts", reply_counts(&payload, api->elements, false));
        yyjson_mut_arr_append(rows, row);
    }
    payload_add(&payload, root, "apis", rows);
    return payload_end(&payload, root);
}

struct str reply_api_load(struct arena *arena, const struct api_load_reply *reply, yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    reply_add_api(&payload, root, &reply->api, reply->api.description);
    payload_add_text(&payload, root, "html", reply->html);
    payload_add(&payload, root, "counts", reply_counts(&payload, reply->api.elements, false));
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}

struct str reply_catalogue(struct arena *arena, const struct engine_counts *counts)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    payload_add(&payload, root, "counts", reply_counts(&payload, counts->elements, true));
    return payload_end(&payload, root);
}

struct str reply_about(struct arena *arena, const struct about_reply *reply)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    payload_add_text(&payload, root, "version", reply->site.version);
    payload_add_text(&payload, root, "page", reply->site.page);
    if (reply->site.can_try) payload_add_bool(&payload, root, "tries", true);
    payload_add_text(&payload, root, "catalogue", arena_format(arena, "%016" PRIx64, reply->counts.generation));
    payload_add(&payload, root, "counts", reply_counts(&payload, reply->counts.elements, true));
    return payload_end(&payload, root);
}
