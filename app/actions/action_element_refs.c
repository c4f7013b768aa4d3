#include "actions.h"

enum action_error action_element_refs(const struct action *action, const struct engine_refs_query *query,
                                      struct engine_refs *refs, struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    int error = engine_refs(action->engine, action->scratch, query, action->arena, refs, &why);
    return error == ENGINE_OK ? ACTION_OK : action_fail_element(action, query->id, error, &why, fault);
}
