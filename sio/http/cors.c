#include "cors.h"

#include "reply.h"

static bool cors_is_on(const sio_cors *cors)
{
    return cors->origin || cors->origins || cors->is_allowed;
}

static bool cors_is_any(const sio_cors *cors)
{
    return cors->origin && strcmp(cors->origin, "*") == 0;
}

static bool cors_is_listed(const char *const *origins, struct str origin)
{
    for (; *origins; origins++)
        if (str_equal(str_from(*origins), origin)) return true;
    return false;
}

/* What the page is told; empty: nothing, it is not allowed. */
static struct str cors_origin(const struct http_host *host, const struct http1_request *request)
{
    const sio_options *options = host->options;
    const sio_cors *cors = &options->cors;
    struct str origin = http1_header(request, STR("Origin"));
    if (cors->origin) return str_from(cors->origin);
    if (origin.size == 0) return STR_EMPTY;
    if (cors->origins && cors_is_listed(cors->origins, origin)) return origin;
    if (cors->is_allowed == NULL) return STR_EMPTY;
    struct str copy = arena_copy(host->arena, origin); /* ends in a NUL */
    return !host->arena->failed && cors->is_allowed(copy.at, options->context) ? origin : STR_EMPTY;
}

static void cors_write(struct buf *lines, const char *name, const char *value)
{
    if (value) http1_write_header(lines, str_from(name), str_from(value));
}

/* Every answer but the one for everybody depends on who asks, also where none was named: caches have to know. */
static void cors_write_common(const struct http_host *host, const struct http1_request *request, struct buf *lines,
                              const char *vary)
{
    const sio_cors *cors = &host->options->cors;
    struct str origin = cors_origin(host, request);
    if (origin.size) http1_write_header(lines, STR("Access-Control-Allow-Origin"), origin);
    if (!cors_is_any(cors)) vary = vary ? "Origin, Access-Control-Request-Headers" : "Origin";
    cors_write(lines, "Vary", vary);
    if (cors->credentials) cors_write(lines, "Access-Control-Allow-Credentials", "true");
    cors_write(lines, "Access-Control-Expose-Headers", cors->exposed_headers);
}

void cors_write_headers(const struct http_host *host, const struct http1_request *request, struct buf *lines)
{
    if (cors_is_on(&host->options->cors)) cors_write_common(host, request, lines, NULL);
}

/* 204 with Content-Length: 0, for browsers that wait for a body otherwise. */
bool cors_preflight(sio_request *request)
{
    const struct http_host *host = request->http->host;
    const sio_cors *cors = &host->options->cors;
    if (!cors_is_on(cors) || !str_equal(http1_method(request->head), STR("OPTIONS"))) return false;
    struct buf *lines = &request->reply_headers;
    struct str wanted = cors->allowed_headers ? str_from(cors->allowed_headers)
                                              : http1_header(request->head, STR("Access-Control-Request-Headers"));
    cors_write_common(host, request->head, lines, cors->allowed_headers ? NULL : "Access-Control-Request-Headers");
    cors_write(lines, "Access-Control-Allow-Methods", cors->methods);
    if (wanted.size) http1_write_header(lines, STR("Access-Control-Allow-Headers"), wanted);
    if (cors->max_age_s) http1_write_header_number(lines, STR("Access-Control-Max-Age"), cors->max_age_s);
    http1_write_header(lines, STR("Content-Length"), STR("0"));
    reply_send(request->http, &(struct reply){ .status = 204, .headers = buf_str(lines) });
    return true;
}
