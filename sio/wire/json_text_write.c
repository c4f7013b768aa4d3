#include "json_text.h"
#include "utf8.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Texts --------------------------------------------------------------------------------------------------- */

/* What stands behind the backslash for this byte; 0: its number does. */
static char json_text_escape_letter(char byte)
{
    switch (byte) {
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '"':
    case '\\': return byte;
    default: return 0;
    }
}

static void json_text_write_escape(struct buf *buf, char byte)
{
    char letter = json_text_escape_letter(byte);
    if (letter)
        buf_append(buf, (char[2]){ '\\', letter }, 2);
    else
        buf_append_format(buf, "\\u%04x", (unsigned)byte);
}

/* Valid text: runs of plain bytes, and what is between them. */
static void json_text_write_valid(struct buf *buf, struct str text)
{
    const char *at = text.at, *end = text.at + text.size;
    while (at < end) {
        const char *plain_end = json_text_plain_end(at, end);
        buf_append(buf, at, (size_t)(plain_end - at));
        if (plain_end == end) return;
        json_text_write_escape(buf, *plain_end);
        at = plain_end + 1;
    }
}

void json_text_write_escaped(struct buf *buf, struct str text)
{
    /* Most texts are plain ASCII to their end: one look at each byte. */
    size_t plain = text.size ? (size_t)(json_text_ascii_end(text.at, text.at + text.size) - text.at) : 0;
    buf_append(buf, text.at, plain);
    text = str_cut(text, plain, text.size);
    while (text.size > 0) {
        struct utf8_state state = { 0 };
        size_t good = utf8_check(&state, text);
        if (good == text.size && utf8_complete(&state)) {
            json_text_write_valid(buf, text);
            return;
        }
        /* Up to the character that is broken, which may have begun before the byte that breaks it. */
        while (good > 0 && !utf8_valid(str_cut(text, 0, good))) good--;
        json_text_write_valid(buf, str_cut(text, 0, good));
        buf_append_str(buf, STR("\xEF\xBF\xBD"));
        text = str_cut(text, good + 1, text.size);
    }
}

void json_text_write_string(struct buf *buf, struct str text)
{
    buf_append_byte(buf, '"');
    json_text_write_escaped(buf, text);
    buf_append_byte(buf, '"');
}

/* ---- Numbers ------------------------------------------------------------------------------------------------- */

enum { JSON_TEXT_DIGITS_MAX = 17 }; /* enough for every double to read back the same */

/* A positive number as 0.DIGITS * 10^point. */
struct json_text_digits {
    char digits[JSON_TEXT_DIGITS_MAX + 1];
    int count, point;
};

/* Takes "d.dde+xx" apart; the decimal point may be another one in the user's locale. */
static void json_text_digits_parse(struct json_text_digits *digits, const char *text)
{
    digits->count = 0;
    for (; *text != 'e'; text++)
        if (*text >= '0' && *text <= '9') digits->digits[digits->count++] = *text;
    digits->point = atoi(text + 1) + 1;
    while (digits->count > 1 && digits->digits[digits->count - 1] == '0') digits->count--;
    digits->digits[digits->count] = '\0';
}

/* The fewest digits that read back as `number`. With 15 every decimal of up to 15 digits survives, so fewer need not be
 * tried, except among the subnormal numbers, which have fewer bits. */
static struct json_text_digits json_text_digits(double number)
{
    struct json_text_digits digits;
    char text[64];
    for (int count = number < DBL_MIN ? 1 : DBL_DIG; count <= JSON_TEXT_DIGITS_MAX; count++) {
        snprintf(text, sizeof text, "%.*e", count - 1, number);
        if (count == JSON_TEXT_DIGITS_MAX || strtod(text, NULL) == number) break;
    }
    json_text_digits_parse(&digits, text);
    return digits;
}

static void json_text_write_zeros(struct buf *buf, int count)
{
    while (count-- > 0) buf_append_byte(buf, '0');
}

/* The layouts of ECMA-262 §6.1.6.1.20. */
static void json_text_write_digits(struct buf *buf, const struct json_text_digits *number)
{
    size_t count = (size_t)number->count;
    int point = number->point;
    struct str digits = { number->digits, count };
    if (number->count <= point && point <= 21) {
        buf_append_str(buf, digits);
        json_text_write_zeros(buf, point - number->count);
    } else if (point > 0 && point <= 21) {
        buf_append_str(buf, str_cut(digits, 0, (size_t)point));
        buf_append_byte(buf, '.');
        buf_append_str(buf, str_cut(digits, (size_t)point, count));
    } else if (point > -6 && point <= 0) {
        buf_append_str(buf, STR("0."));
        json_text_write_zeros(buf, -point);
        buf_append_str(buf, digits);
    } else {
        buf_append_byte(buf, digits.at[0]);
        if (count > 1) buf_append_byte(buf, '.');
        buf_append_str(buf, str_cut(digits, 1, count));
        buf_append_format(buf, "e%+d", point - 1);
    }
}

void json_text_write_whole(struct buf *buf, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    buf_append(buf, digits + first, sizeof digits - first);
}

void json_text_write_number(struct buf *buf, double number)
{
    double size = fabs(number);
    if (!isfinite(number)) {
        buf_append_str(buf, STR("null"));
        return;
    }
    if (number < 0) buf_append_byte(buf, '-');
    if (size < 9007199254740992.0 && size == trunc(size)) { /* 2^53 */
        json_text_write_whole(buf, (uint64_t)size);
    } else {
        struct json_text_digits digits = json_text_digits(size);
        json_text_write_digits(buf, &digits);
    }
}
