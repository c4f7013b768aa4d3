#include "unit.h"

#include "base64.h"

static const struct {
    struct str bytes, text;
} cases[] = {
    /* RFC 4648 §10 */
    { STR_INIT(""), STR_INIT("") },
    { STR_INIT("f"), STR_INIT("Zg==") },
    { STR_INIT("fo"), STR_INIT("Zm8=") },
    { STR_INIT("foo"), STR_INIT("Zm9v") },
    { STR_INIT("foob"), STR_INIT("Zm9vYg==") },
    { STR_INIT("fooba"), STR_INIT("Zm9vYmE=") },
    { STR_INIT("foobar"), STR_INIT("Zm9vYmFy") },
    { STR_INIT("\0\xff\xfe\xfb"), STR_INIT("AP/++w==") },
};

static void writes_and_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf buf;
        buf_init(&buf, 64);
        base64_write(&buf, cases[i].bytes);
        assert_int_equal(buf.size, cases[i].text.size);
        assert_int_equal(base64_size(cases[i].bytes.size), buf.size);
        if (buf.size > 0) assert_memory_equal(buf.at, cases[i].text.at, buf.size);
        assert_int_equal(base64_read(buf.at, buf.size), cases[i].bytes.size);
        if (buf.size > 0) assert_memory_equal(buf.at, cases[i].bytes.at, cases[i].bytes.size);
        buf_free(&buf);
    }
}

static void reads_back_every_byte(void **state)
{
    (void)state;
    char bytes[256];
    for (int i = 0; i < 256; i++) bytes[i] = (char)i;
    for (size_t size = 0; size <= 256; size++) {
        struct buf buf;
        buf_init(&buf, 1024);
        base64_write(&buf, (struct str){ bytes, size });
        assert_int_equal(base64_read(buf.at, buf.size), size);
        if (size > 0) assert_memory_equal(buf.at, bytes, size);
        buf_free(&buf);
    }
}

static void refuses_what_is_not_canonical(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "Z",
        "Zg",
        "Zg=",
        "Zg===",
        "====",
        "=",
        "Z===",
        "Zh==",
        "Zm9=",
        "Zm9v=",
        "Zg==Zg==",
        "Zm=v",
        "Zm9-",
        "Zm9_",
        "Zm 9",
        "Zm9v\n",
        "Zm9v\nZm9",
        ("Zm9v\x80"
         "aaa"), /* in two, or the escape would go on */
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[32];
        size_t size = strlen(bad[i]);
        memcpy(text, bad[i], size);
        assert_true(base64_read(text, size) == STR_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads),
        cmocka_unit_test(reads_back_every_byte),
        cmocka_unit_test(refuses_what_is_not_canonical),
    };
    return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
