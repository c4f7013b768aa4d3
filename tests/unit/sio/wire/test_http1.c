#include "unit.h"

#include "http1.h"

#include <stdio.h>
#include <stdlib.h>

enum { BODY_MAX = 64 };

static void log_head(struct buf *log, const struct http1_request *request)
{
    struct str host = http1_header(request, STR("HOST")), path = http1_path(request), query = http1_query(request);
    buf_append_format(log, "%.*s %.*s ?%.*s 1.%u host=%.*s%s%s%s%s length=%llu;", STR_FORMAT(http1_method(request)),
                      STR_FORMAT(path), STR_FORMAT(query), request->minor, STR_FORMAT(host.at ? host : STR("-")),
                      request->keep_alive ? " keep" : "", request->upgrade ? " upgrade" : "",
                      request->expects_continue ? " expect" : "", request->chunked ? " chunked" : "",
                      (unsigned long long)request->content_length);
}

/* One connection, fed `step` bytes at a time. The bytes stand in a block of their exact size that moves at every
 * step, and so does the reader, as they do in a server that keeps them only when it must. */
struct feed {
    struct http1_reader *reader;
    char *bytes, *head;
    size_t size;
    struct buf *log;
    bool in_body;
};

static void feed_move(struct feed *feed, size_t used, const char *more, size_t count)
{
    char *bytes = malloc(feed->size - used + count + 1);
    assert_non_null(bytes);
    if (feed->size > used) memcpy(bytes, feed->bytes + used, feed->size - used);
    memcpy(bytes + feed->size - used, more, count);
    free(feed->bytes);
    feed->bytes = realloc(bytes, feed->size - used + count > 0 ? feed->size - used + count : 1);
    assert_non_null(feed->bytes);
    feed->size += count - used;
    struct http1_reader *reader = malloc(sizeof *reader);
    assert_non_null(reader);
    *reader = *feed->reader;
    free(feed->reader);
    feed->reader = reader;
}

static void feed_log(struct feed *feed, const struct http1_piece *piece, size_t used)
{
    if (feed->in_body && piece->event != HTTP1_BODY) buf_append(feed->log, ";", 1);
    if (!feed->in_body && piece->event == HTTP1_BODY) buf_append(feed->log, "body=", 5);
    feed->in_body = piece->event == HTTP1_BODY;
    if (piece->event == HTTP1_BODY) buf_append_str(feed->log, piece->body);
    if (piece->event == HTTP1_DONE) buf_append_str(feed->log, STR("done;"));
    if (piece->event == HTTP1_ERROR) buf_append_format(feed->log, "error %d;", piece->status);
    if (piece->event != HTTP1_HEAD) return;
    free(feed->head);
    feed->head = malloc(used);
    assert_non_null(feed->head);
    memcpy(feed->head, feed->bytes, used);
    memset(feed->bytes, '#', used); /* who still looks here sees it */
    feed->reader->request.head = feed->head;
    log_head(feed->log, &feed->reader->request);
}

static bool feed_turn(struct feed *feed)
{
    struct http1_piece piece;
    size_t used = http1_read(feed->reader, feed->bytes, feed->size, &piece);
    if (piece.event != HTTP1_WANT_MORE) feed_log(feed, &piece, used);
    feed_move(feed, used, "", 0);
    if (piece.event == HTTP1_DONE) http1_reader_init(feed->reader, BODY_MAX);
    if (piece.event == HTTP1_ERROR) {
        assert_int_equal(http1_read(feed->reader, feed->bytes, feed->size, &piece), 0);
        assert_int_equal(piece.event, HTTP1_ERROR);
        assert_non_null(piece.reason);
    }
    return piece.event != HTTP1_WANT_MORE && piece.event != HTTP1_ERROR;
}

static void feed_all(struct str input, size_t step, struct buf *log)
{
    struct feed feed = { .log = log, .reader = malloc(sizeof *feed.reader) };
    assert_non_null(feed.reader);
    http1_reader_init(feed.reader, BODY_MAX);
    for (size_t at = 0; at < input.size; at += step) {
        struct str part = str_cut(input, at, at + step);
        feed_move(&feed, 0, part.at, part.size);
        while (feed_turn(&feed)) {
        }
        if (str_ends(buf_str(log), STR(";")) && str_find(buf_str(log), STR("error")) != STR_NONE) break;
    }
    free(feed.bytes);
    free(feed.head);
    free(feed.reader);
}

static void assert_transcript(struct str input, const char *expected)
{
    static const size_t steps[] = { 1 << 20, 1, 2, 3, 7, 64 };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct buf log;
        buf_init(&log, 1 << 20);
        feed_all(input, steps[i], &log);
        buf_append_byte(&log, '\0');
        if (strcmp(log.at, expected) != 0) print_error("%.*s in steps of %zu:\n", STR_FORMAT(input), steps[i]);
        assert_string_equal(log.at, expected);
        buf_free(&log);
    }
}

#define HOST "Host: a\r\n"

static const struct {
    struct str input;
    const char *transcript;
} cases[] = {
    /* Plain requests. */
    { STR_INIT("GET /path?query=1 HTTP/1.1\r\nHost: a:80\r\n\r\n"),
      "GET /path ?query=1 1.1 host=a:80 keep length=0;done;" },
    { STR_INIT("GET / HTTP/1.0\r\n\r\n"), "GET / ? 1.0 host=- length=0;done;" },
    { STR_INIT("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), "GET / ? 1.0 host=- keep length=0;done;" },
    { STR_INIT("GET / HTTP/1.1\r\nhOsT: a\r\nConnection: close\r\n\r\n"), "GET / ? 1.1 host=a length=0;done;" },
    { STR_INIT("\r\nGET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n"), "GET / ? 1.1 host=a keep length=0;done;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost:\r\n\r\n"), "GET / ? 1.1 host= keep length=0;done;" },
    { STR_INIT("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), "OPTIONS * ? 1.1 host=a keep length=0;done;" },
    { STR_INIT("GET http://b/c?d HTTP/1.1\r\n" HOST "\r\n"), "GET /c ?d 1.1 host=a keep length=0;done;" },
    { STR_INIT("GET http://b?d HTTP/1.1\r\n" HOST "\r\n"), "GET / ?d 1.1 host=a keep length=0;done;" },
    { STR_INIT("GET https://b HTTP/1.1\r\n" HOST "\r\n"), "GET / ? 1.1 host=a keep length=0;done;" },
    { STR_INIT("GET /ws HTTP/1.1\r\n" HOST "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n"),
      "GET /ws ? 1.1 host=a keep upgrade length=0;done;" },
    /* Bodies. */
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello"),
      "POST / ? 1.1 host=a keep length=5;body=hello;done;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n"), "POST / ? 1.1 host=a keep length=0;done;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: 100-Continue\r\n\r\nhello"),
      "POST / ? 1.1 host=a keep expect length=5;body=hello;done;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nhi"),
      "POST / ? 1.1 host=a keep upgrade length=2;body=hi;done;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST
               "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n1;a=b;c=\"d\"\r\n!\r\n0\r\nX: y\r\n\r\n"),
      "POST / ? 1.1 host=a keep chunked length=0;body=hello!;done;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      "POST / ? 1.1 host=a keep chunked length=0;done;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST
               "Upgrade: h2c\r\nConnection: Upgrade\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"),
      "POST / ? 1.1 host=a keep upgrade chunked length=0;body=x;done;" },
    /* Pipelining. */
    { STR_INIT("POST /1 HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\n" HOST
               "\r\nPOST /3 HTTP/1.1\r\n" HOST
               "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\nGET /4 HTTP/1.1\r\n" HOST "\r\n"),
      "POST /1 ? 1.1 host=a keep length=2;body=hi;done;GET /2 ? 1.1 host=a keep length=0;done;"
      "POST /3 ? 1.1 host=a keep chunked length=0;body=x;done;GET /4 ? 1.1 host=a keep length=0;done;" },
    /* Framing that two readers could see differently. */
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\nhello"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nhello"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: -5\r\n\r\nhello"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\nhello"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\nhello"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"),
      "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"),
      "error 400;" },
    { STR_INIT("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n"), "error 501;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n"), "error 501;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n"), "error 501;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: \"chunked\"\r\n\r\n"), "error 501;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding:\r\n\r\n"), "error 501;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked, identity\r\n\r\n"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"),
      "error 501;" },
    { STR_INIT("GET / HTTP/1.1\nHost: a\n\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost: a\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost: a\r\n\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\r\n\tb\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost : a\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\n" HOST "X Y: a\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\n" HOST ": a\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\n" HOST "X\r\n\r\n"), "error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n"),
      "POST / ? 1.1 host=a keep chunked length=0;error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n-1\r\n"),
      "POST / ? 1.1 host=a keep chunked length=0;error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n"),
      "POST / ? 1.1 host=a keep chunked length=0;error 400;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"),
      "POST / ? 1.1 host=a keep chunked length=0;error 400;" },
    /* Host. */
    { STR_INIT("GET / HTTP/1.1\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), "error 400;" },
    { STR_INIT("GET / HTTP/1.1\r\nHost: user@a\r\n\r\n"), "error 400;" },
    /* Request lines. */
    { STR_INIT("GET / HTTP/2.0\r\n" HOST "\r\n"), "error 505;" },
    { STR_INIT("GET / HTTP/1.2\r\n" HOST "\r\n"), "error 505;" },
    { STR_INIT("GET / HTTP/0.9\r\n" HOST "\r\n"), "error 505;" },
    { STR_INIT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "error 505;" },
    { STR_INIT("GET / HTTP/9.9\r\n" HOST "\r\n"), "error 505;" },
    { STR_INIT("GET /\r\n\r\n"), "error 505;" },
    { STR_INIT("GET / FTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("SOURCE / ICE/1.0\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("DESCRIBE / RTSP/1.0\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("NONSENSE / HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("get / HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET /  HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET /a b HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET /a#b HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET /\xc3\xa4 HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET a HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET * HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET http:// HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("GET ftp://b/ HTTP/1.1\r\n" HOST "\r\n"), "error 400;" },
    { STR_INIT("CONNECT a:443 HTTP/1.1\r\n" HOST "\r\n"), "error 501;" },
    { STR_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), "error 400;" }, /* a TLS greeting */
    /* Expectations and sizes. */
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: tea\r\n\r\nhello"), "error 417;" },
    { STR_INIT("GET / HTTP/1.1\r\n" HOST "Expect: 100-continue\r\n\r\n"), "GET / ? 1.1 host=a keep length=0;done;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 65\r\n\r\n"), "error 413;" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551615\r\n\r\n"), "error 413;" },
    /* Half a request says nothing. */
    { STR_INIT("GET / HTTP/1.1\r\nHost: a\r\n"), "" },
    { STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhel"),
      "POST / ? 1.1 host=a keep length=5;body=hel" },
};

static void reads_and_refuses_in_pieces_of_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_transcript(cases[i].input, cases[i].transcript);
}

/* A request of `before`, then `count` times `part`, then `after`. */
static void assert_repeated(const char *before, const char *part, size_t count, const char *after, int status)
{
    struct buf input, log;
    buf_init(&input, 1 << 20);
    buf_append_str(&input, str_from(before));
    for (size_t i = 0; i < count; i++) buf_append_str(&input, str_from(part));
    buf_append_str(&input, str_from(after));
    static const size_t steps[] = { 1 << 20, 101, 1 };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        buf_init(&log, 1 << 20);
        feed_all(buf_str(&input), steps[i], &log);
        char expected[32];
        int size = snprintf(expected, sizeof expected, "error %d;", status);
        struct str end = status ? (struct str){ expected, (size_t)size } : STR("done;");
        assert_true(str_ends(buf_str(&log), end));
        buf_free(&log);
    }
    buf_free(&input);
}

static void has_ceilings(void **state)
{
    (void)state;
    assert_repeated("GET /", "x", LIMIT_HTTP_URL_BYTES - 1, " HTTP/1.1\r\n" HOST "\r\n", 0);
    assert_repeated("GET /", "x", LIMIT_HTTP_URL_BYTES, " HTTP/1.1\r\n" HOST "\r\n", 414);
    assert_repeated("GET / HTTP/1.1\r\n" HOST, "X: y\r\n", LIMIT_HTTP_HEADERS - 1, "\r\n", 0);
    assert_repeated("GET / HTTP/1.1\r\n" HOST, "X: y\r\n", LIMIT_HTTP_HEADERS, "\r\n", 431);
    /* Two faults: the first that is whole is told, in however many pieces they come. */
    assert_repeated("GET / HTTP/1.1\r\n" HOST, "X: y\r\n", LIMIT_HTTP_HEADERS - 1, "Z\x1f", 400);
    assert_repeated("GET /", "x", LIMIT_HTTP_URL_BYTES, "\x01 HTTP/1.1\r\n" HOST "\r\n", 400);
    assert_repeated("GET /", "x", LIMIT_HTTP_HEADER_BYTES, "", 414);
    assert_repeated("GET / HTTP/1.1\r\n" HOST "X: ", "y", LIMIT_HTTP_HEADER_BYTES - 32, "\r\n\r\n", 0);
    assert_repeated("GET / HTTP/1.1\r\n" HOST "X: ", "y", LIMIT_HTTP_HEADER_BYTES, "\r\n\r\n", 431);
    assert_repeated("", "\r\n", LIMIT_HTTP_HEADER_BYTES, "", 431);
    const char *chunked = "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n";
    assert_repeated(chunked, "1\r\nx\r\n", BODY_MAX, "0\r\n\r\n", 0);
    assert_repeated(chunked, "1\r\nx\r\n", BODY_MAX + 1, "0\r\n\r\n", 413);
    assert_repeated("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1;a=", "b", 20000,
                    "\r\nx\r\n0\r\n\r\n", 400);
    assert_repeated("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n", 4000, "\r\n",
                    400);
    assert_repeated("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", "0", 20000, "\r\n\r\n", 400);
}

static void finds_headers(void **state)
{
    (void)state;
    struct str input = STR("GET / HTTP/1.1\r\nHost: a\r\nAccept: x\r\nConnection: keep-alive\r\nEmpty:\r\n"
                           "connection: Foo , UPGRADE\r\n\r\n");
    struct http1_reader reader;
    struct http1_piece piece;
    http1_reader_init(&reader, 0);
    assert_int_equal(http1_read(&reader, input.at, input.size, &piece), input.size);
    assert_int_equal(piece.event, HTTP1_HEAD);
    const struct http1_request *request = &reader.request;
    assert_str(http1_header(request, STR("ACCEPT")), "x");
    assert_non_null(http1_header(request, STR("empty")).at);
    assert_str(http1_header(request, STR("empty")), "");
    assert_null(http1_header(request, STR("accep")).at);
    assert_true(http1_has_token(request, STR("Connection"), STR("upgrade")));
    assert_true(http1_has_token(request, STR("Connection"), STR("keep-alive")));
    assert_false(http1_has_token(request, STR("Connection"), STR("keep")));
    size_t position = 0;
    struct str value;
    assert_true(http1_next_header(request, STR("connection"), &position, &value));
    assert_true(http1_next_header(request, STR("connection"), &position, &value));
    assert_str(value, "Foo , UPGRADE");
    assert_false(http1_next_header(request, STR("connection"), &position, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_refuses_in_pieces_of_any_size),
        cmocka_unit_test(has_ceilings),
        cmocka_unit_test(finds_headers),
    };
    return cmocka_run_group_tests_name("http1", tests, NULL, NULL);
}
