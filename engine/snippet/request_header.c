#include "request_maker.h"

#include "ascii.h"

static bool header_is_token(struct str name)
{
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.at[i];
        bool is_alnum = ascii_is_letter_or_digit(byte);
        if (!is_alnum && (byte == '\0' || strchr("!#$%&'*+-.^_`|~", byte) == NULL)) return false;
    }
    return name.size > 0 && name.at[0] != '-'; /* where an option is expected it would be one */
}

/* What tells the hop how the message is framed and routed (RFC 9110 §7.6.1, RFC 9112 §6): the client writes these, and
 * most refuse to take them from elsewhere. */
static bool header_is_framing(struct str name)
{
    static const char *const framing[] = {
        "Connection", "Content-Length",    "Expect",        "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer",
        "Upgrade",    "Transfer-Encoding", "HTTP2-Settings"
    };
    for (size_t i = 0; i < sizeof framing / sizeof *framing; i++) {
        if (str_equal_nocase(name, str_from(framing[i]))) return true;
    }
    return false;
}

struct request_header *request_header_find(const struct request *request, struct str name)
{
    struct request_header *header = request->headers;
    while (header && !str_equal_nocase(header->name, name)) header = header->next;
    return header;
}

/* Spaces around a value are not part of it (RFC 9110 §5.5). */
static void header_trim(struct request_part *value)
{
    struct request_part *last = value;
    while (last && last->next) last = last->next;
    if (value && value->variable == NULL) {
        while (str_starts(value->literal, STR(" "))) value->literal = str_cut(value->literal, 1, value->literal.size);
    }
    while (last && str_ends(last->literal, STR(" "))) last->literal.size--;
}

struct request_header *request_header_end(struct request_maker *maker, struct str name)
{
    struct request_part *value = request_text_end(maker);
    if (!header_is_token(name) || header_is_framing(name) || request_header_find(maker->request, name)) return NULL;
    struct request_header *header = arena_alloc(maker->arena, sizeof *header);
    if (header == NULL) return NULL;
    header_trim(value);
    if (value && value->next == NULL && value->variable == NULL && value->literal.size == 0) value = NULL;
    *header = (struct request_header){ .name = name, .value = value };
    struct request_header **end = &maker->request->headers;
    while (*end) end = &(*end)->next;
    return *end = header;
}

void request_header_add_cookies(struct request_maker *maker)
{
    bool is_focus = false;
    if (maker->cookies == NULL) return;
    for (const struct request_line *line = maker->cookies; line; line = line->next) {
        is_focus |= line->is_focus;
        request_text_add_parts(maker, line->first);
    }
    struct request_header *header = request_header_end(maker, STR("Cookie"));
    if (header) header->is_focus = is_focus;
}
