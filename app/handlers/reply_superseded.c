#include "replies.h"

struct str reply_superseded(struct arena *arena, yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    payload_add_bool(&payload, root, "superseded", true);
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}
