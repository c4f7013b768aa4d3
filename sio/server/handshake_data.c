#include "handshake_data.h"

#include "clock.h"
#include "http.h"
#include "http_url.h"
#include "json_text.h"
#include "server.h"
#include "socket.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <time.h>

/* ---- Pairs ------------------------------------------------------------------------------------------------- */

/* Splits off the next pair. False at the end. */
static bool handshake_next_pair(struct str *pairs, struct str *name, struct str *value)
{
    return str_split(pairs, '\0', name) && str_split(pairs, '\0', value);
}

static const char *handshake_find(struct str pairs, struct str name)
{
    struct str key, value;
    while (handshake_next_pair(&pairs, &key, &value))
        if (str_equal(key, name)) return value.at;
    return NULL;
}

static char *handshake_put(char *at, struct str text)
{
    if (text.size) memcpy(at, text.at, text.size);
    at[text.size] = '\0';
    return at + text.size + 1;
}

/* Decodes where it is to lie. A text that is no UTF-8 stays as it was sent; one that hides a NUL would break the pairs.
 */
static char *handshake_put_decoded(char *at, struct str raw)
{
    struct str text;
    if (!http_url_decode_form(raw, at, &text) || memchr(text.at, '\0', text.size)) return handshake_put(at, raw);
    at[text.size] = '\0';
    return at + text.size + 1;
}

/* Needs no more room than the query has, and two bytes: its '=' and '&' become NULs. */
static struct str handshake_put_query(char *at, struct str query)
{
    struct str name, value;
    char *start = at;
    while (http_url_next(&query, &name, &value)) at = handshake_put_decoded(handshake_put_decoded(at, name), value);
    return (struct str){ start, (size_t)(at - start) };
}

static char *handshake_put_name(char *at, struct str name)
{
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.at[i];
        *at++ = byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
    }
    *at = '\0';
    return at + 1;
}

static struct str handshake_put_headers(char *at, const struct http1_request *head)
{
    char *start = at;
    for (uint16_t i = 0; i < head->header_count; i++) {
        at = handshake_put_name(at, http1_text(head, head->headers[i].name));
        at = handshake_put(at, http1_text(head, head->headers[i].value));
    }
    return (struct str){ start, (size_t)(at - start) };
}

static size_t handshake_size_headers(const struct http1_request *head)
{
    size_t size = 0;
    for (uint16_t i = 0; i < head->header_count; i++)
        size += (size_t)head->headers[i].name.size + head->headers[i].value.size + 2;
    return size;
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

struct handshake_data *handshake_data_create(const sio_request *request)
{
    const struct http1_request *head = request->head;
    struct str url = http1_text(head, head->target), query = http1_query(head);
    size_t headers = handshake_size_headers(head);
    struct handshake_data *data = malloc(sizeof *data + url.size + 1 + headers + 2 * query.size + 2);
    if (data == NULL) return NULL;
    *data = (struct handshake_data){ .url = { data->text, url.size } };
    char *at = handshake_put(data->text, url);
    data->headers = handshake_put_headers(at, head);
    data->query = handshake_put_query(at + headers, query);
    data->is_xdomain = http1_header(head, STR("Origin")).at != NULL;
    return data;
}

struct handshake_auth *handshake_auth_create(struct str json, struct str query)
{
    struct handshake_auth *auth = malloc(sizeof *auth + json.size + 1 + 2 * query.size + 2);
    if (auth == NULL) return NULL;
    *auth = (struct handshake_auth){ .issued_ms = clock_wall_ms(), .json = { auth->text, json.size } };
    auth->query = handshake_put_query(handshake_put(auth->text, json), query);
    return auth;
}

void handshake_data_forget(struct session *session, sio_socket *socket)
{
    if (session->worker->server->options.keeps_handshake) return;
    free(session->handshake);
    free(socket->auth);
    session->handshake = NULL;
    socket->auth = NULL;
}

void handshake_data_read_address(int fd, unsigned char address[16])
{
    union {
        struct sockaddr any;
        struct sockaddr_in four;
        struct sockaddr_in6 six;
        struct sockaddr_storage room;
    } peer;
    socklen_t size = sizeof peer;
    memset(address, 0, 16);
    if (getpeername(fd, &peer.any, &size) != 0) return;
    if (peer.any.sa_family == AF_INET6) memcpy(address, &peer.six.sin6_addr, 16);
    if (peer.any.sa_family != AF_INET) return;
    memset(address + 10, 0xff, 2);
    memcpy(address + 12, &peer.four.sin_addr, 4);
}

/* ---- Questions --------------------------------------------------------------------------------------------- */

static const struct handshake_data *handshake_of(const sio_socket *socket)
{
    return socket->session ? socket->session->handshake : NULL;
}

const char *sio_address(const sio_socket *socket, char room[SIO_ADDRESS_SIZE])
{
    static const unsigned char none[16], four[12] = { [10] = 0xff, 0xff };
    const unsigned char *address = socket->session ? socket->session->address : none;
    room[0] = '\0';
    if (memcmp(address, four, 12) == 0)
        inet_ntop(AF_INET, address + 12, room, SIO_ADDRESS_SIZE);
    else if (memcmp(address, none, 16) != 0)
        inet_ntop(AF_INET6, address, room, SIO_ADDRESS_SIZE);
    return room;
}

const char *sio_url(const sio_socket *socket)
{
    const struct handshake_data *data = handshake_of(socket);
    return data ? data->url.at : NULL;
}

const char *sio_header(const sio_socket *socket, const char *name)
{
    const struct handshake_data *data = handshake_of(socket);
    struct str pairs = data ? data->headers : STR_EMPTY, wanted = str_from(name), key, value;
    while (handshake_next_pair(&pairs, &key, &value))
        if (str_equal_nocase(key, wanted)) return value.at;
    return NULL;
}

const char *sio_query(const sio_socket *socket, const char *name)
{
    const struct handshake_data *data = handshake_of(socket);
    const char *value = socket->auth ? handshake_find(socket->auth->query, str_from(name)) : NULL;
    return value || data == NULL ? value : handshake_find(data->query, str_from(name));
}

sio_value sio_auth(const sio_socket *socket)
{
    if (socket->auth == NULL || socket->auth->json.size == 0) return (sio_value){ .kind = SIO_NULL };
    return sio_json(socket->auth->json.at, socket->auth->json.size);
}

bool sio_is_secure(const sio_socket *socket)
{
    return socket->session && socket->session->worker->certificates != NULL;
}

/* ---- All of it as JSON ------------------------------------------------------------------------------------- */

static void handshake_write_member(struct buf *json, bool *is_first, struct str name, struct str value)
{
    if (!*is_first) buf_append_byte(json, ',');
    *is_first = false;
    json_text_write_string(json, name);
    buf_append_byte(json, ':');
    json_text_write_string(json, value);
}

/* Those whose names `hidden` does not have. A name that came several times is there as often: the last one counts. */
static void handshake_write_pairs(struct buf *json, bool *is_first, struct str pairs, struct str hidden)
{
    struct str name, value;
    while (handshake_next_pair(&pairs, &name, &value))
        if (handshake_find(hidden, name) == NULL) handshake_write_member(json, is_first, name, value);
}

/* As JavaScript writes a Date. */
static void handshake_write_time(struct buf *json, int64_t ms)
{
    char text[64];
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(text, sizeof text, "%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)", &parts);
    json_text_write_string(json, str_from(text));
}

static void handshake_write_query(struct buf *json, const struct handshake_data *data,
                                  const struct handshake_auth *auth)
{
    bool is_first = true;
    handshake_write_pairs(json, &is_first, data->query, auth->query);
    handshake_write_pairs(json, &is_first, auth->query, STR_EMPTY);
}

static void handshake_write(struct buf *json, const sio_socket *socket, const struct handshake_data *data)
{
    const struct handshake_auth *auth = socket->auth;
    char address[SIO_ADDRESS_SIZE];
    bool is_first = true;
    buf_append_str(json, STR("{\"headers\":{"));
    handshake_write_pairs(json, &is_first, data->headers, STR_EMPTY);
    buf_append_str(json, STR("},\"time\":"));
    handshake_write_time(json, auth->issued_ms);
    buf_append_format(
        json, ",\"address\":\"%s\",\"xdomain\":%s,\"secure\":%s,\"issued\":%lld,\"url\":", sio_address(socket, address),
        data->is_xdomain ? "true" : "false", sio_is_secure(socket) ? "true" : "false", (long long)auth->issued_ms);
    json_text_write_string(json, data->url);
    buf_append_str(json, STR(",\"query\":{"));
    handshake_write_query(json, data, auth);
    buf_append_str(json, STR("},\"auth\":"));
    buf_append_str(json, auth->json.size ? auth->json : STR("{}"));
    buf_append_byte(json, '}');
}

sio_value sio_handshake(const sio_socket *socket)
{
    const struct handshake_data *data = handshake_of(socket);
    if (data == NULL || socket->auth == NULL) return (sio_value){ .kind = SIO_NULL };
    struct buf *json = &socket->session->worker->handshake;
    buf_clear(json);
    handshake_write(json, socket, data);
    buf_append_byte(json, '\0');
    if (json->error != BUF_OK) return (sio_value){ .kind = SIO_NULL };
    return sio_json(json->at, json->size - 1);
}
