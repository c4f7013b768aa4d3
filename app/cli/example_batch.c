#include "example_batch.h"

#include "batch_lines.h"
#include "limits.h"
#include "replies.h"

/* Fills the wish with what the question says. */
static bool example_batch_read(struct arena *arena, yyjson_val *question, struct engine_payload_wish *wish,
                               struct action_fault *fault)
{
    struct str tier = engine_tier_name(wish->tier);
    if (!batch_lines_text(arena, question, "id", LIMIT_ID_BYTES, &wish->id, fault) ||
        !batch_lines_text(arena, question, "format", LIMIT_QUERY_BYTES, &wish->format, fault) ||
        !batch_lines_text(arena, question, "tier", LIMIT_QUERY_BYTES, &tier, fault) ||
        !batch_lines_text(arena, question, "at", LIMIT_ID_BYTES, &wish->at, fault) ||
        !batch_lines_text(arena, question, "status", LIMIT_QUERY_BYTES, &wish->status, fault) ||
        !batch_lines_text(arena, question, "mediaType", LIMIT_QUERY_BYTES, &wish->media_type, fault))
        return false;
    if (wish->id.size && engine_tier_read(tier, &wish->tier)) return true;
    action_fail(fault, ACTION_INVALID,
                wish->id.size ? STR("\"tier\" is useful, minimal or full.") : STR("\"id\" is missing."));
    return false;
}

static struct str example_batch_answer(const struct action *action, yyjson_val *question, const void *context,
                                       struct action_fault *fault)
{
    struct engine_payload_wish wish = *(const struct engine_payload_wish *)context;
    struct engine_payload payload;
    if (!example_batch_read(action->arena, question, &wish, fault) ||
        action_element_example(action, &wish, &payload, fault) != ACTION_OK)
        return (struct str){ NULL, 0 };
    return reply_example(action->arena, &payload, NULL);
}

int example_batch_run(const struct action *action, const struct engine_payload_wish *wish, FILE *in, FILE *out)
{
    return batch_lines_run(action, in, out, example_batch_answer, wish);
}
