#include "unit.h"

#include "ws_deflate.h"

#include <stdio.h>

#define PMD "permessage-deflate"
#define MALFORMED "malformed"
#define NONE "none"

static const struct ws_deflate_params anything = { 0 };
static const struct ws_deflate_params no_context = { .server_no_context_takeover = true,
                                                     .client_no_context_takeover = true };
static const struct ws_deflate_params ten_bits = { .server_max_window_bits = 10, .client_max_window_bits = 10 };

/* The answer to one or two header lines. */
static void negotiate(const char *first, const char *second, const struct ws_deflate_params *wanted, struct buf *answer)
{
    static struct http1_reader reader;
    struct http1_piece piece;
    struct ws_deflate_params agreed;
    char text[2048];
    int size = snprintf(text, sizeof text, "GET / HTTP/1.1\r\nHost: a\r\n%s%s%s%s%s%s\r\n",
                        first ? "Sec-WebSocket-Extensions: " : "", first ? first : "", first ? "\r\n" : "",
                        second ? "sec-websocket-extensions:" : "", second ? second : "", second ? "\r\n" : "");
    http1_reader_init(&reader, 0);
    http1_read(&reader, text, (size_t)size, &piece);
    assert_int_equal(piece.event, HTTP1_HEAD);
    switch (ws_deflate_negotiate(wanted, &reader.request, &agreed)) {
    case WS_DEFLATE_NONE: buf_append_str(answer, STR(NONE)); break;
    case WS_DEFLATE_MALFORMED: buf_append_str(answer, STR(MALFORMED)); break;
    case WS_DEFLATE_AGREED: ws_deflate_write_params(answer, &agreed); break;
    }
}

static void assert_answer(const char *first, const char *second, const struct ws_deflate_params *wanted,
                          const char *expected)
{
    struct buf answer;
    buf_init(&answer, 1000);
    negotiate(first, second, wanted, &answer);
    buf_append_byte(&answer, '\0');
    assert_string_equal(answer.at, expected);
    buf_free(&answer);
}

static const struct {
    const char *offers;
    const char *to_anything, *to_no_context, *to_ten_bits;
} cases[] = {
#define BOTH PMD "; server_no_context_takeover; client_no_context_takeover"
#define SERVER_10 "; server_max_window_bits=10"
#define CLIENT_10 "; client_max_window_bits=10"
    /* What browsers, and what Node's ws, send. */
    { PMD "; client_max_window_bits", PMD, BOTH, PMD SERVER_10 CLIENT_10 },
    { PMD, PMD, BOTH, NONE },
    /* Each parameter (RFC 7692 §7.1). */
    { PMD "; server_no_context_takeover", PMD "; server_no_context_takeover", BOTH, NONE },
    { PMD "; client_no_context_takeover", PMD "; client_no_context_takeover", BOTH, NONE },
    { PMD "; server_max_window_bits=15", PMD "; server_max_window_bits=15", BOTH "; server_max_window_bits=15", NONE },
    { PMD "; server_max_window_bits=8; client_max_window_bits=9",
      PMD "; server_max_window_bits=8; client_max_window_bits=9",
      BOTH "; server_max_window_bits=8; client_max_window_bits=9",
      PMD "; server_max_window_bits=8; client_max_window_bits=9" },
    { PMD "; client_max_window_bits=15", PMD "; client_max_window_bits=15", BOTH "; client_max_window_bits=15",
      PMD SERVER_10 CLIENT_10 },
    { PMD ";client_max_window_bits = \"10\"\t; server_no_context_takeover ",
      PMD "; server_no_context_takeover; client_max_window_bits=10", BOTH CLIENT_10,
      PMD "; server_no_context_takeover" SERVER_10 CLIENT_10 },
    /* Declined (§7). */
    { PMD "; server_max_window_bits", NONE, NONE, NONE },
    { PMD "; server_max_window_bits=7", NONE, NONE, NONE },
    { PMD "; server_max_window_bits=16", NONE, NONE, NONE },
    { PMD "; server_max_window_bits=010", NONE, NONE, NONE },
    { PMD "; server_max_window_bits=1x", NONE, NONE, NONE },
    { PMD "; client_max_window_bits=20", NONE, NONE, NONE },
    { PMD "; client_max_window_bits=\"1\\0\"", NONE, NONE, NONE },
    { PMD "; client_no_context_takeover=1", NONE, NONE, NONE },
    { PMD "; server_no_context_takeover=\"true\"", NONE, NONE, NONE },
    { PMD "; client_max_window_bits; client_max_window_bits", NONE, NONE, NONE },
    { PMD "; server_no_context_takeover; server_no_context_takeover", NONE, NONE, NONE },
    { PMD "; Client_max_window_bits", NONE, NONE, NONE },
    { PMD "; colour=blue", NONE, NONE, NONE },
    { "x-webkit-deflate-frame, permessage-bzip2; level=9", NONE, NONE, NONE },
    /* The first that can be accepted (§5.1). */
    { PMD "; server_max_window_bits=99, " PMD "; client_max_window_bits, " PMD, PMD, BOTH, PMD SERVER_10 CLIENT_10 },
    { PMD ", " PMD "; client_max_window_bits", PMD, BOTH, PMD SERVER_10 CLIENT_10 },
    { ",, foo; a=\"b\\\"c\" ,\t," PMD ",", PMD, BOTH, NONE },
    { "", NONE, NONE, NONE },
    /* Grammar (RFC 6455 §9.1). */
    { PMD ";", MALFORMED, MALFORMED, MALFORMED },
    { PMD "; =1", MALFORMED, MALFORMED, MALFORMED },
    { PMD "; a=", MALFORMED, MALFORMED, MALFORMED },
    { PMD "; a=\"b", MALFORMED, MALFORMED, MALFORMED },
    { PMD "; a=\"\"", MALFORMED, MALFORMED, MALFORMED },
    { PMD "; a=\"b c\"", MALFORMED, MALFORMED, MALFORMED },
    { PMD "; a=\"b\\", MALFORMED, MALFORMED, MALFORMED },
    { PMD " b", MALFORMED, MALFORMED, MALFORMED },
    { PMD "; a b", MALFORMED, MALFORMED, MALFORMED },
    { "; a", MALFORMED, MALFORMED, MALFORMED },
    { "(" PMD ")", MALFORMED, MALFORMED, MALFORMED },
    { PMD ", foo; a=@", MALFORMED, MALFORMED, MALFORMED },
};

static void chooses_the_first_acceptable_offer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_answer(cases[i].offers, NULL, &anything, cases[i].to_anything);
        assert_answer(cases[i].offers, NULL, &no_context, cases[i].to_no_context);
        assert_answer(cases[i].offers, NULL, &ten_bits, cases[i].to_ten_bits);
    }
}

static void reads_every_line(void **state)
{
    (void)state;
    assert_answer(NULL, NULL, &anything, NONE);
    assert_answer("foo", PMD "; client_max_window_bits=12", &anything, PMD "; client_max_window_bits=12");
    assert_answer(PMD, PMD "; client_no_context_takeover", &anything, PMD);
    assert_answer(PMD, "foo;", &anything, MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_the_first_acceptable_offer),
        cmocka_unit_test(reads_every_line),
    };
    return cmocka_run_group_tests_name("ws_deflate_offer", tests, NULL, NULL);
}
