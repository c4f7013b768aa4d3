#include "handshake.h"

#include "caller.h"
#include "client_bundle.h"
#include "cookie.h"
#include "cors.h"
#include "hold.h"
#include "http_url.h"
#include "json_text.h"
#include "polling.h"
#include "reply.h"
#include "request.h"
#include "server.h"
#include "upgrade.h"

enum handshake_error {
    HANDSHAKE_UNKNOWN_TRANSPORT,
    HANDSHAKE_UNKNOWN_SID,
    HANDSHAKE_BAD_METHOD,
    HANDSHAKE_BAD_REQUEST,
    HANDSHAKE_FORBIDDEN,
    HANDSHAKE_UNSUPPORTED_VERSION,
    HANDSHAKE_OK,
};

static const char *const handshake_messages[] = {
    "Transport unknown", "Session ID unknown", "Bad handshake method",
    "Bad request",       "Forbidden",          "Unsupported protocol version",
};

struct handshake {
    struct session *session; /* NULL: a new one is wanted */
    bool wants_websocket;    /* by its query */
    bool is_upgrade;         /* by its headers */
    struct session_start start;
    struct polling_want want;
};

/* A parameter of the query, decoded; `at` is NULL when it was not sent, or is too long to be any that we know. */
static struct str handshake_parameter(const sio_request *request, const char *name, char room[64])
{
    struct str raw, value;
    if (!http_url_find(http1_query(request->head), str_from(name), &raw)) return (struct str){ NULL, 0 };
    if (raw.size >= 64 || !http_url_decode_form(raw, room, &value)) return STR("?");
    return value;
}

/* The callback's index; everything but digits is dropped, as the reference does. */
static int64_t handshake_jsonp(const sio_request *request)
{
    char room[64];
    struct str text = handshake_parameter(request, "j", room);
    int64_t index = 0;
    if (text.at == NULL) return -1;
    for (size_t i = 0; i < text.size && index < 100000000; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9') index = index * 10 + (text.at[i] - '0');
    return index;
}

static void handshake_read_want(struct polling_want *want, const sio_request *request)
{
    char room[64];
    struct str accept = http1_header(request->head, STR("Accept-Encoding"));
    struct str agent = http1_header(request->head, STR("User-Agent"));
    want->is_base64 = handshake_parameter(request, "b64", room).size > 0;
    want->jsonp = handshake_jsonp(request);
    want->coding = http_header_coding(accept.at ? accept : STR_EMPTY, true, true);
    want->is_old_browser = str_find(agent, STR(";MSIE")) != STR_NONE || str_find(agent, STR("Trident/")) != STR_NONE;
}

static bool handshake_is_upgrade(const struct http1_request *head)
{
    return head->upgrade && http1_has_token(head, STR("Upgrade"), STR("websocket"));
}

/* Header values come from the parser, so what can be wrong is a byte that may not be sent back. */
static bool handshake_is_origin(struct str origin)
{
    for (size_t i = 0; i < origin.size; i++) {
        unsigned char byte = (unsigned char)origin.at[i];
        if ((byte < ' ' && byte != '\t') || byte == 0x7f) return false;
    }
    return true;
}

/* It finds what the timer would have left. */
static bool handshake_is_too_late(struct session *session, const sio_request *request)
{
    if (!session_is_overdue(session, str_equal(http1_method(request->head), STR("POST")))) return false;
    session_close(session, "ping timeout");
    return true;
}

static enum handshake_error handshake_check_session(struct handshake *handshake, const sio_request *request)
{
    char room[64];
    struct str sid = handshake_parameter(request, "sid", room);
    if (sid.size) {
        handshake->session = session_find(caller_worker(request->http), sid);
        if (handshake->session && handshake_is_too_late(handshake->session, request)) handshake->session = NULL;
        if (handshake->session == NULL) return HANDSHAKE_UNKNOWN_SID;
        bool is_websocket = handshake->session->polling == NULL;
        if (!handshake->is_upgrade && is_websocket != handshake->wants_websocket) return HANDSHAKE_BAD_REQUEST;
        return handshake->wants_websocket == handshake->is_upgrade ? HANDSHAKE_OK : HANDSHAKE_BAD_REQUEST;
    }
    if (!str_equal(http1_method(request->head), STR("GET"))) return HANDSHAKE_BAD_METHOD;
    if (handshake->wants_websocket != handshake->is_upgrade) return HANDSHAKE_BAD_REQUEST;
    return HANDSHAKE_OK;
}

/* A transport that the server does not offer is one that it does not know. */
static bool handshake_read_transport(struct handshake *handshake, const sio_request *request)
{
    char room[64];
    unsigned offered = caller_worker(request->http)->server->options.transports;
    struct str transport = handshake_parameter(request, "transport", room);
    handshake->wants_websocket = str_equal(transport, STR("websocket"));
    if (handshake->wants_websocket) return offered & SIO_WEBSOCKET;
    return str_equal(transport, STR("polling")) && offered & SIO_POLLING;
}

static enum handshake_error handshake_check(struct handshake *handshake, const sio_request *request)
{
    handshake->is_upgrade = handshake_is_upgrade(request->head);
    if (!handshake_read_transport(handshake, request)) return HANDSHAKE_UNKNOWN_TRANSPORT;
    if (!handshake_is_origin(http1_header(request->head, STR("Origin")))) return HANDSHAKE_BAD_REQUEST;
    handshake_read_want(&handshake->want, request);
    handshake->start.is_base64 = handshake->want.is_base64;
    return handshake_check_session(handshake, request);
}

/* What is wrong with a new session that was let in. */
static enum handshake_error handshake_start(struct handshake *handshake, const sio_request *request)
{
    char room[64];
    struct str eio = handshake_parameter(request, "EIO", room);
    handshake->start.protocol = str_equal(eio, STR("4")) ? 4 : 3;
    if (handshake->start.protocol == 3 && caller_worker(request->http)->server->options.refuse_eio3)
        return HANDSHAKE_UNSUPPORTED_VERSION;
    return HANDSHAKE_OK;
}

static void handshake_tell(sio_request *request, enum handshake_error error, const char *message)
{
    const sio_options *options = &caller_worker(request->http)->server->options;
    if (options->on_refused && request_decode(request) == 0)
        options->on_refused(request, (int)error, message, options->context);
}

/* A WebSocket client cannot read a body: it gets the message as the reference's raw answer has it, and is disconnected.
 */
static void handshake_refuse(sio_request *request, enum handshake_error error, const char *message, bool is_upgrade)
{
    struct reply reply = { .status = error == HANDSHAKE_FORBIDDEN && !is_upgrade ? 403 : 400 };
    struct buf *json = &caller_worker(request->http)->packet;
    counter_add(&caller_worker(request->http)->counters.handshake_errors[error], 1);
    worker_log_client(caller_worker(request->http), "a client is turned away", handshake_messages[error]);
    reply.type = is_upgrade ? STR("text/html") : STR("application/json");
    if (message == NULL) message = handshake_messages[error];
    handshake_tell(request, error, message);
    buf_clear(json); /* what was told may have sent something */
    reply.headers = buf_str(&request->reply_headers);
    reply.body = str_from(message);
    if (is_upgrade) {
        request->http->keep_alive = false;
    } else {
        buf_append_format(json, "{\"code\":%d,\"message\":", (int)error);
        json_text_write_string(json, reply.body);
        buf_append_byte(json, '}');
        reply.body = buf_str(json);
        reply.is_head = request_is_head(request);
    }
    if (json->error == BUF_OK)
        reply_send(request->http, &reply);
    else
        conn_fail(request->http->conn, CONN_NO_MEMORY);
}

static void handshake_refuse_status(sio_request *request, int status)
{
    reply_send(request->http, &(struct reply){ .status = status, .headers = buf_str(&request->reply_headers) });
}

static void handshake_open_polling(struct handshake *handshake, sio_request *request)
{
    const sio_options *options = &caller_worker(request->http)->server->options;
    struct session *session = session_create(request, &handshake->start);
    if (session == NULL || !polling_open(session)) {
        if (session) session_bury(session);
        handshake_refuse_status(request, 503);
        return;
    }
    if (options->cookie) cookie_write(&request->reply_headers, options->cookie, str_from(session->id));
    caller_ask_headers(request, true);
    session_open(session);
    if (session->polling)
        polling_on_get(session->polling, request, handshake->want);
    else
        handshake_refuse_status(request, 503);
}

static void handshake_continue_polling(struct handshake *handshake, sio_request *request)
{
    struct str method = http1_method(request->head);
    struct polling *polling = handshake->session->polling;
    caller_ask_headers(request, false);
    if (handshake->session->polling == NULL)
        handshake_refuse_status(request, 400); /* the callback closed it */
    else if (str_equal(method, STR("GET")))
        polling_on_get(polling, request, handshake->want);
    else if (str_equal(method, STR("POST")))
        polling_on_post(polling, request, handshake->want);
    else
        handshake_refuse_status(request, 500); /* as the reference */
}

/* `error`: what is wrong with a new session. */
static void handshake_finish(struct handshake *handshake, sio_request *request, enum handshake_error error)
{
    if (error != HANDSHAKE_OK)
        handshake_refuse(request, error, NULL, handshake->is_upgrade);
    else if (handshake->is_upgrade)
        upgrade_on_request(request, handshake->session, &handshake->start);
    else if (handshake->session)
        handshake_continue_polling(handshake, request);
    else
        handshake_open_polling(handshake, request);
}

static void handshake_go_on(struct handshake *handshake, sio_request *request)
{
    enum handshake_error error = handshake->session ? HANDSHAKE_OK : handshake_start(handshake, request);
    if (handshake->session == NULL && error == HANDSHAKE_OK && !session_make_id(request, handshake->start.id)) {
        if (caller_of(request->http)->held) {
            hold_begin(request->http, true);
            return;
        }
        error = HANDSHAKE_BAD_REQUEST;
    }
    handshake_finish(handshake, request, error);
}

/* The reason to refuse a new session; NULL when it is let in, or the decision comes later. */
static const char *handshake_ask(sio_request *request)
{
    const sio_options *options = &caller_worker(request->http)->server->options;
    if (options->allow_request == NULL) return NULL;
    if (request_decode(request) != 0) return "Bad request";
    request->may_wait = true;
    const char *message = options->allow_request(request, options->context);
    request->may_wait = false;
    if (caller_of(request->http)->held == NULL) return message;
    hold_begin(request->http, false);
    return NULL;
}

void handshake_on_request(sio_request *request)
{
    struct handshake handshake = { .session = NULL };
    if (cors_preflight(request) || client_bundle_serve(request)) return;
    cors_write_headers(request->http->host, request->head, &request->reply_headers);
    enum handshake_error error = handshake_check(&handshake, request);
    if (error != HANDSHAKE_OK) {
        handshake_refuse(request, error, NULL, handshake.is_upgrade);
        return;
    }
    const char *message = handshake.session ? NULL : handshake_ask(request);
    if (message)
        handshake_refuse(request, HANDSHAKE_FORBIDDEN, message, handshake.is_upgrade);
    else if (caller_of(request->http)->held == NULL)
        handshake_go_on(&handshake, request);
}

/* What was checked before is read again: nothing of it can have changed. */
void handshake_resume(sio_request *request, const char *message)
{
    struct handshake handshake = { .session = NULL };
    cors_write_headers(request->http->host, request->head, &request->reply_headers);
    handshake_check(&handshake, request);
    if (message)
        handshake_refuse(request, HANDSHAKE_FORBIDDEN, message, handshake.is_upgrade);
    else
        handshake_go_on(&handshake, request);
}

void handshake_resume_with_id(sio_request *request, const char *id)
{
    struct handshake handshake = { .session = NULL };
    struct worker *worker = caller_worker(request->http);
    cors_write_headers(request->http->host, request->head, &request->reply_headers);
    handshake_check(&handshake, request);
    enum handshake_error error = handshake_start(&handshake, request);
    if (id && strlen(id) == RANDOM_ID_SIZE) memcpy(handshake.start.id, id, RANDOM_ID_SIZE + 1);
    if (error == HANDSHAKE_OK && !session_may_have_id(worker, handshake.start.id)) error = HANDSHAKE_BAD_REQUEST;
    handshake_finish(&handshake, request, error);
}

struct session *handshake_find_poster(struct http *http, const struct http1_request *head)
{
    const sio_request request = { .http = http, .head = head };
    char room[64];
    if (!str_equal(http1_method(head), STR("POST"))) return NULL;
    struct str sid = handshake_parameter(&request, "sid", room);
    struct session *session = sid.size ? session_find(caller_worker(http), sid) : NULL;
    return session && session->polling ? session : NULL;
}

void handshake_refuse_early(struct http *http, const struct http1_request *request, int status)
{
    struct buf headers;
    buf_init(&headers, HTTP_REPLY_HEADER_BYTES);
    cors_write_headers(http->host, request, &headers);
    reply_refuse(http, status, buf_str(&headers));
    buf_free(&headers);
}
