#include "json_text.h"
#include "limits.h"
#include "packet.h"
#include "placeholder.h"

/* ---- Placeholders, in JSON that is checked already ------------------------------------------------------------ */

/* The attachments that a placeholder stands for already. Two for the same would let a client that sends a megabyte once
 * make the server send it back ten times, and no client writes them. */
struct packet_seen {
    uint64_t words[LIMIT_MSGPACK_ATTACHMENTS / 64 + 1];
};

static bool packet_see(struct packet_seen *seen, uint32_t number)
{
    uint64_t bit = (uint64_t)1 << number % 64, *word = &seen->words[number / 64];
    bool is_new = !(*word & bit);
    *word |= bit;
    return is_new;
}

static bool packet_find_placeholders(sio_value *value, uint32_t attachments, struct packet_seen *seen)
{
    const char *start = value->data.at, *at = start, *end = start + value->data.size;
    struct placeholder found;
    while (placeholder_next(&at, end, &found)) {
        if (found.number < 0 || (uint32_t)found.number >= attachments) return false;
        if (!packet_see(seen, (uint32_t)found.number)) return false;
        if (found.text.at == start) *value = (sio_value){ .kind = SIO_BYTES, .data = { NULL, (size_t)found.number } };
    }
    return true;
}

static bool packet_find_all_placeholders(sio_value *values, size_t count, uint32_t attachments)
{
    if (attachments == 0) return true; /* the most frequent case: nothing is cleared for it */
    struct packet_seen seen = { { 0 } };
    for (size_t i = 0; i < count; i++)
        if (values[i].kind == SIO_JSON && !packet_find_placeholders(&values[i], attachments, &seen)) return false;
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
    if (!packet_find_all_placeholders(values, cutter.count, packet->attachments)) return PACKET_PLACEHOLDER;
    for (size_t i = 0; i < cutter.count; i++) packet_finish(&values[i], packet);
    if (!cutter.has_name) return PACKET_OK;
    *event = packet_finish_name(&cutter.name, packet);
    return packet_is_reserved(*event) ? PACKET_RESERVED : PACKET_OK;
}

void packet_attach(sio_value *values, size_t count, const sio_value *attachments, uint32_t attachment_count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].kind == SIO_BYTES) {
            values[i] = attachments[values[i].data.size];
        } else if (values[i].kind == SIO_JSON) {
            values[i].attachments = attachments;
            values[i].attachment_count = attachment_count;
        }
    }
}
