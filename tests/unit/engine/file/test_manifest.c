#include "unit.h"

#include "manifest.h"

static struct arena arena;
static struct buf bytes;

static int make(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    buf_init(&bytes, 1 << 20);
    struct str removed[] = { STR("a.test"), STR_EMPTY, STR("b\n.test/v1") };
    struct manifest manifest = { .generation = 7, .segment_count = 2 };
    manifest.segments[0] = (struct manifest_segment){ STR("catalogue.1"), 0x1122334455667788, removed, 3 };
    manifest.segments[1] = (struct manifest_segment){ STR("catalogue.6"), 5, NULL, 0 };
    manifest_write(&manifest, &bytes);
    return (int)bytes.error;
}

static int unmake(void **state)
{
    (void)state;
    arena_free(&arena);
    buf_free(&bytes);
    return 0;
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct manifest manifest;
    assert_null(manifest_read(&manifest, buf_str(&bytes), &arena));
    assert_int_equal(manifest.generation, 7);
    assert_int_equal(manifest.segment_count, 2);
    assert_str(manifest.segments[0].name, "catalogue.1");
    assert_true(manifest.segments[0].checksum == 0x1122334455667788);
    assert_int_equal(manifest.segments[0].removed_count, 3);
    assert_str(manifest.segments[0].removed[0], "a.test");
    assert_str(manifest.segments[0].removed[1], "");
    assert_str(manifest.segments[0].removed[2], "b\n.test/v1");
    assert_str(manifest.segments[1].name, "catalogue.6");
    assert_int_equal(manifest.segments[1].removed_count, 0);
}

static void every_changed_bit_and_every_cut_is_refused(void **state)
{
    (void)state;
    struct manifest manifest;
    for (size_t i = 0; i < 8 * bytes.size; i++) {
        bytes.at[i / 8] = (char)(bytes.at[i / 8] ^ 1 << i % 8);
        assert_non_null(manifest_read(&manifest, buf_str(&bytes), &arena));
        bytes.at[i / 8] = (char)(bytes.at[i / 8] ^ 1 << i % 8);
    }
    for (size_t size = 0; size < bytes.size; size++)
        assert_non_null(manifest_read(&manifest, str_cut(buf_str(&bytes), 0, size), &arena));
    buf_append_byte(&bytes, '\0');
    assert_non_null(manifest_read(&manifest, buf_str(&bytes), &arena));
    bytes.size--;
}

/* With a checksum that is right. */
static void names_that_lead_elsewhere_are_refused(void **state)
{
    (void)state;
    static const struct str names[] = { STR_INIT(""), STR_INIT("../catalogue"), STR_INIT("a\0b") };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct manifest manifest = { .segment_count = 1 };
        struct buf bad;
        buf_init(&bad, 1 << 20);
        manifest.segments[0].name = names[i];
        manifest_write(&manifest, &bad);
        assert_non_null(manifest_read(&manifest, buf_str(&bad), &arena));
        buf_free(&bad);
    }
}

static void a_manifest_without_segments_is_refused(void **state)
{
    (void)state;
    struct manifest manifest = { .generation = 1 };
    struct buf bad;
    buf_init(&bad, 1 << 20);
    manifest_write(&manifest, &bad);
    assert_true(manifest_is(buf_str(&bad)));
    assert_non_null(manifest_read(&manifest, buf_str(&bad), &arena));
    buf_free(&bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(every_changed_bit_and_every_cut_is_refused),
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
        cmocka_unit_test(a_manifest_without_segments_is_refused),
    };
    return cmocka_run_group_tests_name("manifest", tests, make, unmake);
}
