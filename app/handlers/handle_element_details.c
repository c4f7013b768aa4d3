#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "prose.h"
#include "replies.h"

static bool element_details_read(struct argument *argument, sio_args args, const struct action *action,
                                 struct element_details_request *request, struct action_fault *fault)
{
    *request = (struct element_details_request){ .view = { .at = STR_EMPTY } };
    return argument_read(argument, args, action->arena, fault) &&
           argument_main(argument, "id", LIMIT_ID_BYTES, &request->id, fault) &&
           argument_text(argument, "at", LIMIT_ID_BYTES, &request->view.at, fault) &&
           argument_number(argument, "depth", 0, LIMIT_DETAILS_DEPTH, &request->view.depth, fault) &&
           argument_number(argument, "offset", 0, UINT32_MAX, &request->view.offset, fault) &&
           argument_bool(argument, "required", &request->view.required_only, fault);
}

typedef struct str element_details_reply(struct arena *arena, const struct engine_details *details,
                                         yyjson_val *sequence);

static struct str element_details_handle(const struct action *action, sio_args args, unsigned without,
                                         element_details_reply *reply)
{
    struct argument argument;
    struct element_details_request request;
    struct engine_details details;
    struct action_fault fault = { 0 };
    bool is_read = element_details_read(&argument, args, action, &request, &fault);
    request.view.without = without;
    if (!is_read || action_element_details(action, &request, &details, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply(action->arena, &details, argument.sequence);
}

struct str handle_element_details(const struct action *action, sio_args args)
{
    return element_details_handle(action, args, 0, reply_details);
}

static struct str element_details_markdown(struct arena *arena, const struct engine_details *details,
                                           yyjson_val *sequence)
{
    (void)sequence;
    return prose_details(arena, details);
}

struct str handle_element_markdown(const struct action *action, sio_args args)
{
    return element_details_handle(action, args, ENGINE_WITHOUT_HTML, element_details_markdown);
}
