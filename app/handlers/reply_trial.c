#include "reply_trial.h"

#include "payload.h"
#include "utf8.h"

enum action_error reply_trial_error(int courier_error)
{
    switch (courier_error) {
    case COURIER_ENOMEM:
    case COURIER_EFULL: return ACTION_OVERLOADED;
    case COURIER_EREFUSED: return ACTION_REFUSED;
    case COURIER_EADDRESS:
    case COURIER_EINVAL: return ACTION_INVALID;
    default: return ACTION_UNREACHED;
    }
}

static struct str trial_failed(struct arena *arena, const struct trial_asked *asked,
                               const struct courier_answer *answer)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload), *error = payload_object(&payload);
    struct str message =
        arena_format(arena, "%s%s%s.", courier_strerror(answer->error), answer->why[0] ? ": " : "", answer->why);
    payload_add_text(&payload, error, "code", action_error_code(reply_trial_error(answer->error)));
    payload_add_text(&payload, error, "message", payload_clean(arena, message));
    payload_add(&payload, root, "error", error);
    if (asked->has_sequence) payload_add(&payload, root, "sequence", yyjson_mut_real(payload.doc, asked->sequence));
    return payload_end(&payload, root);
}

static yyjson_mut_val *trial_headers(struct payload *payload, struct str rest)
{
    yyjson_mut_val *rows = payload_array(payload);
    struct str line;
    while (str_split(&rest, '\n', &line)) {
        size_t colon = str_find_byte(line, ':');
        if (colon == STR_NONE) continue;
        yyjson_mut_val *row = payload_object(payload);
        payload_add_text(payload, row, "name", payload_clean(payload->arena, str_cut(line, 0, colon)));
        payload_add_text(payload, row, "value",
                         payload_clean(payload->arena, str_trim(str_cut(line, colon + 1, line.size))));
        yyjson_mut_arr_append(rows, row);
    }
    return rows;
}

/* A text that was cut may end inside of a character. */
static bool trial_is_text(struct str *body, bool is_cut)
{
    if (is_cut) *body = utf8_cut(*body, body->size - (body->size > 0));
    return utf8_valid(*body) && (body->size == 0 || memchr(body->at, 0, body->size) == NULL);
}

struct str reply_trial(struct arena *arena, const struct trial_asked *asked, const struct courier_answer *answer)
{
    if (answer->error != COURIER_OK) return trial_failed(arena, asked, answer);
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload);
    struct str body = answer->body;
    payload_add_text(&payload, root, "id", asked->id);
    payload_add_text(&payload, root, "method", asked->method);
    payload_add_text(&payload, root, "url", asked->url);
    payload_add_number(&payload, root, "status", answer->status);
    payload_add_number(&payload, root, "milliseconds", answer->milliseconds);
    payload_add(&payload, root, "headers", trial_headers(&payload, answer->headers));
    payload_add_number(&payload, root, "bytes", answer->body.size);
    if (trial_is_text(&body, answer->is_cut)) payload_add_text(&payload, root, "body", body);
    if (answer->is_cut) payload_add_bool(&payload, root, "cut", true);
    if (asked->has_sequence) payload_add(&payload, root, "sequence", yyjson_mut_real(payload.doc, asked->sequence));
    return payload_end(&payload, root);
}
