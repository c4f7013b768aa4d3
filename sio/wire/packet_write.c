#include "json_text.h"
#include "packet.h"

static size_t packet_count_bytes(sio_args args)
{
    size_t count = 0;
    for (size_t i = 0; i < args.count; i++) count += args.at[i].kind == SIO_BYTES;
    return count;
}

static void packet_write_head(struct buf *buf, enum packet_type type, size_t attachments, struct str nsp, uint64_t id)
{
    buf_append_byte(buf, (char)('0' + type));
    if (attachments > 0) {
        json_text_write_whole(buf, attachments);
        buf_append_byte(buf, '-');
    }
    if (!str_equal(nsp, STR("/"))) {
        buf_append_str(buf, nsp);
        buf_append_byte(buf, ',');
    }
    if (id != PACKET_NO_ID) json_text_write_whole(buf, id);
}

static void packet_write_placeholder(struct buf *buf, size_t *number)
{
    buf_append_str(buf, STR("{\"_placeholder\":true,\"num\":"));
    json_text_write_whole(buf, (*number)++);
    buf_append_byte(buf, '}');
}

static struct str packet_value_text(const sio_value *value)
{
    return (struct str){ value->data.at, value->data.size };
}

static void packet_write_value(struct buf *buf, const sio_value *value, size_t *number)
{
    switch (value->kind) {
    case SIO_NULL: buf_append_str(buf, STR("null")); break;
    case SIO_BOOL: buf_append_str(buf, value->boolean ? STR("true") : STR("false")); break;
    case SIO_NUMBER: json_text_write_number(buf, value->number); break;
    case SIO_TEXT: json_text_write_string(buf, packet_value_text(value)); break;
    case SIO_JSON: buf_append_str(buf, value->data.size > 0 ? packet_value_text(value) : STR("null")); break;
    case SIO_BYTES: packet_write_placeholder(buf, number); break;
    }
}

/* The values behind `separator`, which is then a comma. */
static void packet_write_values(struct buf *buf, sio_args args, char separator)
{
    size_t number = 0;
    if (args.count == 0 && separator == '[') buf_append_byte(buf, '[');
    for (size_t i = 0; i < args.count; i++) {
        buf_append_byte(buf, separator);
        packet_write_value(buf, &args.at[i], &number);
        separator = ',';
    }
    buf_append_byte(buf, ']');
}

size_t packet_write_event(struct buf *buf, struct str nsp, uint64_t id, struct str event, sio_args args)
{
    size_t attachments = packet_count_bytes(args);
    packet_write_head(buf, attachments > 0 ? PACKET_BINARY_EVENT : PACKET_EVENT, attachments, nsp, id);
    buf_append_byte(buf, '[');
    json_text_write_string(buf, event);
    packet_write_values(buf, args, ',');
    return attachments;
}

size_t packet_write_ack(struct buf *buf, struct str nsp, uint64_t id, sio_args args)
{
    size_t attachments = packet_count_bytes(args);
    packet_write_head(buf, attachments > 0 ? PACKET_BINARY_ACK : PACKET_ACK, attachments, nsp, id);
    packet_write_values(buf, args, '[');
    return attachments;
}

void packet_write_connect(struct buf *buf, struct str nsp, struct str json)
{
    packet_write_head(buf, PACKET_CONNECT, 0, nsp, PACKET_NO_ID);
    buf_append_str(buf, json);
}

void packet_write_disconnect(struct buf *buf, struct str nsp)
{
    packet_write_head(buf, PACKET_DISCONNECT, 0, nsp, PACKET_NO_ID);
}

void packet_write_connect_error(struct buf *buf, int revision, struct str nsp, struct str message, struct str data)
{
    packet_write_head(buf, PACKET_CONNECT_ERROR, 0, nsp, PACKET_NO_ID);
    if (revision == 4) {
        if (data.size > 0)
            buf_append_str(buf, data);
        else
            json_text_write_string(buf, message);
        return;
    }
    buf_append_str(buf, STR("{\"message\":"));
    json_text_write_string(buf, message);
    if (data.size > 0) {
        buf_append_str(buf, STR(",\"data\":"));
        buf_append_str(buf, data);
    }
    buf_append_byte(buf, '}');
}
