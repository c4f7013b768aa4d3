#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

static bool element_example_read(struct argument *argument, sio_args args, const struct action *action,
                                 struct engine_payload_wish *wish, struct action_fault *fault)
{
    *wish = (struct engine_payload_wish){ .tier = ENGINE_USEFUL };
    return argument_read(argument, args, action->arena, fault) &&
           argument_main(argument, "id", LIMIT_ID_BYTES, &wish->id, fault) &&
           argument_text(argument, "format", LIMIT_QUERY_BYTES, &wish->format, fault) &&
           argument_tier(argument, &wish->tier, fault) &&
           argument_text(argument, "at", LIMIT_ID_BYTES, &wish->at, fault) &&
           argument_text(argument, "status", LIMIT_QUERY_BYTES, &wish->status, fault) &&
           argument_text(argument, "mediaType", LIMIT_QUERY_BYTES, &wish->media_type, fault);
}

struct str handle_element_example(const struct action *action, sio_args args)
{
    struct argument argument;
    struct engine_payload_wish wish;
    struct engine_payload payload;
    struct action_fault fault = { 0 };
    if (!element_example_read(&argument, args, action, &wish, &fault) ||
        action_element_example(action, &wish, &payload, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_example(action->arena, &payload, argument.sequence);
}
