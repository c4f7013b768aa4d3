#include "replies.h"
#include "row.h"

static const struct {
    enum engine_flag flag;
    struct str name;
} reply_flag_names[] = {
    { ENGINE_REQUIRED, STR_INIT("required") },  { ENGINE_DEPRECATED, STR_INIT("deprecated") },
    { ENGINE_READ_ONLY, STR_INIT("readOnly") }, { ENGINE_WRITE_ONLY, STR_INIT("writeOnly") },
    { ENGINE_NULLABLE, STR_INIT("nullable") },
};
enum { REPLY_FLAGS = sizeof reply_flag_names / sizeof reply_flag_names[0] };

yyjson_mut_val *reply_flags(struct payload *payload, unsigned flags)
{
    yyjson_mut_val *array = payload_array(payload);
    for (size_t i = 0; i < REPLY_FLAGS; i++)
        if (flags & reply_flag_names[i].flag)
            yyjson_mut_arr_append(array, payload_string(payload, reply_flag_names[i].name));
    return array;
}

/* ---- Rows ---------------------------------------------------------------------------------------------------- */

static void reply_add_flags(struct row *row, unsigned flags)
{
    row_open(row, ROW_NAME("flags"), '[');
    for (size_t i = 0; i < REPLY_FLAGS; i++)
        if (flags & reply_flag_names[i].flag) row_append_text(row, reply_flag_names[i].name);
    row_close(row, ']');
}

static void reply_add_ranges(struct row *row, struct str name, struct str text, const struct engine_range *ranges,
                             size_t count)
{
    row_open(row, name, '[');
    for (size_t i = 0; i < count; i++) {
        row_open(row, STR_EMPTY, '[');
        row_append_number(row, payload_utf16(text, ranges[i].start));
        row_append_number(row, payload_utf16(text, ranges[i].end));
        row_close(row, ']');
    }
    row_close(row, ']');
}

static void reply_add_versions(struct row *row, const struct engine_hit *hit)
{
    if (hit->version_count == 0) return;
    row_open(row, ROW_NAME("versions"), '[');
    for (size_t i = 0; i < hit->version_count; i++) {
        row_open(row, STR_EMPTY, '{');
        row_add_text(row, ROW_NAME("version"), hit->versions[i].version);
        row_add_text(row, ROW_NAME("id"), hit->versions[i].id);
        row_close(row, '}');
    }
    row_close(row, ']');
}

static void reply_add_reasons(struct row *row, const struct engine_hit *hit)
{
    if (hit->reason_count == 0) return;
    row_open(row, ROW_NAME("reasons"), '[');
    for (size_t i = 0; i < hit->reason_count; i++) {
        row_open(row, STR_EMPTY, '{');
        row_add_text(row, ROW_NAME("criterion"), hit->reasons[i].criterion);
        row_add_number(row, ROW_NAME("value"), hit->reasons[i].value);
        row_add_text(row, ROW_NAME("words"), hit->reasons[i].words);
        if (i == hit->decided) row_add_true(row, ROW_NAME("decided"));
        row_close(row, '}');
    }
    row_close(row, ']');
}

yyjson_mut_val *reply_hit(struct payload *payload, const struct engine_hit *hit)
{
    struct row row = row_begin(payload);
    row_add_text(&row, ROW_NAME("kind"), engine_kind_name(hit->kind));
    row_add_text(&row, ROW_NAME("id"), hit->id);
    row_add_text(&row, ROW_NAME("name"), hit->name);
    row_add_text(&row, ROW_NAME("owner"), hit->owner);
    row_add_text_if(&row, ROW_NAME("path"), hit->path);
    row_add_text(&row, ROW_NAME("api"), hit->api);
    row_add_text(&row, ROW_NAME("apiTitle"), hit->api_title);
    row_add_text(&row, ROW_NAME("type"), hit->type);
    row_add_text_if(&row, ROW_NAME("method"), hit->method);
    row_add_text_if(&row, ROW_NAME("operationId"), hit->operation_id);
    row_add_text(&row, ROW_NAME("summary"), hit->summary);
    row_add_text_if(&row, ROW_NAME("value"), hit->value);
    row_add_number(&row, ROW_NAME("count"), hit->count);
    row_add_number(&row, ROW_NAME("ownerCount"), hit->owner_count);
    row_add_number(&row, ROW_NAME("apiCount"), hit->api_count);
    row_add_number(&row, ROW_NAME("score"), hit->score);
    reply_add_flags(&row, hit->flags);
    reply_add_ranges(&row, ROW_NAME("ranges"), hit->name, hit->name_ranges, hit->name_range_count);
    reply_add_ranges(&row, ROW_NAME("summaryRanges"), hit->summary, hit->summary_ranges, hit->summary_range_count);
    reply_add_versions(&row, hit);
    reply_add_reasons(&row, hit);
    return row_end(&row);
}

/* ---- The reply ----------------------------------------------------------------------------------------------- */

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
