#include "actions.h"

enum action_error action_api_load(const struct action *action, struct str id, struct api_load_reply *reply,
                                  struct action_fault *fault)
{
    const struct engine_view text = { .without = ENGINE_WITHOUT_PLACES | ENGINE_WITHOUT_EXAMPLES };
    struct engine_fault why = { 0 };
    struct engine_details details;
    int error = engine_api(action->engine, id, &reply->api);
    if (error == ENGINE_ENOTFOUND) return action_fail_no_api(action, id, fault);
    if (error != ENGINE_OK) return action_fail_engine(fault, error, STR_EMPTY);
    error = engine_details(action->engine, action->scratch, reply->api.id, &text, action->arena, &details, &why);
    if (error != ENGINE_OK) return action_fail_engine(fault, error, arena_copy(action->arena, str_from(why.text)));
    reply->html = details.self.html;
    return ACTION_OK;
}
