#include "http1.h"

#include <stdio.h>

static const struct {
    int status;
    const char *phrase;
} phrases[] = {
    { 100, "Continue" },
    { 101, "Switching Protocols" },
    { 200, "OK" },
    { 201, "Created" },
    { 202, "Accepted" },
    { 204, "No Content" },
    { 206, "Partial Content" },
    { 301, "Moved Permanently" },
    { 302, "Found" },
    { 303, "See Other" },
    { 304, "Not Modified" },
    { 307, "Temporary Redirect" },
    { 308, "Permanent Redirect" },
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 406, "Not Acceptable" },
    { 408, "Request Timeout" },
    { 409, "Conflict" },
    { 410, "Gone" },
    { 411, "Length Required" },
    { 412, "Precondition Failed" },
    { 413, "Content Too Large" },
    { 414, "URI Too Long" },
    { 415, "Unsupported Media Type" },
    { 416, "Range Not Satisfiable" },
    { 417, "Expectation Failed" },
    { 421, "Misdirected Request" },
    { 422, "Unprocessable Content" },
    { 426, "Upgrade Required" },
    { 429, "Too Many Requests" },
    { 431, "Request Header Fields Too Large" },
    { 500, "Internal Server Error" },
    { 501, "Not Implemented" },
    { 502, "Bad Gateway" },
    { 503, "Service Unavailable" },
    { 504, "Gateway Timeout" },
    { 505, "HTTP Version Not Supported" },
};

const char *http1_phrase(int status)
{
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].status == status) return phrases[i].phrase;
    return "Unknown";
}

void http1_write_status(struct buf *buf, int status)
{
    buf_append_format(buf, "HTTP/1.1 %03d %s\r\n", status, http1_phrase(status));
}

/* RFC 9110 §5.6.2. */
static bool http1_is_token(struct str name)
{
    for (size_t at = 0; at < name.size; at++)
        if (name.at[at] <= ' ' || name.at[at] > '~' || strchr("\"(),/:;<=>?@[\\]{}", name.at[at])) return false;
    return name.size > 0;
}

/* RFC 9110 §5.5. */
static bool http1_is_value(struct str value)
{
    for (size_t at = 0; at < value.size; at++) {
        unsigned char byte = (unsigned char)value.at[at];
        if ((byte < ' ' && byte != '\t') || byte == 0x7F) return false;
    }
    return value.size == 0 || (!strchr(" \t", value.at[0]) && !strchr(" \t", value.at[value.size - 1]));
}

bool http1_write_header(struct buf *buf, struct str name, struct str value)
{
    if (!http1_is_token(name) || !http1_is_value(value)) return false;
    buf_append_str(buf, name);
    buf_append(buf, ": ", 2);
    buf_append_str(buf, value);
    buf_append(buf, "\r\n", 2);
    return true;
}

void http1_write_header_number(struct buf *buf, struct str name, uint64_t value)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    http1_write_header(buf, name, (struct str){ digits, (size_t)size });
}

void http1_write_end(struct buf *buf)
{
    buf_append(buf, "\r\n", 2);
}

void http1_write_response(struct buf *buf, int status, struct str type, struct str body, bool close)
{
    http1_write_status(buf, status);
    if (type.size > 0) http1_write_header(buf, STR("Content-Type"), type);
    http1_write_header_number(buf, STR("Content-Length"), body.size);
    if (close) http1_write_header(buf, STR("Connection"), STR("close"));
    http1_write_end(buf);
    buf_append_str(buf, body);
}
