/* http1.h - HTTP/1.1 on the server's side: requests in, responses out (RFC 9110, RFC 9112).
 *
 * Parsing is llhttp's, in its strict mode. What it leaves open is decided here against request smuggling:
 * exactly one Host, no transfer coding but chunked, no message framed in two ways, ceilings on everything.
 *
 * Input. The caller owns the bytes. Until the head is complete nothing is consumed: the caller offers the
 * same bytes again with new ones behind them, at the same place or another, and the reader goes on where it
 * stood, looking at no byte twice. The request holds positions relative to `head`, not pointers: when the
 * head's bytes move, set `request.head` and all views are good again.
 *
 * Memory. No call allocates. struct http1_reader is plain data without pointers into itself: one per
 * loop serves every request that arrives whole, and may be copied by assignment to a place of its own when a
 * request is left half read. An idle keep-alive connection therefore holds nothing. */
#ifndef SIO_WIRE_HTTP1_H
#define SIO_WIRE_HTTP1_H

#include "buf.h"
#include "limits.h"
#include "str.h"

#include <llhttp.h>
#include <stdint.h>

struct http1_span {
    uint16_t at, size; /* a head has at most LIMIT_HTTP_HEADER_BYTES */
};

struct http1_request {
    const char *head; /* the first byte of the head */
    struct http1_span method, target;
    uint64_t content_length; /* 0 when none was sent or chunked */
    uint16_t header_count;
    uint8_t minor;         /* HTTP/1.0 or HTTP/1.1 */
    bool keep_alive;       /* the connection may serve another request after this one (RFC 9112 §9.3) */
    bool upgrade;          /* asks for another protocol (RFC 9110 §7.8); to ignore it is allowed */
    bool expects_continue; /* waits for "100 Continue" before it sends the body (RFC 9110 §10.1.1) */
    bool chunked;          /* the body's size is not known beforehand */
    struct {
        struct http1_span name, value;
    } headers[LIMIT_HTTP_HEADERS]; /* the last member: http1_reader_init leaves it as it is */
};

enum http1_event {
    HTTP1_WANT_MORE, /* all that can be said is said: call again with more bytes */
    HTTP1_HEAD,      /* the request's head is complete, `request` is filled */
    HTTP1_BODY,      /* a piece of the body */
    HTTP1_DONE,      /* the request is complete; what follows belongs to the next one */
    HTTP1_ERROR,     /* refuse with `status` and close; the reader says nothing more. `request` is filled only after
                        HTTP1_HEAD, and where the status is 413 or 417 */
};

struct http1_piece {
    enum http1_event event;
    struct str body;    /* HTTP1_BODY: never empty, a view into the bytes offered */
    int status;         /* HTTP1_ERROR: 400, 413, 414, 417, 431, 501 or 505 */
    const char *reason; /* HTTP1_ERROR: a constant text for the log */
};

struct http1_reader {
    llhttp_t parser;
    uint64_t body_max;  /* the largest body, in bytes */
    uint64_t body_size; /* bytes of the body seen */
    uint64_t framing;   /* bytes of chunk heads, chunk extensions and trailers seen */
    struct str body;    /* the part of a chunk found in this call */
    const char *reason;
    uint16_t scanned; /* bytes of the head that the parser has seen */
    uint16_t status;  /* 0, or why the request is refused */
    uint8_t major;
    uint8_t state;
    struct http1_request request;
};

/* A reader before the first byte of a request whose body may have up to `body_max` bytes. Also makes a reader
 * ready for the next request after HTTP1_DONE. */
void http1_reader_init(struct http1_reader *reader, uint64_t body_max);

/* Takes bytes of one request and says the next thing about it; call again until it says HTTP1_WANT_MORE,
 * HTTP1_DONE or HTTP1_ERROR. Returns how many bytes are used up: the caller offers the rest at the next call.
 * Before HTTP1_HEAD that is 0 (see above, Input). After HTTP1_DONE the rest is the next, pipelined, request. */
size_t http1_read(struct http1_reader *reader, const char *bytes, size_t size, struct http1_piece *piece);

/* What stands above llhttp's grammar: version, method, target, Host, framing, expectations. Called by http1_read when
 * the head is complete. Returns 0, or the status to refuse the request with; *reason is then a constant text. */
int http1_check(struct http1_request *request, uint64_t body_max, const char **reason);

/* The text of a span of the head, borrowed from `request->head`. */
struct str http1_text(const struct http1_request *request, struct http1_span span);
struct str http1_method(const struct http1_request *request);
/* The target's path and query as they were sent, still percent-encoded (see http_url.h); of an absolute
 * target (RFC 9112 §3.2.2) what follows its authority. The path is "*" for OPTIONS *; the query is without
 * its '?', and empty when there is none. */
struct str http1_path(const struct http1_request *request);
struct str http1_query(const struct http1_request *request);
/* The first header of that name, whatever its case; `at` is NULL when it was not sent. */
struct str http1_header(const struct http1_request *request, struct str name);
/* Every header of that name, in order: start with *position 0. False when there is no further one. */
bool http1_next_header(const struct http1_request *request, struct str name, size_t *position, struct str *value);
/* True when a comma-separated list header (Connection, Upgrade ...) has that token, whatever its case, in any
 * of its lines (RFC 9110 §5.3). */
bool http1_has_token(const struct http1_request *request, struct str name, struct str token);

/* The standard phrase of a status (RFC 9110 §15), "Unknown" for others. */
const char *http1_phrase(int status);

/* Writes "HTTP/1.1 <status> <phrase>" and its line end. */
void http1_write_status(struct buf *buf, int status);
/* Writes a header line. A name that is no token, or a value with a control character or with blanks at its ends
 * (response splitting, RFC 9110 §5.5) is refused: false, and nothing is written. */
bool http1_write_header(struct buf *buf, struct str name, struct str value);
void http1_write_header_number(struct buf *buf, struct str name, uint64_t value);
/* Ends the head. */
void http1_write_end(struct buf *buf);
/* A whole plain response: status, Content-Type (unless empty), Content-Length, Connection: close when `close`,
 * and the body. */
void http1_write_response(struct buf *buf, int status, struct str type, struct str body, bool close);

#endif
