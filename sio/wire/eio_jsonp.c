#include "eio.h"
#include "http_url.h"
#include "json_text.h"

#include <inttypes.h>

/* Newlines pass through a form field as \n, because browsers change real ones; so a backslash that stood before an n
 * is doubled (engine.io/lib/transports/polling-jsonp.ts). */
static size_t eio_jsonp_unescape(char *text, size_t size)
{
    size_t out = 0;
    for (size_t at = 0; at < size; at++) {
        bool is_newline = size - at >= 2 && memcmp(text + at, "\\n", 2) == 0;
        bool is_doubled = size - at >= 3 && memcmp(text + at, "\\\\n", 3) == 0;
        if (is_newline || is_doubled) at++;
        text[out] = text[at];
        if (is_newline) text[out] = '\n';
        out++;
    }
    return out;
}

bool eio_jsonp_read(char *body, size_t *size, char **payload)
{
    struct str form = { body, *size }, value, decoded;
    if (!http_url_find(form, STR("d"), &value)) return false;
    *payload = body + (value.at - body);
    if (value.size == 0) *payload = body;
    if (!http_url_decode_form(value, *payload, &decoded)) return false;
    *size = eio_jsonp_unescape(*payload, decoded.size);
    return true;
}

/* In JavaScript before 2019, U+2028 and U+2029 (e2 80 a8 and a9) end a line, and with it a string. */
static size_t eio_jsonp_line_end(struct str text, size_t at)
{
    for (; at + 3 <= text.size; at++) {
        const char *found = memchr(text.at + at, 0xE2, text.size - at - 2);
        if (found == NULL) break;
        at = (size_t)(found - text.at);
        if (memcmp(found, "\xE2\x80\xA8", 3) == 0 || memcmp(found, "\xE2\x80\xA9", 3) == 0) return at;
    }
    return STR_NONE;
}

/* JSON's quotes and escapes, but for the two line ends. */
static void eio_jsonp_write_string(struct buf *buf, struct str text)
{
    size_t at = 0, found;
    buf_append_byte(buf, '"');
    while ((found = eio_jsonp_line_end(text, at)) != STR_NONE) {
        json_text_write_escaped(buf, str_cut(text, at, found));
        buf_append_str(buf, (uint8_t)text.at[found + 2] == 0xA8 ? STR("\\u2028") : STR("\\u2029"));
        at = found + 3;
    }
    json_text_write_escaped(buf, str_cut(text, at, text.size));
    buf_append_byte(buf, '"');
}

void eio_jsonp_write(struct buf *buf, uint32_t index, struct str payload)
{
    buf_append_format(buf, "___eio[%" PRIu32 "](", index);
    eio_jsonp_write_string(buf, payload);
    buf_append_str(buf, STR(");"));
}
