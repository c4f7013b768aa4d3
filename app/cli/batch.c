#include "batch.h"

#include "clock.h"
#include "commands.h"
#include "limits.h"
#include "replies.h"

#include <stdlib.h>

/* A line longer than any question: what is behind is skipped. */
enum { BATCH_LINE_BYTES = 64 * 1024 };

struct batch {
    const struct action *action;
    uint32_t limit;
    char *line; /* BATCH_LINE_BYTES */
};

/* Reads a line without its end into batch->line. False at the end; `*size` above BATCH_LINE_BYTES: it was too long. */
static bool batch_read_line(struct batch *batch, FILE *in, size_t *size)
{
    int byte = getc_unlocked(in);
    if (byte == EOF) return false;
    for (*size = 0; byte != '\n' && byte != EOF; byte = getc_unlocked(in)) {
        if (*size < BATCH_LINE_BYTES) batch->line[*size] = (char)byte;
        if (*size <= BATCH_LINE_BYTES) (*size)++;
    }
    return true;
}

static bool batch_text(struct arena *arena, yyjson_val *object, const char *name, struct str *text,
                       struct action_fault *fault)
{
    yyjson_val *value = yyjson_obj_get(object, name);
    if (value == NULL) return true;
    *text = payload_text(arena, value);
    if (yyjson_is_str(value) && text->size <= LIMIT_QUERY_BYTES) return true;
    action_fail(fault, ACTION_INVALID,
                arena_format(arena, "\"%s\" must be a string of at most %d bytes.", name, LIMIT_QUERY_BYTES));
    return false;
}

static bool batch_read_request(const struct batch *batch, struct str line, struct elements_search_request *request,
                               struct action_fault *fault)
{
    struct arena *arena = batch->action->arena;
    struct str kind = STR("everything");
    yyjson_val *object = line.size <= BATCH_LINE_BYTES ? payload_read(arena, line) : NULL;
    *request = (struct elements_search_request){ .limit = batch->limit, .descriptions = true };
    request->keyword.at = NULL;
    if (!yyjson_is_obj(object)) {
        action_fail(fault, ACTION_INVALID, STR("The line is no JSON object, or it is longer than 64 KiB."));
        return false;
    }
    if (!batch_text(arena, object, "q", &request->keyword, fault) ||
        !batch_text(arena, object, "api", &request->api, fault) || !batch_text(arena, object, "kind", &kind, fault))
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
static struct str batch_search(const struct action *action, const struct elements_search_request *request,
                               struct action_fault *fault)
{
    struct engine_query query = action_elements_query(request);
    struct engine_answer answer;
    uint64_t started = clock_us();
    int error = engine_search(action->engine, action->scratch, &query, action->arena, &answer);
    uint64_t microseconds = clock_us() - started;
    if (error == ENGINE_OK) return batch_reply(action->arena, &answer, microseconds);
    if (error == ENGINE_ENOTFOUND)
        action_fail_no_api(action, request->api, fault);
    else
        action_fail_engine(fault, error, STR_EMPTY);
    return (struct str){ NULL, 0 };
}

static bool batch_answer(const struct batch *batch, struct str line, FILE *out)
{
    struct elements_search_request request;
    struct action_fault fault = { 0 };
    struct str reply = { NULL, 0 };
    if (batch_read_request(batch, line, &request, &fault)) reply = batch_search(batch->action, &request, &fault);
    bool is_good = reply.at != NULL;
    if (!is_good && fault.error == ACTION_OK) action_fail(&fault, ACTION_OVERLOADED, STR("Out of memory."));
    if (!is_good) reply = reply_error(batch->action->arena, &fault, NULL);
    if (reply.at == NULL) reply = STR("{\"error\":{\"code\":\"overloaded\",\"message\":\"Out of memory.\"}}");
    fwrite(reply.at, 1, reply.size, out);
    fputc('\n', out);
    arena_reset(batch->action->arena);
    return is_good;
}

int batch_run(const struct action *action, FILE *in, FILE *out, uint32_t limit)
{
    struct batch batch = { .action = action, .limit = limit, .line = malloc(BATCH_LINE_BYTES) };
    bool all_good = batch.line != NULL;
    size_t size;
    while (batch.line != NULL && batch_read_line(&batch, in, &size))
        all_good &= batch_answer(&batch, (struct str){ batch.line, size }, out);
    free(batch.line);
    return all_good && fflush(out) == 0 && !ferror(in) ? COMMAND_DONE : COMMAND_ERROR;
}
