#include "code_wish.h"

#include "limits.h"
#include "payload.h"

/* {"PET_ID": "5", "query.limit": "10"} */
static bool code_wish_values(const struct argument *argument, struct engine_code_wish *wish, struct action_fault *fault)
{
    yyjson_val *values = yyjson_obj_get(argument->object, "values"), *name, *value;
    size_t at, count, bytes = 0, most = yyjson_obj_size(values);
    struct engine_given *given =
        arena_calloc(argument->arena, most < LIMIT_CODE_VALUES ? most : LIMIT_CODE_VALUES, sizeof *given);
    bool is_bad = (values && !yyjson_is_obj(values)) || most > LIMIT_CODE_VALUES || given == NULL;
    yyjson_obj_foreach (values, at, count, name, value) {
        if (is_bad || !yyjson_is_str(value)) break;
        given[wish->given_count++] =
            (struct engine_given){ payload_text(argument->arena, name), payload_text(argument->arena, value) };
        bytes += yyjson_get_len(name) + yyjson_get_len(value);
    }
    wish->given = given;
    if (!is_bad && wish->given_count == most && bytes <= LIMIT_COURIER_BODY_BYTES) return true;
    action_fail(fault, ACTION_INVALID,
                arena_format(argument->arena, "\"values\" must be an object of at most %d strings, %d bytes in all.",
                             LIMIT_CODE_VALUES, LIMIT_COURIER_BODY_BYTES));
    return false;
}

bool code_wish_read(const struct argument *argument, struct engine_code_wish *wish, struct action_fault *fault)
{
    *wish = (struct engine_code_wish){ .language = STR_EMPTY, .server = STR_EMPTY, .at = STR_EMPTY };
    return argument_main(argument, "id", LIMIT_ID_BYTES, &wish->id, fault) &&
           argument_text(argument, "language", LIMIT_QUERY_BYTES, &wish->language, fault) &&
           argument_text(argument, "server", LIMIT_HTTP_URL_BYTES, &wish->server, fault) &&
           argument_tier(argument, &wish->tier, fault) &&
           argument_text(argument, "at", LIMIT_ID_BYTES, &wish->at, fault) &&
           argument_text(argument, "body", LIMIT_COURIER_BODY_BYTES, &wish->body, fault) &&
           code_wish_values(argument, wish, fault);
}
