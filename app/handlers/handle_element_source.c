#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

static bool element_source_read(struct argument *argument, sio_args args, const struct action *action,
                                struct engine_source_query *query, struct action_fault *fault)
{
    uint32_t from = UINT32_MAX;
    *query = (struct engine_source_query){ .from = ENGINE_SOURCE_START };
    bool is_good = argument_read(argument, args, action->arena, fault) &&
                   argument_main(argument, "id", LIMIT_ID_BYTES, &query->id, fault) &&
                   argument_number(argument, "from", 0, LIMIT_SPEC_BYTES, &from, fault) &&
                   argument_number(argument, "limit", 1, LIMIT_SOURCE_BYTES, &query->limit, fault);
    if (from != UINT32_MAX) query->from = from;
    return is_good;
}

struct str handle_element_source(const struct action *action, sio_args args)
{
    struct argument argument;
    struct engine_source_query query;
    struct engine_source source;
    struct action_fault fault = { 0 };
    if (!element_source_read(&argument, args, action, &query, &fault) ||
        action_element_source(action, &query, &source, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_source(action->arena, &source, argument.sequence);
}
