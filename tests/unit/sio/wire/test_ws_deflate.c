#include "unit.h"

#include "ws.h"
#include "ws_deflate.h"

#include <stdlib.h>
#include <zlib.h>

enum { MESSAGE_MAX = 300000, FIN = 0x80, RSV1 = 0x40 };

static const struct ws_deflate_params with_context = { 0 };
static const struct ws_deflate_params no_context = { .server_no_context_takeover = true,
                                                     .client_no_context_takeover = true };

/* One connection. */
struct peer {
    struct ws_deflate_pool *pool;
    struct ws_deflate deflate;
    struct ws_reader reader;
    struct buf log; /* messages, each behind its kind and before a semicolon */
};

static void peer_open(struct peer *peer, const struct ws_deflate_params *agreed)
{
    peer->pool = ws_deflate_pool_create(0, 0);
    assert_non_null(peer->pool);
    ws_deflate_init(&peer->deflate, peer->pool, agreed);
    ws_reader_init(&peer->reader, MESSAGE_MAX);
    peer->reader.deflate = &peer->deflate;
    buf_init(&peer->log, 1 << 24);
}

static void peer_close(struct peer *peer)
{
    ws_deflate_free(&peer->deflate);
    ws_deflate_pool_destroy(peer->pool);
    buf_free(&peer->log);
}

/* A client's frame: masked. */
static void append_frame(struct buf *buf, int first, struct str payload)
{
    static const char mask[4] = { '\x37', '\xfa', '\x21', '\x3d' };
    char header[WS_HEADER_MAX];
    size_t size = ws_write_header(header, 0, payload.size);
    header[0] = (char)first;
    header[1] = (char)(header[1] | '\x80');
    buf_append(buf, header, size);
    buf_append(buf, mask, 4);
    for (size_t i = 0; i < payload.size; i++) buf_append_byte(buf, (char)(payload.at[i] ^ mask[i % 4]));
}

static void log_piece(struct buf *log, const struct ws_piece *piece)
{
    static const char *const kinds[] = { "?", "text", "binary", "ping", "pong", "close", "error" };
    bool is_data = piece->kind == WS_TEXT || piece->kind == WS_BINARY;
    if (piece->kind == WS_ERROR) {
        assert_non_null(piece->reason);
        log->size = str_find_last_byte(buf_str(log), ';') + 1; /* how much was reported before depends on the pieces */
        buf_append_format(log, "error %d;", piece->code);
        return;
    }
    if (!is_data || piece->first) buf_append_format(log, "%s=", kinds[piece->kind]);
    buf_append(log, piece->payload, piece->size);
    if (!is_data || piece->last) buf_append_byte(log, ';');
}

/* Feeds `step` bytes at a time. */
static void peer_feed(struct peer *peer, struct str input, size_t step)
{
    size_t read = 0;
    for (size_t end = 0; end < input.size;) {
        end = end + step < input.size ? end + step : input.size;
        size_t size = end - read, used = 0;
        char *bytes = malloc(size ? size : 1);
        assert_non_null(bytes);
        memcpy(bytes, input.at + read, size);
        for (struct ws_piece piece = { .kind = WS_ERROR }; piece.kind != WS_WANT_MORE;) {
            used += ws_read(&peer->reader, bytes + used, size - used, &piece);
            assert_true(used <= size);
            if (piece.kind != WS_WANT_MORE) log_piece(&peer->log, &piece);
        }
        free(bytes);
        read += used;
        assert_true(size - used < 14 + 126);
    }
}

static void assert_log(const struct peer *peer, struct str expected)
{
    assert_int_equal(peer->log.size, expected.size);
    assert_memory_equal(peer->log.at, expected.at, expected.size);
}

static void assert_transcript(const struct ws_deflate_params *agreed, struct str input, struct str expected)
{
    static const size_t steps[] = { 1 << 20, 1, 2, 3, 7 };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct peer peer;
        peer_open(&peer, agreed);
        peer_feed(&peer, input, steps[i]);
        assert_log(&peer, expected);
        peer_close(&peer);
    }
}

/* ---- Reading ------------------------------------------------------------------------------------------------- */

struct frame {
    int first;
    struct str payload;
};
#define END                                                                                                            \
    {                                                                                                                  \
        -1, STR_INIT("")                                                                                               \
    }
#define HELLO "\xf2\x48\xcd\xc9\xc9\x07\x00"

static const struct {
    struct frame frames[6];
    struct str transcript;
} cases[] = {
    /* The examples of RFC 7692 §7.2.3: one frame, two frames, no compression, a final block, two blocks. */
    { { { FIN | RSV1 | 1, STR_INIT(HELLO) }, END }, STR_INIT("text=Hello;") },
    { { { RSV1 | 1, STR_INIT("\xf2\x48\xcd") }, { FIN, STR_INIT("\xc9\xc9\x07\x00") }, END }, STR_INIT("text=Hello;") },
    { { { FIN | RSV1 | 1, STR_INIT("\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00") }, END }, STR_INIT("text=Hello;") },
    { { { FIN | RSV1 | 1, STR_INIT("\xf3\x48\xcd\xc9\xc9\x07\x00\x00") }, END }, STR_INIT("text=Hello;") },
    { { { FIN | RSV1 | 1, STR_INIT("\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00") }, END },
      STR_INIT("text=Hello;") },
    /* A final block without the byte that may follow it, and blocks behind it. */
    { { { FIN | RSV1 | 1, STR_INIT("\xf3\x48\xcd\xc9\xc9\x07\x00") }, { FIN | RSV1 | 1, STR_INIT(HELLO) }, END },
      STR_INIT("text=Hello;text=Hello;") },
    { { { FIN | RSV1 | 1, STR_INIT("\xf3\x48\xcd\xc9\xc9\x07\x00" HELLO) }, END }, STR_INIT("text=HelloHello;") },
    /* Empty messages: the byte of §7.2.3.6, zlib's empty block, none at all. */
    { { { FIN | RSV1 | 1, STR_INIT("\x00") }, { FIN | RSV1 | 2, STR_INIT("\x02\x00") }, END },
      STR_INIT("text=;binary=;") },
    { { { FIN | RSV1 | 1, STR_INIT("") }, { FIN | RSV1 | 1, STR_INIT(HELLO) }, END }, STR_INIT("text=;text=Hello;") },
    { { { RSV1 | 2, STR_INIT("") }, { 0, STR_INIT(HELLO) }, { FIN, STR_INIT("") }, END }, STR_INIT("binary=Hello;") },
    /* Plain messages and control frames between. */
    { { { FIN | RSV1 | 1, STR_INIT(HELLO) }, { FIN | 1, STR_INIT("x") }, { FIN | RSV1 | 1, STR_INIT(HELLO) }, END },
      STR_INIT("text=Hello;text=x;text=Hello;") },
    { { { RSV1 | 1, STR_INIT("") }, { FIN | 9, STR_INIT("p") }, { FIN, STR_INIT(HELLO) }, END },
      STR_INIT("ping=p;text=Hello;") },
    /* The bit belongs on the first frame of a message, and on no control frame (§6). */
    { { { FIN | RSV1 | 9, STR_INIT("x") }, END }, STR_INIT("error 1002;") },
    { { { 1, STR_INIT("a") }, { FIN | RSV1, STR_INIT("b") }, END }, STR_INIT("error 1002;") },
    { { { RSV1 | 1, STR_INIT("\xf2\x48\xcd") }, { FIN | RSV1, STR_INIT("\xc9\xc9\x07\x00") }, END },
      STR_INIT("error 1002;") },
    { { { FIN | RSV1 | 0x20 | 1, STR_INIT(HELLO) }, END }, STR_INIT("error 1002;") },
    /* No DEFLATE data, data cut short, text that is not UTF-8. */
    { { { FIN | RSV1 | 1, STR_INIT("\x07") }, END }, STR_INIT("error 1007;") },
    { { { FIN | RSV1 | 1, STR_INIT("\xff\xff\xff") }, END }, STR_INIT("error 1007;") },
    { { { FIN | RSV1 | 1, STR_INIT("\xf2\x48\xcd\xc9") }, END }, STR_INIT("error 1007;") },
    { { { FIN | RSV1 | 1, STR_INIT("\x00\x05\x00\xfa\xff\x48\x65") }, END }, STR_INIT("error 1007;") },
    { { { FIN | RSV1 | 1, STR_INIT("\x00\x01\x00\xfe\xff\xff\x00") }, END }, STR_INIT("error 1007;") },
    { { { FIN | RSV1 | 1, STR_INIT("\x00\x02\x00\xfd\xff\xe2\x82\x00") }, END }, STR_INIT("error 1007;") },
    { { { FIN | RSV1 | 2, STR_INIT("\x00\x01\x00\xfe\xff\xff\x00") }, END }, STR_INIT("binary=\xff;") },
};

static void inflates_messages_in_pieces_of_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf input;
        buf_init(&input, 4096);
        for (const struct frame *frame = cases[i].frames; frame->first >= 0; frame++)
            append_frame(&input, frame->first, frame->payload);
        assert_transcript(&with_context, buf_str(&input), cases[i].transcript);
        assert_transcript(&no_context, buf_str(&input), cases[i].transcript);
        buf_free(&input);
    }
}

/* What follows the first message refers to it: §7.2.3.2, and what Node's zlib writes. */
static void keeps_the_context_where_agreed(void **state)
{
    (void)state;
    static const struct str node[] = {
        STR_INIT("\xaa\x56\x4a\x54\xb2\x52\xca\x48\xcd\xc9\xc9\x57\x40\x22\x95\x6a\x01\x00"),
        STR_INIT("\xaa\xc6\x25\x01\x00"),
        STR_INIT("\xca\x38\xbc\x12\xc4\x7b\xd4\xb4\x06\x00"),
    };
    struct buf input;
    buf_init(&input, 4096);
    append_frame(&input, FIN | RSV1 | 1, STR(HELLO));
    append_frame(&input, FIN | RSV1 | 1, STR("\xf2\x00\x11\x00\x00"));
    assert_transcript(&with_context, buf_str(&input), STR("text=Hello;text=Hello;"));
    assert_transcript(&no_context, buf_str(&input), STR("text=Hello;error 1007;"));
    buf_clear(&input);
    /* A final block ends a stream, not the context. */
    append_frame(&input, FIN | RSV1 | 1, STR("\xf3\x48\xcd\xc9\xc9\x07\x00\x00"));
    append_frame(&input, FIN | RSV1 | 1, STR("\xf2\x00\x11\x00\x00"));
    assert_transcript(&with_context, buf_str(&input), STR("text=Hello;text=Hello;"));
    buf_clear(&input);
    for (size_t i = 0; i < 3; i++) append_frame(&input, FIN | RSV1 | 1, node[i]);
    assert_transcript(&with_context, buf_str(&input),
                      STR("text={\"a\":\"hello hello hello\"};text={\"a\":\"hello hello hello\"};"
                          "text=h\xc3\xa9llo \xe2\x82\xac;"));
    buf_free(&input);
}

/* Raw DEFLATE of `text` up to a flush, its tail taken off. */
static void append_deflated(struct buf *out, struct str text)
{
    z_stream stream = { 0 };
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&stream, text.size) + 64;
    char *at = buf_reserve(out, room);
    assert_non_null(at);
    stream.next_in = (Bytef *)(uintptr_t)text.at;
    stream.avail_in = (uInt)text.size;
    stream.next_out = (Bytef *)at;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_SYNC_FLUSH), Z_OK);
    out->size += room - stream.avail_out - 4;
    deflateEnd(&stream);
}

static void fill(struct buf *text, size_t size, bool is_random)
{
    uint32_t seed = 1;
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525 + 1013904223;
        buf_append_byte(text, is_random ? (char)(' ' + (seed >> 24) % 90) : (char)('a' + i / 300 % 26));
    }
}

/* A message of `size` bytes: read whole or refused with 1009. */
static void assert_size(size_t size, bool is_random, bool is_read)
{
    struct buf text, deflated, input;
    buf_init(&text, 1 << 24);
    buf_init(&deflated, 1 << 24);
    buf_init(&input, 1 << 24);
    buf_append_str(&text, STR("text="));
    fill(&text, size, is_random);
    append_deflated(&deflated, str_cut(buf_str(&text), 5, text.size));
    append_frame(&input, FIN | RSV1 | 1, buf_str(&deflated));
    buf_append_byte(&text, ';');
    for (size_t step = 1000; step <= 1 << 24; step *= 1 << 14) {
        struct peer peer;
        peer_open(&peer, &no_context);
        peer_feed(&peer, buf_str(&input), step);
        if (is_read)
            assert_log(&peer, buf_str(&text));
        else
            assert_log(&peer, STR("error 1009;"));
        assert_true(!is_read || peer.deflate.inflater == NULL);
        peer_close(&peer);
    }
    buf_free(&text);
    buf_free(&deflated);
    buf_free(&input);
}

static void reads_messages_larger_than_a_slice(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_size(WS_DEFLATE_SLICE - 1 + i, false, true);
        assert_size(WS_DEFLATE_SLICE - 1 + i, true, true);
        assert_size(2 * WS_DEFLATE_SLICE - 1 + i, false, true);
    }
    assert_size(MESSAGE_MAX, false, true);
    assert_size(200000, true, true);
}

static void has_a_ceiling_for_what_comes_out(void **state)
{
    (void)state;
    assert_size(MESSAGE_MAX + 1, false, false);
    assert_size(10 * 1000 * 1000, false, false); /* 10 KB on the wire */
}

/* A client need not finish a message to be told that it is no good. */
static void refuses_bad_text_before_the_message_ends(void **state)
{
    (void)state;
    struct buf input, deflated;
    struct peer peer;
    buf_init(&input, 4096);
    buf_init(&deflated, 4096);
    append_deflated(&deflated, STR("good \xed\xa0\x80"));
    append_frame(&input, RSV1 | 1, buf_str(&deflated));
    peer_open(&peer, &no_context);
    peer_feed(&peer, buf_str(&input), 1);
    assert_log(&peer, STR("error 1007;"));
    peer_close(&peer);
    buf_free(&input);
    buf_free(&deflated);
}

static void holds_nothing_while_idle(void **state)
{
    (void)state;
    struct buf input;
    struct peer peer;
    buf_init(&input, 4096);
    append_frame(&input, FIN | RSV1 | 1, STR(HELLO));
    peer_open(&peer, &no_context);
    assert_null(peer.deflate.inflater);
    peer_feed(&peer, str_cut(buf_str(&input), 0, input.size - 1), 100);
    assert_non_null(peer.deflate.inflater);
    peer_feed(&peer, (struct str){ input.at + input.size - 1, 1 }, 100);
    assert_null(peer.deflate.inflater);
    assert_log(&peer, STR("text=Hello;"));
    peer_close(&peer);
    peer_open(&peer, &with_context);
    peer_feed(&peer, buf_str(&input), 100);
    assert_non_null(peer.deflate.inflater);
    peer_close(&peer);
    buf_free(&input);
}

/* ---- Writing ------------------------------------------------------------------------------------------------- */

/* Inflates with a window of `bits` what was written, as a client would; `stream` is NULL for one of its own. */
static void assert_inflates(z_stream *stream, int bits, struct str payload, struct str expected)
{
    z_stream own = { 0 };
    char *out = malloc(expected.size + 100);
    assert_non_null(out);
    if (stream == NULL) {
        stream = &own;
        assert_int_equal(inflateInit2(stream, -bits), Z_OK);
    }
    stream->next_out = (Bytef *)out;
    stream->avail_out = (uInt)expected.size + 100;
    stream->next_in = (Bytef *)(uintptr_t)payload.at;
    stream->avail_in = (uInt)payload.size;
    int status = inflate(stream, Z_SYNC_FLUSH);
    assert_true(status == Z_OK || (payload.size == 0 && status == Z_BUF_ERROR));
    stream->next_in = (Bytef *)(uintptr_t) "\x00\x00\xff\xff";
    stream->avail_in = 4;
    assert_int_equal(inflate(stream, Z_SYNC_FLUSH), Z_OK);
    assert_int_equal(expected.size + 100 - stream->avail_out, expected.size);
    assert_memory_equal(out, expected.at, expected.size);
    if (stream == &own) inflateEnd(&own);
    free(out);
}

static size_t assert_written(struct peer *peer, z_stream *stream, int bits, struct str text)
{
    struct buf out;
    struct str parts[] = { str_cut(text, 0, 1), str_cut(text, 1, text.size) };
    buf_init(&out, 1 << 24);
    buf_append_str(&out, STR("before"));
    assert_true(ws_deflate_write(&peer->deflate, &out, parts, 2));
    struct str payload = str_cut(buf_str(&out), 6, out.size);
    assert_inflates(stream, bits, payload, text);
    buf_free(&out);
    return payload.size;
}

static void writes_for_every_window(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 1 << 20);
    fill(&text, 700, true);
    fill(&text, 700, true); /* what repeats is farther away than the smallest window */
    fill(&text, 70000, false);
    for (uint8_t bits = 8; bits <= 15; bits++) {
        for (int has_context = 0; has_context < 2; has_context++) {
            struct ws_deflate_params agreed = { .server_no_context_takeover = !has_context,
                                                .server_max_window_bits = bits };
            struct peer peer;
            peer_open(&peer, &agreed);
            z_stream stream = { 0 };
            assert_int_equal(inflateInit2(&stream, -bits), Z_OK);
            for (int i = 0; i < 3; i++) {
                assert_written(&peer, has_context ? &stream : NULL, bits, buf_str(&text));
                assert_written(&peer, has_context ? &stream : NULL, bits, STR("{\"a\":1}"));
                assert_written(&peer, has_context ? &stream : NULL, bits, STR_EMPTY);
            }
            inflateEnd(&stream);
            peer_close(&peer);
        }
    }
    buf_free(&text);
}

static void uses_the_context_where_agreed(void **state)
{
    (void)state;
    struct str text = STR("{\"name\":\"a message that comes twice\"}");
    struct peer peer;
    z_stream stream = { 0 };
    assert_int_equal(inflateInit2(&stream, -15), Z_OK);
    peer_open(&peer, &with_context);
    size_t first = assert_written(&peer, &stream, 15, text);
    assert_true(assert_written(&peer, &stream, 15, text) < first / 3);
    peer_close(&peer);
    inflateEnd(&stream);
    peer_open(&peer, &no_context);
    first = assert_written(&peer, NULL, 15, text);
    assert_int_equal(assert_written(&peer, NULL, 15, text), first);
    assert_null(peer.deflate.deflater);
    peer_close(&peer);
}

static void says_when_there_is_no_room(void **state)
{
    (void)state;
    struct peer peer;
    struct buf out;
    struct str part = STR("a");
    buf_init(&out, 3);
    peer_open(&peer, &no_context);
    assert_false(ws_deflate_write(&peer.deflate, &out, &part, 1));
    assert_int_equal(out.error, BUF_FULL);
    peer_close(&peer);
    buf_free(&out);
    assert_null(ws_deflate_pool_create(10, 0));
    assert_null(ws_deflate_pool_create(0, -1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inflates_messages_in_pieces_of_any_size),
        cmocka_unit_test(keeps_the_context_where_agreed),
        cmocka_unit_test(reads_messages_larger_than_a_slice),
        cmocka_unit_test(has_a_ceiling_for_what_comes_out),
        cmocka_unit_test(refuses_bad_text_before_the_message_ends),
        cmocka_unit_test(holds_nothing_while_idle),
        cmocka_unit_test(writes_for_every_window),
        cmocka_unit_test(uses_the_context_where_agreed),
        cmocka_unit_test(says_when_there_is_no_room),
    };
    return cmocka_run_group_tests_name("ws_deflate", tests, NULL, NULL);
}
