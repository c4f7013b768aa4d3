#include "ascii.h"
#include "json_text.h"
#include "utf8.h"

#include <locale.h>
#include <stdlib.h>

/* ---- Texts --------------------------------------------------------------------------------------------------- */

static uint32_t json_text_hex4(const char *at)
{
    uint32_t number = 0;
    for (int i = 0; i < 4; i++) number = number << 4 | (uint32_t)ascii_hex(at[i]);
    return number;
}

/* The code point of a \u escape at `at`, and of its other half where it is one of a pair; advances behind them. */
static uint32_t json_text_decode_unicode(const char *text, size_t size, size_t *at)
{
    uint32_t high = json_text_hex4(text + *at + 2);
    *at += 6;
    if (high < 0xD800 || high > 0xDFFF) return high;
    if (high > 0xDBFF || size - *at < 6 || text[*at] != '\\' || text[*at + 1] != 'u') return 0xFFFD;
    uint32_t low = json_text_hex4(text + *at + 2);
    if (low < 0xDC00 || low > 0xDFFF) return 0xFFFD;
    *at += 6;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static char json_text_decode_escape(char kind)
{
    switch (kind) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return kind; /* the quote, the backslash, the slash */
    }
}

size_t json_text_decode(char *text, size_t size)
{
    size_t out = 0, at = 0;
    while (at < size) {
        const char *backslash = memchr(text + at, '\\', size - at);
        size_t run = backslash ? (size_t)(backslash - text) - at : size - at;
        if (out != at) memmove(text + out, text + at, run);
        out += run;
        at += run;
        if (at == size) break;
        if (text[at + 1] == 'u') {
            char bytes[4];
            size_t count = utf8_write(json_text_decode_unicode(text, size, &at), bytes);
            memcpy(text + out, bytes, count);
            out += count;
        } else {
            text[out++] = json_text_decode_escape(text[at + 1]);
            at += 2;
        }
    }
    return out;
}

/* ---- Numbers ------------------------------------------------------------------------------------------------- */

/* A number taken apart: digits * 10^exponent. */
struct json_text_decimal {
    uint64_t digits;
    int64_t exponent;
    bool is_negative;
    bool is_exact; /* everything fitted */
};

/* Up to here a whole number is a double without rounding. */
static const uint64_t json_text_exact_max = (uint64_t)1 << 53;

static const char *json_text_decimal_digits(struct json_text_decimal *decimal, const char *at, const char *end)
{
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        if (decimal->digits > json_text_exact_max / 10) decimal->is_exact = false;
        if (decimal->is_exact) decimal->digits = decimal->digits * 10 + (uint64_t)(*at - '0');
    }
    return at;
}

static void json_text_decimal_exponent(struct json_text_decimal *decimal, const char *at, const char *end)
{
    bool is_negative = *at == '-';
    int64_t exponent = 0;
    if (*at == '-' || *at == '+') at++;
    for (; at < end; at++) {
        if (exponent > 10000) decimal->is_exact = false;
        if (decimal->is_exact) exponent = exponent * 10 + (*at - '0');
    }
    decimal->exponent += is_negative ? -exponent : exponent;
}

static struct json_text_decimal json_text_decimal(struct str text)
{
    const char *at = text.at, *end = text.at + text.size;
    struct json_text_decimal decimal = { .is_exact = true, .is_negative = *at == '-' };
    if (decimal.is_negative) at++;
    at = json_text_decimal_digits(&decimal, at, end);
    if (at < end && *at == '.') {
        const char *fraction = at + 1;
        at = json_text_decimal_digits(&decimal, fraction, end);
        decimal.exponent = fraction - at;
    }
    if (at < end) json_text_decimal_exponent(&decimal, at + 1, end);
    return decimal;
}

/* Where the digits and the power of ten are both exact, one multiplication or division rounds once, and so rightly
 * (Clinger, "How to read floating point numbers accurately", 1990). The rest is the C library's. */
double json_text_number(struct str text)
{
    static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    struct json_text_decimal decimal = json_text_decimal(text);
    bool is_exact = decimal.is_exact && decimal.digits <= json_text_exact_max;
    if (!is_exact || decimal.exponent < -22 || decimal.exponent > 22) {
        locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0); /* a constant of the C library: nothing to free */
        return strtod_l(text.at, NULL, c);
    }
    double number = (double)decimal.digits;
    number = decimal.exponent < 0 ? number / powers[-decimal.exponent] : number * powers[decimal.exponent];
    return decimal.is_negative ? -number : number;
}
