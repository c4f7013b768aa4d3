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

/* The byte behind the string that begins at `at`. */
static size_t position_string_end(struct str text, size_t at)
{
    for (at++; at < text.size && text.at[at] != '"'; at++)
        if (text.at[at] == '\\') at++;
    return at + 1;
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
