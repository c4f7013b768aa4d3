#include "request.h"

#include "http_url.h"

static const char *request_copy(sio_request *request, struct str text)
{
    struct arena *arena = request->http->host->arena;
    struct str copy = arena_copy(arena, text);
    return arena->failed ? NULL : copy.at;
}

int request_decode(sio_request *request)
{
    struct str path = http1_path(request->head);
    char *decoded = arena_alloc(request->http->host->arena, path.size + 1);
    request->method = request_copy(request, http1_method(request->head));
    request->query = request_copy(request, http1_query(request->head));
    if (decoded == NULL || request->method == NULL || request->query == NULL) return 503;
    if (!http_url_decode_path(path, decoded, &path)) return 400;
    decoded[path.size] = '\0';
    request->path = decoded;
    return 0;
}

bool request_is_head(const sio_request *request)
{
    return str_equal(http1_method(request->head), STR("HEAD"));
}

bool request_is_get(const sio_request *request)
{
    return request_is_head(request) || str_equal(http1_method(request->head), STR("GET"));
}

const char *sio_request_method(const sio_request *request)
{
    return request->method;
}

const char *sio_request_path(const sio_request *request)
{
    return request->path;
}

const char *sio_request_query(const sio_request *request)
{
    return request->query;
}

const char *sio_request_header(const sio_request *request, const char *name)
{
    struct str value = http1_header(request->head, str_from(name));
    if (value.at == NULL) return NULL;
    struct arena *arena = request->http->host->arena;
    struct str copy = arena_copy(arena, value);
    return arena->failed ? NULL : copy.at;
}

bool sio_request_header_at(const sio_request *request, size_t place, const char **name, const char **value)
{
    const struct http1_request *head = request->head;
    struct arena *arena = request->http->host->arena;
    if (place >= head->header_count) return false;
    *name = arena_copy(arena, http1_text(head, head->headers[place].name)).at;
    *value = arena_copy(arena, http1_text(head, head->headers[place].value)).at;
    return !arena->failed;
}

const void *sio_request_body(const sio_request *request, size_t *size)
{
    *size = request->body_size;
    return request->body ? request->body : "";
}
