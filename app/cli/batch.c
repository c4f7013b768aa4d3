#include "batch.h"

#include "batch_lines.h"
#include "clock.h"
#include "limits.h"
#include "replies.h"

static bool batch_read_request(const struct action *action, yyjson_val *question, uint32_t limit,
                               struct elements_search_request *request, struct action_fault *fault)
{
    struct arena *arena = action->arena;
    struct str kind = STR("everything");
    *request = (struct elements_search_request){ .limit = limit, .descriptions = true };
    request->keyword.at = NULL;
    if (!batch_lines_text(arena, question, "q", LIMIT_QUERY_BYTES, &request->keyword, fault) ||
        !batch_lines_text(arena, question, "api", LIMIT_QUERY_BYTES, &request->api, fault) ||
        !batch_lines_text(arena, question, "kind", LIMIT_QUERY_BYTES, &kind, fault))
        return false;
    if (request->keyword.at != NULL && action_filter_read(kind, &request->filter)) return true;
    action_fail(fault, ACTION_INVALID,
                request->keyword.at == NULL ? STR("\"q\" is missing.") : STR("\"kind\" is no kind of element."));
    return false;
}

static struct str batch_reply(struct arena *arena, const struct engine_answer *answer, uint64_t microseconds)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload), *hits = payload_array(&payload);
    for (size_t i = 0; i < answer->hit_count; i++) yyjson_mut_arr_append(hits, reply_hit(&payload, &answer->hits[i]));
    payload_add(&payload, root, "hits", hits);
    payload_add_text_if(&payload, root, "suggestion", answer->suggestion);
    payload_add_number(&payload, root, "total", answer->total);
    payload_add_number(&payload, root, "microseconds", microseconds);
    return payload_end(&payload, root);
}

/* The search, as action_elements_search does it, with the clock around the engine's call only. */
static struct str batch_search(const struct action *action, yyjson_val *question, const void *context,
                               struct action_fault *fault)
{
    struct elements_search_request request;
    struct engine_answer answer;
    if (!batch_read_request(action, question, *(const uint32_t *)context, &request, fault))
        return (struct str){ NULL, 0 };
    struct engine_query query = action_elements_query(&request);
    uint64_t started = clock_us();
    int error = engine_search(action->engine, action->scratch, &query, action->arena, &answer);
    uint64_t microseconds = clock_us() - started;
    if (error == ENGINE_OK) return batch_reply(action->arena, &answer, microseconds);
    if (error == ENGINE_ENOTFOUND)
        action_fail_no_api(action, request.api, fault);
    else
        action_fail_engine(fault, error, STR_EMPTY);
    return (struct str){ NULL, 0 };
}

int batch_run(const struct action *action, FILE *in, FILE *out, uint32_t limit)
{
    return batch_lines_run(action, in, out, batch_search, &limit);
}
