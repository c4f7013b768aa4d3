#include "unit.h"

#include "ws.h"

#include <stdlib.h>

enum { MESSAGE_MAX = 70000 };

/* A client's frame: masked. `first` is the header's first byte. */
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

static const char *const kinds[] = { "?", "text", "binary", "ping", "pong", "close", "error" };

static void log_piece(struct buf *log, const struct ws_piece *piece)
{
    bool is_data = piece->kind == WS_TEXT || piece->kind == WS_BINARY;
    /* How much of a message was reported before it turned out to be bad depends on the pieces. */
    if (piece->kind == WS_ERROR) log->size = str_find_last_byte(buf_str(log), ';') + 1;
    if (!is_data || piece->first) buf_append_format(log, "%s", kinds[piece->kind]);
    if (!is_data || piece->first) buf_append_byte(log, is_data || piece->size ? '=' : ' ');
    if (piece->kind == WS_ERROR) assert_non_null(piece->reason);
    if (piece->kind == WS_CLOSE || piece->kind == WS_ERROR) buf_append_format(log, "%d ", piece->code);
    buf_append(log, piece->payload, piece->size);
    if (!is_data || piece->last) buf_append_byte(log, ';');
}

/* Feeds `step` bytes at a time, from a block of exactly the bytes that are there. An idle reader is thrown away. */
static void feed(struct str input, size_t step, struct buf *log)
{
    struct ws_reader reader;
    ws_reader_init(&reader, MESSAGE_MAX);
    size_t read = 0, kept = 0;
    for (size_t at = 0; at < input.size;) {
        at = at + step < input.size ? at + step : input.size;
        size_t size = at - read;
        char *bytes = malloc(size ? size : 1);
        assert_non_null(bytes);
        memcpy(bytes, input.at + read, size);
        size_t used = 0;
        for (struct ws_piece piece = { .kind = WS_ERROR }; piece.kind != WS_WANT_MORE;) {
            used += ws_read(&reader, bytes + used, size - used, &piece);
            assert_true(used <= size);
            if (piece.kind != WS_WANT_MORE) log_piece(log, &piece);
        }
        free(bytes);
        if (ws_reader_is_idle(&reader)) ws_reader_init(&reader, MESSAGE_MAX);
        read += used;
        kept = size - used;
        assert_true(kept < 14 + 126);
    }
    if (reader.is_closed) assert_int_equal(kept, 0);
}

static void assert_transcript(struct str input, const char *expected)
{
    static const size_t steps[] = { 1 << 20, 1, 2, 3, 5, 8, 13 };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct buf log;
        buf_init(&log, 1 << 20);
        feed(input, steps[i], &log);
        buf_append_byte(&log, '\0');
        assert_string_equal(log.at, expected);
        buf_free(&log);
    }
}

#define FIN 0x80
struct frame {
    int first;
    struct str payload;
};
#define FRAMES(...)                                                                                                    \
    {                                                                                                                  \
        __VA_ARGS__,                                                                                                   \
        {                                                                                                              \
            -1, STR_INIT("")                                                                                           \
        }                                                                                                              \
    }

static const struct {
    struct frame frames[8];
    const char *transcript;
} cases[] = {
    { FRAMES({ FIN | 1, STR_INIT("Hello") }), "text=Hello;" },
    { FRAMES({ FIN | 1, STR_INIT("") }), "text=;" },
    { FRAMES({ FIN | 2, STR_INIT("\x01\xff") }), "binary=\x01\xff;" },
    { FRAMES({ FIN | 9, STR_INIT("") }, { FIN | 10, STR_INIT("abc") }), "ping ;pong=abc;" },
    /* Fragments (§5.4), with control frames between them, empty ones, and ones that split a character. */
    { FRAMES({ 1, STR_INIT("Hel") }, { FIN, STR_INIT("lo") }, { FIN | 1, STR_INIT("x") }), "text=Hello;text=x;" },
    { FRAMES({ 2, STR_INIT("a") }, { FIN | 9, STR_INIT("p") }, { 0, STR_INIT("b") }, { FIN, STR_INIT("c") }),
      "binary=aping=p;bc;" },
    { FRAMES({ 1, STR_INIT("") }, { 0, STR_INIT("") }, { FIN, STR_INIT("") }), "text=;" },
    { FRAMES({ 1, STR_INIT("") }, { 0, STR_INIT("a") }, { FIN, STR_INIT("") }), "text=a;" },
    { FRAMES({ 1, STR_INIT("\xe2") }, { 0, STR_INIT("\x82") }, { FIN, STR_INIT("\xac!") }), "text=\xe2\x82\xac!;" },
    /* UTF-8 (§8.1): refused at the first byte that breaks it. */
    { FRAMES({ FIN | 1, STR_INIT("\xff") }, { FIN | 1, STR_INIT("x") }), "error 1007 ;" },
    { FRAMES({ FIN | 1, STR_INIT("\xe2\x82") }), "error 1007 ;" },
    { FRAMES({ 1, STR_INIT("\xe2\x82") }, { FIN, STR_INIT("") }), "error 1007 ;" },
    { FRAMES({ FIN | 1, STR_INIT("\xed\xa0\x80") }), "error 1007 ;" },
    /* The sequence of frames. */
    { FRAMES({ FIN, STR_INIT("x") }), "error 1002 ;" },
    { FRAMES({ 0, STR_INIT("x") }), "error 1002 ;" },
    { FRAMES({ FIN | 1, STR_INIT("a") }, { FIN, STR_INIT("b") }), "text=a;error 1002 ;" },
    { FRAMES({ 1, STR_INIT("a") }, { FIN | 1, STR_INIT("b") }), "error 1002 ;" },
    { FRAMES({ 1, STR_INIT("a") }, { FIN | 2, STR_INIT("b") }), "error 1002 ;" },
    /* Reserved bits and opcodes. */
    { FRAMES({ FIN | 0x40 | 1, STR_INIT("a") }), "error 1002 ;" },
    { FRAMES({ FIN | 0x20 | 1, STR_INIT("a") }), "error 1002 ;" },
    { FRAMES({ FIN | 0x10 | 9, STR_INIT("a") }), "error 1002 ;" },
    { FRAMES({ FIN | 3, STR_INIT("a") }), "error 1002 ;" },
    { FRAMES({ FIN | 7, STR_INIT("a") }), "error 1002 ;" },
    { FRAMES({ FIN | 11, STR_INIT("a") }), "error 1002 ;" },
    { FRAMES({ FIN | 15, STR_INIT("a") }), "error 1002 ;" },
    /* Control frames (§5.5). */
    { FRAMES({ 9, STR_INIT("a") }), "error 1002 ;" },
    { FRAMES({ 8, STR_INIT("") }), "error 1002 ;" },
    { FRAMES({ FIN | 8, STR_INIT("") }, { FIN | 1, STR_INIT("ignored") }), "close 1005 ;" },
    { FRAMES({ FIN | 8, STR_INIT("\x03") }), "error 1002 ;" },
    { FRAMES({ FIN | 8, STR_INIT("\x03\xe8") }), "close 1000 ;" },
    { FRAMES({ FIN | 8, STR_INIT("\x03\xe8\xe2\x82\xac") }), "close=1000 \xe2\x82\xac;" },
    { FRAMES({ FIN | 8, STR_INIT("\x03\xe8\xe2\x82") }), "error 1007 ;" },
    { FRAMES({ FIN | 8, STR_INIT("\x03\xed") }), "error 1002 ;" }, /* 1005 */
    { FRAMES({ 1, STR_INIT("a") }, { FIN | 8, STR_INIT("\x0f\xa0") }), "text=aclose 4000 ;" },
};

static void reads_frames_in_pieces_of_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf input;
        buf_init(&input, 4096);
        for (const struct frame *frame = cases[i].frames; frame->first >= 0; frame++)
            append_frame(&input, frame->first, frame->payload);
        assert_transcript(buf_str(&input), cases[i].transcript);
        buf_free(&input);
    }
}

static void reads_the_standards_example(void **state)
{
    (void)state; /* RFC 6455 §5.7 */
    assert_transcript(STR("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), "text=Hello;");
}

static void refuses_raw_headers(void **state)
{
    (void)state;
    assert_transcript(STR("\x81\x05Hello"), "error 1002 ;");    /* not masked */
    assert_transcript(STR("\x89\xfe\x00\x7e"), "error 1002 ;"); /* ping of 126 bytes */
    assert_transcript(STR("\x81\xfe\x00\x7d"
                          "mask"),
                      "error 1002 ;"); /* 125 in 16 bits */
    assert_transcript(STR("\x81\xff\0\0\0\0\0\0\xff\xff"
                          "mask"),
                      "error 1002 ;"); /* 65535 in 64 bits */
    assert_transcript(STR("\x81\xff\x80\0\0\0\0\0\0\0"
                          "mask"),
                      "error 1002 ;"); /* 64 bits */
    assert_transcript(STR("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff"
                          "mask"),
                      "error 1009 ;"); /* too long */
}

/* A message in two frames of these sizes: read whole or refused. */
static void assert_sizes(size_t first, size_t second, bool is_read)
{
    struct buf input, log;
    char *payload = malloc(first + second + 1);
    assert_non_null(payload);
    for (size_t i = 0; i < first + second; i++) payload[i] = (char)('a' + i % 26);
    buf_init(&input, 1 << 20);
    append_frame(&input, 1, (struct str){ payload, first });
    append_frame(&input, FIN, (struct str){ payload + first, second });
    static const size_t steps[] = { 1 << 20, 1000, 77 };
    for (size_t i = 0; i < 3; i++) {
        buf_init(&log, 1 << 20);
        feed(buf_str(&input), steps[i], &log);
        if (is_read) {
            assert_int_equal(log.size, first + second + 6);
            assert_memory_equal(log.at + 5, payload, first + second);
        } else {
            assert_true(str_ends(buf_str(&log), STR("error 1009 ;")));
        }
        buf_free(&log);
    }
    buf_free(&input);
    free(payload);
}

static void has_a_ceiling_for_messages(void **state)
{
    (void)state;
    assert_sizes(125, 126, true);
    assert_sizes(65535, 4, true);
    assert_sizes(4, 65536, true);
    assert_sizes(MESSAGE_MAX - 1, 1, true);
    assert_sizes(MESSAGE_MAX, 1, false);
    assert_sizes(1, MESSAGE_MAX, false);
    assert_sizes(0, MESSAGE_MAX + 1, false);
}

static void unmasks_every_alignment(void **state)
{
    (void)state;
    char payload[64];
    for (size_t i = 0; i < sizeof payload; i++) payload[i] = (char)(i * 7 + 1);
    for (size_t size = 0; size < sizeof payload; size++) {
        for (size_t split = 0; split <= size; split++) {
            struct buf input;
            struct ws_reader reader;
            struct ws_piece piece;
            buf_init(&input, 256);
            append_frame(&input, FIN | 2, (struct str){ payload, size });
            ws_reader_init(&reader, 1000);
            size_t first = ws_read(&reader, input.at, 6 + split, &piece);
            assert_int_equal(first, 6 + split);
            size_t got = piece.kind == WS_BINARY ? piece.size : 0;
            if (got > 0) assert_memory_equal(piece.payload, payload, got);
            if (split < size) {
                assert_int_equal(ws_read(&reader, input.at + first, input.size - first, &piece), input.size - first);
                assert_memory_equal(piece.payload, payload + split, size - split);
            }
            assert_true(piece.kind == WS_BINARY && piece.last);
            buf_free(&input);
        }
    }
}

static void knows_the_close_codes(void **state)
{
    (void)state;
    for (unsigned code = 0; code <= 0xFFFF; code++) {
        bool is_standard = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
        assert_int_equal(ws_is_close_code((uint16_t)code), is_standard || (code >= 3000 && code <= 4999));
    }
}

static void writes_frames(void **state)
{
    (void)state;
    struct buf buf;
    char header[WS_HEADER_MAX];
    buf_init(&buf, 4096);
    ws_write(&buf, WS_OPCODE_TEXT, STR("Hello"));
    assert_str(buf_str(&buf), "\x81\x05Hello");
    assert_int_equal(ws_write_header(header, WS_OPCODE_BINARY, 125), 2);
    assert_int_equal(ws_write_header(header, WS_OPCODE_BINARY, 126), 4);
    assert_memory_equal(header, "\x82\x7e\x00\x7e", 4);
    assert_int_equal(ws_write_header(header, WS_OPCODE_BINARY | WS_RSV1, 65535), 4);
    assert_memory_equal(header, "\xc2\x7e\xff\xff", 4);
    assert_int_equal(ws_write_header(header, WS_OPCODE_BINARY, 65536), 10);
    assert_memory_equal(header, "\x82\x7f\0\0\0\0\0\x01\0\0", 10);
    buf_clear(&buf);
    ws_write_close(&buf, WS_CLOSE_TOO_BIG, STR("big"));
    assert_str(buf_str(&buf), "\x88\x05\x03\xf1"
                              "big");
    buf_clear(&buf);
    ws_write_close(&buf, WS_CLOSE_NO_CODE, STR("no"));
    assert_str(buf_str(&buf), "\x88\x00");
    buf_free(&buf);
}

static void cuts_long_close_reasons(void **state)
{
    (void)state;
    struct buf reason, buf;
    buf_init(&reason, 4096);
    buf_init(&buf, 4096);
    for (int i = 0; i < 50; i++) buf_append_str(&reason, STR("\xe2\x82\xac"));
    ws_write_close(&buf, WS_CLOSE_NORMAL, buf_str(&reason));
    assert_int_equal(buf.size, 2 + 2 + 123);
    buf_append_byte(&reason, 'x');
    buf_clear(&buf);
    ws_write_close(&buf, WS_CLOSE_NORMAL, str_cut(buf_str(&reason), 1, reason.size));
    assert_int_equal(buf.size, 2 + 2 + 122); /* two continuation bytes and 40 characters, none of them cut */
    buf_free(&reason);
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_frames_in_pieces_of_any_size),
        cmocka_unit_test(reads_the_standards_example),
        cmocka_unit_test(refuses_raw_headers),
        cmocka_unit_test(has_a_ceiling_for_messages),
        cmocka_unit_test(unmasks_every_alignment),
        cmocka_unit_test(knows_the_close_codes),
        cmocka_unit_test(writes_frames),
        cmocka_unit_test(cuts_long_close_reasons),
    };
    return cmocka_run_group_tests_name("ws", tests, NULL, NULL);
}
