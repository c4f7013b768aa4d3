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

static yyjson_mut_val *code_variables(struct payload *payload, const struct engine_example *example)
{
    static const char *const kinds[] = {
        [ENGINE_PLACEHOLDER] = "placeholder", [ENGINE_FILE_NAME] = "file", [ENGINE_SECRET] = "secret"
    };
    yyjson_mut_val *rows = payload_array(payload);
    for (size_t i = 0; i < example->variable_count; i++) {
        const struct engine_variable *variable = &example->variables[i];
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "kind", str_from(kinds[variable->kind]));
        payload_add_text(payload, row, "name", variable->name);
        payload_add_text(payload, row, "key", variable->key);
        payload_add_text(payload, row, "value", variable->value);
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
    payload_add(&payload, root, "variables", code_variables(&payload, &reply->example));
    payload_add_text_if(&payload, root, "body", reply->example.body);
    payload_add(&payload, root, "languages", code_languages(&payload, reply));
    payload_add_copy_if(&payload, root, "sequence", sequence);
    return payload_end(&payload, root);
}
