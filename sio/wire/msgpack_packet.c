#include "msgpack_packet.h"

#include "limits.h"

/* ---- Reading ------------------------------------------------------------------------------------------------- */

/* The members of the map; a repeated one counts with its last value. */
struct msgpack_members {
    struct msgpack_token type, nsp, id, data;
    const char *data_at; /* where the data begins; NULL: absent */
};

/* The value of one member; only of the data what is inside matters. */
static bool msgpack_packet_member(const char **at, const char *end, struct str name, struct msgpack_members *members)
{
    struct msgpack_token ignored, *member = &ignored;
    const char *start = *at, *behind = *at;
    if (str_equal(name, STR("type"))) member = &members->type;
    if (str_equal(name, STR("nsp"))) member = &members->nsp;
    if (str_equal(name, STR("id"))) member = &members->id;
    if (str_equal(name, STR("data"))) member = &members->data;
    if (!msgpack_read(at, end, member) || !msgpack_skip(&behind, end)) return false;
    if (member == &members->data) members->data_at = start;
    *at = behind;
    return true;
}

/* The whole map, and nothing behind it. */
static bool msgpack_packet_members(const char *at, const char *end, struct msgpack_members *members)
{
    struct msgpack_token map, name;
    *members = (struct msgpack_members){ .type.kind = MSGPACK_NIL, .data_at = NULL };
    if (!msgpack_read(&at, end, &map) || map.kind != MSGPACK_MAP) return false;
    for (uint32_t i = 0; i < map.count; i++) {
        if (!msgpack_read(&at, end, &name) || name.kind != MSGPACK_TEXT) return false;
        if (!msgpack_packet_member(&at, end, name.data, members)) return false;
    }
    return at == end;
}

/* A whole number up to `max`. */
static bool msgpack_packet_number(const struct msgpack_token *token, uint64_t max, uint64_t *number)
{
    *number = token->whole.size;
    return token->kind == MSGPACK_WHOLE && !token->whole.is_negative && *number <= max;
}

static enum packet_error msgpack_packet_head(struct packet *packet, const struct msgpack_members *members)
{
    const uint64_t id_max = ((uint64_t)1 << 53) - 1; /* as in packet.c */
    uint64_t type;
    if (!msgpack_packet_number(&members->type, PACKET_CONNECT_ERROR, &type)) return PACKET_TYPE;
    *packet = (struct packet){ .type = (enum packet_type)type, .id = PACKET_NO_ID };
    if (packet->type == PACKET_CONNECT_ERROR) return PACKET_DIRECTION;
    if (members->nsp.kind != MSGPACK_TEXT || !str_starts(members->nsp.data, STR("/"))) return PACKET_NAMESPACE;
    packet->nsp = members->nsp.data;
    if (packet->nsp.size > LIMIT_PACKET_NAMESPACE_BYTES) return PACKET_NAMESPACE;
    if (members->id.kind == MSGPACK_NIL) return PACKET_OK;
    return msgpack_packet_number(&members->id, id_max, &packet->id) ? PACKET_OK : PACKET_ID;
}

/* Whether this kind of data may stand in a packet of the type. */
static bool msgpack_packet_may_have(enum packet_type type, enum msgpack_kind data)
{
    if (type == PACKET_DISCONNECT) return data == MSGPACK_NIL;
    if (type == PACKET_CONNECT) return data == MSGPACK_NIL || data == MSGPACK_MAP;
    return data == MSGPACK_ARRAY;
}

static bool msgpack_packet_payload(struct packet *packet, const char *at, const char *end, struct buf *json,
                                   struct msgpack_attachments *attachments)
{
    size_t start = json->size, before = attachments->count;
    if (!msgpack_to_json(&at, end, json, attachments)) return false;
    packet->json = json->at + start;
    packet->json_size = json->size - start;
    packet->attachments = (uint32_t)(attachments->count - before);
    if (packet->attachments == 0) return true;
    if (packet->type == PACKET_EVENT) packet->type = PACKET_BINARY_EVENT;
    if (packet->type == PACKET_ACK) packet->type = PACKET_BINARY_ACK;
    return true;
}

enum packet_error msgpack_packet_read(struct packet *packet, const char *bytes, size_t size, struct buf *json,
                                      struct msgpack_attachments *attachments)
{
    struct msgpack_members members;
    if (!msgpack_packet_members(bytes, bytes + size, &members)) return PACKET_MSGPACK;
    enum packet_error error = msgpack_packet_head(packet, &members);
    if (error != PACKET_OK) return error;
    if (!msgpack_packet_may_have(packet->type, members.data.kind)) return PACKET_PAYLOAD;
    if (members.data.kind == MSGPACK_NIL) return PACKET_OK;
    return msgpack_packet_payload(packet, members.data_at, bytes + size, json, attachments) ? PACKET_OK
                                                                                            : PACKET_MSGPACK;
}

/* ---- Writing ------------------------------------------------------------------------------------------------- */

/* The head of a map that has the type, the namespace, and `more` members besides, and an id where one is wanted. */
static void msgpack_packet_write_head(struct buf *buf, enum packet_type type, struct str nsp, uint64_t id,
                                      uint32_t more)
{
    msgpack_write_map(buf, 2u + (id != PACKET_NO_ID) + more);
    msgpack_write_text(buf, STR("type"));
    msgpack_write_number(buf, (double)type);
    msgpack_write_text(buf, STR("nsp"));
    msgpack_write_text(buf, nsp);
    if (id == PACKET_NO_ID) return;
    msgpack_write_text(buf, STR("id"));
    msgpack_write_number(buf, (double)id);
}

static void msgpack_packet_write_values(struct buf *buf, sio_args args)
{
    for (size_t i = 0; i < args.count; i++) msgpack_write_value(buf, &args.at[i]);
}

void msgpack_packet_write_event(struct buf *buf, struct str nsp, uint64_t id, struct str event, sio_args args)
{
    msgpack_packet_write_head(buf, PACKET_EVENT, nsp, id, 1);
    msgpack_write_text(buf, STR("data"));
    msgpack_write_array(buf, (uint32_t)args.count + 1);
    msgpack_write_text(buf, event);
    msgpack_packet_write_values(buf, args);
}

void msgpack_packet_write_ack(struct buf *buf, struct str nsp, uint64_t id, sio_args args)
{
    msgpack_packet_write_head(buf, PACKET_ACK, nsp, id, 1);
    msgpack_write_text(buf, STR("data"));
    msgpack_write_array(buf, (uint32_t)args.count);
    msgpack_packet_write_values(buf, args);
}

static void msgpack_packet_write_member(struct buf *buf, struct str name, struct str json)
{
    sio_value value = { .kind = SIO_JSON, .data = { json.at, json.size } };
    msgpack_write_text(buf, name);
    msgpack_write_value(buf, &value);
}

void msgpack_packet_write_connect(struct buf *buf, struct str nsp, struct str json)
{
    msgpack_packet_write_head(buf, PACKET_CONNECT, nsp, PACKET_NO_ID, 1);
    msgpack_packet_write_member(buf, STR("data"), json);
}

void msgpack_packet_write_disconnect(struct buf *buf, struct str nsp)
{
    msgpack_packet_write_head(buf, PACKET_DISCONNECT, nsp, PACKET_NO_ID, 0);
}

void msgpack_packet_write_connect_error(struct buf *buf, struct str nsp, struct str message, struct str data)
{
    msgpack_packet_write_head(buf, PACKET_CONNECT_ERROR, nsp, PACKET_NO_ID, 1);
    msgpack_write_text(buf, STR("data"));
    msgpack_write_map(buf, 1u + (data.size > 0));
    msgpack_write_text(buf, STR("message"));
    msgpack_write_text(buf, message);
    if (data.size > 0) msgpack_packet_write_member(buf, STR("data"), data);
}
