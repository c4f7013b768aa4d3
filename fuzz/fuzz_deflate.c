/* fuzz_deflate.c - permessage-deflate. The first byte of the input chooses: the rest is a list of offers, or it is a
 * compressed message that comes in pieces of a size, and then a message to be compressed. */
#include "ws_deflate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MESSAGE_MAX = 1 << 20 };

static struct ws_deflate_pool *pool;

/* ---- Offers -------------------------------------------------------------------------------------------------- */

static enum ws_deflate_answer negotiate(struct str offers, const struct ws_deflate_params *wanted,
                                        struct ws_deflate_params *agreed)
{
    static struct http1_reader reader;
    struct http1_piece piece;
    struct buf text;
    buf_init(&text, LIMIT_HTTP_HEADER_BYTES);
    buf_append_str(&text, STR("GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Extensions: "));
    buf_append_str(&text, offers);
    buf_append_str(&text, STR("\r\n\r\n"));
    http1_reader_init(&reader, 0);
    http1_read(&reader, text.at, text.size, &piece);
    enum ws_deflate_answer answer = WS_DEFLATE_NONE;
    if (piece.event == HTTP1_HEAD) answer = ws_deflate_negotiate(wanted, &reader.request, agreed);
    buf_free(&text);
    return answer;
}

/* What was agreed is an offer that is agreed to. */
static void fuzz_offers(struct str offers)
{
    static const struct ws_deflate_params anything;
    struct ws_deflate_params agreed, again;
    struct buf value;
    if (negotiate(offers, &anything, &agreed) != WS_DEFLATE_AGREED) return;
    buf_init(&value, 1000);
    ws_deflate_write_params(&value, &agreed);
    if (negotiate(buf_str(&value), &anything, &again) != WS_DEFLATE_AGREED) abort();
    if (memcmp(&agreed, &again, sizeof agreed) != 0) abort();
    buf_free(&value);
}

/* ---- Messages ------------------------------------------------------------------------------------------------ */

/* Inflates a message; false when it is refused. */
static bool read_message(struct ws_deflate *deflate, struct str bytes, size_t step, struct buf *out)
{
    bool is_good = true;
    buf_clear(out);
    for (size_t end = 0, read = 0; is_good;) {
        struct ws_inflated slice;
        size_t used;
        end = end + step < bytes.size ? end + step : bytes.size;
        do {
            struct str piece = str_cut(bytes, read, end);
            is_good = ws_deflate_read(deflate, piece, end == bytes.size, &used, &slice) == 0;
            if (used > piece.size || slice.size > WS_DEFLATE_SLICE) abort();
            read += used;
            buf_append(out, slice.at, slice.size);
            is_good = is_good && out->error == BUF_OK;
        } while (is_good && !slice.is_done);
        if (end == bytes.size) break;
    }
    return is_good;
}

static bool inflate_all(struct str bytes, size_t step, const struct ws_deflate_params *agreed, struct buf *out)
{
    struct ws_deflate deflate;
    ws_deflate_init(&deflate, pool, agreed);
    bool is_good = read_message(&deflate, bytes, step, out);
    if (is_good && agreed->client_no_context_takeover && deflate.inflater) abort();
    ws_deflate_free(&deflate);
    return is_good;
}

/* Twice the same, so that the second may refer to the first. */
static void write_and_read(struct str text, struct ws_deflate_params agreed)
{
    struct ws_deflate server, client;
    struct buf payload, out;
    agreed.client_max_window_bits = agreed.server_max_window_bits;
    agreed.client_no_context_takeover = agreed.server_no_context_takeover;
    ws_deflate_init(&server, pool, &agreed);
    ws_deflate_init(&client, pool, &agreed);
    buf_init(&payload, 2 * MESSAGE_MAX);
    buf_init(&out, MESSAGE_MAX);
    for (int i = 0; i < 2; i++) {
        struct str parts[] = { str_cut(text, 0, text.size / 2), str_cut(text, text.size / 2, text.size) };
        buf_clear(&payload);
        if (!ws_deflate_write(&server, &payload, parts, 2)) abort();
        if (!read_message(&client, buf_str(&payload), 1000, &out)) abort();
        if (!str_equal(buf_str(&out), text)) abort();
    }
    ws_deflate_free(&server);
    ws_deflate_free(&client);
    buf_free(&payload);
    buf_free(&out);
}

static void fuzz_message(struct str bytes, uint8_t choice)
{
    struct ws_deflate_params agreed = { .server_max_window_bits = (uint8_t)(8 + choice % 8) };
    agreed.server_no_context_takeover = agreed.client_no_context_takeover = choice & 8;
    struct buf whole, pieces;
    buf_init(&whole, MESSAGE_MAX);
    buf_init(&pieces, MESSAGE_MAX);
    bool is_good = inflate_all(bytes, bytes.size + 1, &agreed, &whole);
    if (is_good != inflate_all(bytes, (size_t)(choice >> 4) + 1, &agreed, &pieces)) abort();
    if (is_good && !str_equal(buf_str(&whole), buf_str(&pieces))) abort();
    buf_free(&whole);
    buf_free(&pieces);
    write_and_read(bytes, agreed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    if (pool == NULL && (pool = ws_deflate_pool_create(0, 0)) == NULL) abort();
    struct str rest = { (const char *)data + 1, size - 1 };
    if (data[0] == 0xFF)
        fuzz_offers(rest);
    else
        fuzz_message(rest, data[0]);
    return 0;
}
