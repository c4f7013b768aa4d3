#include "handle.h"

#include "code_wish.h"
#include "replies.h"

static bool element_code_read(struct argument *argument, sio_args args, const struct action *action,
                              struct engine_code_wish *wish, struct action_fault *fault)
{
    return argument_read(argument, args, action->arena, fault) && code_wish_read(argument, wish, fault);
}

struct str handle_element_code(const struct action *action, sio_args args)
{
    struct argument argument;
    struct engine_code_wish wish;
    struct element_code_reply reply;
    struct action_fault fault = { 0 };
    if (!element_code_read(&argument, args, action, &wish, &fault) ||
        action_element_code(action, &wish, &reply, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_code(action->arena, &wish, &reply, argument.sequence);
}
