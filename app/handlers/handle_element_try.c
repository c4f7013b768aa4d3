#include "handle.h"

#include "code_wish.h"
#include "replies.h"

/* Where nothing is sent; else the event is handed over to trial.c. */
struct str handle_element_try(const struct action *action, sio_args args)
{
    struct argument argument;
    struct engine_code_wish wish;
    struct action_fault fault = { 0 };
    if (argument_read(&argument, args, action->arena, &fault) && code_wish_read(&argument, &wish, &fault))
        action_fail(&fault, ACTION_REFUSED,
                    STR("This server sends no requests. It would when started with --allow-try."));
    return reply_error(action->arena, &fault, argument.sequence);
}
