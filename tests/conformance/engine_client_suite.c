/* engine_client_suite.c - the server that the tests of engine.io-client expect.
 *
 *   engine_client_suite [--port 3000] [--eio3]     --eio3: those of version 3.5, which know no limit of 100 bytes */
#include "serve.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *allow(sio_request *request, void *context)
{
    (void)context;
    const char *query = sio_request_query(request), *deny = strstr(query, "deny");
    return deny && (deny == query || deny[-1] == '&') ? "Forbidden" : NULL;
}

/* The client is to send back the first two: the third is over, the fourth ends now. */
static void on_headers(sio_request *request, bool is_first, void *context)
{
    char expires[64];
    time_t now = time(NULL);
    struct tm utc;
    (void)context;
    if (!is_first || gmtime_r(&now, &utc) == NULL) return;
    strftime(expires, sizeof expires, "4=4; Expires=%a, %d %b %Y %H:%M:%S GMT", &utc);
    sio_reply_header(request, "Set-Cookie", "1=1; Max-Age=86400");
    sio_reply_header(request, "Set-Cookie", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict");
    sio_reply_header(request, "Set-Cookie", "3=3; Max-Age=0");
    sio_reply_header(request, "Set-Cookie", expires);
}

static void on_open(sio_session *session, void *context)
{
    (void)context;
    sio_session_send(session, sio_text("hi"));
}

struct json {
    char text[16384];
    size_t size;
};

static void json_add(struct json *json, const char *text, bool is_name)
{
    if (json->size + 2 * strlen(text) + 4 > sizeof json->text) return;
    json->text[json->size++] = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') json->text[json->size++] = '\\';
        json->text[json->size++] = is_name ? (char)tolower((unsigned char)*text) : *text;
    }
    json->text[json->size++] = '"';
    json->text[json->size++] = is_name ? ':' : ',';
}

static void send_headers(sio_session *session)
{
    static _Thread_local struct json json;
    const sio_request *request = sio_session_request(session);
    const char *name, *value;
    json = (struct json){ .text = "{", .size = 1 };
    for (size_t i = 0; request && sio_request_header_at(request, i, &name, &value); i++) {
        json_add(&json, name, true);
        json_add(&json, value, false);
    }
    if (json.size > 1) json.size--; /* the last comma */
    json.text[json.size] = '}';
    json.text[json.size + 1] = '\0';
    sio_session_send(session, sio_text(json.text));
}

static bool is_text(sio_value message, const char *text)
{
    return message.kind == SIO_TEXT && message.data.size == strlen(text) &&
           memcmp(message.data.at, text, message.data.size) == 0;
}

static void on_message(sio_session *session, sio_value message, void *context)
{
    (void)context;
    if (is_text(message, "give binary"))
        sio_session_send(session, sio_bytes("\0\1\2\3\4", 5));
    else if (is_text(message, "give utf8"))
        sio_session_send(session, sio_text(sio_session_protocol(session) == 4 ? "пойду спать всем спокойной ночи"
                                                                              : "пойду сать всем мпокойной ночи"));
    else if (is_text(message, "sendHeaders"))
        send_headers(session);
    else
        sio_session_send(session, message);
}

int main(int count, char **arguments)
{
    const sio_engine engine = { .on_open = on_open, .on_message = on_message };
    sio_options options = serve_options(3000);
    options.engine = &engine;
    options.refuse_eio3 = true;
    options.ping_interval_ms = 500;
    options.allow_request = allow;
    options.on_headers = on_headers;
    serve_read_flags(&options, count, arguments);
    if (options.refuse_eio3) options.payload_bytes_max = 100;
    return serve(&options, NULL, NULL);
}
