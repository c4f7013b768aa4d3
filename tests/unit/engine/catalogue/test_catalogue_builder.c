#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "catalogue_builder.h"
#include "catalogue_union.h"

static char folder[] = P_tmpdir "/test_catalogue.XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    snprintf(path, sizeof path, "%s/index", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

/* An API with an endpoint, its parameter, an object and a property that has an enum. */
static void add_api(struct catalogue_builder *builder, const char *id)
{
    struct format_api api = { .id = catalogue_builder_string(builder, str_from(id)),
                              .title = catalogue_builder_string(builder, STR("Pets")),
                              .description = catalogue_builder_string(builder, STR("All about pets")) };
    uint32_t first = catalogue_builder_api(builder, &api);
    struct format_element element = { .kind = CATALOGUE_ENDPOINT, .parent = first, .detail = CATALOGUE_METHOD_POST };
    element.name = catalogue_builder_string(builder, STR("/pets"));
    uint32_t endpoint = catalogue_builder_element(builder, &element);
    element = (struct format_element){ .kind = CATALOGUE_PARAMETER, .parent = endpoint, .flags = CATALOGUE_OF_PATH };
    element.name = catalogue_builder_string(builder, STR("limit"));
    catalogue_builder_element(builder, &element);
    element = (struct format_element){ .kind = CATALOGUE_OBJECT, .parent = first };
    element.name = catalogue_builder_string(builder, str_from(id));
    uint32_t object = catalogue_builder_element(builder, &element);
    uint32_t values[] = { catalogue_builder_string(builder, STR("\"cat\"")),
                          catalogue_builder_string(builder, STR("7")) };
    element = (struct format_element){ .kind = CATALOGUE_PROPERTY, .parent = object };
    element.name = catalogue_builder_string(builder, STR("kind"));
    element.facts =
        catalogue_builder_facts(builder, catalogue_builder_string(builder, STR("int32")), values[1], values, 2);
    catalogue_builder_element(builder, &element);
    assert_int_equal(catalogue_builder_text(builder, str_from(id)), FILE_OK);
}

static void check_api(const struct catalogue *catalogue, const char *id)
{
    uint32_t number = catalogue_api_find(catalogue, str_from(id));
    assert_int_not_equal(number, CATALOGUE_NONE);
    const struct format_api *api = &catalogue->apis[number];
    const struct format_element *elements = catalogue->elements + api->first_element;
    assert_int_equal(api->element_count, 5);
    assert_int_equal(api->path_parameters, 1);
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) assert_int_equal(api->counts[kind], 1);
    for (uint32_t i = 0; i < 5; i++) assert_int_equal(catalogue_api_of(catalogue, api->first_element + i), number);
    assert_str(catalogue_string(catalogue, elements[0].name), "Pets");
    assert_true(str_equal(catalogue_string(catalogue, elements[0].type), str_from(id)));
    assert_str(catalogue_string(catalogue, elements[1].name), "/pets");
    assert_int_equal(elements[1].parent, api->first_element);
    assert_int_equal(elements[2].parent, api->first_element + 1);
    assert_int_equal(elements[4].parent, api->first_element + 3);
    struct catalogue_facts facts = catalogue_facts(catalogue, &elements[4]);
    assert_str(facts.format, "int32");
    assert_str(facts.default_value, "7");
    assert_int_equal(facts.value_count, 2);
    assert_str(catalogue_facts_value(catalogue, &facts), "\"cat\"");
    assert_str(catalogue_facts_value(catalogue, &facts), "7");
    assert_str(catalogue_facts_value(catalogue, &facts), "");
    struct buf text;
    buf_init(&text, 1000);
    assert_int_equal(catalogue_text(catalogue, number, &text), FILE_OK);
    assert_true(str_equal(buf_str(&text), str_from(id)));
    buf_free(&text);
}

static void apis_come_back_in_order(void **state)
{
    (void)state;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    add_api(builder, "zebra.org");
    add_api(builder, "ant.org");
    add_api(builder, "monkey.org");
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(catalogue.api_count, 3);
    assert_str(catalogue_string(&catalogue, catalogue.apis[0].id), "ant.org");
    check_api(&catalogue, "ant.org");
    check_api(&catalogue, "monkey.org");
    check_api(&catalogue, "zebra.org");
    assert_int_equal(catalogue_api_find(&catalogue, STR("bear.org")), CATALOGUE_NONE);
    assert_int_equal(catalogue_api_of(&catalogue, 15), CATALOGUE_NONE);
    catalogue_builder_destroy(builder);
}

static void what_is_written_can_be_opened(void **state)
{
    (void)state;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    struct file_writer *writer;
    struct file file;
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    add_api(builder, "ant.org");
    add_api(builder, "bear.org");
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(catalogue_builder_write(builder, writer), FILE_OK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    catalogue_builder_destroy(builder);
    assert_int_equal(file_open(&file, path), FILE_OK);
    assert_int_equal(catalogue_open(&catalogue, &file), FILE_OK);
    check_api(&catalogue, "ant.org");
    check_api(&catalogue, "bear.org");
    file_close(&file);
}

static void a_dropped_api_leaves_no_trace(void **state)
{
    (void)state;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    add_api(builder, "ant.org");
    add_api(builder, "bad.org");
    catalogue_builder_drop_api(builder);
    add_api(builder, "cat.org");
    struct format_api unread = { .id = catalogue_builder_string(builder, STR("without a text")) };
    catalogue_builder_api(builder, &unread);
    catalogue_builder_drop_api(builder);
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(catalogue.api_count, 2);
    assert_int_equal(catalogue.element_count, 10);
    check_api(&catalogue, "ant.org");
    check_api(&catalogue, "cat.org");
    catalogue_builder_destroy(builder);
}

/* The bytes must not tell how the APIs were spread over the builders, nor in which order or on which thread they came.
 */
static void a_union_depends_on_the_apis_alone(void **state)
{
    (void)state;
    static const char *const ids[] = { "a", "b", "c", "d", "e", "f" };
    struct catalogue_union *unions[2];
    struct catalogue_builder *builder;
    struct catalogue catalogues[2];
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    for (int way = 0; way < 2; way++) {
        assert_int_equal(catalogue_union_create(&unions[way]), FILE_OK);
        for (int i = 0; i < 6; i++) {
            add_api(builder, ids[way ? i : 5 - i]);
            if (way && i % 3 != 2) continue; /* three at once */
            assert_int_equal(catalogue_union_add(unions[way], builder), FILE_OK);
            catalogue_builder_reset(builder);
        }
        assert_int_equal(catalogue_union_finish(unions[way], way ? 1 : 3, &catalogues[way]), FILE_OK);
        assert_int_equal(catalogue_union_join_texts(unions[way], &catalogues[way]), FILE_OK);
        for (int i = 0; i < 6; i++) check_api(&catalogues[way], ids[i]);
    }
    assert_true(str_equal(catalogues[0].strings, catalogues[1].strings));
    assert_true(str_equal(catalogues[0].facts, catalogues[1].facts));
    assert_true(str_equal(catalogues[0].texts, catalogues[1].texts));
    assert_memory_equal(catalogues[0].apis, catalogues[1].apis, 6 * sizeof(struct format_api));
    assert_memory_equal(catalogues[0].elements, catalogues[1].elements, 30 * sizeof(struct format_element));
    catalogue_union_destroy(unions[0]);
    catalogue_union_destroy(unions[1]);
    catalogue_builder_destroy(builder);
}

static void an_empty_builder_is_an_empty_catalogue(void **state)
{
    (void)state;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(catalogue.api_count, 0);
    assert_int_equal(catalogue_api_find(&catalogue, STR("a")), CATALOGUE_NONE);
    assert_false(catalogue_builder_failed(builder));
    struct format_element element = { 0 };
    catalogue_builder_element(builder, &element); /* belongs to no API */
    assert_true(catalogue_builder_failed(builder));
    catalogue_builder_reset(builder);
    add_api(builder, "ant.org");
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    check_api(&catalogue, "ant.org");
    catalogue_builder_destroy(builder);
}

/* Sections that pass their checksums and lie all the same. */
static int open_lying(const struct format_api *apis, size_t api_count, const struct format_element *elements,
                      size_t element_count, const char **why)
{
    struct file_writer *writer;
    struct file file;
    struct catalogue catalogue;
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    file_writer_section(writer, FORMAT_STRINGS, "\0\0\0\0\1a\0\0", 8);
    file_writer_section(writer, FORMAT_FACTS, "\0\0\0\0\1\xFF\0\0", 8);
    file_writer_section(writer, FORMAT_TEXTS, "not zstd", 8);
    file_writer_section(writer, FORMAT_USES, "\1\0\0\0", 4);
    file_writer_section(writer, FORMAT_APIS, apis, api_count * sizeof *apis);
    file_writer_section(writer, FORMAT_ELEMENTS, elements, element_count * sizeof *elements);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    assert_int_equal(file_open(&file, path), FILE_OK);
    int error = catalogue_open(&catalogue, &file);
    *why = file.why;
    if (error == FILE_OK) {
        struct buf text;
        buf_init(&text, 1 << 20);
        assert_int_equal(catalogue_text(&catalogue, 0, &text), FILE_CORRUPT);
        assert_int_equal(catalogue_facts(&catalogue, &catalogue.elements[0]).value_count, 0);
        buf_free(&text);
    }
    file_close(&file);
    return error;
}

static void numbers_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    const char *why;
    const struct format_api api = {
        .id = 4, .element_count = 1, .counts = { 1 }, .text_size = 8, .text_bytes = 1 << 30
    };
    const struct format_element element = { .name = 4, .facts = 4 };
    assert_int_equal(open_lying(&api, 1, &element, 1, &why), FILE_OK);

    struct format_api apis[2] = { api, api };
    assert_int_equal(open_lying(apis, 2, &element, 1, &why), FILE_CORRUPT);
    assert_string_equal(why, "the list of APIs is damaged");
    const struct format_api bad_apis[] = {
        { .id = 8, .element_count = 1, .counts = { 1 } },
        { .id = 4, .element_count = 2, .counts = { 1, 1 } },
        { .id = 4, .element_count = 0 },
        { .id = 4, .element_count = 1, .counts = { 2 } },
        { .id = 4, .element_count = 1, .counts = { 1 }, .first_element = 1 },
        { .id = 4, .element_count = 1, .counts = { 1 }, .text_offset = 9 },
        { .id = 4, .element_count = 1, .counts = { 1 }, .text_offset = 4, .text_size = 5 },
        { .id = 4, .element_count = 1, .counts = { 1 }, .uses_offset = 8 },
        { .id = 4, .element_count = 1, .counts = { 1 }, .uses_offset = 4, .uses_size = 1 },
        { .id = 4, .element_count = 1, .counts = { 1 }, .uses_offset = 1 },
    };
    for (size_t i = 0; i < sizeof bad_apis / sizeof *bad_apis; i++) {
        assert_int_equal(open_lying(&bad_apis[i], 1, &element, 1, &why), FILE_CORRUPT);
        assert_string_equal(why, "the list of APIs is damaged");
    }
    const struct format_element bad_elements[] = {
        { .name = 8 },
        { .owner = 8 },
        { .type = 8 },
        { .text = 8 },
        { .facts = 8 },
        { .kind = FORMAT_KINDS },
        { .kind = CATALOGUE_OBJECT },
        { .parent = 1 },
    };
    for (size_t i = 0; i < sizeof bad_elements / sizeof *bad_elements; i++) {
        assert_int_equal(open_lying(&api, 1, &bad_elements[i], 1, &why), FILE_CORRUPT);
        assert_string_equal(why, "the list of elements is damaged");
    }
}

static void a_missing_section_is_told(void **state)
{
    (void)state;
    struct file_writer *writer;
    struct file file;
    struct catalogue catalogue;
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    assert_int_equal(file_open(&file, path), FILE_OK);
    assert_int_equal(catalogue_open(&catalogue, &file), FILE_CORRUPT);
    assert_string_equal(file.why, "a section of the catalogue is missing");
    file_close(&file);
}

/* Offset 0 stands for no facts and must be there even when no element has any. */
static void what_has_no_facts_is_ordered_and_opened(void **state)
{
    (void)state;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    static const char *const ids[] = { "b.test", "a.test" };
    for (size_t i = 0; i < 2; i++) {
        struct format_api api = { .id = catalogue_builder_string(builder, str_from(ids[i])) };
        catalogue_builder_api(builder, &api);
        assert_int_equal(catalogue_builder_text(builder, STR("{}")), FILE_OK);
    }
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_true(catalogue.facts.size > 0);
    assert_int_equal(catalogue_facts(&catalogue, &catalogue.elements[0]).value_count, 0);
    catalogue_builder_destroy(builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(apis_come_back_in_order),
        cmocka_unit_test(what_has_no_facts_is_ordered_and_opened),
        cmocka_unit_test(what_is_written_can_be_opened),
        cmocka_unit_test(a_dropped_api_leaves_no_trace),
        cmocka_unit_test(a_union_depends_on_the_apis_alone),
        cmocka_unit_test(an_empty_builder_is_an_empty_catalogue),
        cmocka_unit_test(numbers_that_do_not_fit_are_refused),
        cmocka_unit_test(a_missing_section_is_told),
    };
    return cmocka_run_group_tests_name("catalogue_builder", tests, make_folder, remove_folder);
}
