#include "actions.h"

enum action_error action_element_source(const struct action *action, const struct engine_source_query *query,
                                        struct engine_source *source, struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    int error = engine_source(action->engine, action->scratch, query, action->arena, source, &why);
    return error == ENGINE_OK ? ACTION_OK : action_fail_element(action, query->id, error, &why, fault);
}
