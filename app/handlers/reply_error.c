#include "replies.h"

struct str reply_error(struct arena *arena, const struct action_fault *fault, yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload), *error = payload_object(&payload);
    payload_add_text(&payload, error, "code", action_error_code(fault->error));
    payload_add_text(&payload, error, "message", fault->message);
    if (fault->nearest_count > 0) payload_add_texts(&payload, error, "nearest", fault->nearest, fault->nearest_count);
    payload_add(&payload, root, "error", error);
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}

/* reply_error writes the code first, and nothing else begins so. */
enum action_error reply_error_of(struct str reply)
{
    struct str start = STR("{\"error\":{\"code\":\"");
    if (!str_starts(reply, start)) return ACTION_OK;
    struct str code = str_cut(reply, start.size, reply.size);
    code = str_cut(code, 0, str_find_byte(code, '"'));
#define ACTION_X(name, number, text)                                                                                   \
    if (str_equal(code, STR(text))) return name;
    ACTION_ERRORS(ACTION_X)
#undef ACTION_X
    return ACTION_INTERNAL;
}
