#include "replies.h"

static yyjson_mut_val *code_languages(struct payload *payload, const struct element_code_reply *reply)
{
    yyjson_mut_val *rows = payload_array(payload);
    for (size_t i = 0; i < reply->language_count; i++) {
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "name", reply->languages[i].name);
        payload_add_text(payload, row, "label", reply->languages[i].label);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

struct str reply_code(struct arena *arena, const struct engine_code_wish *wish, const struct element_code_reply *reply,
                      yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    payload_add_text(&payload, root, "id", wish->id);
    payload_add(&payload, root, "example", reply_shown(&payload, &reply->example));
    payload_add(&payload, root, "languages", code_languages(&payload, reply));
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}
