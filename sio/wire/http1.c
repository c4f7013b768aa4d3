#include "http1.h"

#include <stddef.h>

/* Where the reader stands. The head, and the framing of a chunked body, are llhttp's; a body of known length is only
 * counted. */
enum { HTTP1_IN_HEAD, HTTP1_IN_LENGTH, HTTP1_IN_CHUNKS, HTTP1_AT_END, HTTP1_FAILED };

/* Chunk heads, extensions and trailers carry nothing that is used: they get what a body in one-byte chunks needs and
 * the ceiling of a head besides, else a request could go on for ever below its body's ceiling. */
enum { HTTP1_FRAMING_A_BYTE = 16 };

static int http1_fail(struct http1_reader *reader, int status, const char *reason)
{
    reader->status = (uint16_t)status;
    reader->reason = reason;
    return HPE_USER;
}

/* ---- What llhttp reports ------------------------------------------------------------------------------------- */

/* A span may come in several parts, one a call of http1_read, without a gap between them. */
static void http1_extend(const struct http1_reader *reader, struct http1_span *span, const char *at, size_t size)
{
    if (span->size == 0) span->at = (uint16_t)(at - reader->request.head);
    span->size = (uint16_t)(span->size + size);
}

/* The entry that the next header goes to starts empty. */
static void http1_clear_header(struct http1_reader *reader)
{
    struct http1_request *request = &reader->request;
    if (request->header_count < LIMIT_HTTP_HEADERS)
        memset(&request->headers[request->header_count], 0, sizeof request->headers[0]);
}

static int on_method(llhttp_t *parser, const char *at, size_t size)
{
    struct http1_reader *reader = parser->data;
    http1_extend(reader, &reader->request.method, at, size);
    return HPE_OK;
}

static int on_url(llhttp_t *parser, const char *at, size_t size)
{
    struct http1_reader *reader = parser->data;
    http1_extend(reader, &reader->request.target, at, size);
    return HPE_OK;
}

/* Ceilings are looked at when a part is complete: which of two faults is told must not depend on the pieces that the
 * request comes in. */
static int on_url_complete(llhttp_t *parser)
{
    struct http1_reader *reader = parser->data;
    if (reader->request.target.size > LIMIT_HTTP_URL_BYTES) return http1_fail(reader, 414, "the target is too long");
    return HPE_OK;
}

static int on_header_field(llhttp_t *parser, const char *at, size_t size)
{
    struct http1_reader *reader = parser->data;
    if (reader->state != HTTP1_IN_HEAD) return HPE_OK; /* a trailer: nothing here has a use for one */
    if (reader->request.header_count == LIMIT_HTTP_HEADERS) return HPE_OK; /* refused when it is complete */
    http1_extend(reader, &reader->request.headers[reader->request.header_count].name, at, size);
    return HPE_OK;
}

static int on_header_field_complete(llhttp_t *parser)
{
    struct http1_reader *reader = parser->data;
    if (reader->state != HTTP1_IN_HEAD || reader->request.header_count < LIMIT_HTTP_HEADERS) return HPE_OK;
    return http1_fail(reader, 431, "too many headers");
}

static int on_header_value(llhttp_t *parser, const char *at, size_t size)
{
    struct http1_reader *reader = parser->data;
    if (reader->state != HTTP1_IN_HEAD) return HPE_OK;
    http1_extend(reader, &reader->request.headers[reader->request.header_count].value, at, size);
    return HPE_OK;
}

/* Blanks behind a value are no part of it (RFC 9112 §5.1); llhttp leaves them there. */
static int on_header_value_complete(llhttp_t *parser)
{
    struct http1_reader *reader = parser->data;
    struct http1_request *request = &reader->request;
    if (reader->state != HTTP1_IN_HEAD) return HPE_OK;
    struct http1_span *value = &request->headers[request->header_count].value;
    while (value->size > 0 && strchr(" \t", request->head[value->at + value->size - 1])) value->size--;
    request->header_count++;
    http1_clear_header(reader);
    return HPE_OK;
}

static int on_headers_complete(llhttp_t *parser)
{
    struct http1_reader *reader = parser->data;
    struct http1_request *request = &reader->request;
    reader->major = parser->http_major;
    request->minor = parser->http_minor;
    request->upgrade = parser->upgrade;
    request->chunked = (parser->flags & F_CHUNKED) != 0;
    request->content_length = parser->flags & F_CONTENT_LENGTH ? parser->content_length : 0;
    request->keep_alive = llhttp_should_keep_alive(parser);
    return HPE_PAUSED;
}

static int on_body(llhttp_t *parser, const char *at, size_t size)
{
    struct http1_reader *reader = parser->data;
    reader->body = (struct str){ at, size };
    return HPE_OK;
}

/* One chunk is reported at a time, so that a body needs no list of pieces. */
static int on_chunk_complete(llhttp_t *parser)
{
    struct http1_reader *reader = parser->data;
    return reader->body.size > 0 ? HPE_PAUSED : HPE_OK;
}

static int on_message_complete(llhttp_t *parser)
{
    struct http1_reader *reader = parser->data;
    reader->state = HTTP1_AT_END;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_method = on_method,
    .on_url = on_url,
    .on_url_complete = on_url_complete,
    .on_header_field = on_header_field,
    .on_header_field_complete = on_header_field_complete,
    .on_header_value = on_header_value,
    .on_header_value_complete = on_header_value_complete,
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_chunk_complete = on_chunk_complete,
    .on_message_complete = on_message_complete,
};

/* ---- The reader ---------------------------------------------------------------------------------------------- */

void http1_reader_init(struct http1_reader *reader, uint64_t body_max)
{
    memset(reader, 0, offsetof(struct http1_reader, request.headers));
    http1_clear_header(reader);
    llhttp_init(&reader->parser, HTTP_REQUEST, &settings);
    reader->body_max = body_max;
}

static size_t http1_report_error(struct http1_reader *reader, struct http1_piece *piece)
{
    reader->state = HTTP1_FAILED;
    *piece = (struct http1_piece){ .event = HTTP1_ERROR, .status = reader->status, .reason = reader->reason };
    return 0;
}

/* Makes the parser's error the reader's, unless a callback has given a better one. llhttp says "invalid version" also
 * of a bad line end behind a good one. */
static size_t http1_report_parser(struct http1_reader *reader, struct http1_piece *piece, llhttp_errno_t error)
{
    const llhttp_t *parser = &reader->parser;
    bool is_spoken = parser->http_major == 1 && parser->http_minor <= 1;
    bool is_version = (error == HPE_INVALID_VERSION && !is_spoken) || error == HPE_PAUSED_H2_UPGRADE;
    if (reader->status == 0) http1_fail(reader, is_version ? 505 : 400, llhttp_get_error_reason(parser));
    return http1_report_error(reader, piece);
}

static size_t http1_report_head(struct http1_reader *reader, struct http1_piece *piece, size_t size)
{
    struct http1_request *request = &reader->request;
    const char *reason = "HTTP/1.0 and HTTP/1.1 are spoken here";
    int status = reader->major == 1 ? http1_check(request, reader->body_max, &reason) : 505;
    if (status != 0) {
        http1_fail(reader, status, reason);
        return http1_report_error(reader, piece);
    }
    reader->state = request->chunked ? HTTP1_IN_CHUNKS : request->content_length ? HTTP1_IN_LENGTH : HTTP1_AT_END;
    piece->event = HTTP1_HEAD;
    return size;
}

static size_t http1_read_head(struct http1_reader *reader, const char *bytes, size_t size, struct http1_piece *piece)
{
    size_t end = size < LIMIT_HTTP_HEADER_BYTES ? size : LIMIT_HTTP_HEADER_BYTES;
    if (end <= reader->scanned) return 0;
    reader->request.head = bytes;
    llhttp_errno_t error = llhttp_execute(&reader->parser, bytes + reader->scanned, end - reader->scanned);
    if (error == HPE_PAUSED) {
        llhttp_resume(&reader->parser);
        return http1_report_head(reader, piece, (size_t)(llhttp_get_error_pos(&reader->parser) - bytes));
    }
    if (error != HPE_OK) return http1_report_parser(reader, piece, error);
    reader->scanned = (uint16_t)end;
    if (end < LIMIT_HTTP_HEADER_BYTES) return 0;
    bool is_target = reader->request.target.size > LIMIT_HTTP_URL_BYTES;
    http1_fail(reader, is_target ? 414 : 431, is_target ? "the target is too long" : "the head is too long");
    return http1_report_error(reader, piece);
}

static size_t http1_read_length(struct http1_reader *reader, const char *bytes, size_t size, struct http1_piece *piece)
{
    uint64_t left = reader->request.content_length - reader->body_size;
    if (size > left) size = (size_t)left;
    if (size == 0) return 0;
    reader->body_size += size;
    if (size == left) reader->state = HTTP1_AT_END;
    *piece = (struct http1_piece){ .event = HTTP1_BODY, .body = { bytes, size } };
    return size;
}

/* Counts what this call has taken against the ceilings. */
static bool http1_count_chunks(struct http1_reader *reader, size_t used)
{
    reader->body_size += reader->body.size;
    reader->framing += used - reader->body.size;
    if (reader->body_size > reader->body_max)
        http1_fail(reader, 413, "the body is too long");
    else if (reader->framing > LIMIT_HTTP_HEADER_BYTES + HTTP1_FRAMING_A_BYTE * reader->body_size)
        http1_fail(reader, 400, "chunk extensions or trailers are too long");
    return reader->status == 0;
}

static size_t http1_read_chunks(struct http1_reader *reader, const char *bytes, size_t size, struct http1_piece *piece)
{
    if (size == 0) return 0;
    reader->body = STR_EMPTY;
    llhttp_errno_t error = llhttp_execute(&reader->parser, bytes, size);
    if (error != HPE_OK && error != HPE_PAUSED) return http1_report_parser(reader, piece, error);
    size_t used = error == HPE_OK ? size : (size_t)(llhttp_get_error_pos(&reader->parser) - bytes);
    if (error == HPE_PAUSED) llhttp_resume(&reader->parser);
    if (!http1_count_chunks(reader, used)) return http1_report_error(reader, piece);
    if (reader->body.size > 0)
        *piece = (struct http1_piece){ .event = HTTP1_BODY, .body = reader->body };
    else if (reader->state == HTTP1_AT_END)
        piece->event = HTTP1_DONE;
    return used;
}

size_t http1_read(struct http1_reader *reader, const char *bytes, size_t size, struct http1_piece *piece)
{
    *piece = (struct http1_piece){ .event = HTTP1_WANT_MORE };
    reader->parser.data = reader; /* the reader may have been copied to another place */
    switch (reader->state) {
    case HTTP1_IN_HEAD: return http1_read_head(reader, bytes, size, piece);
    case HTTP1_IN_LENGTH: return http1_read_length(reader, bytes, size, piece);
    case HTTP1_IN_CHUNKS: return http1_read_chunks(reader, bytes, size, piece);
    case HTTP1_AT_END: piece->event = HTTP1_DONE; return 0;
    default: return http1_report_error(reader, piece);
    }
}
