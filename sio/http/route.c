#include "route.h"

#include "buf.h"
#include "http_header.h"
#include "reply.h"
#include "request.h"

#include <stdlib.h>

struct route {
    struct route *next;
    sio_request_fn *fn;
    void *context;
    struct str method; /* empty: any */
    struct str pattern;
    bool is_prefix;
    char texts[];
};

static char *route_copy(struct str *to, struct str from, char *at)
{
    memcpy(at, from.at, from.size);
    *to = (struct str){ at, from.size };
    return at + from.size;
}

int route_add(struct route **routes, const char *method, const char *pattern, sio_request_fn *fn, void *context)
{
    struct str verb = str_from(method), path = str_from(pattern);
    if (path.size == 0 || (path.at[0] != '/' && path.at[0] != '*') || fn == NULL) return SIO_EINVAL;
    bool is_prefix = path.at[path.size - 1] == '*';
    if (is_prefix) path.size--;
    struct route *route = malloc(sizeof *route + verb.size + path.size);
    if (route == NULL) return SIO_ENOMEM;
    *route = (struct route){ .fn = fn, .context = context, .is_prefix = is_prefix };
    route_copy(&route->pattern, path, route_copy(&route->method, verb, route->texts));
    struct route **end = routes;
    while (*end) end = &(*end)->next;
    *end = route;
    return 0;
}

static bool route_fits_path(const struct route *route, struct str path)
{
    return route->is_prefix ? str_starts(path, route->pattern) : str_equal(path, route->pattern);
}

static bool route_fits_method(const struct route *route, struct str method)
{
    if (route->method.size == 0 || str_equal(route->method, method)) return true;
    return str_equal(method, STR("HEAD")) && str_equal(route->method, STR("GET"));
}

/* RFC 9110 §15.5.6: the answer names what is allowed. */
static void route_refuse_method(sio_request *request, const struct route *route, struct str path)
{
    struct buf allow;
    buf_init(&allow, HTTP_REPLY_HEADER_BYTES / 2);
    for (; route; route = route->next) {
        if (!route_fits_path(route, path) || http_header_has_token(buf_str(&allow), route->method)) continue;
        if (allow.size) buf_append_str(&allow, STR(", "));
        buf_append_str(&allow, route->method);
        if (str_equal(route->method, STR("GET"))) buf_append_str(&allow, STR(", HEAD"));
    }
    buf_append_byte(&allow, '\0');
    if (allow.error == BUF_OK) sio_reply_header(request, "Allow", allow.at);
    buf_free(&allow);
    reply_status(request, 405);
}

static void route_find(const struct route *routes, sio_request *request)
{
    const sio_options *options = request->http->host->options;
    struct str path = str_from(request->path), method = str_from(request->method);
    bool has_path = false;
    for (const struct route *route = routes; route; route = route->next) {
        if (!route_fits_path(route, path)) continue;
        has_path = true;
        if (!route_fits_method(route, method)) continue;
        route->fn(request, route->context);
        if (!request->is_answered) reply_status(request, 404);
        return;
    }
    if (has_path)
        route_refuse_method(request, routes, path);
    else if (options->on_request)
        options->on_request(request, options->context);
    if (!request->is_answered) reply_status(request, 404);
}

void route_dispatch(const struct route *routes, sio_request *request)
{
    int status = request_decode(request);
    if (status)
        reply_status(request, status);
    else
        route_find(routes, request);
}

void route_free_all(struct route *routes)
{
    while (routes) {
        struct route *next = routes->next;
        free(routes);
        routes = next;
    }
}
