#include "unit.h"

#include "ascii.h"

static void every_byte_is_what_the_c_locale_says(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        char at = (char)byte;
        bool is_digit = byte >= 48 && byte <= 57, is_upper = byte >= 65 && byte <= 90,
             is_lower = byte >= 97 && byte <= 122;
        assert_int_equal(ascii_is_digit(at), is_digit);
        assert_int_equal(ascii_is_upper(at), is_upper);
        assert_int_equal(ascii_is_lower(at), is_lower);
        assert_int_equal(ascii_is_letter(at), is_upper || is_lower);
        assert_int_equal(ascii_is_letter_or_digit(at), is_upper || is_lower || is_digit);
        int hex = is_digit                    ? byte - 48
                  : byte >= 65 && byte <= 70  ? byte - 55
                  : byte >= 97 && byte <= 102 ? byte - 87
                                              : -1;
        assert_int_equal(ascii_hex(at), hex);
    }
}

static void percent_encoded_bytes_are_read_where_they_are_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        int byte;
    } cases[] = { { "%41", 0, 'A' }, { "%fF", 0, 255 }, { "%00", 0, 0 },   { "a%2Fb", 1, '/' }, { "a%2Fb", 0, -1 },
                  { "%4", 0, -1 },   { "%", 0, -1 },    { "", 0, -1 },     { "%4g", 0, -1 },    { "%g4", 0, -1 },
                  { "41", 0, -1 },   { "%41", 3, -1 },  { "%41", 99, -1 }, { "%%41", 0, -1 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ascii_percent(str_from(cases[i].text), cases[i].at), cases[i].byte);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_is_what_the_c_locale_says),
        cmocka_unit_test(percent_encoded_bytes_are_read_where_they_are_whole),
    };
    return cmocka_run_group_tests_name("ascii", tests, NULL, NULL);
}
