/* fuzz_http1.c - the HTTP/1.1 reader and the readers of header values. The first byte of the input is the size of the
 * pieces that the rest comes in: what is read must not depend on it. */
#include "http1.h"
#include "http_date.h"
#include "http_header.h"
#include "http_url.h"
#include "map.h"
#include "ws_accept.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY_MAX = 4096 };

/* What a run has seen, as one number and where it ended. */
struct outcome {
    uint64_t hash;
    size_t body, requests;
    int status;
};

static void mix(struct outcome *outcome, struct str text)
{
    outcome->hash = outcome->hash * 31 + map_hash(text);
}

static void read_values(struct str value)
{
    uint64_t start, end;
    int64_t seconds;
    if (http_header_range(value, 1000, &start, &end) == HTTP_RANGE_PART && (start >= end || end > 1000)) abort();
    (void)http_header_coding(value, true, true);
    (void)http_header_matches_etag(value, STR("\"a\""));
    if (http_date_read(value, &seconds)) {
        char out[HTTP_DATE_SIZE];
        int64_t same;
        if (!http_date_read(http_date_write(out, seconds), &same) || same != seconds) abort();
    }
}

static void read_head(const struct http1_request *request, struct outcome *outcome)
{
    char decoded[LIMIT_HTTP_URL_BYTES];
    const char *reason;
    struct str text, query = http1_query(request), name, value;
    mix(outcome, http1_method(request));
    mix(outcome, http1_path(request));
    if (http_url_decode_path(http1_path(request), decoded, &text)) mix(outcome, text);
    while (http_url_next(&query, &name, &value))
        if (http_url_decode_form(value, decoded, &text)) mix(outcome, text);
    for (size_t i = 0; i < request->header_count; i++) {
        mix(outcome, http1_text(request, request->headers[i].name));
        mix(outcome, http1_text(request, request->headers[i].value));
        read_values(http1_text(request, request->headers[i].value));
    }
    (void)ws_accept_check(request, &reason);
}

/* One event; false when the reader wants more or has failed. */
static bool turn(struct http1_reader *reader, struct str input, size_t *used, struct outcome *outcome)
{
    struct http1_piece piece;
    *used = http1_read(reader, input.at, input.size, &piece);
    if (*used > input.size) abort();
    if (piece.event == HTTP1_HEAD) read_head(&reader->request, outcome);
    if (piece.event == HTTP1_BODY) outcome->body += piece.body.size;
    if (piece.event == HTTP1_BODY && piece.body.size == 0) abort();
    if (piece.event == HTTP1_ERROR) outcome->status = piece.status;
    if (piece.event == HTTP1_DONE) {
        outcome->requests++;
        http1_reader_init(reader, BODY_MAX);
    }
    return piece.event != HTTP1_WANT_MORE && piece.event != HTTP1_ERROR;
}

static struct outcome run(struct str input, size_t step)
{
    struct outcome outcome = { 0 };
    struct http1_reader reader;
    size_t read = 0, used = 0;
    http1_reader_init(&reader, BODY_MAX);
    for (size_t end = 0; end < input.size && outcome.status == 0;) {
        end = end + step < input.size ? end + step : input.size;
        while (turn(&reader, str_cut(input, read, end), &used, &outcome)) read += used;
        read += used;
    }
    return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct str input = { (const char *)data + 1, size - 1 };
    struct outcome whole = run(input, input.size), pieces = run(input, (size_t)data[0] + 1);
    if (whole.hash != pieces.hash || whole.requests != pieces.requests || whole.status != pieces.status) abort();
    if (whole.status == 0 && whole.body != pieces.body) abort();
    return 0;
}
