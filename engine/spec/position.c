#include "position.h"

struct position position_of(struct str text, size_t offset)
{
    struct position position = { 1, 1 };
    for (size_t at = 0; at < offset && at < text.size; at++) {
        if (text.at[at] == '\n') {
            position.line++;
            position.column = 1;
        } else if (((unsigned char)text.at[at] & 0xC0) != 0x80) { /* continuation bytes are no columns */
            position.column++;
        }
    }
    return position;
}

size_t position_string_end(struct str text, size_t start)
{
    size_t at = start + 1;
    for (; at < text.size && text.at[at] != '"'; at++)
        if (text.at[at] == '\\') at++;
    return at < text.size ? at + 1 : text.size;
}

static bool position_is_between(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == ',' || byte == ':' || byte == ']' ||
           byte == '}';
}

size_t position_of_value(struct str text, size_t ordinal)
{
    size_t at = 0;
    for (;;) {
        while (at < text.size && position_is_between(text.at[at])) at++;
        if (at >= text.size) return text.size;
        if (ordinal-- == 0) return at;
        if (text.at[at] == '"')
            at = position_string_end(text, at);
        else if (text.at[at] == '{' || text.at[at] == '[')
            at++;
        else
            while (at < text.size && !position_is_between(text.at[at])) at++;
    }
}

size_t position_member_value(struct str text, size_t start)
{
    size_t at = start < text.size ? position_string_end(text, start) : text.size;
    while (at < text.size && position_is_between(text.at[at])) at++;
    return at;
}

static size_t position_scalar_end(struct str text, size_t at)
{
    if (text.at[at] == '"') return position_string_end(text, at);
    while (at < text.size && !position_is_between(text.at[at])) at++;
    return at;
}

static size_t position_container_end(struct str text, size_t at)
{
    size_t depth = 0;
    while (at < text.size) {
        switch (text.at[at]) {
        case '"': at = position_string_end(text, at); continue;
        case '{':
        case '[': depth++; break;
        case '}':
        case ']':
            if (--depth == 0) return at + 1;
            break;
        default: break;
        }
        at++;
    }
    return text.size;
}

size_t position_value_end(struct str text, size_t start)
{
    if (start >= text.size) return text.size;
    bool is_container = text.at[start] == '{' || text.at[start] == '[';
    return is_container ? position_container_end(text, start) : position_scalar_end(text, start);
}

size_t position_member_end(struct str text, size_t start)
{
    return position_value_end(text, position_member_value(text, start));
}
