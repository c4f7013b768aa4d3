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

/* Where the API's id ends inside an element's id. An API's id may hold slashes ("amazonaws.com/ec2"), so the
 * kind's name between two slashes is the sign. */
static size_t action_api_end(struct str id)
{
    for (size_t at = 0; at < id.size; at++) {
        if (id.at[at] != '/') continue;
        struct str rest = str_cut(id, at + 1, id.size), word;
        enum engine_kind kind;
        if (str_split(&rest, '/', &word) && rest.at != NULL && engine_kind_read(word, &kind)) return at;
    }
    return id.size;
}

/* The part of an id that a person would search for: "image" of "k/object/Container#env.image". */
static struct str action_last_word(struct str id)
{
    size_t start = id.size;
    while (start > 0 && strchr("/#.?", id.at[start - 1]) == NULL) start--;
    return str_cut(id, start, id.size);
}

enum action_error action_fail_element(const struct action *action, struct str id, int engine_error,
                                      const struct engine_fault *why, struct action_fault *fault)
{
    action_fail_engine(fault, engine_error, arena_copy(action->arena, str_from(why->text)));
    if (engine_error != ENGINE_ENOTFOUND) return fault->error;
    struct str api = str_cut(id, 0, action_api_end(id));
    struct engine_api known;
    if (engine_api(action->engine, api, &known) == ENGINE_OK)
        action_nearest(action, action_last_word(id), api, 0, fault);
    else
        action_nearest(action, api, STR_EMPTY, 1u << ENGINE_API, fault);
    return fault->error;
}
