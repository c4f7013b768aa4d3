#include "admin_json.h"

#include "admin.h"
#include "json_text.h"
#include "socket.h"

#include <stdio.h>
#include <time.h>

void admin_json_write_time(char text[ADMIN_JSON_TIME_SIZE], int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    size_t size = strftime(text, ADMIN_JSON_TIME_SIZE, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + size, ADMIN_JSON_TIME_SIZE - size, ".%03dZ", (int)(ms % 1000));
}

void admin_json_write_data(struct buf *json, const struct admin *admin, sio_socket *socket)
{
    sio_value data = { .kind = SIO_NULL };
    if (admin->options.describe && socket) data = admin->options.describe(socket, admin->options.context);
    bool is_object = data.kind == SIO_JSON && data.data.size && *(const char *)data.data.at == '{';
    if (is_object)
        buf_append(json, data.data.at, data.data.size);
    else
        buf_append_str(json, STR("{}"));
}

/* What a client cannot be on its own it is told by the proxies before the server. A header's value as it stands in
 * JSON. */
static struct str admin_json_proxied_address(struct str handshake)
{
    struct str headers = json_text_member(handshake, STR("headers")).text;
    struct json_text_value value = json_text_member(headers, STR("cf-connecting-ip"));
    if (value.kind != JSON_TEXT_STRING) value = json_text_member(headers, STR("x-forwarded-for"));
    return value.kind == JSON_TEXT_STRING ? value.text : STR_EMPTY;
}

static void admin_json_write_raw(struct buf *json, const struct json_text_value *value)
{
    if (value->kind == JSON_TEXT_STRING) buf_append_byte(json, '"');
    buf_append_str(json, value->text);
    if (value->kind == JSON_TEXT_STRING) buf_append_byte(json, '"');
}

/* All but the auth, in which passwords may stand. */
static void admin_json_write_handshake(struct buf *json, const sio_member *member)
{
    struct str handshake = { member->handshake.data.at, member->handshake.data.size }, name;
    struct str address = admin_json_proxied_address(handshake);
    struct json_text_value value;
    const char *at = NULL;
    buf_append_byte(json, '{');
    for (bool is_first = true; json_text_next_member(handshake, &at, &name, &value); is_first = false) {
        if (str_equal(name, STR("auth"))) continue;
        if (str_equal(name, STR("address")) && address.size) value.text = address;
        if (!is_first) buf_append_byte(json, ',');
        buf_append_format(json, "\"%.*s\":", STR_FORMAT(name));
        admin_json_write_raw(json, &value);
    }
    buf_append_byte(json, '}');
}

/* Of one that came before anybody watched. */
static void admin_json_write_address(struct buf *json, const sio_member *member)
{
    char address[SIO_ADDRESS_SIZE] = "";
    bool is_here = member->socket && member->socket->session;
    buf_append_format(json, "{\"address\":\"%s\",\"headers\":{},\"query\":{},\"secure\":%s}",
                      is_here ? sio_address(member->socket, address) : "",
                      is_here && sio_is_secure(member->socket) ? "true" : "false");
}

void admin_json_write_member(struct buf *json, const struct admin *admin, const char *nsp, const sio_member *member)
{
    buf_append_str(json, STR("{\"id\":"));
    json_text_write_string(json, str_from(member->id));
    if (member->transport)
        buf_append_format(json, ",\"clientId\":\"%s\",\"transport\":\"%s\"", member->client, member->transport);
    buf_append_str(json, STR(",\"nsp\":"));
    json_text_write_string(json, str_from(nsp));
    buf_append_str(json, STR(",\"data\":"));
    admin_json_write_data(json, admin, member->socket);
    buf_append_str(json, STR(",\"handshake\":"));
    if (member->handshake.kind == SIO_JSON)
        admin_json_write_handshake(json, member);
    else
        admin_json_write_address(json, member);
    buf_append_str(json, STR(",\"rooms\":["));
    for (const char *const *room = member->rooms; *room; room++) {
        if (room != member->rooms) buf_append_byte(json, ',');
        json_text_write_string(json, str_from(*room));
    }
    buf_append_str(json, STR("]}"));
}
