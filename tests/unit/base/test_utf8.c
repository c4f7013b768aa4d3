#include "unit.h"

#include "utf8.h"

static const struct {
    struct str text;
    size_t good; /* bytes before the first bad one; text.size when the text is valid */
    bool valid;
} cases[] = {
    { STR_INIT(""), 0, true },
    { STR_INIT("plain ascii, longer than eight"), 30, true },
    { STR_INIT("\xce\xba\xe1\xbd\xb9\xf0\x9f\x98\x80"), 9, true },
    { STR_INIT("abc\x80"), 3, false },           /* a continuation byte alone */
    { STR_INIT("\xc0\xaf"), 0, false },          /* overlong */
    { STR_INIT("\xe0\x80\xaf"), 1, false },      /* overlong */
    { STR_INIT("\xed\xa0\x80"), 1, false },      /* surrogate */
    { STR_INIT("\xf4\x90\x80\x80"), 1, false },  /* above U+10FFFF */
    { STR_INIT("\xf5\x80\x80\x80"), 0, false },  /* no such first byte */
    { STR_INIT("12345678\xe2\x82"), 10, false }, /* cut off */
    { STR_INIT("\xef\xbf\xbf\xed\x9f\xbf\xee\x80\x80"), 9, true },
};

static void finds_the_first_bad_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct utf8_state whole = { 0 };
        assert_int_equal(utf8_check(&whole, cases[i].text), cases[i].good);
        assert_int_equal(utf8_valid(cases[i].text), cases[i].valid);
    }
}

static void says_the_same_one_byte_at_a_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct utf8_state pieces = { 0 };
        size_t good = 0;
        while (good < cases[i].text.size && utf8_check(&pieces, str_cut(cases[i].text, good, good + 1)) == 1) good++;
        assert_int_equal(good, cases[i].good);
        assert_int_equal(good == cases[i].text.size && utf8_complete(&pieces), cases[i].valid);
    }
}

static void finds_a_bad_byte_anywhere_in_a_long_text(void **state)
{
    (void)state;
    char text[200];
    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'a', sizeof text);
        text[at] = (char)0xff;
        assert_int_equal(utf8_check(&(struct utf8_state){ 0 }, (struct str){ text, sizeof text }), at);
    }
}

static uint32_t random_number(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

/* Runs of code points of one to four bytes; sometimes with bad bytes. */
static size_t random_text(uint32_t *random, char text[400])
{
    static const uint32_t first[] = { 0, 0x80, 0x800, 0x10000 }, count[] = { 0x80, 0x780, 0xF800, 0x100000 };
    size_t size = 0, kind = 0;
    while (size < 390) {
        if (random_number(random, 8) == 0) kind = random_number(random, 4);
        uint32_t code_point = first[kind] + random_number(random, count[kind]);
        if (code_point < 0xD800 || code_point > 0xDFFF) size += utf8_write(code_point, text + size);
    }
    for (uint32_t bad = random_number(random, 3); bad > 0; bad--)
        text[random_number(random, (uint32_t)size)] = (char)random_number(random, 256);
    return size - random_number(random, 10);
}

/* A byte at a time is too little for the wide instructions. */
static void wide_instructions_say_the_same(void **state)
{
    uint32_t random = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[400];
        size_t size = random_text(&random, text), good = 0;
        struct utf8_state whole = { 0 }, single = { 0 };
        while (good < size && utf8_check(&single, (struct str){ text + good, 1 }) == 1) good++;
        assert_int_equal(utf8_check(&whole, (struct str){ text, size }), good);
        if (good == size) assert_int_equal(utf8_complete(&whole), utf8_complete(&single));
    }
}

/* Every pair of bytes, wherever they lie in a block, behind what begins a sequence of any length. */
static void wide_instructions_know_every_pair(void **state)
{
    static const char *const starts[] = { "", "\xc3", "\xe2\x82", "\xe2", "\xf0\x9f\x98", "\xf0\x9f", "\xf0" };
    (void)state;
    for (size_t start = 0; start < sizeof starts / sizeof *starts; start++)
        for (uint32_t pair = 0; pair < 0x10000; pair++) {
            char text[64];
            size_t before = 28 + pair % 5 - strlen(starts[start]), good = 0;
            struct utf8_state whole = { 0 }, single = { 0 };
            memset(text, 'a', sizeof text);
            memcpy(text + before, starts[start], strlen(starts[start]));
            text[28 + pair % 5] = (char)(pair >> 8);
            text[29 + pair % 5] = (char)pair;
            while (good < sizeof text && utf8_check(&single, (struct str){ text + good, 1 }) == 1) good++;
            assert_int_equal(utf8_check(&whole, (struct str){ text, sizeof text }), good);
        }
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point += 7) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
        char bytes[4];
        size_t size = utf8_write(code_point, bytes), at = 0;
        struct str text = { bytes, size };
        assert_true(utf8_valid(text));
        assert_int_equal(utf8_next(text, &at), code_point);
        assert_int_equal(at, size);
        assert_int_equal(utf8_utf16_length(text), code_point > 0xFFFF ? 2 : 1);
    }
}

static void replaces_bad_bytes(void **state)
{
    (void)state;
    size_t at = 0;
    assert_int_equal(utf8_next(STR("\xe2\x82"), &at), 0xFFFD);
    assert_int_equal(at, 1);
}

static void cuts_between_characters(void **state)
{
    (void)state;
    assert_str(utf8_cut(STR("a\xe2\x82\xac"), 3), "a");
    assert_str(utf8_cut(STR("a\xe2\x82\xac"), 4), "a\xe2\x82\xac");
    assert_str(utf8_cut(STR("abc"), 2), "ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first_bad_byte),
        cmocka_unit_test(says_the_same_one_byte_at_a_time),
        cmocka_unit_test(finds_a_bad_byte_anywhere_in_a_long_text),
        cmocka_unit_test(wide_instructions_say_the_same),
        cmocka_unit_test(wide_instructions_know_every_pair),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(replaces_bad_bytes),
        cmocka_unit_test(cuts_between_characters),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
