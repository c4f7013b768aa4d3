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
