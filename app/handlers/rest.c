#include "rest.h"

#include "ascii.h"
#include "handle.h"
#include "payload.h"
#include "replies.h"
#include "sio_http.h"

/* ---- What may be asked ------------------------------------------------------------------------------------------- */

enum rest_type { REST_TEXT, REST_NUMBER, REST_BOOL };

/* A parameter of the query, and the member of the argument that it is. */
struct rest_parameter {
    const char *name, *member;
    enum rest_type type;
};

static const struct rest_parameter rest_search[] = {
    { "q", "keyword", REST_TEXT },
    { "api", "api", REST_TEXT },
    { "filter", "filter", REST_TEXT },
    { "method", "method", REST_TEXT },
    { "in", "in", REST_TEXT },
    { "type", "type", REST_TEXT },
    { "tag", "tag", REST_TEXT },
    { "required", "required", REST_BOOL },
    { "deprecated", "deprecated", REST_BOOL },
    { "pattern", "pattern", REST_BOOL },
    { "descriptions", "descriptions", REST_BOOL },
    { "explain", "explain", REST_BOOL },
    { "limit", "limit", REST_NUMBER },
    { "offset", "offset", REST_NUMBER },
    { "cursor", "cursor", REST_TEXT },
    { NULL, NULL, REST_TEXT },
};
static const struct rest_parameter rest_element[] = {
    { "at", "at", REST_TEXT },           { "depth", "depth", REST_NUMBER },
    { "offset", "offset", REST_NUMBER }, { "required", "required", REST_BOOL },
    { NULL, NULL, REST_TEXT },
};
static const struct rest_parameter rest_code[] = {
    { "language", "language", REST_TEXT },
    { "server", "server", REST_TEXT },
    { "tier", "tier", REST_TEXT },
    { "at", "at", REST_TEXT },
    { NULL, NULL, REST_TEXT },
};
static const struct rest_parameter rest_example[] = {
    { "format", "format", REST_TEXT },       { "tier", "tier", REST_TEXT },     { "at", "at", REST_TEXT },
    { "mediaType", "mediaType", REST_TEXT }, { "status", "status", REST_TEXT }, { NULL, NULL, REST_TEXT },
};
static const struct rest_parameter rest_refs[] = {
    { "use", "uses", REST_TEXT },
    { "limit", "limit", REST_NUMBER },
    { "offset", "offset", REST_NUMBER },
    { NULL, NULL, REST_TEXT },
};
static const struct rest_parameter rest_source[] = {
    { "from", "from", REST_NUMBER },
    { "limit", "limit", REST_NUMBER },
    { NULL, NULL, REST_TEXT },
};
static const struct rest_parameter rest_apis[] = {
    { "q", "keyword", REST_TEXT },
    { "limit", "limit", REST_NUMBER },
    { "offset", "offset", REST_NUMBER },
    { NULL, NULL, REST_TEXT },
};
static const struct rest_parameter rest_none[] = { { NULL, NULL, REST_TEXT } };

/* What follows a pattern that ends in '*' is the argument's id. */
static const struct rest_route {
    const char *pattern;
    handle_fn *handle, *markdown; /* markdown: NULL where there is none */
    const struct rest_parameter *parameters;
    const char *must; /* the member that is there also when it was not asked for, empty; NULL: none */
} rest_routes[] = {
    { "/api/v1/search", handle_elements_search, NULL, rest_search, "keyword" },
    { "/api/v1/elements/*", handle_element_details, handle_element_markdown, rest_element, NULL },
    { "/api/v1/code/*", handle_element_code, NULL, rest_code, NULL },
    { "/api/v1/examples/*", handle_element_example, NULL, rest_example, NULL },
    { "/api/v1/refs/*", handle_element_refs, NULL, rest_refs, NULL },
    { "/api/v1/source/*", handle_element_source, NULL, rest_source, NULL },
    { "/api/v1/apis", handle_api_list, NULL, rest_apis, NULL },
    { "/api/v1/apis/*", handle_api_load, NULL, rest_none, NULL },
};

/* ---- The argument ------------------------------------------------------------------------------------------------ */

/* A part of the query: "+" is a space, "%41" a byte; what is no such sequence stays as it is. */
static struct str rest_decoded(struct arena *arena, struct str text)
{
    char *decoded = arena_alloc(arena, text.size + 1);
    size_t size = 0;
    if (decoded == NULL) return STR_EMPTY;
    for (size_t i = 0; i < text.size; i++) {
        int byte = ascii_percent(text, i);
        if (byte >= 0)
            i += 2;
        else
            byte = text.at[i] == '+' ? ' ' : text.at[i];
        decoded[size++] = (char)byte;
    }
    return (struct str){ decoded, size };
}

static bool rest_is_number(struct str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!ascii_is_digit(text.at[i])) return false;
    return text.size > 0 && text.size < 10;
}

/* What is no number, or neither true nor false, stays text: the handler says what it wants. */
static yyjson_mut_val *rest_value(struct payload *payload, struct str text, enum rest_type type)
{
    if (type == REST_NUMBER && rest_is_number(text)) {
        uint64_t number = 0;
        for (size_t i = 0; i < text.size; i++) number = number * 10 + (uint64_t)(text.at[i] - '0');
        return yyjson_mut_uint(payload->doc, number);
    }
    if (type == REST_BOOL && (str_equal(text, STR("true")) || str_equal(text, STR("false"))))
        return yyjson_mut_bool(payload->doc, text.at[0] == 't');
    return payload_string(payload, text);
}

/* Parameters that the route does not know are ignored, and of one that is there twice the second. */
static void rest_add_parameter(struct payload *payload, yyjson_mut_val *object, const struct rest_route *route,
                               struct str name, struct str value)
{
    for (const struct rest_parameter *at = route->parameters; at->name; at++) {
        if (!str_equal(name, str_from(at->name)) || yyjson_mut_obj_get(object, at->member)) continue;
        payload_add(payload, object, at->member, rest_value(payload, value, at->type));
    }
}

/* The value of a parameter that is not the handler's; empty when it is not there. */
static struct str rest_parameter(struct arena *arena, struct str query, struct str wanted)
{
    for (struct str pair; str_split(&query, '&', &pair);) {
        size_t equals = str_find_byte(pair, '=');
        if (equals != STR_NONE && str_equal(str_cut(pair, 0, equals), wanted))
            return rest_decoded(arena, str_cut(pair, equals + 1, pair.size));
    }
    return STR_EMPTY;
}

static struct str rest_argument(struct arena *arena, const struct rest_route *route, struct str path, struct str query)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *object = payload_object(&payload);
    size_t prefix = strlen(route->pattern) - 1;
    if (route->pattern[prefix] == '*') payload_add_text(&payload, object, "id", str_cut(path, prefix, path.size));
    for (struct str pair; str_split(&query, '&', &pair);) {
        size_t equals = str_find_byte(pair, '=');
        struct str name = rest_decoded(arena, str_cut(pair, 0, equals));
        struct str value = equals == STR_NONE ? STR_EMPTY : str_cut(pair, equals + 1, pair.size);
        rest_add_parameter(&payload, object, route, name, rest_decoded(arena, value));
    }
    if (route->must && !yyjson_mut_obj_get(object, route->must))
        payload_add_text(&payload, object, route->must, STR_EMPTY);
    return payload_end(&payload, object);
}

/* ---- The reply --------------------------------------------------------------------------------------------------- */

static int rest_status(enum action_error error)
{
    switch (error) {
    case ACTION_OK: return 200;
    case ACTION_INVALID: return 400;
    case ACTION_NOT_FOUND: return 404;
    case ACTION_OUTDATED: return 409;
    case ACTION_OVERLOADED: return 503;
    case ACTION_REFUSED: return 403;
    case ACTION_UNREACHED: return 502;
    case ACTION_INTERNAL: break;
    }
    return 500;
}

static bool rest_wants_markdown(sio_request *request, struct arena *arena, const struct rest_route *route)
{
    if (route->markdown == NULL) return false;
    struct str format = rest_parameter(arena, str_from(sio_request_query(request)), STR("format"));
    const char *accept = sio_request_header(request, "Accept");
    if (format.size > 0) return str_equal(format, STR("markdown"));
    return accept && str_starts(str_from(accept), STR("text/markdown"));
}

static void rest_reply(sio_request *request, struct str reply, bool is_markdown)
{
    enum action_error error = reply_error_of(reply);
    if (reply.at == NULL) {
        error = ACTION_OVERLOADED;
        reply = STR(
            "{\"error\":{\"code\":\"overloaded\",\"message\":\"The answer is too large to be sent. Ask for less.\"}}");
    }
    bool is_text = is_markdown && error == ACTION_OK;
    sio_reply_header(request, "Cache-Control", "no-cache");
    sio_reply_header(request, "X-Content-Type-Options", "nosniff");
    sio_reply(request, rest_status(error), is_text ? "text/markdown; charset=utf-8" : "application/json", reply.at,
              reply.size);
}

static void rest_answer(sio_request *request, const struct action *action, const struct rest_route *route)
{
    struct arena *arena = action->arena;
    bool is_markdown = rest_wants_markdown(request, arena, route);
    struct str argument =
        rest_argument(arena, route, str_from(sio_request_path(request)), str_from(sio_request_query(request)));
    sio_value value = sio_json(argument.at, argument.size);
    struct str reply = { NULL, 0 };
    if (argument.at) reply = (is_markdown ? route->markdown : route->handle)(action, SIO_ARGS(value));
    rest_reply(request, reply, is_markdown);
    arena_reset(arena);
}

static void rest_on_request(sio_request *request, void *context)
{
    const struct rest_binding *binding = context;
    struct action action;
    if (handlers_action(binding->rest->handlers, &action))
        rest_answer(request, &action, &rest_routes[binding->route]);
    else
        rest_reply(request, (struct str){ NULL, 0 }, false);
}

int rest_attach(struct rest *rest, struct handlers *handlers, sio_server *server)
{
    _Static_assert(sizeof rest_routes / sizeof rest_routes[0] == REST_ROUTES, "each has a binding");
    int error = SIO_OK;
    *rest = (struct rest){ .handlers = handlers };
    for (unsigned i = 0; i < REST_ROUTES && error == SIO_OK; i++) {
        rest->bindings[i] = (struct rest_binding){ rest, i };
        error = sio_route(server, "GET", rest_routes[i].pattern, rest_on_request, &rest->bindings[i]);
    }
    return error;
}
