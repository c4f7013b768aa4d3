#include "actions.h"

/* Whether it is only the way inside that leads nowhere: that the message tells. */
static bool details_is_known(const struct action *action, struct str id)
{
    const struct engine_view names = { .without = ENGINE_WITHOUT_MODEL };
    struct engine_details details;
    struct engine_fault why;
    return engine_details(action->engine, action->scratch, id, &names, action->arena, &details, &why) == ENGINE_OK;
}

enum action_error action_element_details(const struct action *action, const struct element_details_request *request,
                                         struct engine_details *details, struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    struct str id = request->id;
    int error = engine_details(action->engine, action->scratch, id, &request->view, action->arena, details, &why);
    if (error == ENGINE_OK) return ACTION_OK;
    if (request->view.at.size == 0 || !details_is_known(action, id))
        return action_fail_element(action, id, error, &why, fault);
    return action_fail_engine(fault, error, arena_copy(action->arena, str_from(why.text)));
}
