#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

static bool element_code_read(struct argument *argument, sio_args args, const struct action *action,
                              struct engine_code_wish *wish, struct action_fault *fault)
{
    *wish = (struct engine_code_wish){ .language = STR_EMPTY, .server = STR_EMPTY, .at = STR_EMPTY };
    return argument_read(argument, args, action->arena, fault) &&
           argument_main(argument, "id", LIMIT_ID_BYTES, &wish->id, fault) &&
           argument_text(argument, "language", LIMIT_QUERY_BYTES, &wish->language, fault) &&
           argument_text(argument, "server", LIMIT_HTTP_URL_BYTES, &wish->server, fault) &&
           argument_tier(argument, &wish->tier, fault) &&
           argument_text(argument, "at", LIMIT_ID_BYTES, &wish->at, fault);
}

struct str handle_element_code(const struct action *action, sio_args args)
{
    struct argument argument;
    struct engine_code_wish wish;
    struct element_code_reply reply;
    struct action_fault fault = { 0 };
    if (!element_code_read(&argument, args, action, &wish, &fault) ||
        action_element_code(action, &wish, &reply, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_code(action->arena, &wish, &reply, argument.sequence);
}
