#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

enum { ELEMENTS_SEARCH_ROWS = 20 };

static bool elements_search_filter(const struct argument *argument, enum action_filter *filter,
                                   struct action_fault *fault)
{
    struct str name = { NULL, 0 };
    if (!argument_text(argument, "filter", LIMIT_QUERY_BYTES, &name, fault)) return false;
    if (name.at == NULL || action_filter_read(name, filter)) return true;
    action_fail(fault, ACTION_INVALID,
                STR("\"filter\" must be one of everything, object, property, endpoint, "
                    "parameter and api."));
    return false;
}

static bool elements_search_read(struct argument *argument, sio_args args, const struct action *action,
                                 struct elements_search_request *request, struct action_fault *fault)
{
    *request = (struct elements_search_request){ .limit = ELEMENTS_SEARCH_ROWS };
    return argument_read(argument, args, action->arena, fault) &&
           argument_main(argument, "keyword", LIMIT_QUERY_BYTES, &request->keyword, fault) &&
           argument_text(argument, "api", LIMIT_ID_BYTES, &request->api, fault) &&
           elements_search_filter(argument, &request->filter, fault) &&
           argument_number(argument, "limit", 1, LIMIT_RESULTS, &request->limit, fault) &&
           argument_number(argument, "offset", 0, LIMIT_OFFSET, &request->offset, fault);
}

struct str handle_elements_search(const struct action *action, sio_args args)
{
    struct argument argument;
    struct elements_search_request request;
    struct engine_answer answer;
    struct action_fault fault = { 0 };
    if (!elements_search_read(&argument, args, action, &request, &fault) ||
        action_elements_search(action, &request, &answer, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_elements(action->arena, &request, &answer, argument.sequence);
}
