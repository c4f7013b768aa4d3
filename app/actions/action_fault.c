#include "actions.h"

#include "utf8.h"

enum { NEAREST_MAX = 3, NEAREST_BYTES_MIN = 3 };

struct str action_error_code(enum action_error error)
{
    switch (error) {
#define ACTION_X(name, number, code)                                                                                   \
    case name: return STR(code);
        ACTION_ERRORS(ACTION_X)
#undef ACTION_X
    case ACTION_OK: break;
    }
    return STR_EMPTY;
}

enum action_error action_fail(struct action_fault *fault, enum action_error error, struct str message)
{
    *fault = (struct action_fault){ .error = error, .message = message };
    return error;
}

static enum action_error action_error_of_engine(int engine_error)
{
    switch (engine_error) {
    case ENGINE_ENOTFOUND: return ACTION_NOT_FOUND;
    case ENGINE_ENOMEM: return ACTION_OVERLOADED;
    case ENGINE_EINVAL: return ACTION_INVALID;
    case ENGINE_EOUTDATED: return ACTION_OUTDATED;
    default: return ACTION_INTERNAL;
    }
}

enum action_error action_fail_engine(struct action_fault *fault, int engine_error, struct str message)
{
    if (message.size == 0) message = str_from(engine_strerror(engine_error));
    return action_fail(fault, action_error_of_engine(engine_error), message);
}

/* Searches for the word, then for ever shorter beginnings of it: what is mistyped is rarely so from the start. */
static bool action_search_near(const struct action *action, struct engine_query *query, struct engine_answer *answer)
{
    while (query->text.size >= NEAREST_BYTES_MIN) {
        if (engine_search(action->engine, action->scratch, query, action->arena, answer) != ENGINE_OK) return false;
        if (answer->hit_count > 0) return true;
        query->text = utf8_cut(query->text, query->text.size - (query->text.size + 3) / 4);
    }
    return false;
}

void action_nearest(const struct action *action, struct str text, struct str api, unsigned kinds,
                    struct action_fault *fault)
{
    struct engine_query query = { .text = text, .api = api, .kinds = kinds, .limit = NEAREST_MAX };
    struct engine_answer answer;
    if (!action_search_near(action, &query, &answer)) return;
    struct str *ids = arena_calloc(action->arena, answer.hit_count, sizeof *ids);
    if (ids == NULL) return;
    for (size_t i = 0; i < answer.hit_count; i++) ids[i] = answer.hits[i].id;
    fault->nearest = ids;
    fault->nearest_count = answer.hit_count;
}

enum action_error action_fail_no_api(const struct action *action, struct str id, struct action_fault *fault)
{
    struct str message = arena_format(action->arena,
                                      "There is no API \"%.*s\" in the catalogue. "
                                      "Search for it, or import its specification.",
                                      STR_FORMAT(id));
    action_fail(fault, ACTION_NOT_FOUND, message);
    action_nearest(action, id, STR_EMPTY, 1u << ENGINE_API, fault);
    return ACTION_NOT_FOUND;
}
