#include "describe.h"

#include "details_payload.h"

static const struct str tier_names[ENGINE_TIERS] = {
    [ENGINE_USEFUL] = STR_INIT("useful"), [ENGINE_MINIMAL] = STR_INIT("minimal"), [ENGINE_FULL] = STR_INIT("full")
};

struct str engine_tier_name(enum engine_tier tier)
{
    return tier_names[tier];
}

bool engine_tier_read(struct str name, enum engine_tier *tier)
{
    for (int i = 0; i < ENGINE_TIERS; i++) {
        if (!str_equal_nocase(name, tier_names[i])) continue;
        *tier = (enum engine_tier)i;
        return true;
    }
    return false;
}

int engine_example(const struct engine *self, struct engine_scratch *scratch, const struct engine_payload_wish *wish,
                   struct arena *arena, struct engine_payload *payload, struct engine_fault *fault)
{
    struct described at;
    int error = describe_find(self, scratch, wish->id, arena, &at, fault);
    if (error) return error;
    error = details_payload(&at.source, at.element, wish, arena, payload, fault);
    bool is_told = error == ENGINE_OK || error == ENGINE_EINVAL;
    return is_told ? error : describe_failed(&at, error, fault);
}
