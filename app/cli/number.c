#include "number.h"

#include <stdio.h>

const char *number_text(char text[NUMBER_TEXT], uint64_t number)
{
    char digits[NUMBER_TEXT];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    char *to = text;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) *to++ = ',';
        *to++ = digits[i];
    }
    *to = 0;
    return text;
}

const char *number_bytes(char text[NUMBER_TEXT], uint64_t bytes)
{
    static const char *const units[] = { "KB", "MB", "GB", "TB" };
    double amount = (double)bytes / 1000;
    size_t unit = 0;
    if (bytes < 1000) {
        snprintf(text, NUMBER_TEXT, "%u bytes", (unsigned)bytes);
        return text;
    }
    /* 999.95 would be rounded to "1000.0". */
    for (; amount >= 999.95 && unit < 3; unit++) amount /= 1000;
    snprintf(text, NUMBER_TEXT, "%.1f %s", amount, units[unit]);
    return text;
}

bool number_read(const char *text, uint32_t least, uint32_t most, uint32_t *number)
{
    uint64_t read = 0;
    if (*text == 0) return false;
    for (; *text != 0; text++) {
        if (*text < '0' || *text > '9') return false;
        read = read * 10 + (uint64_t)(*text - '0');
        if (read > most) return false;
    }
    if (read < least) return false;
    *number = (uint32_t)read;
    return true;
}
