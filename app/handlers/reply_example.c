#include "replies.h"

static yyjson_mut_val *example_focus(struct payload *payload, const struct engine_example *example)
{
    if (example->focus.start >= example->focus.end) return yyjson_mut_null(payload->doc);
    yyjson_mut_val *pair = payload_array(payload);
    yyjson_mut_arr_append(pair, yyjson_mut_uint(payload->doc, payload_utf16(example->code, example->focus.start)));
    yyjson_mut_arr_append(pair, yyjson_mut_uint(payload->doc, payload_utf16(example->code, example->focus.end)));
    return pair;
}

yyjson_mut_val *reply_shown(struct payload *payload, const struct engine_example *example)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "label", example->label);
    payload_add_text(payload, row, "language", example->language);
    payload_add_text(payload, row, "code", example->code);
    payload_add(payload, row, "focus", example_focus(payload, example));
    return row;
}

static yyjson_mut_val *example_roots(struct payload *payload, const struct engine_payload *of)
{
    yyjson_mut_val *rows = payload_array(payload);
    for (size_t i = 0; i < of->root_count; i++) {
        const struct engine_root *root = &of->roots[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "kind", engine_kind_name(root->kind));
        payload_add_text(payload, row, "id", root->id);
        payload_add_text(payload, row, "name", root->name);
        payload_add_text(payload, row, "at", root->at);
        payload_add_text_if(payload, row, "status", root->status);
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

struct str reply_example(struct arena *arena, const struct engine_payload *of, yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    payload_add_text(&payload, root, "id", of->id);
    payload_add(&payload, root, "example", reply_shown(&payload, &of->example));
    payload_add_text_if(&payload, root, "at", of->at);
    payload_add_text_if(&payload, root, "status", of->status);
    payload_add_text_if(&payload, root, "mediaType", of->media_type);
    payload_add(&payload, root, "roots", example_roots(&payload, of));
    payload_add_number(&payload, root, "rootTotal", of->root_total);
    payload_add_number(&payload, root, "leftOut", of->left_out);
    payload_add_texts(&payload, root, "faults", of->faults, of->fault_count);
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}
