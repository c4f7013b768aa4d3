#include "uri.h"

#include "ascii.h"

static const char uri_hex[] = "0123456789ABCDEF";

static bool uri_is_unreserved(char byte)
{
    return ascii_is_letter_or_digit(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

static void uri_append(struct buf *uri, char byte, const char *kept)
{
    unsigned char code = (unsigned char)byte;
    if (uri_is_unreserved(byte) || (byte != '\0' && strchr(kept, byte))) {
        buf_append_byte(uri, byte);
    } else {
        char encoded[3] = { '%', uri_hex[code >> 4], uri_hex[code & 15] };
        buf_append(uri, encoded, sizeof encoded);
    }
}

void uri_encode(struct buf *uri, struct str text)
{
    for (size_t i = 0; i < text.size; i++) uri_append(uri, text.at[i], "");
}

/* What is encoded already stays so, but as every client would write it (RFC 3986 §6.2.2). */
static void uri_append_given(struct buf *uri, struct str text, size_t *at, const char *kept)
{
    int byte = ascii_percent(text, *at);
    uri_append(uri, byte < 0 ? text.at[*at] : (char)byte, byte < 0 ? kept : "");
    *at += byte < 0 ? 1 : 3;
}

void uri_encode_reserved(struct buf *uri, struct str text)
{
    for (size_t at = 0; at < text.size;) uri_append_given(uri, text, &at, ":/?@!$()*,;=");
}

void uri_clean(struct buf *uri, struct str text, bool in_query)
{
    for (size_t at = 0; at < text.size;) {
        in_query |= text.at[at] == '?';
        uri_append_given(uri, text, &at, in_query ? ":/?@!$()*,;=&+" : ":/?@!$()*,;=&+'");
    }
}

/* Ends of segments are '/': the last one may have none. */
void uri_resolve_dots(struct buf *uri, struct str path)
{
    size_t floor = uri->size;
    while (path.size) {
        size_t slash = str_find_byte(path, '/');
        struct str segment = str_cut(path, 0, slash);
        path = str_cut(path, slash == STR_NONE ? path.size : slash + 1, path.size);
        bool is_up = str_equal(segment, STR("..")), is_here = str_equal(segment, STR("."));
        if (is_up && uri->size > floor + 1) {
            struct str before = { uri->at + floor, uri->size - floor - 1 };
            size_t start = str_find_last_byte(before, '/');
            uri->size = floor + (start == STR_NONE ? 0 : start + 1);
        }
        if (is_up || is_here) continue;
        buf_append_str(uri, segment);
        if (slash != STR_NONE) buf_append_byte(uri, '/');
    }
}

bool uri_template_next(struct str *rest, struct str *literal, struct str *name)
{
    size_t open = str_find_byte(*rest, '{');
    size_t close = open == STR_NONE ? STR_NONE : str_find_byte(str_cut(*rest, open, rest->size), '}');
    *literal = close == STR_NONE ? *rest : str_cut(*rest, 0, open);
    if (close == STR_NONE) return false;
    *name = str_cut(*rest, open + 1, open + close);
    *rest = str_cut(*rest, open + close + 1, rest->size);
    return true;
}
