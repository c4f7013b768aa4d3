#include "actions.h"

enum action_error action_element_details(const struct action *action, struct str id, struct engine_details *details,
                                         struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    int error = engine_details(action->engine, action->scratch, id, action->arena, details, &why);
    return error == ENGINE_OK ? ACTION_OK : action_fail_element(action, id, error, &why, fault);
}
