#include "actions.h"

void action_about(const struct action *action, struct about_reply *reply)
{
    *reply = (struct about_reply){ .site = { .version = STR_EMPTY, .page = STR_EMPTY } };
    if (action->site) reply->site = *action->site;
    engine_counts(action->engine, &reply->counts);
}
