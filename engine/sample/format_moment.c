#include "format_moment.h"

#include "ascii.h"

long format_moment_number(struct str *rest, size_t most)
{
    long number = 0;
    size_t size = 0;
    for (; size < rest->size && size < most && ascii_is_digit(rest->at[size]); size++)
        number = number * 10 + (rest->at[size] - '0');
    *rest = str_cut(*rest, size, rest->size);
    return size ? number : -1;
}

static bool moment_take(struct str *rest, const char *one_of)
{
    if (rest->size == 0 || rest->at[0] == '\0' || strchr(one_of, rest->at[0]) == NULL) return false;
    *rest = str_cut(*rest, 1, rest->size);
    return true;
}

/* Exactly two digits, from `least` to `most`. */
static bool moment_two(struct str *rest, long least, long most)
{
    size_t size = rest->size;
    long number = format_moment_number(rest, 2);
    return size - rest->size == 2 && number >= least && number <= most;
}

bool format_moment_date(struct str text)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (text.size != 10 || text.at[4] != '-' || text.at[7] != '-') return false;
    struct str year = str_cut(text, 0, 4), month = str_cut(text, 5, 7), day = str_cut(text, 8, 10);
    long y = format_moment_number(&year, 4), m = format_moment_number(&month, 2), d = format_moment_number(&day, 2);
    if (year.size || month.size || day.size || m < 1 || m > 12) return false;
    bool is_leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    return d >= 1 && d <= days[m - 1] + (m == 2 && is_leap);
}

static bool moment_zone(struct str rest)
{
    if (moment_take(&rest, "zZ")) return rest.size == 0;
    return moment_take(&rest, "+-") && moment_two(&rest, 0, 23) && (moment_take(&rest, ":") || rest.size) &&
           moment_two(&rest, 0, 59) && rest.size == 0;
}

bool format_moment_time(struct str text)
{
    if (!moment_two(&text, 0, 23) || !moment_take(&text, ":") || !moment_two(&text, 0, 59) ||
        !moment_take(&text, ":") || !moment_two(&text, 0, 59))
        return false;
    if (moment_take(&text, ".")) {
        size_t size = text.size;
        while (text.size && ascii_is_digit(text.at[0])) text = str_cut(text, 1, text.size);
        if (text.size == size) return false;
    }
    return moment_zone(text);
}

bool format_moment_date_time(struct str text)
{
    return text.size > 11 && strchr("tT ", text.at[10]) && text.at[10] && format_moment_date(str_cut(text, 0, 10)) &&
           format_moment_time(str_cut(text, 11, text.size));
}

/* Units must come in the order of `units`; returns how many came, or -1. */
static int moment_units(struct str *rest, const char *units)
{
    int count = 0;
    while (rest->size && ascii_is_digit(rest->at[0])) {
        format_moment_number(rest, 18);
        const char *unit = rest->size && rest->at[0] ? strchr(units, rest->at[0]) : NULL;
        if (unit == NULL) return -1;
        units = unit + 1;
        *rest = str_cut(*rest, 1, rest->size);
        count++;
    }
    return count;
}

bool format_moment_duration(struct str text)
{
    if (!moment_take(&text, "P")) return false;
    int days = moment_units(&text, "YMWD");
    if (days < 0 || text.size == 0) return days > 0;
    return moment_take(&text, "T") && moment_units(&text, "HMS") > 0 && text.size == 0;
}
