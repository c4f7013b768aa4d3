#include "ws_accept.h"

#include <openssl/evp.h>

enum { KEY_SIZE = 24, SHA1_SIZE = 20 };

/* 16 bytes in base64. The four unused bits may be any: a nonce is compared with nothing. */
static bool ws_accept_is_key(struct str key)
{
    if (key.size != KEY_SIZE || !str_ends(key, STR("=="))) return false;
    for (size_t at = 0; at < KEY_SIZE - 2; at++) {
        char c = key.at[at];
        bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') return false;
    }
    return true;
}

static int ws_accept_check_key(const struct http1_request *request, const char **reason)
{
    size_t position = 0;
    struct str key = STR_EMPTY, second;
    http1_next_header(request, STR("sec-websocket-key"), &position, &key);
    *reason = "Sec-WebSocket-Key is missing or not 16 bytes in base64";
    if (!ws_accept_is_key(key)) return 400;
    *reason = "more than one Sec-WebSocket-Key";
    return http1_next_header(request, STR("sec-websocket-key"), &position, &second) ? 400 : 0;
}

int ws_accept_check(const struct http1_request *request, const char **reason)
{
    *reason = "a WebSocket begins with a GET request of HTTP/1.1 without a body";
    if (!str_equal(http1_method(request), STR("GET")) || request->minor < 1) return 400;
    if (request->chunked || request->content_length > 0) return 400;
    *reason = "Upgrade: websocket and Connection: Upgrade are required";
    if (!http1_has_token(request, STR("upgrade"), STR("websocket"))) return 400;
    if (!http1_has_token(request, STR("connection"), STR("upgrade"))) return 400;
    *reason = "the only WebSocket version is 13";
    if (!str_equal(http1_header(request, STR("sec-websocket-version")), STR("13"))) return 426;
    return ws_accept_check_key(request, reason);
}

bool ws_accept_key(struct str key, char out[WS_ACCEPT_SIZE])
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    char text[KEY_SIZE + sizeof guid];
    unsigned char hash[SHA1_SIZE], encoded[WS_ACCEPT_SIZE + 1];
    if (key.size != KEY_SIZE) return false;
    memcpy(text, key.at, KEY_SIZE);
    memcpy(text + KEY_SIZE, guid, sizeof guid - 1);
    if (!EVP_Digest(text, KEY_SIZE + sizeof guid - 1, hash, NULL, EVP_sha1(), NULL)) return false;
    EVP_EncodeBlock(encoded, hash, SHA1_SIZE);
    memcpy(out, encoded, WS_ACCEPT_SIZE);
    return true;
}

bool ws_accept_write(struct buf *buf, const struct http1_request *request)
{
    char accept[WS_ACCEPT_SIZE];
    if (!ws_accept_key(http1_header(request, STR("sec-websocket-key")), accept)) return false;
    http1_write_status(buf, 101);
    http1_write_header(buf, STR("Upgrade"), STR("websocket"));
    http1_write_header(buf, STR("Connection"), STR("Upgrade"));
    http1_write_header(buf, STR("Sec-WebSocket-Accept"), (struct str){ accept, WS_ACCEPT_SIZE });
    return true;
}
