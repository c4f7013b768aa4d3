#include "handle.h"

#include "replies.h"

struct str handle_about(const struct action *action, sio_args args)
{
    struct about_reply reply;
    (void)args; /* any argument, as of system:healthcheck */
    action_about(action, &reply);
    return reply_about(action->arena, &reply);
}
