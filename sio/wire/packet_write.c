#include "json_text.h"
#include "packet.h"
#include "placeholder.h"

/* The attachment of a JSON value that a placeholder in it stands for; NULL: none. */
static const sio_value *packet_attachment(const sio_value *value, const struct placeholder *found)
{
    if (found->number < 0 || (uint32_t)found->number >= value->attachment_count) return NULL;
    const sio_value *bytes = &value->attachments[found->number];
    return bytes->kind == SIO_BYTES ? bytes : NULL;
}

/* The next one inside a JSON value. */
static const sio_value *packet_next_inside(const sio_value *value, const char **at)
{
    const char *start = value->data.at;
    struct placeholder found;
    if (value->kind != SIO_JSON || value->attachment_count == 0) return NULL;
    if (*at == NULL) *at = start;
    while (placeholder_next(at, start + value->data.size, &found)) {
        const sio_value *bytes = packet_attachment(value, &found);
        if (bytes) return bytes;
    }
    return NULL;
}

bool packet_next_attachment(sio_args args, struct packet_position *position, struct str *bytes)
{
    while (position->argument < args.count) {
        const sio_value *value = &args.at[position->argument];
        const sio_value *found = value->kind == SIO_BYTES ? value : packet_next_inside(value, &position->at);
        if (found == NULL || found == value) {
            position->argument++;
            position->at = NULL;
        }
        if (found) {
            *bytes = (struct str){ found->data.at, found->data.size };
            return true;
        }
    }
    return false;
}

static size_t packet_count_attachments(sio_args args)
{
    struct packet_position position = { 0 };
    struct str bytes;
    size_t count = 0;
    while (packet_next_attachment(args, &position, &bytes)) count++;
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

static struct str packet_value_text(const sio_value *value)
{
    return (struct str){ value->data.at, value->data.size };
}

/* JSON in a binary packet: its placeholders get their numbers in it. */
static void packet_write_json(struct buf *buf, const sio_value *value, size_t *number)
{
    const char *at = value->data.at, *start = at, *end = at + value->data.size;
    struct placeholder found;
    while (placeholder_next(&at, end, &found)) {
        buf_append(buf, start, (size_t)(found.text.at - start));
        if (packet_attachment(value, &found))
            placeholder_write(buf, (*number)++);
        else
            buf_append_str(buf, STR("null"));
        start = at;
    }
    buf_append(buf, start, (size_t)(end - start));
}

/* What is written: how many attachments the packet has, and how many of them have their placeholder already. */
struct packet_numbers {
    size_t attachments, used;
};

static void packet_write_value(struct buf *buf, const sio_value *value, struct packet_numbers *numbers)
{
    switch (value->kind) {
    case SIO_NULL: buf_append_str(buf, STR("null")); break;
    case SIO_BOOL: buf_append_str(buf, value->boolean ? STR("true") : STR("false")); break;
    case SIO_NUMBER: json_text_write_number(buf, value->number); break;
    case SIO_TEXT: json_text_write_string(buf, packet_value_text(value)); break;
    case SIO_JSON:
        if (value->data.size == 0)
            buf_append_str(buf, STR("null"));
        else if (numbers->attachments == 0)
            buf_append_str(buf, packet_value_text(value));
        else
            packet_write_json(buf, value, &numbers->used);
        break;
    case SIO_BYTES: placeholder_write(buf, numbers->used++); break;
    }
}

/* The values behind `separator`, which is then a comma. */
static void packet_write_values(struct buf *buf, sio_args args, size_t attachments, char separator)
{
    struct packet_numbers numbers = { attachments, 0 };
    if (args.count == 0 && separator == '[') buf_append_byte(buf, '[');
    for (size_t i = 0; i < args.count; i++) {
        buf_append_byte(buf, separator);
        packet_write_value(buf, &args.at[i], &numbers);
        separator = ',';
    }
    buf_append_byte(buf, ']');
}

static void packet_write_named(struct buf *buf, struct str event, sio_args args, size_t attachments)
{
    buf_append_byte(buf, '[');
    json_text_write_string(buf, event);
    packet_write_values(buf, args, attachments, ',');
}

size_t packet_write_event(struct buf *buf, struct str nsp, uint64_t id, struct str event, sio_args args)
{
    size_t attachments = packet_count_attachments(args);
    packet_write_head(buf, attachments > 0 ? PACKET_BINARY_EVENT : PACKET_EVENT, attachments, nsp, id);
    packet_write_named(buf, event, args, attachments);
    return attachments;
}

size_t packet_write_array(struct buf *buf, struct str event, sio_args args)
{
    size_t attachments = packet_count_attachments(args);
    packet_write_named(buf, event, args, attachments);
    return attachments;
}

size_t packet_write_ack(struct buf *buf, struct str nsp, uint64_t id, sio_args args)
{
    size_t attachments = packet_count_attachments(args);
    packet_write_head(buf, attachments > 0 ? PACKET_BINARY_ACK : PACKET_ACK, attachments, nsp, id);
    packet_write_values(buf, args, attachments, '[');
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
