#include "replies.h"

yyjson_mut_val *reply_flags(struct payload *payload, unsigned flags)
{
    static const struct {
        enum engine_flag flag;
        struct str name;
    } names[] = {
        { ENGINE_REQUIRED, STR_INIT("required") },  { ENGINE_DEPRECATED, STR_INIT("deprecated") },
        { ENGINE_READ_ONLY, STR_INIT("readOnly") }, { ENGINE_WRITE_ONLY, STR_INIT("writeOnly") },
        { ENGINE_NULLABLE, STR_INIT("nullable") },
    };
    yyjson_mut_val *array = payload_array(payload);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (flags & names[i].flag) yyjson_mut_arr_append(array, payload_string(payload, names[i].name));
    return array;
}

static yyjson_mut_val *reply_ranges(struct payload *payload, struct str text, const struct engine_range *ranges,
                                    size_t count)
{
    yyjson_mut_val *array = payload_array(payload);
    for (size_t i = 0; i < count; i++) {
        yyjson_mut_val *pair = payload_array(payload);
        yyjson_mut_arr_append(pair, yyjson_mut_uint(payload->doc, payload_utf16(text, ranges[i].start)));
        yyjson_mut_arr_append(pair, yyjson_mut_uint(payload->doc, payload_utf16(text, ranges[i].end)));
        yyjson_mut_arr_append(array, pair);
    }
    return array;
}

static void reply_add_versions(struct payload *payload, yyjson_mut_val *row, const struct engine_hit *hit)
{
    yyjson_mut_val *versions = payload_array(payload);
    if (hit->version_count == 0) return;
    for (size_t i = 0; i < hit->version_count; i++) {
        yyjson_mut_val *version = payload_object(payload);
        payload_add_text(payload, version, "version", hit->versions[i].version);
        payload_add_text(payload, version, "id", hit->versions[i].id);
        yyjson_mut_arr_append(versions, version);
    }
    payload_add(payload, row, "versions", versions);
}

static void reply_add_reasons(struct payload *payload, yyjson_mut_val *row, const struct engine_hit *hit)
{
    yyjson_mut_val *reasons = payload_array(payload);
    if (hit->reason_count == 0) return;
    for (size_t i = 0; i < hit->reason_count; i++) {
        yyjson_mut_val *reason = payload_object(payload);
        payload_add_text(payload, reason, "criterion", hit->reasons[i].criterion);
        payload_add_number(payload, reason, "value", hit->reasons[i].value);
        payload_add_text(payload, reason, "words", hit->reasons[i].words);
        if (i == hit->decided) payload_add_bool(payload, reason, "decided", true);
        yyjson_mut_arr_append(reasons, reason);
    }
    payload_add(payload, row, "reasons", reasons);
}

yyjson_mut_val *reply_hit(struct payload *payload, const struct engine_hit *hit)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "kind", engine_kind_name(hit->kind));
    payload_add_text(payload, row, "id", hit->id);
    payload_add_text(payload, row, "name", hit->name);
    payload_add_text(payload, row, "owner", hit->owner);
    payload_add_text_if(payload, row, "path", hit->path);
    payload_add_text(payload, row, "api", hit->api);
    payload_add_text(payload, row, "apiTitle", hit->api_title);
    payload_add_text(payload, row, "type", hit->type);
    payload_add_text_if(payload, row, "method", hit->method);
    payload_add_text_if(payload, row, "operationId", hit->operation_id);
    payload_add_text(payload, row, "summary", hit->summary);
    payload_add_text_if(payload, row, "value", hit->value);
    payload_add_number(payload, row, "count", hit->count);
    payload_add_number(payload, row, "ownerCount", hit->owner_count);
    payload_add_number(payload, row, "apiCount", hit->api_count);
    payload_add_number(payload, row, "score", hit->score);
    payload_add(payload, row, "flags", reply_flags(payload, hit->flags));
    payload_add(payload, row, "ranges", reply_ranges(payload, hit->name, hit->name_ranges, hit->name_range_count));
    payload_add(payload, row, "summaryRanges",
                reply_ranges(payload, hit->summary, hit->summary_ranges, hit->summary_range_count));
    reply_add_versions(payload, row, hit);
    reply_add_reasons(payload, row, hit);
    return row;
}

static yyjson_mut_val *reply_totals(struct payload *payload, const uint64_t totals[ENGINE_KINDS])
{
    static const char *const keys[ENGINE_KINDS] = {
        [ENGINE_API] = "api",           [ENGINE_ENDPOINT] = "endpoint",   [ENGINE_OBJECT] = "object",
        [ENGINE_PROPERTY] = "property", [ENGINE_PARAMETER] = "parameter",
    };
    yyjson_mut_val *object = payload_object(payload);
    for (int kind = 0; kind < ENGINE_KINDS; kind++) payload_add_number(payload, object, keys[kind], totals[kind]);
    return object;
}

struct str reply_elements(struct arena *arena, const struct elements_search_request *request,
                          const struct engine_answer *answer, yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload), *hits = payload_array(&payload);
    for (size_t i = 0; i < answer->hit_count; i++) yyjson_mut_arr_append(hits, reply_hit(&payload, &answer->hits[i]));
    payload_add_text(&payload, root, "keyword", request->keyword);
    payload_add_text_if(&payload, root, "api", answer->api.size ? answer->api : request->api);
    payload_add_text(&payload, root, "filter", action_filter_name(request->filter));
    payload_add_copy_if(&payload, root, "sequence", sequence);
    payload_add_number(&payload, root, "total", answer->total);
    payload_add(&payload, root, "totals", reply_totals(&payload, answer->totals));
    if (answer->is_lower_bound) payload_add_bool(&payload, root, "lowerBound", true);
    payload_add_text_if(&payload, root, "suggestion", answer->suggestion);
    payload_add_text_if(&payload, root, "cursor", answer->cursor);
    payload_add(&payload, root, "hits", hits);
    return payload_end(&payload, root);
}
