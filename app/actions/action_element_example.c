#include "actions.h"

enum action_error action_element_example(const struct action *action, const struct engine_payload_wish *wish,
                                         struct engine_payload *payload, struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    int error = engine_example(action->engine, action->scratch, wish, action->arena, payload, &why);
    return error == ENGINE_OK ? ACTION_OK : action_fail_element(action, wish->id, error, &why, fault);
}
