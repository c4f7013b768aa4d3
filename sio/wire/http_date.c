#include "http_date.h"

#include <stdio.h>

static const char days[7][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" }; /* 1970-01-01 was a Thursday */
static const char months[12][4] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
};

enum { SECONDS_A_DAY = 86400 };
static const int64_t seconds_max = 253402300799; /* 9999-12-31 23:59:59 */

/* Days since 1970-01-01 of a date in the Gregorian calendar. The year is made to begin in March, so that the leap day
 * is its last; 719468 are the days from 0000-03-01 to 1970-01-01, 146097 those of 400 years. */
static int64_t date_to_days(int64_t year, int64_t month, int64_t day)
{
    if (month <= 2) year--;
    int64_t era = year / 400, year_of_era = year % 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static void days_to_date(int64_t count, int *year, int *month, int *day)
{
    count += 719468;
    int64_t era = count / 146097, day_of_era = count % 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1);
    *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = (int)(era * 400 + year_of_era + (*month <= 2));
}

struct str http_date_write(char out[HTTP_DATE_SIZE], int64_t seconds)
{
    if (seconds < 0) seconds = 0;
    if (seconds > seconds_max) seconds = seconds_max;
    int year, month, day, second = (int)(seconds % SECONDS_A_DAY);
    days_to_date(seconds / SECONDS_A_DAY, &year, &month, &day);
    char text[64];
    snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[seconds / SECONDS_A_DAY % 7], day,
             months[month - 1], year, second / 3600, second / 60 % 60, second % 60);
    memcpy(out, text, HTTP_DATE_SIZE);
    return (struct str){ out, HTTP_DATE_SIZE };
}

/* `count` digits; -1 when they are not. */
static int date_digits(const char *at, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9') return -1;
        number = number * 10 + (at[i] - '0');
    }
    return number;
}

static int date_month(const char *at)
{
    for (int i = 0; i < 12; i++)
        if (memcmp(at, months[i], 3) == 0) return i + 1;
    return -1;
}

bool http_date_read(struct str text, int64_t *seconds)
{
    const char *at = text.at;
    if (text.size != HTTP_DATE_SIZE || memcmp(at + 25, " GMT", 4) != 0) return false;
    if (memcmp(at + 3, ", ", 2) != 0 || at[7] != ' ' || at[11] != ' ' || at[16] != ' ') return false;
    if (at[19] != ':' || at[22] != ':') return false;
    int day = date_digits(at + 5, 2), month = date_month(at + 8), year = date_digits(at + 12, 4);
    int hour = date_digits(at + 17, 2), minute = date_digits(at + 20, 2), second = date_digits(at + 23, 2);
    if (day < 1 || month < 1 || year < 1970) return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
    int64_t count = date_to_days(year, month, day);
    int same_year, same_month, same_day;
    days_to_date(count, &same_year, &same_month, &same_day); /* the 31st of June is another day */
    if (same_day != day || memcmp(at, days[count % 7], 3) != 0) return false;
    *seconds = count * SECONDS_A_DAY + (int64_t)hour * 3600 + (int64_t)minute * 60 + second;
    return true;
}
