#include "unit.h"

#include "format_text.h"

static void grammars_tell_good_from_bad(void **state)
{
    (void)state;
    static const struct {
        struct str format, good[6], bad[9];
    } cases[] = {
        { STR_INIT("date"),
          { STR_INIT("2026-01-31"), STR_INIT("2024-02-29") },
          { STR_INIT("2026-02-29"), STR_INIT("2026-13-01"), STR_INIT("2026-1-1"), STR_INIT("31.01.2026"),
            STR_INIT("2026-00-10"), STR_INIT("2026-01-00") } },
        { STR_INIT("date-time"),
          { STR_INIT("2026-01-31T12:00:00Z"), STR_INIT("2026-01-31t12:00:00.123+01:00") },
          { STR_INIT("2026-01-31"), STR_INIT("2026-01-31T12:00:00"), STR_INIT("2026-01-31T25:00:00Z"),
            STR_INIT("2026-01-31T12:00:00.Z"), STR_INIT("yesterday") } },
        { STR_INIT("time"),
          { STR_INIT("12:00:00Z"), STR_INIT("12:00:00-05:30") },
          { STR_INIT("12:00"), STR_INIT("12:60:00Z"), STR_INIT("12:00:00") } },
        { STR_INIT("duration"),
          { STR_INIT("PT1H"), STR_INIT("P3D"), STR_INIT("P1Y2M3DT4H5M6S") },
          { STR_INIT("P"), STR_INIT("PT"), STR_INIT("1H"), STR_INIT("P1H"), STR_INIT("PT1H2H") } },
        { STR_INIT("uuid"),
          { STR_INIT("3fa85f64-5717-4562-b3fc-2c963f66afa6"),
            STR_INIT("urn:uuid:3FA85F64-5717-4562-b3fc-2c963f66afa6") },
          { STR_INIT("3fa85f64"), STR_INIT("3fa85f64-5717-4562-b3fc-2c963f66afag"),
            STR_INIT("3fa85f6405717-4562-b3fc-2c963f66afa6") } },
        { STR_INIT("email"),
          { STR_INIT("user@example.com"), STR_INIT("a.b+c@d-e.co") },
          { STR_INIT("user"), STR_INIT("@example.com"), STR_INIT("a..b@example.com"), STR_INIT("user@localhost"),
            STR_INIT("a b@example.com"), STR_INIT("user@-a.com") } },
        { STR_INIT("hostname"),
          { STR_INIT("www.example.com"), STR_INIT("localhost") },
          { STR_INIT("-a.com"), STR_INIT("a..b"), STR_INIT("a_b.com"), STR_INIT("") } },
        { STR_INIT("ipv4"),
          { STR_INIT("192.0.2.1") },
          { STR_INIT("192.0.2"), STR_INIT("192.0.2.256"), STR_INIT("192.0.2.1.1"), STR_INIT("192.0.2.x") } },
        { STR_INIT("ipv6"),
          { STR_INIT("2001:db8::1"), STR_INIT("::"), STR_INIT("::1"), STR_INIT("1:2:3:4:5:6:7:8"),
            STR_INIT("::ffff:192.0.2.1"), STR_INIT("1::") },
          { STR_INIT("1:2:3"), STR_INIT("1::2::3"), STR_INIT("12345::"), STR_INIT("1:2:3:4:5:6:7:8:9"), STR_INIT("1:"),
            STR_INIT(":1"), STR_INIT("g::"), STR_INIT("1:2:3:4:5:6:7::8") } },
        { STR_INIT("uri"),
          { STR_INIT("https://www.example.com/a?b=%20#c"), STR_INIT("mailto:a@b.c"), STR_INIT("http://[::1]/") },
          { STR_INIT("/path"), STR_INIT("www.example.com"), STR_INIT("https://a b"), STR_INIT("http://a/%zz"),
            STR_INIT("a:b#c#d"), STR_INIT("http://a/[1]"), STR_INIT("http://\xc3\xa9.com") } },
        { STR_INIT("uri-reference"),
          { STR_INIT("/path"), STR_INIT(""), STR_INIT("#a") },
          { STR_INIT("a b"), STR_INIT("\\a") } },
        { STR_INIT("uri-template"),
          { STR_INIT("https://a/{id}"), STR_INIT("a{?b}") },
          { STR_INIT("{"), STR_INIT("}"), STR_INIT("{{a}}"), STR_INIT("a b") } },
        { STR_INIT("json-pointer"),
          { STR_INIT(""), STR_INIT("/a~1b/~0") },
          { STR_INIT("a"), STR_INIT("/~2"), STR_INIT("/~") } },
        { STR_INIT("byte"),
          { STR_INIT("ZXhhbXBsZQ=="), STR_INIT("") },
          { STR_INIT("ZXhhbXBsZQ"), STR_INIT("Z==="), STR_INIT("a b=") } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t j = 0; j < 6 && cases[i].good[j].at; j++)
            if (!format_text_fits(cases[i].format, cases[i].good[j]))
                fail_msg("%s is no %s", cases[i].good[j].at, cases[i].format.at);
        for (size_t j = 0; j < 9 && cases[i].bad[j].at; j++)
            if (format_text_fits(cases[i].format, cases[i].bad[j]))
                fail_msg("%s is a %s", cases[i].bad[j].at, cases[i].format.at);
    }
    assert_true(format_text_fits(STR("a-format-of-ours"), STR("?")));
}

static void all_made_are_of_their_format(void **state)
{
    (void)state;
    static const char *const formats[] = {
        "date-time",       "date",         "time",     "duration", "uuid", "email", "uri",          "url",
        "uri-reference",   "uri-template", "hostname", "ipv4",     "ipv6", "byte",  "json-pointer", "UUID",
        "google-datetime", "color"
    };
    struct arena arena;
    arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct str format = str_from(formats[i]);
        for (unsigned number = 0; number < 20; number++) {
            struct str text = format_text_make(&arena, format, number);
            if (text.size == 0 || !format_text_fits(format, text)) fail_msg("%s %u", formats[i], number);
        }
    }
    assert_str(format_text_make(&arena, STR("date-time"), 0), "2026-01-31T12:00:00Z");
    assert_str(format_text_make(&arena, STR("date-time"), 2), "2026-01-31T12:00:02Z");
    assert_str(format_text_make(&arena, STR("color"), 3), "#336699");
    assert_str(format_text_make(&arena, STR("no-format"), 0), "");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grammars_tell_good_from_bad),
        cmocka_unit_test(all_made_are_of_their_format),
    };
    return cmocka_run_group_tests_name("format_text", tests, NULL, NULL);
}
