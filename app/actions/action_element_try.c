#include "actions.h"

enum action_error action_element_try(const struct action *action, const struct engine_code_wish *wish,
                                     struct engine_call *call, struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    int error = engine_call(action->engine, action->scratch, wish, action->arena, call, &why);
    return error == ENGINE_OK ? ACTION_OK : action_fail_element(action, wish->id, error, &why, fault);
}
