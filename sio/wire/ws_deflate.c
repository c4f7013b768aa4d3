#include "ws_deflate.h"

#include "ws.h"

#include <stdlib.h>

#define ZLIB_CONST
#include <zlib.h>

enum { BITS_MIN = 8, BITS_MAX = 15, BITS_ZLIB_MIN = 9 };

/* Inflaters that a pool keeps for the next messages: 40 KB each. More are in use only while messages come in pieces. */
enum { SPARE_INFLATERS = 8 };

struct ws_inflater {
    struct ws_inflater *next; /* in the pool */
    z_stream stream;
};

struct ws_deflater {
    z_stream stream;
};

struct ws_deflate_pool {
    int level, memory_level;
    struct ws_inflater *inflaters;
    size_t inflater_count;
    struct ws_deflater *deflaters[BITS_MAX - BITS_MIN + 1]; /* one for each size of window */
    char slice[WS_DEFLATE_SLICE];
};

/* ---- The pool ------------------------------------------------------------------------------------------------ */

static void deflater_free(struct ws_deflater *deflater)
{
    if (deflater == NULL) return;
    deflateEnd(&deflater->stream);
    free(deflater);
}

/* zlib has no window of 256 bytes for deflating. With the next larger one and matches of distance one (Z_RLE) no
 * reference leaves it. */
static struct ws_deflater *deflater_create(const struct ws_deflate_pool *pool, int bits)
{
    int strategy = bits < BITS_ZLIB_MIN ? Z_RLE : Z_DEFAULT_STRATEGY;
    struct ws_deflater *deflater = calloc(1, sizeof *deflater);
    if (deflater == NULL) return NULL;
    if (bits < BITS_ZLIB_MIN) bits = BITS_ZLIB_MIN;
    if (deflateInit2(&deflater->stream, pool->level, Z_DEFLATED, -bits, pool->memory_level, strategy) == Z_OK)
        return deflater;
    free(deflater);
    return NULL;
}

static void inflater_free(struct ws_inflater *inflater)
{
    inflateEnd(&inflater->stream);
    free(inflater);
}

static struct ws_inflater *inflater_create(int bits)
{
    struct ws_inflater *inflater = calloc(1, sizeof *inflater);
    if (inflater == NULL) return NULL;
    if (inflateInit2(&inflater->stream, -bits) == Z_OK) return inflater;
    free(inflater);
    return NULL;
}

/* One at the beginning of a stream. */
static struct ws_inflater *pool_take_inflater(struct ws_deflate_pool *pool, int bits)
{
    struct ws_inflater *inflater = pool->inflaters;
    if (inflater == NULL) return inflater_create(bits);
    pool->inflaters = inflater->next;
    pool->inflater_count--;
    if (inflateReset2(&inflater->stream, -bits) == Z_OK) return inflater;
    inflater_free(inflater);
    return NULL;
}

static void pool_give_inflater(struct ws_deflate_pool *pool, struct ws_inflater *inflater)
{
    if (pool->inflater_count == SPARE_INFLATERS) {
        inflater_free(inflater);
        return;
    }
    inflater->next = pool->inflaters;
    pool->inflaters = inflater;
    pool->inflater_count++;
}

struct ws_deflate_pool *ws_deflate_pool_create(int level, int memory_level)
{
    if (level < 0 || level > 9 || memory_level < 0 || memory_level > 9) return NULL;
    struct ws_deflate_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL) return NULL;
    pool->level = level ? level : Z_DEFAULT_COMPRESSION;
    pool->memory_level = memory_level ? memory_level : 8;
    return pool;
}

void ws_deflate_pool_destroy(struct ws_deflate_pool *pool)
{
    if (pool == NULL) return;
    while (pool->inflaters) {
        struct ws_inflater *next = pool->inflaters->next;
        inflater_free(pool->inflaters);
        pool->inflaters = next;
    }
    for (int i = 0; i <= BITS_MAX - BITS_MIN; i++) deflater_free(pool->deflaters[i]);
    free(pool);
}

/* ---- A connection -------------------------------------------------------------------------------------------- */

void ws_deflate_init(struct ws_deflate *deflate, struct ws_deflate_pool *pool, const struct ws_deflate_params *agreed)
{
    *deflate = (struct ws_deflate){ .pool = pool, .params = *agreed };
}

static void deflate_drop_inflater(struct ws_deflate *deflate)
{
    if (deflate->inflater) pool_give_inflater(deflate->pool, deflate->inflater);
    deflate->inflater = NULL;
}

void ws_deflate_free(struct ws_deflate *deflate)
{
    deflate_drop_inflater(deflate);
    deflater_free(deflate->deflater);
    deflate->deflater = NULL;
}

/* ---- Reading (§7.2.2) ---------------------------------------------------------------------------------------- */

/* Without a context to keep all inflaters have the largest window, which reads the streams of every smaller one. With
 * it, 512 bytes at least: deflaters on zlib that were told 256 use them. */
static bool deflate_has_inflater(struct ws_deflate *deflate)
{
    int bits = deflate->params.client_max_window_bits;
    if (deflate->params.client_no_context_takeover || bits == 0) bits = BITS_MAX;
    if (bits < BITS_ZLIB_MIN) bits = BITS_ZLIB_MIN;
    if (deflate->inflater == NULL) deflate->inflater = pool_take_inflater(deflate->pool, bits);
    return deflate->inflater != NULL;
}

/* Inflates until the input is used up or the output is full. A final block ends a stream but not the message: what
 * follows is another stream with the same window (§7.2.3.4), for which inflateResetKeep costs nothing. */
static uint16_t deflate_inflate(struct ws_deflate *deflate, z_stream *stream)
{
    for (;;) {
        uInt before = stream->avail_in;
        int status = inflate(stream, Z_SYNC_FLUSH);
        if (stream->avail_in != before) deflate->is_final = status == Z_STREAM_END;
        if (status == Z_STREAM_END) {
            deflate->is_final = true;
            status = inflateResetKeep(stream);
        }
        if (status == Z_MEM_ERROR) return WS_CLOSE_INTERNAL;
        if (status != Z_OK && status != Z_BUF_ERROR) return WS_CLOSE_DATA;
        if (status == Z_BUF_ERROR || stream->avail_in == 0 || stream->avail_out == 0) return 0;
    }
}

/* The message's end: the inflater gets the tail that the sender took off (§7.2.1), and stands between two blocks after
 * it, or the data was cut short. */
static uint16_t deflate_end(struct ws_deflate *deflate, z_stream *stream)
{
    static const unsigned char tail[4] = { 0x00, 0x00, 0xFF, 0xFF };
    enum { BETWEEN_BLOCKS = 128 }; /* z_stream.data_type, and no bit of a byte unused */
    if (!deflate->has_input || deflate->is_final) return 0;
    stream->next_in = (const Bytef *)(tail + deflate->tail);
    stream->avail_in = (uInt)(sizeof tail - deflate->tail);
    uint16_t code = deflate_inflate(deflate, stream);
    deflate->tail = (uint8_t)(sizeof tail - stream->avail_in);
    if (code == 0 && stream->avail_out > 0 && stream->data_type != BETWEEN_BLOCKS) code = WS_CLOSE_DATA;
    return code;
}

static void deflate_next_message(struct ws_deflate *deflate)
{
    deflate->has_input = deflate->is_final = false;
    deflate->tail = 0;
    if (deflate->params.client_no_context_takeover) deflate_drop_inflater(deflate);
}

uint16_t ws_deflate_read(struct ws_deflate *deflate, struct str bytes, bool is_end, size_t *used,
                         struct ws_inflated *inflated)
{
    *used = 0;
    *inflated = (struct ws_inflated){ .at = deflate->pool->slice };
    if (!deflate_has_inflater(deflate)) return WS_CLOSE_INTERNAL;
    z_stream *stream = &deflate->inflater->stream;
    if (bytes.size > UINT32_MAX) is_end = false;
    uInt size = bytes.size > UINT32_MAX ? UINT32_MAX : (uInt)bytes.size;
    stream->next_in = (const Bytef *)bytes.at;
    stream->avail_in = size;
    stream->next_out = (Bytef *)deflate->pool->slice;
    stream->avail_out = WS_DEFLATE_SLICE;
    if (size > 0) deflate->has_input = true;
    uint16_t code = deflate_inflate(deflate, stream);
    *used = size - stream->avail_in;
    if (code == 0 && is_end && *used == bytes.size && stream->avail_out > 0) code = deflate_end(deflate, stream);
    inflated->size = WS_DEFLATE_SLICE - stream->avail_out;
    inflated->is_done = *used == bytes.size && stream->avail_out > 0;
    if (code == 0 && is_end && inflated->is_done) deflate_next_message(deflate);
    return code;
}

/* ---- Writing (§7.2.1) ---------------------------------------------------------------------------------------- */

/* The deflater for the next message: the connection's own, or the pool's at the beginning of a stream. */
static struct ws_deflater *deflate_deflater(struct ws_deflate *deflate)
{
    int bits = deflate->params.server_max_window_bits ? deflate->params.server_max_window_bits : BITS_MAX;
    bool is_shared = deflate->params.server_no_context_takeover;
    struct ws_deflater **place = is_shared ? &deflate->pool->deflaters[bits - BITS_MIN] : &deflate->deflater;
    if (*place == NULL)
        *place = deflater_create(deflate->pool, bits);
    else if (is_shared)
        deflateReset(&(*place)->stream);
    return *place;
}

/* Deflates what stream->next_in has. */
static bool deflate_append(z_stream *stream, struct buf *out, int flush)
{
    enum { STEP = 4096 }; /* more than the six bytes that a flush may take twice otherwise */
    do {
        char *at = buf_reserve(out, STEP);
        if (at == NULL) return false;
        stream->next_out = (Bytef *)at;
        stream->avail_out = STEP;
        int status = deflate(stream, flush);
        if (status != Z_OK && status != Z_BUF_ERROR) return false;
        out->size += STEP - stream->avail_out;
    } while (stream->avail_out == 0);
    return true;
}

static bool deflate_append_part(z_stream *stream, struct buf *out, struct str part)
{
    if (part.size > UINT32_MAX) return false;
    stream->next_in = (const Bytef *)part.at;
    stream->avail_in = (uInt)part.size;
    return part.size == 0 || deflate_append(stream, out, Z_NO_FLUSH);
}

bool ws_deflate_write(struct ws_deflate *deflate, struct buf *out, const struct str *parts, size_t count)
{
    enum { TAIL = 4 };
    struct ws_deflater *deflater = deflate_deflater(deflate);
    size_t size = 0, start = out->size;
    if (deflater == NULL) return false;
    z_stream *stream = &deflater->stream;
    for (size_t i = 0; i < count; i++) {
        size += parts[i].size;
        if (!deflate_append_part(stream, out, parts[i])) return false;
    }
    if (size == 0) { /* an empty block (§7.2.3.6); zlib writes none behind a flush */
        buf_append_byte(out, '\0');
        return out->error == BUF_OK;
    }
    if (!deflate_append(stream, out, Z_SYNC_FLUSH)) return false;
    if (out->size - start < TAIL) return false;
    out->size -= TAIL;
    return true;
}
