#include "actions.h"

#include "limits.h"

enum { RESOLVE_HITS = 10, RESOLVE_DOTS = 8 };

struct resolve {
    const struct action *action;
    struct resolved *resolved;
};

/* ---- Whole ids --------------------------------------------------------------------------------------------------- */

static bool resolve_is_there(const struct resolve *resolve, struct str id)
{
    const struct action *action = resolve->action;
    const struct engine_view names = { .without = ENGINE_WITHOUT_MODEL };
    struct engine_details details;
    struct engine_fault fault;
    if (id.size == 0 || id.size > LIMIT_ID_BYTES) return false;
    return engine_details(action->engine, action->scratch, id, &names, action->arena, &details, &fault) == ENGINE_OK;
}

/* An id, or one whose '#' leads further than the object's own properties: through references. */
static bool resolve_id(const struct resolve *resolve, struct str id)
{
    size_t hash = str_find_byte(id, '#');
    resolve->resolved->id = id;
    resolve->resolved->at = STR_EMPTY;
    if (resolve_is_there(resolve, id)) return true;
    if (hash == STR_NONE || hash + 1 == id.size || !resolve_is_there(resolve, str_cut(id, 0, hash))) return false;
    resolve->resolved->id = str_cut(id, 0, hash);
    resolve->resolved->at = str_cut(id, hash + 1, id.size);
    return true;
}

/* ---- The API in front -------------------------------------------------------------------------------------------- */

/* The id of the API that is called so: "k8s" → "kubernetes.io"; empty when none is. Search knows the ways to say it. */
static struct str resolve_api(const struct resolve *resolve, struct str name)
{
    const struct action *action = resolve->action;
    struct engine_query query = { .text = arena_format(action->arena, "%.*s:x", STR_FORMAT(name)), .limit = 1 };
    struct engine_answer answer;
    struct engine_api api;
    if (name.size == 0 || name.size > LIMIT_QUERY_BYTES / 2) return STR_EMPTY;
    if (engine_api(action->engine, name, &api) == ENGINE_OK) return api.id;
    if (str_find_byte(name, ' ') != STR_NONE) return STR_EMPTY;
    if (engine_search(action->engine, action->scratch, &query, action->arena, &answer) != ENGINE_OK) return STR_EMPTY;
    return answer.api;
}

/* Splits off an API: the longest that ends at a slash, for their ids may hold some; or what stands before the first
 * colon or slash. */
static struct str resolve_split(const struct resolve *resolve, struct str *rest)
{
    struct str text = *rest, api;
    size_t colon = str_find_byte(text, ':'), slash = str_find_byte(text, '/');
    for (size_t end = str_find_last_byte(text, '/'), tries = 0; end != STR_NONE && tries < RESOLVE_DOTS; tries++) {
        struct engine_api known;
        if (engine_api(resolve->action->engine, str_cut(text, 0, end), &known) == ENGINE_OK) {
            *rest = str_cut(text, end + 1, text.size);
            return known.id;
        }
        end = str_find_last_byte(str_cut(text, 0, end), '/');
    }
    size_t end = colon < slash ? colon : slash;
    if (end == STR_NONE || (api = resolve_api(resolve, str_cut(text, 0, end))).size == 0) return STR_EMPTY;
    *rest = str_cut(text, end + 1, text.size);
    return api;
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

/* An endpoint's method and path, or a name that is to be found exactly. */
static struct str resolve_query(const struct resolve *resolve, struct str name)
{
    bool is_path = str_find(name, STR(" /")) != STR_NONE || str_starts(name, STR("/"));
    if (is_path || str_find_byte(name, '"') != STR_NONE) return name;
    return arena_format(resolve->action->arena, "\"%.*s\"", STR_FORMAT(name));
}

/* One thing in one API, or versions of one, of which the best goes first. */
static bool resolve_is_one(const struct engine_hit *hit)
{
    return hit->count == 1 || (hit->api_count == 1 && hit->version_count == hit->count);
}

static bool resolve_is_exact(const struct engine_hit *hit, struct str name)
{
    size_t end = hit->name.size, start = end > name.size ? end - name.size : 0;
    if (hit->kind == ENGINE_ENDPOINT) return str_ends(name, hit->name);
    bool is_part = start == 0 || hit->name.at[start - 1] == '.' || hit->name.at[start - 1] == '/';
    return is_part && str_equal(str_cut(hit->name, start, end), name);
}

/* The only object of this name; else the only thing. */
static const struct engine_hit *resolve_choose(const struct engine_answer *answer, struct str name)
{
    const struct engine_hit *object = NULL, *any = NULL;
    size_t objects = 0, all = 0;
    for (size_t i = 0; i < answer->hit_count; i++) {
        const struct engine_hit *hit = &answer->hits[i];
        if (!resolve_is_exact(hit, name)) continue;
        if (all++ == 0) any = hit;
        if (hit->kind == ENGINE_OBJECT && objects++ == 0) object = hit;
    }
    if (objects == 1 && resolve_is_one(object)) return object;
    return objects == 0 && all == 1 && resolve_is_one(any) ? any : NULL;
}

static bool resolve_name(const struct resolve *resolve, struct str api, struct str name)
{
    const struct action *action = resolve->action;
    struct engine_query query = { .text = resolve_query(resolve, name), .api = api, .limit = RESOLVE_HITS };
    struct engine_answer answer;
    if (name.size == 0 || query.text.size > LIMIT_QUERY_BYTES) return false;
    if (engine_search(action->engine, action->scratch, &query, action->arena, &answer) != ENGINE_OK) return false;
    if (answer.suggestion.size > 0) return false; /* found by correcting it: nothing is called so */
    const struct engine_hit *chosen = resolve_choose(&answer, name);
    if (chosen == NULL && resolve->resolved->hit_count == 0) {
        resolve->resolved->hits = answer.hits;
        resolve->resolved->hit_count = answer.hit_count;
        resolve->resolved->total = answer.total;
    }
    if (chosen == NULL) return false;
    resolve->resolved->id = chosen->id;
    resolve->resolved->at = STR_EMPTY;
    return true;
}

/* "Deployment.spec.template": the longest beginning that is a name, then the way into it. */
static bool resolve_way(const struct resolve *resolve, struct str api, struct str text)
{
    size_t end = str_find_last_byte(text, '.');
    for (unsigned tries = 0; end != STR_NONE && tries < RESOLVE_DOTS; tries++) {
        if (resolve_name(resolve, api, str_cut(text, 0, end))) {
            resolve->resolved->at = str_cut(text, end + 1, text.size);
            return true;
        }
        end = str_find_last_byte(str_cut(text, 0, end), '.');
    }
    return false;
}

bool action_resolve(const struct action *action, struct str text, struct resolved *resolved)
{
    const struct resolve resolve = { action, resolved };
    struct str rest = text;
    *resolved = (struct resolved){ .id = STR_EMPTY, .at = STR_EMPTY };
    if (text.size > LIMIT_ID_BYTES) return false;
    if (resolve_id(&resolve, text)) return true;
    struct str api = resolve_split(&resolve, &rest);
    struct str whole = arena_format(action->arena, "%.*s/%.*s", STR_FORMAT(api), STR_FORMAT(rest));
    if (api.size > 0 && resolve_id(&resolve, rest.size > 0 ? whole : api)) return true;
    if (resolve_name(&resolve, api, rest) || resolve_way(&resolve, api, rest)) return true;
    resolved->id = STR_EMPTY;
    return false;
}
