#include "replies.h"

struct str reply_error(struct arena *arena, const struct action_fault *fault, yyjson_val *sequence)
{
    struct json json = json_begin(arena);
    yyjson_mut_val *root = json_object(&json), *error = json_object(&json);
    json_add_text(&json, error, "code", action_error_code(fault->error));
    json_add_text(&json, error, "message", fault->message);
    if (fault->nearest_count > 0) json_add_texts(&json, error, "nearest", fault->nearest, fault->nearest_count);
    json_add(&json, root, "error", error);
    json_add_copy_if(&json, root, "sequence", sequence);
    return json_end(&json, root);
}
