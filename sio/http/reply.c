#include "reply.h"

#include "http_encoding.h"
#include "request.h"

/* RFC 9110 §8.6: these have no content, and no length of one. */
static bool reply_has_content(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

static struct str reply_head(struct http *http, const struct reply *reply)
{
    struct buf *head = http->host->text;
    buf_clear(head);
    http1_write_status(head, reply->status);
    buf_append_str(head, reply->headers);
    if (reply->type.size) http1_write_header(head, STR("Content-Type"), reply->type);
    if (reply_has_content(reply->status))
        http1_write_header_number(head, STR("Content-Length"), reply->has_size ? reply->size : reply->body.size);
    http1_write_header(head, STR("Date"), http_date(http->host));
    if (!http->keep_alive)
        http1_write_header(head, STR("Connection"), STR("close"));
    else if (http->is_old)
        http1_write_header(head, STR("Connection"), STR("keep-alive"));
    http1_write_end(head);
    return buf_str(head);
}

void reply_send(struct http *http, const struct reply *reply)
{
    struct str parts[2] = { reply_head(http, reply), reply->body };
    bool is_whole = !reply->has_size || reply->is_head;
    if (http->host->text->error != BUF_OK) {
        conn_fail(http->conn, CONN_NO_MEMORY);
        return;
    }
    conn_write(http->conn, parts, reply->is_head || !reply_has_content(reply->status) ? 1 : 2);
    if (!http->keep_alive && is_whole) conn_finish(http->conn);
}

void reply_refuse(struct http *http, int status, struct str headers)
{
    http->keep_alive = false;
    reply_send(http, &(struct reply){ .status = status, .headers = headers });
}

int reply_status(sio_request *request, int status)
{
    const char *phrase = http1_phrase(status);
    return sio_reply(request, status, "text/plain; charset=utf-8", phrase, strlen(phrase));
}

/* Answers the request, once, if nothing was wrong with it so far. */
static int reply_once(sio_request *request, struct reply *reply, const char *type)
{
    if (request->is_answered || reply->status < 200 || reply->status > 599) return SIO_EINVAL;
    if (request->reply_headers.error != BUF_OK) return SIO_ENOMEM;
    if (type) {
        size_t before = request->reply_headers.size;
        if (!http1_write_header(&request->reply_headers, STR("Content-Type"), str_from(type))) return SIO_EINVAL;
        if (!reply_has_content(reply->status)) request->reply_headers.size = before;
    }
    if (request->reply_headers.error != BUF_OK) return SIO_ENOMEM;
    reply->headers = buf_str(&request->reply_headers);
    reply->is_head = request_is_head(request);
    request->is_answered = true;
    reply_send(request->http, reply);
    return 0;
}

/* The headers that frame the message are the library's alone: a second one would let two readers disagree. */
static bool reply_owns_header(struct str name)
{
    static const struct str owned[] = { STR_INIT("Content-Length"), STR_INIT("Transfer-Encoding"),
                                        STR_INIT("Connection"), STR_INIT("Date"), STR_INIT("Content-Type") };
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        if (str_equal_nocase(name, owned[i])) return true;
    return false;
}

/* What has an entity tag, is a part, or has a coding already, is not to be changed. */
static bool reply_is_representation(struct str name)
{
    return str_equal_nocase(name, STR("ETag")) || str_equal_nocase(name, STR("Content-Range")) ||
           str_equal_nocase(name, STR("Content-Encoding"));
}

int sio_reply_header(sio_request *request, const char *name, const char *value)
{
    if (reply_owns_header(str_from(name)) || request->is_answered) return SIO_EINVAL;
    if (!http1_write_header(&request->reply_headers, str_from(name), str_from(value))) return SIO_EINVAL;
    if (reply_is_representation(str_from(name))) request->is_encoded = true;
    return request->reply_headers.error == BUF_OK ? 0 : SIO_ENOMEM;
}

struct str reply_encode(struct http_host *host, enum http_coding coding, struct str body, struct buf *headers)
{
    struct buf *out = host->deflated;
    buf_clear(out);
    if (coding == HTTP_CODING_IDENTITY || !http_encoding_write(out, coding, body)) return body;
    http1_write_header(headers, STR("Content-Encoding"), http_encoding_name(coding));
    return buf_str(out);
}

/* Caches have to know that another client may get another coding, also where this one gets none. */
static void reply_compress(sio_request *request, struct reply *reply, const char *type)
{
    struct http_host *host = request->http->host;
    size_t threshold = host->options->http_compression_bytes;
    struct str accept = http1_header(request->head, STR("Accept-Encoding"));
    if (reply->status != 200 || request->is_encoded || request->is_answered || reply->body.size < threshold) return;
    if (type == NULL || !http_encoding_is_compressible(str_from(type))) return;
    http1_write_header(&request->reply_headers, STR("Vary"), STR("Accept-Encoding"));
    enum http_coding coding =
        http_encoding_choose(accept.at ? accept : STR_EMPTY, str_from(type), reply->body.size, threshold);
    reply->body = reply_encode(host, coding, reply->body, &request->reply_headers);
}

int sio_reply(sio_request *request, int status, const char *type, const void *body, size_t size)
{
    struct reply reply = { .status = status, .body = { size ? body : "", size } };
    reply_compress(request, &reply, type);
    return reply_once(request, &reply, type);
}

int reply_begin(sio_request *request, int status, const char *type, uint64_t size)
{
    struct reply reply = { .status = status, .body = STR_EMPTY, .size = size, .has_size = true };
    return reply_once(request, &reply, type);
}
