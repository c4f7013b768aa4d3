#include "request.h"

#include "limits.h"
#include "ref.h"
#include "request_maker.h"
#include "uri.h"

struct request_pair *request_add(struct request_maker *maker, struct request_pairs *pairs, struct str name,
                                 struct str value)
{
    struct request_pair *pair = arena_alloc(maker->arena, sizeof *pair);
    if (pair == NULL) return NULL;
    *pair = (struct request_pair){ .name = name, .value = value, .variable = STR_EMPTY };
    if (pairs->last) pairs->last->next = pair;
    if (pairs->last == NULL) pairs->first = pair;
    pairs->last = pair;
    return pair;
}

static struct str request_encode(struct arena *arena, struct str text)
{
    struct buf encoded;
    buf_init(&encoded, text.size * 3);
    uri_encode(&encoded, text);
    if (encoded.error != BUF_OK) arena->failed = true;
    struct str copy = arena_copy(arena, buf_str(&encoded));
    buf_free(&encoded);
    return copy;
}

struct request_pair *request_add_encoded(struct request_maker *maker, struct request_pairs *pairs, struct str name,
                                         struct str value)
{
    return request_add(maker, pairs, request_encode(maker->arena, name), request_encode(maker->arena, value));
}

static bool request_is_token(struct str name)
{
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.at[i];
        bool is_alnum = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (!is_alnum && memchr("!#$%&'*+-.^_`|~", byte, 15) == NULL) return false;
    }
    return name.size > 0;
}

struct request_pair *request_add_header(struct request_maker *maker, struct str name, struct str value)
{
    if (!request_is_token(name)) return NULL;
    struct str copy = arena_copy(maker->arena, value);
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; i < copy.size; i++) {
        if ((unsigned char)at[i] < 0x20 || at[i] == 0x7f) at[i] = ' ';
    }
    return request_add(maker, &maker->request->headers, name, str_trim(copy));
}

struct str request_json(struct request_maker *maker, const struct sample_node *node)
{
    struct buf json;
    struct sample_focus focus;
    if (node == NULL) return STR_EMPTY;
    buf_init(&json, LIMIT_EXAMPLE_BYTES);
    sample_json_write(&json, node, &focus);
    if (json.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str text = json.error == BUF_OK ? arena_copy(maker->arena, buf_str(&json)) : STR("null");
    buf_free(&json);
    return text;
}

/* The media type of the first good response that has a body, for the Accept header. */
static struct str request_accept(const struct operation *operation)
{
    struct str name;
    struct document_member at = document_first(yyjson_obj_get(operation->value, "responses"));
    for (; at.left; document_next(&at)) {
        if (!str_starts(document_str(at.key), STR("2"))) continue;
        yyjson_val *response = ref_resolve(operation->document, at.value);
        if (operation_media_type(yyjson_obj_get(response, "content"), &name)) return name;
    }
    return STR_EMPTY;
}

void request_make(const struct operation *operation, struct request_focus focus, struct arena *arena,
                  struct request *request)
{
    struct request_maker maker = { operation, operation->document, arena, request, focus };
    *request = (struct request){ .method = catalogue_method_upper(operation->method),
                                 .url = STR_EMPTY,
                                 .body_text = STR_EMPTY,
                                 .media_type = STR_EMPTY };
    request_make_parameters(&maker);
    request_make_security(&maker);
    struct str accept = request_accept(operation);
    if (accept.size) request_add_header(&maker, STR("Accept"), accept);
    request_make_body(&maker);
}
