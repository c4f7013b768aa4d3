/* fuzz_ws.c - the WebSocket reader. The first byte of the input is the size of the pieces that the rest comes in (and
 * its top bit stands for permessage-deflate): what is read must not depend on it. */
#include "map.h"
#include "ws.h"
#include "ws_deflate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MESSAGE_MAX = 1000 };

struct outcome {
    uint64_t hash; /* of whole messages and control frames */
    int code;      /* of the close frame or the error */
    bool is_error;
};

struct run {
    struct ws_reader reader;
    struct buf message;
    struct outcome outcome;
};

static void mix(struct outcome *outcome, const char *at, size_t size)
{
    outcome->hash = outcome->hash * 31 + map_hash((struct str){ size ? at : "", size });
}

static void take(struct run *run, const struct ws_piece *piece)
{
    if (piece->kind == WS_TEXT || piece->kind == WS_BINARY) {
        if (piece->first) buf_clear(&run->message);
        buf_append(&run->message, piece->payload, piece->size);
        if (run->message.error != BUF_OK) abort(); /* longer than the reader may let pass */
        if (!piece->last) return;
        if (piece->kind == WS_TEXT && !utf8_valid(buf_str(&run->message))) abort();
        mix(&run->outcome, run->message.at, run->message.size);
    } else if (piece->kind == WS_ERROR) {
        run->outcome.is_error = true;
        run->outcome.code = piece->code;
        if (piece->reason == NULL || !ws_is_close_code(piece->code)) abort();
    } else {
        if (piece->kind == WS_CLOSE) run->outcome.code = piece->code;
        mix(&run->outcome, piece->payload, piece->size);
    }
}

static struct outcome run_all(const uint8_t *data, size_t size, size_t step, struct ws_deflate *deflate)
{
    struct run run = { .outcome = { 0 } };
    char *bytes = malloc(size ? size : 1);
    if (bytes == NULL) abort();
    if (size > 0) memcpy(bytes, data, size);
    ws_reader_init(&run.reader, MESSAGE_MAX);
    run.reader.deflate = deflate;
    buf_init(&run.message, MESSAGE_MAX);
    for (size_t end = 0, read = 0; end < size;) {
        struct ws_piece piece;
        end = end + step < size ? end + step : size;
        do {
            size_t used = ws_read(&run.reader, bytes + read, end - read, &piece);
            if (used > end - read) abort();
            read += used;
            if (piece.kind != WS_WANT_MORE) take(&run, &piece);
        } while (piece.kind != WS_WANT_MORE);
        if (end - read >= 14 + 126) abort();
    }
    buf_free(&run.message);
    free(bytes);
    return run.outcome;
}

static struct outcome run_one(const uint8_t *data, size_t size, size_t step, bool is_compressed)
{
    static struct ws_deflate_pool *pool;
    static const struct ws_deflate_params agreed; /* with context takeover */
    struct ws_deflate deflate;
    if (pool == NULL && (pool = ws_deflate_pool_create(0, 0)) == NULL) abort();
    ws_deflate_init(&deflate, pool, &agreed);
    struct outcome outcome = run_all(data, size, step, is_compressed ? &deflate : NULL);
    ws_deflate_free(&deflate);
    return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    bool is_compressed = data[0] & 0x80;
    struct outcome whole = run_one(data + 1, size - 1, size, is_compressed);
    struct outcome pieces = run_one(data + 1, size - 1, (size_t)(data[0] & 0x7F) + 1, is_compressed);
    if (whole.hash != pieces.hash || whole.code != pieces.code || whole.is_error != pieces.is_error) abort();
    return 0;
}
