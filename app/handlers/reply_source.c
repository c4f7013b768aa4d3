#include "replies.h"

struct str reply_source(struct arena *arena, const struct engine_source *source, yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    payload_add_text(&payload, root, "kind", engine_kind_name(source->kind));
    payload_add_text(&payload, root, "id", source->id);
    payload_add_text(&payload, root, "api", source->api);
    payload_add_text(&payload, root, "pointer", source->pointer);
    payload_add_number(&payload, root, "start", source->start);
    payload_add_number(&payload, root, "size", source->size);
    payload_add_number(&payload, root, "line", source->line);
    payload_add_number(&payload, root, "from", source->from);
    payload_add_text(&payload, root, "text", source->text);
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}
