#include "packet.h"

#include "json_text.h"
#include "limits.h"

/* The largest whole number that a JavaScript client counts without gaps: 2^53 - 1. */
static const uint64_t packet_id_max = ((uint64_t)1 << 53) - 1;

const char *packet_error_text(enum packet_error error)
{
#define PACKET_X(name, text) text,
    static const char *const texts[] = { "no error", PACKET_ERRORS(PACKET_X) };
#undef PACKET_X
    return texts[error];
}

static bool packet_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Each of these takes its part of the head from the front of `rest`. */

static enum packet_error packet_read_attachments(struct packet *packet, struct str *rest)
{
    size_t at = 0;
    for (; at < rest->size && packet_is_digit(rest->at[at]); at++) {
        packet->attachments = packet->attachments * 10 + (uint32_t)(rest->at[at] - '0');
        if (packet->attachments > LIMIT_PACKET_ATTACHMENTS) return PACKET_ATTACHMENTS;
    }
    if (at == rest->size || rest->at[at] != '-' || packet->attachments == 0) return PACKET_ATTACHMENTS;
    *rest = str_cut(*rest, at + 1, rest->size);
    return PACKET_OK;
}

static enum packet_error packet_read_namespace(struct packet *packet, int revision, struct str *rest)
{
    packet->nsp = STR("/");
    if (rest->size == 0 || rest->at[0] != '/') return PACKET_OK;
    size_t comma = str_find_byte(*rest, ',');
    packet->nsp = str_cut(*rest, 0, comma);
    *rest = comma == STR_NONE ? STR_EMPTY : str_cut(*rest, comma + 1, rest->size);
    struct str name = packet->nsp;
    struct str query = revision == 4 ? packet_split_query(&name) : STR_EMPTY;
    if (name.size > LIMIT_PACKET_NAMESPACE_BYTES || query.size > LIMIT_HTTP_URL_BYTES) return PACKET_NAMESPACE;
    return PACKET_OK;
}

static enum packet_error packet_read_id(struct packet *packet, struct str *rest)
{
    size_t at = 0;
    uint64_t id = 0;
    for (; at < rest->size && packet_is_digit(rest->at[at]); at++) {
        id = id * 10 + (uint64_t)(rest->at[at] - '0');
        if (id > packet_id_max) return PACKET_ID;
    }
    packet->id = at > 0 ? id : PACKET_NO_ID;
    *rest = str_cut(*rest, at, rest->size);
    return PACKET_OK;
}

/* Whether the payload may stand in a packet of this type; that of arguments is checked as far as its first byte. */
static enum packet_error packet_check_payload(const struct packet *packet)
{
    const char *at = packet->json, *end = at + packet->json_size;
    bool is_binary = packet->type == PACKET_BINARY_EVENT || packet->type == PACKET_BINARY_ACK;
    if (packet->json_size == 0) return is_binary ? PACKET_PAYLOAD : PACKET_OK;
    if (packet->type == PACKET_DISCONNECT) return PACKET_PAYLOAD;
    if (json_text_peek(&at, end) != (packet->type == PACKET_CONNECT ? '{' : '[')) return PACKET_PAYLOAD;
    if (packet->type != PACKET_CONNECT) return PACKET_OK;
    return json_text_valid((struct str){ packet->json, packet->json_size }) ? PACKET_OK : PACKET_JSON;
}

enum packet_error packet_read(struct packet *packet, int revision, char *text, size_t size)
{
    enum packet_error error = PACKET_OK;
    if (size == 0 || text[0] < '0' || text[0] > '6') return PACKET_TYPE;
    *packet = (struct packet){ .type = (enum packet_type)(text[0] - '0') };
    if (packet->type == PACKET_CONNECT_ERROR) return PACKET_DIRECTION;
    struct str rest = { text + 1, size - 1 };
    if (packet->type >= PACKET_BINARY_EVENT) error = packet_read_attachments(packet, &rest);
    if (error == PACKET_OK) error = packet_read_namespace(packet, revision, &rest);
    if (error == PACKET_OK) error = packet_read_id(packet, &rest);
    if (error != PACKET_OK) return error;
    packet->json = text + (size - rest.size);
    packet->json_size = rest.size;
    return packet_check_payload(packet);
}

struct str packet_split_query(struct str *nsp)
{
    size_t mark = str_find_byte(*nsp, '?');
    struct str query = mark == STR_NONE ? STR_EMPTY : str_cut(*nsp, mark + 1, nsp->size);
    *nsp = str_cut(*nsp, 0, mark);
    return query;
}

bool packet_is_reserved(struct str event)
{
    static const struct str names[] = {
        STR_INIT("connect"),       STR_INIT("connect_error"), STR_INIT("disconnect"),
        STR_INIT("disconnecting"), STR_INIT("newListener"),   STR_INIT("removeListener"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(event, names[i])) return true;
    return false;
}
