#include "unit.h"

#include "ws_accept.h"

#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define UPGRADE "Upgrade: websocket\r\nConnection: Upgrade\r\n"
#define VERSION "Sec-WebSocket-Version: 13\r\n"
#define GET "GET /chat HTTP/1.1\r\nHost: a\r\n"

static void read_request(struct http1_reader *reader, struct str input)
{
    struct http1_piece piece;
    http1_reader_init(reader, 100);
    http1_read(reader, input.at, input.size, &piece);
    assert_int_equal(piece.event, HTTP1_HEAD);
}

static void checks_the_handshake(void **state)
{
    (void)state;
    static const struct {
        struct str request;
        int status;
    } cases[] = {
        { STR_INIT(GET UPGRADE VERSION KEY "\r\n"), 0 },
        { STR_INIT(GET "Upgrade: foo, WebSocket\r\nConnection: keep-alive, upgrade\r\n" VERSION KEY "\r\n"), 0 },
        { STR_INIT(GET UPGRADE VERSION "\r\n"), 400 },
        { STR_INIT(GET UPGRADE VERSION KEY KEY "\r\n"), 400 },
        { STR_INIT(GET UPGRADE VERSION "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ\r\n\r\n"), 400 },
        { STR_INIT(GET UPGRADE VERSION "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQQQ\r\n\r\n"), 400 },
        { STR_INIT(GET UPGRADE VERSION "Sec-WebSocket-Key: dGhlIHNhb-BsZSBub25jZQ==\r\n\r\n"), 400 },
        { STR_INIT(GET UPGRADE KEY "\r\n"), 426 },
        { STR_INIT(GET UPGRADE KEY "Sec-WebSocket-Version: 8\r\n\r\n"), 426 },
        { STR_INIT(GET "Connection: Upgrade\r\n" VERSION KEY "\r\n"), 400 },
        { STR_INIT(GET "Upgrade: websocket\r\n" VERSION KEY "\r\n"), 400 },
        { STR_INIT(GET "Upgrade: h2c\r\nConnection: Upgrade\r\n" VERSION KEY "\r\n"), 400 },
        { STR_INIT("POST /chat HTTP/1.1\r\nHost: a\r\n" UPGRADE VERSION KEY "\r\n"), 400 },
        { STR_INIT("GET /chat HTTP/1.0\r\nHost: a\r\n" UPGRADE VERSION KEY "\r\n"), 400 },
        { STR_INIT(GET UPGRADE VERSION KEY "Content-Length: 1\r\n\r\nx"), 400 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http1_reader reader;
        const char *reason = NULL;
        read_request(&reader, cases[i].request);
        assert_int_equal(ws_accept_check(&reader.request, &reason), cases[i].status);
        assert_non_null(reason);
    }
}

static void answers_as_the_standard_does(void **state)
{
    (void)state;
    struct http1_reader reader;
    struct buf buf;
    char accept[WS_ACCEPT_SIZE];
    assert_true(ws_accept_key(STR("dGhlIHNhbXBsZSBub25jZQ=="), accept)); /* RFC 6455 §1.3 */
    assert_str(((struct str){ accept, WS_ACCEPT_SIZE }), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assert_false(ws_accept_key(STR("short"), accept));
    read_request(&reader, STR(GET UPGRADE VERSION KEY "\r\n"));
    buf_init(&buf, 1024);
    assert_true(ws_accept_write(&buf, &reader.request));
    assert_str(buf_str(&buf), "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_the_handshake),
        cmocka_unit_test(answers_as_the_standard_does),
    };
    return cmocka_run_group_tests_name("ws_accept", tests, NULL, NULL);
}
