#include "http1.h"
#include "http_header.h"

struct str http1_text(const struct http1_request *request, struct http1_span span)
{
    return (struct str){ request->head + span.at, span.size };
}

struct str http1_method(const struct http1_request *request)
{
    return http1_text(request, request->method);
}

/* What follows the authority of an absolute target, "" when the target is another one. */
static struct str http1_behind_authority(struct str target)
{
    size_t colon = str_find(target, STR("://"));
    if (colon == STR_NONE) return STR_EMPTY;
    for (size_t at = colon + 3; at < target.size; at++)
        if (target.at[at] == '/' || target.at[at] == '?') return str_cut(target, at, target.size);
    return STR_EMPTY;
}

/* The target in origin form, as far as path and query go. */
static struct str http1_origin_form(const struct http1_request *request)
{
    struct str target = http1_text(request, request->target);
    return target.at[0] == '/' || target.at[0] == '*' ? target : http1_behind_authority(target);
}

struct str http1_path(const struct http1_request *request)
{
    struct str target = http1_origin_form(request);
    struct str path = str_cut(target, 0, str_find_byte(target, '?'));
    return path.size > 0 ? path : STR("/");
}

struct str http1_query(const struct http1_request *request)
{
    struct str target = http1_origin_form(request);
    size_t mark = str_find_byte(target, '?');
    return mark == STR_NONE ? STR_EMPTY : str_cut(target, mark + 1, target.size);
}

bool http1_next_header(const struct http1_request *request, struct str name, size_t *position, struct str *value)
{
    while (*position < request->header_count) {
        size_t at = (*position)++;
        if (request->headers[at].name.size != name.size) continue;
        if (!str_equal_nocase(http1_text(request, request->headers[at].name), name)) continue;
        *value = http1_text(request, request->headers[at].value);
        return true;
    }
    return false;
}

struct str http1_header(const struct http1_request *request, struct str name)
{
    size_t position = 0;
    struct str value = { NULL, 0 };
    http1_next_header(request, name, &position, &value);
    return value;
}

bool http1_has_token(const struct http1_request *request, struct str name, struct str token)
{
    size_t position = 0;
    struct str value;
    while (http1_next_header(request, name, &position, &value))
        if (http_header_has_token(value, token)) return true;
    return false;
}

static size_t http1_count(const struct http1_request *request, struct str name)
{
    size_t count = 0, position = 0;
    struct str value;
    while (http1_next_header(request, name, &position, &value)) count++;
    return count;
}

/* ---- Checks -------------------------------------------------------------------------------------------------- */

/* "METHOD target HTTP/1.x" with one space at each place: llhttp also takes RTSP and ICE, and blanks between. */
static bool http1_is_request_line(const struct http1_request *request)
{
    if (request->target.size == 0) return false;
    if (request->target.at != request->method.at + request->method.size + 1) return false;
    return memcmp(request->head + request->target.at + request->target.size, " HTTP/1.", 8) == 0;
}

/* RFC 9112 §3.2. Bytes that may not stand in a URI would be read differently by a proxy before us. */
static bool http1_is_target(const struct http1_request *request)
{
    struct str target = http1_text(request, request->target);
    for (size_t at = 0; at < target.size; at++)
        if (target.at[at] <= ' ' || target.at[at] > '~' || target.at[at] == '#') return false;
    if (target.at[0] == '/') return true;
    if (str_equal(target, STR("*"))) return str_equal(http1_method(request), STR("OPTIONS"));
    bool is_http = str_equal_nocase(str_cut(target, 0, 7), STR("http://")) && target.size > 7;
    return is_http || (str_equal_nocase(str_cut(target, 0, 8), STR("https://")) && target.size > 8);
}

/* RFC 9112 §3.2: none or several would let two readers of the same bytes see different sites. */
static bool http1_is_host(const struct http1_request *request)
{
    size_t count = http1_count(request, STR("host"));
    if (count == 0) return request->minor == 0;
    struct str host = http1_header(request, STR("host"));
    for (size_t at = 0; at < host.size; at++)
        if (host.at[at] <= ' ' || host.at[at] > '~' || strchr("/@?#,\"<>\\^`{|}", host.at[at])) return false;
    return count == 1;
}

/* RFC 9112 §6.1: chunked, once, in HTTP/1.1, without Content-Length; nothing else is spoken. */
static int http1_check_coding(const struct http1_request *request, const char **reason)
{
    size_t count = http1_count(request, STR("transfer-encoding"));
    if (count == 0) return 0;
    *reason = "Transfer-Encoding in HTTP/1.0 or beside Content-Length";
    if (request->minor == 0 || http1_count(request, STR("content-length")) > 0) return 400;
    *reason = "the only transfer coding is chunked";
    struct str coding = http1_header(request, STR("transfer-encoding"));
    return count == 1 && request->chunked && str_equal_nocase(coding, STR("chunked")) ? 0 : 501;
}

static int http1_check_expect(struct http1_request *request, const char **reason)
{
    struct str expect = http1_header(request, STR("expect"));
    if (expect.size == 0 || request->minor == 0) return 0;
    *reason = "the only expectation is 100-continue";
    if (!str_equal_nocase(expect, STR("100-continue"))) return 417;
    request->expects_continue = request->chunked || request->content_length > 0;
    return 0;
}

int http1_check(struct http1_request *request, uint64_t body_max, const char **reason)
{
    *reason = "malformed request line";
    if (!http1_is_request_line(request)) return 400;
    *reason = "HTTP/1.0 and HTTP/1.1 are spoken here";
    if (request->minor > 1) return 505;
    *reason = "this is not a proxy";
    if (str_equal(http1_method(request), STR("CONNECT"))) return 501;
    *reason = "malformed target";
    if (!http1_is_target(request)) return 400;
    *reason = "exactly one Host is required";
    if (!http1_is_host(request)) return 400;
    int status = http1_check_coding(request, reason);
    if (status == 0) status = http1_check_expect(request, reason);
    if (status != 0) return status;
    *reason = "the body is too long";
    return request->content_length > body_max ? 413 : 0;
}
