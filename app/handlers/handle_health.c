#include "handle.h"

#include "replies.h"

#include <stdio.h>

struct str handle_health(const struct action *action, sio_args args)
{
    (void)args; /* any argument, as in the original */
    struct payload payload = payload_begin(action->arena);
    return payload_end(&payload, payload_string(&payload, action_health()));
}

void handle_health_request(sio_request *request, void *context)
{
    (void)context;
    char body[64];
    int size = snprintf(body, sizeof body, "{\"status\":\"%.*s\"}\n", STR_FORMAT(action_health()));
    sio_reply_header(request, "Cache-Control", "no-store");
    sio_reply(request, 200, "application/json", body, (size_t)size);
}
