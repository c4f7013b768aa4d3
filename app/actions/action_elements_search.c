#include "actions.h"

#define KIND(name) (1u << ENGINE_##name)

static const struct {
    struct str name;
    unsigned kinds;
} filters[FILTERS] = {
    [FILTER_EVERYTHING] = { STR_INIT("everything"), 0 },
    [FILTER_OBJECT] = { STR_INIT("object"), KIND(OBJECT) },
    [FILTER_PROPERTY] = { STR_INIT("property"), KIND(PROPERTY) | KIND(PARAMETER) },
    [FILTER_ENDPOINT] = { STR_INIT("endpoint"), KIND(ENDPOINT) },
    [FILTER_PARAMETER] = { STR_INIT("parameter"), KIND(PARAMETER) },
    [FILTER_API] = { STR_INIT("api"), KIND(API) },
};

struct str action_filter_name(enum action_filter filter)
{
    return filters[filter].name;
}

bool action_filter_read(struct str name, enum action_filter *filter)
{
    enum engine_kind kind;
    if (engine_kind_read(name, &kind)) name = engine_kind_name(kind);
    for (int i = 0; i < FILTERS; i++) {
        if (!str_equal(name, filters[i].name)) continue;
        *filter = (enum action_filter)i;
        return true;
    }
    return false;
}

/* Inside one API a row for the API itself would only be in the way; it is shown where it is asked for. */
static unsigned action_elements_kinds(const struct elements_search_request *request)
{
    if (request->filter != FILTER_EVERYTHING || request->api.size == 0) return filters[request->filter].kinds;
    return KIND(ENDPOINT) | KIND(OBJECT) | KIND(PROPERTY) | KIND(PARAMETER);
}

struct engine_query action_elements_query(const struct elements_search_request *request)
{
    return (struct engine_query){
        .text = request->keyword,
        .api = request->api,
        .kinds = action_elements_kinds(request),
        .filter = request->elements,
        .is_pattern = request->is_pattern,
        .descriptions = request->descriptions || request->filter == FILTER_EVERYTHING,
        .limit = request->limit,
        .offset = request->offset,
        .cursor = request->cursor,
        .explain = request->explain,
    };
}

/* A sentence where the engine's own words are too few. */
static struct str action_elements_message(int error)
{
    switch (error) {
    case ENGINE_EINVAL:
        return STR("There is no such \"method\" or \"in\", or the \"cursor\" comes from another question. Ask for the "
                   "first page without a cursor.");
    case ENGINE_EOUTDATED:
        return STR("The catalogue has changed since this \"cursor\" was given. Ask for the first page again.");
    default: return STR_EMPTY;
    }
}

enum action_error action_elements_search(const struct action *action, const struct elements_search_request *request,
                                         struct engine_answer *answer, struct action_fault *fault)
{
    struct engine_query query = action_elements_query(request);
    int error = engine_search(action->engine, action->scratch, &query, action->arena, answer);
    if (error == ENGINE_ENOTFOUND) return action_fail_no_api(action, request->api, fault);
    return error == ENGINE_OK ? ACTION_OK : action_fail_engine(fault, error, action_elements_message(error));
}
