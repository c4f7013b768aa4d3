#include "facade_fixture.h"

#include "buf.h"

static struct facade facade;
static struct engine_source source;
static char file[1 << 20]; /* the specification */
static size_t file_size;

static int ask(const char *id, uint64_t from, uint32_t limit)
{
    const struct engine_source_query query = { .id = str_from(id), .from = from, .limit = limit };
    arena_reset(&facade.arena);
    return engine_source(facade.opened, facade.scratch, &query, &facade.arena, &source, &facade.fault);
}

static void asked(const char *id)
{
    if (ask(id, ENGINE_SOURCE_START, 0)) fail_msg("%s: %s", id, facade.fault.text);
}

static void every_element_has_its_text(void **state)
{
    (void)state;
    static const struct {
        const char *id, *pointer, *begins;
    } elements[] = {
        { "hostile", "", "{" },
        { "hostile/object/Pet", "/components/schemas/Pet", "{" },
        { "hostile/object/Pet#chip.deep.er", "/components/schemas/Pet/allOf/1/properties/chip/properties/deep", "{" },
        { "hostile/object/a/b~c d%#", "/components/schemas/a~1b~0c d%#", "{" },
        { "hostile/endpoint/get/pets/{petId}", "/paths/~1pets~1{petId}/get", "{" },
        { "hostile/endpoint/get/pets/{petId}?path.petId", "/paths/~1pets~1{petId}/parameters/0",
          "{ \"name\": \"petId\"" },
    };
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        asked(elements[i].id);
        assert_true(str_equal(source.id, str_from(elements[i].id)));
        if (i != 2) assert_true(str_equal(source.pointer, str_from(elements[i].pointer)));
        assert_true(str_starts(source.text, str_from(elements[i].begins)));
        assert_true(source.start + source.size <= file_size && source.from == source.start);
        assert_int_equal(source.text.size, source.size);
        assert_memory_equal(source.text.at, file + source.start, source.size);
        size_t line = 1;
        for (size_t at = 0; at < source.start; at++) line += file[at] == '\n';
        assert_int_equal(source.line, line);
        /* A whole value: its braces are in pairs, but for those in strings, of which there are none here. */
        assert_true(source.text.at[source.size - 1] == '}');
    }
}

static void any_part_can_be_read(void **state)
{
    (void)state;
    struct buf whole;
    buf_init(&whole, sizeof file);
    for (uint64_t from = 0; from < file_size; from += source.text.size) {
        assert_int_equal(ask("hostile/object/Pet", from, 777), ENGINE_OK);
        assert_int_equal(source.from, from);
        assert_in_range(source.text.size, 1, 777);
        buf_append_str(&whole, source.text);
    }
    assert_int_equal(whole.size, file_size);
    assert_memory_equal(whole.at, file, file_size);
    buf_free(&whole);
    /* No character is cut: one of two bytes does not fit into one. */
    size_t place = (size_t)(strstr(file, "\xc3\xa9") - file);
    assert_int_equal(ask("hostile", place - 1, 2), ENGINE_OK);
    assert_int_equal(source.text.size, 1);
    assert_int_equal(ask("hostile", place - 1, 3), ENGINE_OK);
    assert_int_equal(source.text.size, 3);
    assert_int_equal(ask("hostile", file_size, 10), ENGINE_OK);
    assert_int_equal(source.text.size, 0);
    assert_int_equal(ask("hostile", UINT64_MAX - 1, UINT32_MAX), ENGINE_OK);
    assert_int_equal(source.text.size, 0);
}

static void what_is_not_there_is_told(void **state)
{
    (void)state;
    assert_int_equal(ask("hostile/object/Pett", ENGINE_SOURCE_START, 0), ENGINE_ENOTFOUND);
    assert_true(strstr(facade.fault.text, "The nearest is \"hostile/object/Pet\"") != NULL);
}

static void open_file(const char *path)
{
    FILE *from = fopen(path, "r");
    assert_non_null(from);
    file_size = fread(file, 1, sizeof file - 1, from);
    file[file_size] = '\0';
    fclose(from);
    facade_open(&facade, &path, 1);
}

static int open_facade(void **state)
{
    (void)state;
    open_file(TEST_DATA "/unit/engine/facade/hostile.json");
    return 0;
}

static int open_in_pieces(void **state)
{
    (void)state;
    char path[64];
    facade_spread(path, sizeof path, TEST_DATA "/unit/engine/facade/hostile.json");
    open_file(path);
    facade_remove(path);
    return 0;
}

static int close_facade(void **state)
{
    (void)state;
    facade_close(&facade);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_element_has_its_text),
        cmocka_unit_test(any_part_can_be_read),
        cmocka_unit_test(what_is_not_there_is_told),
    };
    int failed = cmocka_run_group_tests_name("source_text", tests, open_facade, close_facade);
    return failed + cmocka_run_group_tests_name("source_text, in pieces", tests, open_in_pieces, close_facade);
}
