#include "actions.h"

#include <string.h>

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
    [FILTER_DESCRIPTION] = { STR_INIT("description"), 0 },
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
    if (filters[request->filter].kinds || request->api.size == 0) return filters[request->filter].kinds;
    return KIND(ENDPOINT) | KIND(OBJECT) | KIND(PROPERTY) | KIND(PARAMETER);
}

static enum engine_descriptions action_elements_descriptions(const struct elements_search_request *request)
{
    if (request->filter == FILTER_DESCRIPTION) return ENGINE_DESCRIPTIONS_ALONE;
    bool is_wanted = request->descriptions || request->filter == FILTER_EVERYTHING;
    return is_wanted ? ENGINE_DESCRIPTIONS_TOO : ENGINE_NO_DESCRIPTIONS;
}

struct engine_query action_elements_query(const struct elements_search_request *request)
{
    return (struct engine_query){
        .text = request->keyword,
        .api = request->api,
        .kinds = action_elements_kinds(request),
        .filter = request->elements,
        .is_pattern = request->is_pattern,
        .descriptions = action_elements_descriptions(request),
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

/* ---- Of each kind ------------------------------------------------------------------------------------------------ */

/* A parameter is listed with the properties. */
static const enum action_filter each_of[] = { FILTER_OBJECT, FILTER_PROPERTY, FILTER_ENDPOINT };

static size_t each_count(const struct engine_answer *answer, unsigned kinds)
{
    size_t count = 0;
    for (size_t i = 0; i < answer->hit_count; i++) count += (kinds & (1u << answer->hits[i].kind)) != 0;
    return count;
}

static uint64_t each_total(const struct engine_answer *answer, unsigned kinds)
{
    uint64_t total = 0;
    for (unsigned kind = 0; kind < ENGINE_KINDS; kind++)
        if (kinds & answer->kinds & (1u << kind)) total += answer->totals[kind];
    return total;
}

static int each_append(const struct action *action, struct engine_answer *answer, const struct engine_hit *hits,
                       size_t count)
{
    struct engine_hit *all = arena_calloc(action->arena, answer->hit_count + count, sizeof *all);
    if (all == NULL) return ENGINE_ENOMEM;
    memcpy(all, answer->hits, answer->hit_count * sizeof *all);
    memcpy(all + answer->hit_count, hits, count * sizeof *all);
    answer->hits = all;
    answer->hit_count += count;
    return ENGINE_OK;
}

/* Those of one kind that the answer has are the first of what a search for that kind alone finds. */
static int each_search(const struct action *action, const struct elements_search_request *request, unsigned kinds,
                       struct engine_answer *answer)
{
    struct engine_query query = action_elements_query(request);
    struct engine_answer more;
    size_t known = each_count(answer, kinds);
    uint64_t total = each_total(answer, kinds);
    size_t wanted = total < request->each ? (size_t)total : request->each;
    if (known >= wanted) return ENGINE_OK;
    query.kinds = kinds;
    query.limit = request->each;
    query.offset = 0;
    query.cursor = STR_EMPTY;
    int error = engine_search(action->engine, action->scratch, &query, action->arena, &more);
    if (error != ENGINE_OK || more.hit_count <= known) return error;
    return each_append(action, answer, more.hits + known, more.hit_count - known);
}

enum action_error action_elements_search(const struct action *action, const struct elements_search_request *request,
                                         struct engine_answer *answer, struct action_fault *fault)
{
    struct engine_query query = action_elements_query(request);
    int error = engine_search(action->engine, action->scratch, &query, action->arena, answer);
    for (size_t i = 0; error == ENGINE_OK && i < sizeof each_of / sizeof *each_of; i++)
        error = each_search(action, request, filters[each_of[i]].kinds, answer);
    if (error == ENGINE_ENOTFOUND) return action_fail_no_api(action, request->api, fault);
    return error == ENGINE_OK ? ACTION_OK : action_fail_engine(fault, error, action_elements_message(error));
}
