#include "actions.h"

/* Where the API's id ends inside an element's id. An API's id may hold slashes ("amazonaws.com/ec2"), so the
 * kind's name between two slashes is the sign. */
static size_t details_api_end(struct str id)
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
static struct str details_last_word(struct str id)
{
    size_t start = id.size;
    while (start > 0 && strchr("/#.?", id.at[start - 1]) == NULL) start--;
    return str_cut(id, start, id.size);
}

enum action_error action_element_details(const struct action *action, struct str id, struct engine_details *details,
                                         struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    int error = engine_details(action->engine, action->scratch, id, action->arena, details, &why);
    if (error == ENGINE_OK) return ACTION_OK;
    action_fail_engine(fault, error, arena_copy(action->arena, str_from(why.text)));
    if (error == ENGINE_ENOTFOUND) {
        struct str api = str_cut(id, 0, details_api_end(id));
        struct engine_api known;
        if (engine_api(action->engine, api, &known) == ENGINE_OK)
            action_nearest(action, details_last_word(id), api, 0, fault);
        else
            action_nearest(action, api, STR_EMPTY, 1u << ENGINE_API, fault);
    }
    return fault->error;
}
