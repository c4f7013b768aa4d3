/* ascii.h - what a byte of text is, whatever the locale; bytes above 0x7F are nothing of it. */
#ifndef ASCII_H
#define ASCII_H

#include "str.h"

static inline bool ascii_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool ascii_is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static inline bool ascii_is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static inline bool ascii_is_letter(char byte)
{
    return ascii_is_upper(byte) || ascii_is_lower(byte);
}

static inline bool ascii_is_letter_or_digit(char byte)
{
    return ascii_is_letter(byte) || ascii_is_digit(byte);
}

/* The value of a hexadecimal digit, -1 when it is none. */
static inline int ascii_hex(char byte)
{
    if (ascii_is_digit(byte)) return byte - '0';
    char lower = (char)(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The byte, 0 to 255, that "%41" at `at` of the text stands for (RFC 3986 §2.1); -1 when there is no whole one. */
static inline int ascii_percent(struct str text, size_t at)
{
    if (at >= text.size || text.size - at < 3 || text.at[at] != '%') return -1;
    int high = ascii_hex(text.at[at + 1]), low = ascii_hex(text.at[at + 2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

#endif
