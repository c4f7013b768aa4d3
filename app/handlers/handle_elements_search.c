#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

enum { ELEMENTS_SEARCH_ROWS = 20, ELEMENTS_SEARCH_EACH = 20 };

static bool elements_search_filter(const struct argument *argument, enum action_filter *filter,
                                   struct action_fault *fault)
{
    struct str name = { NULL, 0 };
    if (!argument_text(argument, "filter", LIMIT_QUERY_BYTES, &name, fault)) return false;
    if (name.at == NULL || action_filter_read(name, filter)) return true;
    action_fail(fault, ACTION_INVALID,
                STR("\"filter\" must be one of everything, object, property, endpoint, "
                    "parameter, api and description."));
    return false;
}

/* true: elements that have the flag; false: those that have not. */
static bool elements_search_flag(const struct argument *argument, const char *name, enum engine_flag flag,
                                 struct engine_filter *elements, struct action_fault *fault)
{
    bool value;
    if (yyjson_obj_get(argument->object, name) == NULL) return true;
    if (!argument_bool(argument, name, &value, fault)) return false;
    *(value ? &elements->flags : &elements->no_flags) |= flag;
    return true;
}

static bool elements_search_elements(const struct argument *argument, struct engine_filter *elements,
                                     struct action_fault *fault)
{
    return argument_text(argument, "method", LIMIT_QUERY_BYTES, &elements->method, fault) &&
           argument_text(argument, "in", LIMIT_QUERY_BYTES, &elements->in, fault) &&
           argument_text(argument, "type", LIMIT_QUERY_BYTES, &elements->type, fault) &&
           argument_text(argument, "tag", LIMIT_QUERY_BYTES, &elements->tag, fault) &&
           elements_search_flag(argument, "required", ENGINE_REQUIRED, elements, fault) &&
           elements_search_flag(argument, "deprecated", ENGINE_DEPRECATED, elements, fault);
}

static bool elements_search_read(struct argument *argument, sio_args args, const struct action *action,
                                 struct elements_search_request *request, struct action_fault *fault)
{
    *request = (struct elements_search_request){ .limit = ELEMENTS_SEARCH_ROWS };
    return argument_read(argument, args, action->arena, fault) &&
           argument_main(argument, "keyword", LIMIT_QUERY_BYTES, &request->keyword, fault) &&
           argument_text(argument, "api", LIMIT_ID_BYTES, &request->api, fault) &&
           elements_search_filter(argument, &request->filter, fault) &&
           elements_search_elements(argument, &request->elements, fault) &&
           argument_bool(argument, "pattern", &request->is_pattern, fault) &&
           argument_bool(argument, "descriptions", &request->descriptions, fault) &&
           argument_bool(argument, "explain", &request->explain, fault) &&
           argument_text(argument, "cursor", LIMIT_QUERY_BYTES, &request->cursor, fault) &&
           argument_number(argument, "limit", 1, LIMIT_RESULTS, &request->limit, fault) &&
           argument_number(argument, "each", 0, ELEMENTS_SEARCH_EACH, &request->each, fault) &&
           argument_number(argument, "offset", 0, LIMIT_OFFSET, &request->offset, fault);
}

struct str handle_elements_search(const struct action *action, sio_args args)
{
    struct argument argument;
    struct elements_search_request request;
    struct engine_answer answer;
    struct action_fault fault = { 0 };
    if (!elements_search_read(&argument, args, action, &request, &fault) ||
        action_elements_search(action, &request, &answer, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_elements(action->arena, &request, &answer, argument.sequence);
}
