#include "actions.h"

struct str action_health(void)
{
    return STR("healthy");
}
