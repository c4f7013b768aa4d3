#include "snippet_writer.h"
#include "utf8.h"

bool snippet_is_visible(uint32_t code_point)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0xad, 0xad },     { 0x61c, 0x61c },
        { 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
        { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        if (code_point >= hidden[i].first && code_point <= hidden[i].last) return false;
    }
    return true;
}

bool snippet_is_ascii(struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.at[i] >= 0x80) return false;
    }
    return true;
}

bool snippet_is_block(struct str text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code_point = utf8_next(text, &at);
        if (code_point != '\n' && !snippet_is_visible(code_point)) return false;
    }
    return true;
}

size_t snippet_longest_run(struct str text, struct str after, char byte)
{
    size_t longest = 0;
    for (size_t at = 0; at + after.size <= text.size; at++) {
        if (!str_starts(str_cut(text, at, text.size), after)) continue;
        size_t end = at + after.size;
        while (end < text.size && text.at[end] == byte) end++;
        if (end - at - after.size + 1 > longest) longest = end - at - after.size + 1;
    }
    return longest; /* 0: `after` is not there; else one more than the bytes behind it */
}

static void quote_code_point(struct buf *code, const struct snippet_quotes *quotes, uint32_t code_point)
{
    char bytes[4];
    const char *plain = "\n\r\t", *letters = "nrt";
    const char *found = code_point && code_point < 0x20 ? strchr(plain, (int)code_point) : NULL;
    if (found)
        buf_append_format(code, "\\%c", letters[found - plain]);
    else if (code_point < 0x20 || code_point == 0x7f)
        buf_append_format(code, quotes->control, code_point);
    else if (snippet_is_visible(code_point))
        buf_append(code, bytes, utf8_write(code_point, bytes));
    else
        buf_append_format(code, quotes->wide, code_point);
}

static void quote_text(struct buf *code, const struct snippet_quotes *quotes, struct str text)
{
    buf_append_byte(code, '"');
    for (size_t at = 0; at < text.size;) {
        bool is_tag = quotes->has_html && str_starts(str_cut(text, at, text.size), STR("</"));
        uint32_t code_point = utf8_next(text, &at);
        bool is_escaped = code_point && code_point < 0x80 && strchr(quotes->escaped, (int)code_point);
        if (is_escaped) buf_append_byte(code, '\\');
        quote_code_point(code, quotes, code_point);
        if (is_tag) buf_append_byte(code, '\\');
    }
    buf_append_byte(code, '"');
}

void snippet_string(struct snippet *snippet, struct str text)
{
    if (snippet->syntax->string)
        snippet->syntax->string(snippet, text);
    else
        quote_text(snippet->code, &snippet->syntax->quotes, text);
}

bool snippet_single_quoted(struct snippet *snippet, struct str text)
{
    buf_append_byte(snippet->code, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '\\' || text.at[i] == '\'') buf_append_byte(snippet->code, '\\');
        buf_append_byte(snippet->code, text.at[i]);
    }
    buf_append_byte(snippet->code, '\'');
    return true;
}
