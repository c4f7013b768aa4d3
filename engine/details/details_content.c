#include "details_content.h"

#include "ref.h"

enum { CONTENT_NAMES = 12 }; /* that a message lists */

/* "200, 404 and 3 more". */
static struct str content_keys(yyjson_val *object, struct arena *arena)
{
    struct str text = STR_EMPTY;
    size_t count = 0;
    for (struct document_member at = document_first(object); at.left; document_next(&at)) {
        if (count == CONTENT_NAMES) return arena_format(arena, "%.*s and %zu more", STR_FORMAT(text), at.left);
        const char *separator = count == 0 ? "" : at.left == 1 ? " and " : ", ";
        text = arena_format(arena, "%.*s%s%.*s", STR_FORMAT(text), separator, STR_FORMAT(document_str(at.key)));
        count++;
    }
    return count ? text : STR("none");
}

static yyjson_val *content_of(const struct document *document, yyjson_val *response)
{
    yyjson_val *content = yyjson_obj_get(ref_resolve(document, response), "content");
    return yyjson_obj_size(content) ? content : NULL;
}

/* The first response that went well and has content; else the first that has any. */
static yyjson_val *content_response(const struct document *document, yyjson_val *responses, struct str *status)
{
    yyjson_val *first = NULL;
    for (struct document_member at = document_first(responses); at.left; document_next(&at)) {
        yyjson_val *content = content_of(document, at.value);
        struct str key = document_str(at.key);
        bool is_good = str_starts(key, STR("2"));
        if (content == NULL || (first && !is_good)) continue;
        first = content;
        *status = key;
        if (is_good) break;
    }
    return first;
}

/* The content asked for; NULL, and `missing` says it. */
static yyjson_val *content_choose(const struct operation *operation, struct str wanted, struct arena *arena,
                                  struct details_content *found, struct str *missing)
{
    const struct document *document = operation->document;
    yyjson_val *responses = yyjson_obj_get(operation->value, "responses");
    yyjson_val *content = wanted.size ? NULL : content_of(document, operation_request_body(operation));
    if (content) return content;
    found->direction = SAMPLE_RESPONSE;
    if (wanted.size == 0) {
        content = content_response(document, responses, &found->status);
        if (content == NULL) *missing = STR("Neither its request nor a response of it has a body.");
        return content;
    }
    yyjson_val *response = document_get(document, responses, wanted);
    found->status = wanted;
    if (response) content = content_of(document, response);
    if (content == NULL) {
        struct str known = content_keys(responses, arena);
        const char *what = response ? "The response %.*s has no body. The responses are: %.*s."
                                    : "There is no response %.*s. The responses are: %.*s.";
        *missing = arena_format(arena, what, STR_FORMAT(str_cut(wanted, 0, 100)), STR_FORMAT(known));
    }
    return content;
}

static yyjson_val *content_choose_media(yyjson_val *content, const struct details_content_wish *wish, struct str *name)
{
    for (struct document_member at = document_first(content); at.left; document_next(&at)) {
        enum sample_format format;
        struct str key = document_str(at.key);
        bool is_named = wish->media_type.size && str_equal_nocase(key, wish->media_type);
        bool has_format =
            wish->media_type.size == 0 && wish->format && sample_format_of(key, &format) && format == *wish->format;
        if (!is_named && !has_format) continue;
        *name = key;
        return at.value;
    }
    return wish->media_type.size ? NULL : operation_media_type(content, name);
}

bool details_content_find(const struct operation *operation, const struct details_content_wish *wish,
                          struct arena *arena, struct details_content *found, struct str *missing)
{
    *found = (struct details_content){ .status = STR_EMPTY, .media_type = STR_EMPTY, .direction = SAMPLE_REQUEST };
    yyjson_val *content = content_choose(operation, wish->status, arena, found, missing);
    if (content == NULL) return false;
    found->holder = content_choose_media(content, wish, &found->media_type);
    if (found->holder) return true;
    struct str known = content_keys(content, arena);
    *missing = arena_format(arena, "There is no media type %.*s. There are: %.*s.",
                            STR_FORMAT(str_cut(wish->media_type, 0, 100)), STR_FORMAT(known));
    return false;
}
