#include "json_text.h"
#include "limits.h"
#include "packet.h"

/* ---- Placeholders, in JSON that is checked already ------------------------------------------------------------ */

/* What is known of an object or array that is open. A repeated member counts with its last value, as in JSON.parse. */
struct packet_frame {
    int32_t number; /* of the attachment, -1 when "num" is missing or no such number */
    bool is_placeholder;
};

struct packet_walk {
    const char *at, *end;
    uint32_t attachments;
    unsigned depth;
    struct packet_frame frames[LIMIT_JSON_DEPTH];
};

/* Compares a member's name, which may be written with escapes. */
static bool packet_name_is(struct str raw, struct str name)
{
    char decoded[6 * 16]; /* six bytes are the longest escape of a letter */
    if (str_find_byte(raw, '\\') == STR_NONE) return str_equal(raw, name);
    if (raw.size > 6 * name.size || raw.size > sizeof decoded) return false;
    memcpy(decoded, raw.at, raw.size);
    return str_equal((struct str){ decoded, json_text_decode(decoded, raw.size) }, name);
}

/* The attachment that the value at `at` names, -1 when it names none. */
static int32_t packet_placeholder_number(const struct packet_walk *walk)
{
    const char *at = walk->at;
    if (*at != '-' && (*at < '0' || *at > '9')) return -1;
    double number = json_text_number(json_text_read(&at, walk->end).text);
    if (!(number >= 0 && number < walk->attachments)) return -1;
    int32_t whole = (int32_t)number;
    return whole == number ? whole : -1;
}

/* A text; where it is a member's name, its value is looked at and left to the walk. */
static void packet_walk_text(struct packet_walk *walk)
{
    struct str text = json_text_read(&walk->at, walk->end).text;
    if (json_text_peek(&walk->at, walk->end) != ':') return;
    walk->at++;
    json_text_peek(&walk->at, walk->end);
    struct packet_frame *frame = &walk->frames[walk->depth - 1];
    if (packet_name_is(text, STR("_placeholder"))) frame->is_placeholder = *walk->at == 't';
    if (packet_name_is(text, STR("num"))) frame->number = packet_placeholder_number(walk);
}

/* Goes through an array or object. False when a placeholder is for no attachment. *number is the attachment when the
 * value is a placeholder itself, else -1. */
static bool packet_walk(struct packet_walk *walk, int32_t *number)
{
    struct packet_frame closed = { -1, false };
    while (walk->at < walk->end) {
        char byte = *walk->at;
        if (byte == '"') {
            packet_walk_text(walk);
            continue;
        }
        if (byte == '{' || byte == '[') walk->frames[walk->depth++] = (struct packet_frame){ -1, false };
        if (byte == '}' || byte == ']') {
            closed = walk->frames[--walk->depth];
            if (closed.is_placeholder && closed.number < 0) return false;
        }
        walk->at++;
    }
    *number = closed.is_placeholder ? closed.number : -1; /* what is closed last is the value itself */
    return true;
}

static bool packet_find_placeholders(sio_value *value, uint32_t attachments)
{
    struct packet_walk walk = { .at = value->data.at, .attachments = attachments };
    int32_t number;
    walk.end = walk.at + value->data.size;
    if (!packet_walk(&walk, &number)) return false;
    if (number >= 0) *value = (sio_value){ .kind = SIO_BYTES, .data = { NULL, (size_t)number } };
    return true;
}

/* ---- Cutting: nothing is changed yet -------------------------------------------------------------------------- */

static sio_value packet_cut(struct json_text_value value)
{
    static const sio_kind kinds[] = {
        [JSON_TEXT_NULL] = SIO_NULL,     [JSON_TEXT_TRUE] = SIO_BOOL,   [JSON_TEXT_FALSE] = SIO_BOOL,
        [JSON_TEXT_NUMBER] = SIO_NUMBER, [JSON_TEXT_STRING] = SIO_TEXT, [JSON_TEXT_ARRAY] = SIO_JSON,
        [JSON_TEXT_OBJECT] = SIO_JSON,
    };
    return (sio_value){ .kind = kinds[value.kind], .data = { value.text.at, value.text.size } };
}

/* Where the values go, the event's name first. */
struct packet_cutter {
    const char *at, *end;
    bool has_name;
    sio_value name, *values;
    size_t room, count; /* without the name */
};

static enum packet_error packet_cut_one(struct packet_cutter *cutter, bool is_first)
{
    struct json_text_value value = json_text_read(&cutter->at, cutter->end);
    if (value.kind == JSON_TEXT_ERROR) return PACKET_JSON;
    if (is_first && cutter->has_name) {
        cutter->name = packet_cut(value);
        return value.kind == JSON_TEXT_STRING || value.kind == JSON_TEXT_NUMBER ? PACKET_OK : PACKET_EVENT_NAME;
    }
    if (cutter->count == LIMIT_PACKET_ARGUMENTS) return PACKET_ARGUMENTS;
    if (cutter->count < cutter->room) cutter->values[cutter->count] = packet_cut(value);
    cutter->count++;
    return PACKET_OK;
}

/* The array's values; the cutter stands behind its opening bracket, and afterwards on the closing one. */
static enum packet_error packet_cut_values(struct packet_cutter *cutter)
{
    if (json_text_peek(&cutter->at, cutter->end) == ']') return cutter->has_name ? PACKET_EVENT_NAME : PACKET_OK;
    for (bool is_first = true;; is_first = false) {
        enum packet_error error = packet_cut_one(cutter, is_first);
        if (error != PACKET_OK) return error;
        char next = json_text_peek(&cutter->at, cutter->end);
        if (next == ']') return PACKET_OK;
        if (next != ',') return PACKET_JSON;
        cutter->at++;
    }
}

/* The whole array, and nothing behind it. */
static enum packet_error packet_cut_all(struct packet_cutter *cutter)
{
    if (json_text_peek(&cutter->at, cutter->end) != '[') return PACKET_PAYLOAD;
    cutter->at++;
    enum packet_error error = packet_cut_values(cutter);
    if (error != PACKET_OK) return error;
    cutter->at++;
    json_text_peek(&cutter->at, cutter->end);
    return cutter->at == cutter->end ? PACKET_OK : PACKET_JSON;
}

/* ---- Turning slices into values, in place -------------------------------------------------------------------- */

/* Ends a slice with a NUL, on the quote, comma, bracket or blank behind it. */
static size_t packet_end_text(char *at, size_t size, bool is_text)
{
    if (is_text) size = json_text_decode(at, size);
    at[size] = '\0';
    return size;
}

static void packet_finish(sio_value *value, struct packet *packet)
{
    struct str slice = { value->data.at, value->data.size };
    if (value->kind == SIO_BOOL)
        *value = (sio_value){ .kind = SIO_BOOL, .boolean = slice.at[0] == 't' };
    else if (value->kind == SIO_NUMBER)
        *value = (sio_value){ .kind = SIO_NUMBER, .number = json_text_number(slice) };
    else if (value->kind == SIO_TEXT || value->kind == SIO_JSON)
        value->data.size =
            packet_end_text(packet->json + (slice.at - packet->json), slice.size, value->kind == SIO_TEXT);
}

static struct str packet_finish_name(const sio_value *name, struct packet *packet)
{
    const char *at = name->data.at;
    return (struct str){ at,
                         packet_end_text(packet->json + (at - packet->json), name->data.size, name->kind == SIO_TEXT) };
}

enum packet_error packet_read_arguments(struct packet *packet, struct str *event, sio_value *values, size_t room,
                                        size_t *count)
{
    struct packet_cutter cutter = { .at = packet->json, .end = packet->json + packet->json_size, .values = values };
    cutter.room = room;
    cutter.has_name = packet->type == PACKET_EVENT || packet->type == PACKET_BINARY_EVENT;
    enum packet_error error = packet_cut_all(&cutter);
    *event = STR_EMPTY;
    *count = cutter.count;
    if (error != PACKET_OK) return error;
    if (cutter.count > room) return PACKET_ROOM;
    for (size_t i = 0; i < cutter.count && packet->attachments > 0; i++)
        if (values[i].kind == SIO_JSON && !packet_find_placeholders(&values[i], packet->attachments))
            return PACKET_PLACEHOLDER;
    for (size_t i = 0; i < cutter.count; i++) packet_finish(&values[i], packet);
    if (!cutter.has_name) return PACKET_OK;
    *event = packet_finish_name(&cutter.name, packet);
    return packet_is_reserved(*event) ? PACKET_RESERVED : PACKET_OK;
}

void packet_attach(sio_value *values, size_t count, const struct str *attachments)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].kind != SIO_BYTES) continue;
        struct str bytes = attachments[values[i].data.size];
        values[i].data.at = bytes.at;
        values[i].data.size = bytes.size;
    }
}
