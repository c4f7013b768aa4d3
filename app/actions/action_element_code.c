#include "actions.h"

/* More than there are. */
enum { CODE_LANGUAGES_MAX = 64 };

static const struct engine_language *code_languages(struct arena *arena, size_t *count)
{
    struct engine_language *languages = arena_calloc(arena, CODE_LANGUAGES_MAX, sizeof *languages);
    *count = 0;
    while (languages && *count < CODE_LANGUAGES_MAX && engine_language(*count, &languages[*count])) ++*count;
    return languages;
}

enum action_error action_element_code(const struct action *action, const struct engine_code_wish *wish,
                                      struct element_code_reply *reply, struct action_fault *fault)
{
    struct engine_fault why = { 0 };
    int error = engine_code(action->engine, action->scratch, wish, action->arena, &reply->example, &why);
    if (error != ENGINE_OK) return action_fail_element(action, wish->id, error, &why, fault);
    reply->languages = code_languages(action->arena, &reply->language_count);
    return ACTION_OK;
}
