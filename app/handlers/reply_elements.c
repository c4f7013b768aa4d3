#include "replies.h"

yyjson_mut_val *reply_flags(struct json *json, unsigned flags)
{
    static const struct {
        enum engine_flag flag;
        struct str name;
    } names[] = {
        { ENGINE_REQUIRED, STR_INIT("required") },
        { ENGINE_DEPRECATED, STR_INIT("deprecated") },
        { ENGINE_READ_ONLY, STR_INIT("readOnly") },
        { ENGINE_WRITE_ONLY, STR_INIT("writeOnly") },
        { ENGINE_NULLABLE, STR_INIT("nullable") },
    };
    yyjson_mut_val *array = json_array(json);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (flags & names[i].flag) yyjson_mut_arr_append(array, json_string(json, names[i].name));
    return array;
}

static yyjson_mut_val *reply_ranges(struct json *json, const struct engine_hit *hit)
{
    yyjson_mut_val *ranges = json_array(json);
    for (size_t i = 0; i < hit->name_range_count; i++) {
        const struct engine_range *range = &hit->name_ranges[i];
        yyjson_mut_val *pair = json_array(json);
        yyjson_mut_arr_append(pair, yyjson_mut_uint(json->doc, json_utf16(hit->name, range->start)));
        yyjson_mut_arr_append(pair, yyjson_mut_uint(json->doc, json_utf16(hit->name, range->end)));
        yyjson_mut_arr_append(ranges, pair);
    }
    return ranges;
}

yyjson_mut_val *reply_hit(struct json *json, const struct engine_hit *hit)
{
    yyjson_mut_val *row = json_object(json);
    json_add_text(json, row, "kind", engine_kind_name(hit->kind));
    json_add_text(json, row, "id", hit->id);
    json_add_text(json, row, "name", hit->name);
    json_add_text(json, row, "owner", hit->owner);
    json_add_text(json, row, "api", hit->api);
    json_add_text(json, row, "apiTitle", hit->api_title);
    json_add_text(json, row, "type", hit->type);
    json_add_text_if(json, row, "method", hit->method);
    json_add_text_if(json, row, "operationId", hit->operation_id);
    json_add_text(json, row, "summary", hit->summary);
    json_add_number(json, row, "count", hit->count);
    json_add_number(json, row, "ownerCount", hit->owner_count);
    json_add_number(json, row, "apiCount", hit->api_count);
    json_add_number(json, row, "score", hit->score);
    json_add(json, row, "flags", reply_flags(json, hit->flags));
    json_add(json, row, "ranges", reply_ranges(json, hit));
    return row;
}

static yyjson_mut_val *reply_totals(struct json *json, const uint64_t totals[ENGINE_KINDS])
{
    static const char *const keys[ENGINE_KINDS] = {
        [ENGINE_API] = "api",           [ENGINE_ENDPOINT] = "endpoint",   [ENGINE_OBJECT] = "object",
        [ENGINE_PROPERTY] = "property", [ENGINE_PARAMETER] = "parameter",
    };
    yyjson_mut_val *object = json_object(json);
    for (int kind = 0; kind < ENGINE_KINDS; kind++) json_add_number(json, object, keys[kind], totals[kind]);
    return object;
}

struct str reply_elements(struct arena *arena, const struct elements_search_request *request,
                          const struct engine_answer *answer, yyjson_val *sequence)
{
    struct json json = json_begin(arena);
    yyjson_mut_val *root = json_object(&json), *hits = json_array(&json);
    for (size_t i = 0; i < answer->hit_count; i++) yyjson_mut_arr_append(hits, reply_hit(&json, &answer->hits[i]));
    json_add_text(&json, root, "keyword", request->keyword);
    json_add_text_if(&json, root, "api", request->api);
    json_add_text(&json, root, "filter", action_filter_name(request->filter));
    json_add_copy_if(&json, root, "sequence", sequence);
    json_add_number(&json, root, "total", answer->total);
    json_add(&json, root, "totals", reply_totals(&json, answer->totals));
    json_add(&json, root, "hits", hits);
    return json_end(&json, root);
}
