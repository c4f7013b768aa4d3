#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

static bool api_list_read(struct argument *argument, sio_args args, const struct action *action,
                          struct api_list_request *request, struct action_fault *fault)
{
    *request = (struct api_list_request){ .keyword = STR_EMPTY, .limit = LIMIT_RESULTS };
    return argument_read(argument, args, action->arena, fault) &&
           argument_text(argument, "keyword", LIMIT_QUERY_BYTES, &request->keyword, fault) &&
           argument_number(argument, "limit", 1, LIMIT_RESULTS, &request->limit, fault) &&
           argument_number(argument, "offset", 0, LIMIT_OFFSET, &request->offset, fault);
}

struct str handle_api_list(const struct action *action, sio_args args)
{
    struct argument argument;
    struct api_list_request request;
    struct api_list_reply reply;
    struct action_fault fault = { 0 };
    if (!api_list_read(&argument, args, action, &request, &fault) ||
        action_api_list(action, &request, &reply, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_api_list(action->arena, &reply);
}
