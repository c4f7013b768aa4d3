#include "unit.h"

#include "http_encoding.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <zlib.h>

static void chooses_by_header_type_and_size(void **state)
{
    (void)state;
    static const struct {
        const char *accept, *type;
        size_t size;
        enum http_coding coding;
    } cases[] = {
        { "gzip, deflate, br", "application/json", 1024, HTTP_CODING_BROTLI },
        { "gzip, deflate, br", "application/json", 1023, HTTP_CODING_IDENTITY },
        { "gzip, deflate", "text/plain; charset=UTF-8", 5000, HTTP_CODING_GZIP },
        { "br;q=0, gzip;q=0.1", "Text/HTML", 5000, HTTP_CODING_GZIP },
        { "br;q=0.5, gzip", "image/svg+xml", 5000, HTTP_CODING_GZIP },
        { "deflate", "text/plain", 5000, HTTP_CODING_IDENTITY },
        { "", "text/plain", 5000, HTTP_CODING_IDENTITY },
        { "br", "image/png", 5000, HTTP_CODING_IDENTITY },
        { "br", "application/octet-stream", 5000, HTTP_CODING_IDENTITY },
        { "br", "application/problem+json ; x=y", 5000, HTTP_CODING_BROTLI },
        { "br", "+json", 5000, HTTP_CODING_BROTLI },
        { "br", "json", 5000, HTTP_CODING_IDENTITY },
        { "br", "", 5000, HTTP_CODING_IDENTITY },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(http_encoding_choose(str_from(cases[i].accept), str_from(cases[i].type), cases[i].size,
                                              HTTP_ENCODING_THRESHOLD),
                         cases[i].coding);
    assert_str(http_encoding_name(HTTP_CODING_GZIP), "gzip");
    assert_str(http_encoding_name(HTTP_CODING_BROTLI), "br");
    assert_str(http_encoding_name(HTTP_CODING_IDENTITY), "");
}

static void assert_decodes(enum http_coding coding, struct str encoded, struct str body)
{
    char *out = malloc(body.size + 1);
    assert_non_null(out);
    size_t size = body.size + 1;
    if (coding == HTTP_CODING_GZIP) {
        z_stream stream = { .next_in = (Bytef *)(uintptr_t)encoded.at, .avail_in = (uInt)encoded.size };
        assert_int_equal(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
        stream.next_out = (Bytef *)out;
        stream.avail_out = (uInt)size;
        assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
        assert_int_equal(stream.avail_in, 0);
        size -= stream.avail_out;
        inflateEnd(&stream);
    } else {
        assert_int_equal(BrotliDecoderDecompress(encoded.size, (const uint8_t *)encoded.at, &size, (uint8_t *)out),
                         BROTLI_DECODER_RESULT_SUCCESS);
    }
    assert_int_equal(size, body.size);
    assert_memory_equal(out, body.at, size);
    free(out);
}

/* A body of `size` bytes that repeats itself, or does not. */
static void fill(struct buf *body, size_t size, bool is_random)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525 + 1013904223;
        buf_append_byte(body, is_random ? (char)(seed >> 24) : "{\"name\":\"value\"}"[i % 16]);
    }
}

static const enum http_coding codings[] = { HTTP_CODING_GZIP, HTTP_CODING_BROTLI };

static void encodes_what_shrinks(void **state)
{
    (void)state;
    static const size_t sizes[] = { 64, 1024, 70000, 1 << 20 };
    for (size_t i = 0; i < 4; i++) {
        struct buf body;
        buf_init(&body, 1 << 21);
        fill(&body, sizes[i], false);
        for (size_t c = 0; c < 2; c++) {
            struct buf out;
            buf_init(&out, 1 << 21);
            buf_append_str(&out, STR("head"));
            assert_true(http_encoding_write(&out, codings[c], buf_str(&body)));
            assert_true(out.size - 4 < body.size);
            assert_memory_equal(out.at, "head", 4);
            assert_decodes(codings[c], str_cut(buf_str(&out), 4, out.size), buf_str(&body));
            buf_free(&out);
        }
        buf_free(&body);
    }
}

static void leaves_what_does_not_shrink(void **state)
{
    (void)state;
    static const size_t sizes[] = { 0, 1, 2, 10, 5000 };
    for (size_t i = 0; i < 5; i++) {
        struct buf body;
        buf_init(&body, 1 << 20);
        fill(&body, sizes[i], true);
        for (size_t c = 0; c < 2; c++) {
            struct buf out;
            buf_init(&out, 1 << 20);
            buf_append_str(&out, STR("head"));
            assert_false(http_encoding_write(&out, codings[c], (struct str){ body.at ? body.at : "", body.size }));
            assert_str(buf_str(&out), "head");
            assert_int_equal(out.error, BUF_OK);
            buf_free(&out);
        }
        buf_free(&body);
    }
}

static void keeps_below_the_ceiling(void **state)
{
    (void)state;
    struct buf body;
    buf_init(&body, 1 << 20);
    fill(&body, 100000, false);
    for (size_t c = 0; c < 2; c++) {
        for (size_t limit = 0; limit < 40; limit++) {
            struct buf out;
            buf_init(&out, limit);
            if (limit < 20)
                assert_false(http_encoding_write(&out, codings[c], buf_str(&body)));
            else if (http_encoding_write(&out, codings[c], buf_str(&body)))
                assert_decodes(codings[c], buf_str(&out), buf_str(&body));
            assert_int_equal(out.error, BUF_OK);
            assert_true(out.size <= limit);
            buf_free(&out);
        }
    }
    buf_free(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_by_header_type_and_size),
        cmocka_unit_test(encodes_what_shrinks),
        cmocka_unit_test(leaves_what_does_not_shrink),
        cmocka_unit_test(keeps_below_the_ceiling),
    };
    return cmocka_run_group_tests_name("http_encoding", tests, NULL, NULL);
}
