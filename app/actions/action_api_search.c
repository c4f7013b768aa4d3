#include "actions.h"

enum action_error action_api_search(const struct action *action, const struct api_search_request *request,
                                    struct api_search_reply *reply, struct action_fault *fault)
{
    *reply = (struct api_search_reply){ 0 };
    /* The empty pattern would match everything: to the one who has typed nothing that is no answer. */
    if (request->keyword.size == 0) return ACTION_OK;
    int error = engine_search_apis(action->engine, request->keyword, request->limit, action->arena, &reply->apis,
                                   &reply->count);
    return error == ENGINE_OK ? ACTION_OK : action_fail_engine(fault, error, STR_EMPTY);
}
