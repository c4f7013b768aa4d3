#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

struct str handle_api_load(const struct action *action, sio_args args)
{
    struct argument argument;
    struct str id;
    struct api_load_reply reply;
    struct action_fault fault = { 0 };
    if (!argument_read(&argument, args, action->arena, &fault) ||
        !argument_main(&argument, "id", LIMIT_ID_BYTES, &id, &fault) ||
        action_api_load(action, id, &reply, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_api_load(action->arena, &reply, argument.sequence);
}
