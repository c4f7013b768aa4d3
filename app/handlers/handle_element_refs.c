#include "handle.h"

#include "argument.h"
#include "limits.h"
#include "replies.h"

static bool element_refs_use(yyjson_val *name, unsigned *uses)
{
    enum engine_use use;
    if (!yyjson_is_str(name)) return false;
    if (!engine_use_read((struct str){ yyjson_get_str(name), yyjson_get_len(name) }, &use)) return false;
    *uses |= 1U << use;
    return true;
}

/* "uses": one name, or an array of some. */
static bool element_refs_uses(const struct argument *argument, unsigned *uses, struct action_fault *fault)
{
    yyjson_val *value = yyjson_obj_get(argument->object, "uses"), *name;
    bool is_good = value == NULL || yyjson_is_arr(value) || element_refs_use(value, uses);
    size_t i, count;
    yyjson_arr_foreach (value, i, count, name) is_good = is_good && element_refs_use(name, uses);
    if (!is_good)
        action_fail(fault, ACTION_INVALID,
                    STR("\"uses\" must be an array of some of property, object, endpoint, root, reach and name."));
    return is_good;
}

static bool element_refs_read(struct argument *argument, sio_args args, const struct action *action,
                              struct engine_refs_query *query, struct action_fault *fault)
{
    *query = (struct engine_refs_query){ .limit = 0 };
    return argument_read(argument, args, action->arena, fault) &&
           argument_main(argument, "id", LIMIT_ID_BYTES, &query->id, fault) &&
           element_refs_uses(argument, &query->uses, fault) &&
           argument_number(argument, "limit", 1, LIMIT_RESULTS, &query->limit, fault) &&
           argument_number(argument, "offset", 0, LIMIT_OFFSET, &query->offset, fault);
}

struct str handle_element_refs(const struct action *action, sio_args args)
{
    struct argument argument;
    struct engine_refs_query query;
    struct engine_refs refs;
    struct action_fault fault = { 0 };
    if (!element_refs_read(&argument, args, action, &query, &fault) ||
        action_element_refs(action, &query, &refs, &fault) != ACTION_OK)
        return reply_error(action->arena, &fault, argument.sequence);
    return reply_refs(action->arena, &refs, argument.sequence);
}
