#include "limits.h"
#include "request_maker.h"
#include "uri.h"

/* ---- Encoding ---------------------------------------------------------------------------------------------------- */

/* Clients send other characters than ASCII in Latin-1, in UTF-8, or refuse to (RFC 9110 §5.5): encoded they arrive. */
static void text_add_header(struct buf *text, struct str literal)
{
    for (size_t i = 0; i < literal.size; i++) {
        unsigned char byte = (unsigned char)literal.at[i];
        if (byte >= 0x80)
            uri_encode(text, str_cut(literal, i, i + 1));
        else
            buf_append_byte(text, byte < 0x20 || byte == 0x7f ? ' ' : literal.at[i]);
    }
}

void request_text_add(struct request_maker *maker, struct str literal, enum request_encoding encoding)
{
    switch (encoding) {
    case REQUEST_ENCODE_ALL: uri_encode(&maker->text, literal); break;
    case REQUEST_ENCODE_RESERVED: uri_encode_reserved(&maker->text, literal); break;
    case REQUEST_ENCODE_HEADER: text_add_header(&maker->text, literal); break;
    case REQUEST_ENCODE_NOTHING: buf_append_str(&maker->text, literal); break;
    }
}

/* ---- Parts ------------------------------------------------------------------------------------------------------- */

static void text_append(struct request_maker *maker, struct request_part part)
{
    struct request_part *kept = arena_alloc(maker->arena, sizeof *kept);
    if (kept == NULL) return;
    *kept = part;
    if (maker->last) maker->last->next = kept;
    if (maker->last == NULL) maker->first = kept;
    maker->last = kept;
}

static void text_flush(struct request_maker *maker)
{
    if (maker->text.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str literal = arena_copy(maker->arena, buf_str(&maker->text));
    buf_clear(&maker->text);
    if (literal.size) text_append(maker, (struct request_part){ .literal = literal });
}

void request_text_add_variable(struct request_maker *maker, const struct request_variable *variable, bool is_encoded)
{
    if (variable == NULL) return;
    text_flush(maker);
    text_append(maker, (struct request_part){ .literal = STR_EMPTY, .variable = variable, .is_encoded = is_encoded });
}

void request_text_add_parts(struct request_maker *maker, const struct request_part *parts)
{
    for (; parts; parts = parts->next) {
        request_text_add(maker, parts->literal, REQUEST_ENCODE_NOTHING);
        request_text_add_variable(maker, parts->variable, parts->is_encoded);
    }
}

struct request_part *request_text_end(struct request_maker *maker)
{
    text_flush(maker);
    struct request_part *first = maker->first;
    maker->first = maker->last = NULL;
    return first;
}

void request_text_end_line(struct request_maker *maker, struct request_line **lines, bool is_focus)
{
    struct request_line *line = arena_alloc(maker->arena, sizeof *line);
    struct request_part *first = request_text_end(maker);
    if (line == NULL) return;
    *line = (struct request_line){ .first = first, .is_focus = is_focus };
    while (*lines) lines = &(*lines)->next;
    *lines = line;
}

static bool text_is_printable(char byte)
{
    return (unsigned char)byte >= 0x20 ? byte != 0x7f : byte == '\n' || byte == '\r' || byte == '\t';
}

struct str request_text_printable(struct request_maker *maker, struct str text)
{
    bool is_printable = true;
    for (size_t i = 0; i < text.size; i++) is_printable &= text_is_printable(text.at[i]);
    if (is_printable) return text;
    struct buf printable;
    buf_init(&printable, text.size * 3);
    for (size_t i = 0; i < text.size; i++)
        buf_append_str(&printable, text_is_printable(text.at[i]) ? str_cut(text, i, i + 1) : STR("\xef\xbf\xbd"));
    if (printable.error != BUF_OK) maker->arena->failed = true;
    struct str copy = arena_copy(maker->arena, buf_str(&printable));
    buf_free(&printable);
    return copy;
}
