#include "ws_deflate.h"

/* ---- The grammar of RFC 6455 §9.1 ---------------------------------------------------------------------------- */

static bool offer_is_token(char c)
{
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
    return c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL; /* RFC 9110 §5.6.2 */
}

static void offer_skip_blanks(struct str *rest)
{
    while (rest->size > 0 && (rest->at[0] == ' ' || rest->at[0] == '\t')) *rest = str_cut(*rest, 1, rest->size);
}

/* Takes `byte` off the front, behind blanks; false when it is not there. */
static bool offer_take(struct str *rest, char byte)
{
    offer_skip_blanks(rest);
    if (rest->size == 0 || rest->at[0] != byte) return false;
    *rest = str_cut(*rest, 1, rest->size);
    return true;
}

static bool offer_take_token(struct str *rest, struct str *token)
{
    size_t size = 0;
    offer_skip_blanks(rest);
    while (size < rest->size && offer_is_token(rest->at[size])) size++;
    *token = str_cut(*rest, 0, size);
    *rest = str_cut(*rest, size, rest->size);
    return size > 0;
}

/* A token, or one in quotes. One with escapes is taken as it stands: no value that we know has them. */
static bool offer_take_value(struct str *rest, struct str *value)
{
    if (!offer_take(rest, '"')) return offer_take_token(rest, value);
    for (size_t at = 0; at < rest->size; at++) {
        if (rest->at[at] == '"') {
            *value = str_cut(*rest, 0, at);
            *rest = str_cut(*rest, at + 1, rest->size);
            return at > 0;
        }
        if (rest->at[at] == '\\')
            at++;
        else if (!offer_is_token(rest->at[at]))
            return false;
    }
    return false;
}

/* ---- One offer ----------------------------------------------------------------------------------------------- */

enum { OFFER_SERVER_NO_CONTEXT = 1, OFFER_CLIENT_NO_CONTEXT = 2, OFFER_SERVER_BITS = 4, OFFER_CLIENT_BITS = 8 };

struct offer {
    bool is_good;                     /* permessage-deflate, and nothing in it that is to be declined (§7) */
    unsigned named;                   /* the parameters that came, of those above */
    uint8_t server_bits, client_bits; /* 0: without a value */
};

/* 8 to 15, without a leading zero (§7.1.2); 0 for anything else. */
static uint8_t offer_bits(struct str value)
{
    if (value.size == 1 && (value.at[0] == '8' || value.at[0] == '9')) return (uint8_t)(value.at[0] - '0');
    if (value.size != 2 || value.at[0] != '1' || value.at[1] < '0' || value.at[1] > '5') return 0;
    return (uint8_t)(10 + value.at[1] - '0');
}

static unsigned offer_parameter(struct str name)
{
    if (str_equal(name, STR("server_no_context_takeover"))) return OFFER_SERVER_NO_CONTEXT;
    if (str_equal(name, STR("client_no_context_takeover"))) return OFFER_CLIENT_NO_CONTEXT;
    if (str_equal(name, STR("server_max_window_bits"))) return OFFER_SERVER_BITS;
    if (str_equal(name, STR("client_max_window_bits"))) return OFFER_CLIENT_BITS;
    return 0;
}

/* Notes a parameter; false when the offer is to be declined for it. `value` is empty when none was given. */
static bool offer_note(struct offer *offer, struct str name, struct str value)
{
    unsigned parameter = offer_parameter(name);
    uint8_t bits = offer_bits(value);
    if (parameter == 0 || (offer->named & parameter)) return false;
    offer->named |= parameter;
    switch (parameter) {
    case OFFER_SERVER_BITS: offer->server_bits = bits; return bits > 0;
    case OFFER_CLIENT_BITS: offer->client_bits = bits; return bits > 0 || value.size == 0;
    default: return value.size == 0;
    }
}

/* Takes one extension with its parameters. False when the header is malformed. */
static bool offer_read(struct str *rest, struct offer *offer)
{
    struct str name;
    *offer = (struct offer){ 0 };
    if (!offer_take_token(rest, &name)) return false;
    offer->is_good = str_equal(name, STR("permessage-deflate"));
    while (offer_take(rest, ';')) {
        struct str value = STR_EMPTY;
        if (!offer_take_token(rest, &name)) return false;
        if (offer_take(rest, '=') && !offer_take_value(rest, &value)) return false;
        if (!offer_note(offer, name, value)) offer->is_good = false;
    }
    offer_skip_blanks(rest);
    return rest->size == 0 || rest->at[0] == ',';
}

/* ---- The choice ---------------------------------------------------------------------------------------------- */

/* The smaller of what the offer names and what is wanted, where 0 is not named. */
static uint8_t offer_smaller(uint8_t a, uint8_t b)
{
    if (a == 0 || b == 0) return a ? a : b;
    return a < b ? a : b;
}

static bool offer_accept(const struct offer *offer, const struct ws_deflate_params *wanted,
                         struct ws_deflate_params *agreed)
{
    bool may_bound_client = (offer->named & OFFER_CLIENT_BITS) != 0;
    bool bounds_client = wanted->client_max_window_bits > 0 && wanted->client_max_window_bits < 15;
    if (!offer->is_good || (bounds_client && !may_bound_client)) return false;
    *agreed = (struct ws_deflate_params){
        .server_no_context_takeover = wanted->server_no_context_takeover || (offer->named & OFFER_SERVER_NO_CONTEXT),
        .client_no_context_takeover = wanted->client_no_context_takeover || (offer->named & OFFER_CLIENT_NO_CONTEXT),
        .server_max_window_bits = offer_smaller(offer->server_bits, wanted->server_max_window_bits),
    };
    if (may_bound_client)
        agreed->client_max_window_bits = offer_smaller(offer->client_bits, wanted->client_max_window_bits);
    return true;
}

enum ws_deflate_answer ws_deflate_negotiate(const struct ws_deflate_params *wanted, const struct http1_request *request,
                                            struct ws_deflate_params *agreed)
{
    enum ws_deflate_answer answer = WS_DEFLATE_NONE;
    size_t position = 0;
    struct str rest;
    while (http1_next_header(request, STR("sec-websocket-extensions"), &position, &rest)) {
        do {
            struct offer offer;
            offer_skip_blanks(&rest);
            if (rest.size == 0 || rest.at[0] == ',') continue; /* an empty element of the list */
            if (!offer_read(&rest, &offer)) return WS_DEFLATE_MALFORMED;
            if (answer == WS_DEFLATE_NONE && offer_accept(&offer, wanted, agreed)) answer = WS_DEFLATE_AGREED;
        } while (offer_take(&rest, ','));
    }
    return answer;
}

void ws_deflate_write_params(struct buf *buf, const struct ws_deflate_params *agreed)
{
    buf_append_str(buf, STR("permessage-deflate"));
    if (agreed->server_no_context_takeover) buf_append_str(buf, STR("; server_no_context_takeover"));
    if (agreed->client_no_context_takeover) buf_append_str(buf, STR("; client_no_context_takeover"));
    if (agreed->server_max_window_bits)
        buf_append_format(buf, "; server_max_window_bits=%d", agreed->server_max_window_bits);
    if (agreed->client_max_window_bits)
        buf_append_format(buf, "; client_max_window_bits=%d", agreed->client_max_window_bits);
}
