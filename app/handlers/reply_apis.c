#include "replies.h"

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

static void reply_add_counts(struct json *json, yyjson_mut_val *object, const uint64_t elements[ENGINE_KINDS],
                             bool with_apis)
{
    for (size_t i = with_apis ? 0 : 1; i < sizeof reply_count_keys / sizeof reply_count_keys[0]; i++)
        json_add_number(json, object, reply_count_keys[i].key, elements[reply_count_keys[i].kind]);
}

yyjson_mut_val *reply_counts(struct json *json, const uint64_t elements[ENGINE_KINDS], bool with_apis)
{
    yyjson_mut_val *counts = json_object(json);
    reply_add_counts(json, counts, elements, with_apis);
    return counts;
}

static void reply_add_api(struct json *json, yyjson_mut_val *object, const struct engine_api *api)
{
    json_add_text(json, object, "id", api->id);
    json_add_text(json, object, "title", api->title);
    json_add_text(json, object, "version", api->version);
    json_add_text(json, object, "description", api->description);
    json_add_text(json, object, "provider", api->provider);
    json_add_text(json, object, "category", api->category);
}

struct str reply_api_search(struct arena *arena, const struct api_search_reply *reply)
{
    struct json json = json_begin(arena);
    yyjson_mut_val *root = json_array(&json);
    for (size_t i = 0; i < reply->count; i++) {
        const struct engine_api *api = &reply->apis[i];
        yyjson_mut_val *row = json_object(&json), *definition = json_object(&json);
        json_add_text(&json, row, "name", api->title);
        json_add_number(&json, row, "score", api->score);
        reply_add_api(&json, definition, api);
        reply_add_counts(&json, definition, api->elements, false);
        json_add(&json, row, "definition", definition);
        yyjson_mut_arr_append(root, row);
    }
    return json_end(&json, root);
}

struct str reply_api_load(struct arena *arena, const struct api_load_reply *reply, yyjson_val *sequence)
{
    struct json json = json_begin(arena);
    yyjson_mut_val *root = json_object(&json);
    reply_add_api(&json, root, &reply->api);
    json_add_text(&json, root, "html", reply->html);
    json_add(&json, root, "counts", reply_counts(&json, reply->api.elements, false));
    json_add_copy_if(&json, root, "sequence", sequence);
    return json_end(&json, root);
}

struct str reply_catalogue(struct arena *arena, const struct engine_counts *counts)
{
    struct json json = json_begin(arena);
    yyjson_mut_val *root = json_object(&json);
    json_add(&json, root, "counts", reply_counts(&json, counts->elements, true));
    return json_end(&json, root);
}
