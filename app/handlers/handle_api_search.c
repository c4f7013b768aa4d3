#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

enum { API_SEARCH_ROWS = 20 };

static bool api_search_read(struct argument *argument, sio_args args, const struct action *action,
                            struct api_search_request *request, struct action_fault *fault)
{
    *request = (struct api_search_request){ .limit = API_SEARCH_ROWS };
    return argument_read(argument, args, action->arena, fault) &&
           argument_main(argument, "keyword", LIMIT_QUERY_BYTES, &request->keyword, fault) &&
           argument_bool(argument, "brief", &request->is_brief, fault) &&
           argument_number(argument, "limit", 1, LIMIT_RESULTS, &request->limit, fault);
}

struct str handle_api_search(const struct action *action, sio_args args)
{
    struct argument argument;
    struct api_search_request request;
    struct api_search_reply reply;
    struct action_fault fault = { 0 };
    if (!api_search_read(&argument, args, action, &request, &fault) ||
        action_api_search(action, &request, &reply, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_api_search(action->arena, &request, &reply);
}
