#include "actions.h"

enum action_error action_api_list(const struct action *action, const struct api_list_request *request,
                                  struct api_list_reply *reply, struct action_fault *fault)
{
    *reply = (struct api_list_reply){ 0 };
    int error;
    if (request->keyword.size > 0) {
        error = engine_search_apis(action->engine, request->keyword, request->limit, action->arena, &reply->apis,
                                   &reply->count);
        reply->total = reply->count;
    } else {
        error = engine_list_apis(action->engine, request->offset, request->limit, action->arena, &reply->apis,
                                 &reply->count, &reply->total);
    }
    return error == ENGINE_OK ? ACTION_OK : action_fail_engine(fault, error, STR_EMPTY);
}
