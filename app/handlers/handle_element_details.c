#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

struct str handle_element_details(const struct action *action, sio_args args)
{
    struct argument argument;
    struct str id;
    struct engine_details details;
    struct action_fault fault = { 0 };
    if (!argument_read(&argument, args, action->arena, &fault) ||
        !argument_main(&argument, "id", LIMIT_ID_BYTES, &id, &fault) ||
        action_element_details(action, id, &details, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_details(action->arena, &details, argument.sequence);
}
