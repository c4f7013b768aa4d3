/* A specification in tests/data/specs may have beside it NAME.elements, what it must become, an element a line:
 *     kind flags name | owner | type | text | format=… default=… enum=…
 * A new case is two files. With UPDATE=1 in the environment the lists
 * that there are (an empty one will do) are written anew, to be looked at. */
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "limits.h"
#include "openapi3.h"

static bool read_text(const char *path, struct buf *text)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    char bytes[4096];
    for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;) buf_append(text, bytes, size);
    fclose(file);
    return true;
}

static void list_text(struct buf *list, struct str text)
{
    for (size_t at = 0; at < text.size; at++) {
        if (text.at[at] == '\n')
            buf_append_str(list, STR("\\n"));
        else if (text.at[at] == '\0')
            buf_append_str(list, STR("\\0"));
        else
            buf_append_byte(list, text.at[at]);
    }
}

static void list_flags(struct buf *list, unsigned flags)
{
    static const char letters[] = { 'R', 'D', 'r', 'w', 'N', 'P' };
    for (unsigned i = 0; i < sizeof letters; i++)
        if (flags & 1u << i) buf_append_byte(list, letters[i]);
    if (flags == 0) buf_append_byte(list, '-');
}

static void list_facts(struct buf *list, const struct catalogue *catalogue, const struct format_element *element)
{
    struct catalogue_facts facts = catalogue_facts(catalogue, element);
    if (facts.format.size) buf_append_format(list, " format=%.*s", STR_FORMAT(facts.format));
    if (facts.default_value.size) buf_append_format(list, " default=%.*s", STR_FORMAT(facts.default_value));
    for (uint32_t i = 0; i < facts.value_count; i++) {
        struct str value = catalogue_facts_value(catalogue, &facts);
        buf_append_format(list, "%s%.*s", i ? "," : " enum=", STR_FORMAT(value));
    }
}

static void list_element(struct buf *list, const struct catalogue *catalogue, const struct format_element *element)
{
    static const char *const kinds[] = { "api", "endpoint", "object", "property", "parameter" };
    const uint32_t texts[] = { element->owner, element->type, element->text };
    buf_append_format(list, "%s", kinds[element->kind]);
    if (element->kind == CATALOGUE_ENDPOINT)
        buf_append_format(list, " %.*s", STR_FORMAT(catalogue_method_upper((enum catalogue_method)element->detail)));
    if (element->kind == CATALOGUE_PARAMETER)
        buf_append_format(list, " in %.*s", STR_FORMAT(catalogue_in_name((enum catalogue_in)element->detail)));
    buf_append_byte(list, ' ');
    list_flags(list, element->flags);
    buf_append_byte(list, ' ');
    list_text(list, catalogue_string(catalogue, element->name));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buf_append_str(list, STR(" | "));
        list_text(list, catalogue_string(catalogue, texts[i]));
    }
    buf_append_str(list, STR(" |"));
    list_facts(list, catalogue, element);
    buf_append_byte(list, '\n');
}

/* A parameter's parent is an endpoint of its path, a property's its object. */
static void check_parents(const struct catalogue *catalogue)
{
    for (uint32_t i = 0; i < catalogue->element_count; i++) {
        const struct format_element *element = &catalogue->elements[i];
        const struct format_element *parent = &catalogue->elements[element->parent];
        struct str owner = catalogue_string(catalogue, element->owner);
        struct str parent_name = catalogue_string(catalogue, parent->name);
        if (element->kind == CATALOGUE_PROPERTY) {
            assert_int_equal(parent->kind, CATALOGUE_OBJECT);
            assert_true(str_starts(owner, parent_name));
        } else if (element->kind == CATALOGUE_PARAMETER) {
            assert_int_equal(parent->kind, CATALOGUE_ENDPOINT);
            assert_true(str_ends(owner, parent_name));
            assert_int_equal(owner.at[0] == '/', (element->flags & CATALOGUE_OF_PATH) != 0);
        } else {
            assert_int_equal(parent->kind, CATALOGUE_API);
        }
    }
}

static void list_catalogue(struct buf *list, const struct catalogue *catalogue)
{
    const struct format_api *api = &catalogue->apis[0];
    buf_append_format(
        list, "version %.*s, provider %.*s, category %.*s, source %.*s\n",
        STR_FORMAT(catalogue_string(catalogue, api->version)), STR_FORMAT(catalogue_string(catalogue, api->provider)),
        STR_FORMAT(catalogue_string(catalogue, api->category)), STR_FORMAT(catalogue_string(catalogue, api->source)));
    buf_append_format(list, "endpoints %u, objects %u, properties %u, parameters %u, of paths %u\n",
                      api->counts[CATALOGUE_ENDPOINT], api->counts[CATALOGUE_OBJECT], api->counts[CATALOGUE_PROPERTY],
                      api->counts[CATALOGUE_PARAMETER], api->path_parameters);
    for (uint32_t i = 0; i < catalogue->element_count; i++) list_element(list, catalogue, &catalogue->elements[i]);
}

static void list_specification(struct buf *list, struct str text, const char *name)
{
    struct document document;
    struct document_fault fault;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    assert_int_equal(document_read(&document, text, &fault), DOCUMENT_OK);
    assert_int_equal(openapi3_read(&document, STR("shop.example/v1"), str_from(name), builder, &fault), DOCUMENT_OK);
    document_close(&document);
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    check_parents(&catalogue);
    list_catalogue(list, &catalogue);
    catalogue_builder_destroy(builder);
}

static void compare_lists(const char *name, struct str expected, struct str actual)
{
    struct str expected_line, actual_line;
    for (unsigned line = 1; str_split(&expected, '\n', &expected_line); line++) {
        if (!str_split(&actual, '\n', &actual_line)) actual_line = STR("(nothing)");
        if (!str_equal(expected_line, actual_line))
            fail_msg("%s line %u\nexpected %.*s\nactual   %.*s", name, line, STR_FORMAT(expected_line),
                     STR_FORMAT(actual_line));
    }
    assert_null(actual.at);
}

static void run_case(struct str stem)
{
    char name[256], path[1024], list_path[1024];
    struct buf text, expected, list;
    snprintf(name, sizeof name, "%.*s.json", STR_FORMAT(stem));
    snprintf(path, sizeof path, "%s/data/specs/%s", TEST_DATA, name);
    snprintf(list_path, sizeof list_path, "%s/data/specs/%.*s.elements", TEST_DATA, STR_FORMAT(stem));
    buf_init(&text, 1 << 20);
    buf_init(&expected, 1 << 20);
    buf_init(&list, 1 << 20);
    assert_true(read_text(path, &text));
    list_specification(&list, buf_str(&text), name);
    if (getenv("UPDATE")) {
        FILE *file = fopen(list_path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(list.at, 1, list.size, file), list.size);
        fclose(file);
    }
    assert_true(read_text(list_path, &expected));
    compare_lists(name, buf_str(&expected), buf_str(&list));
    buf_free(&text);
    buf_free(&expected);
    buf_free(&list);
}

static void specifications_become_elements(void **state)
{
    (void)state;
    unsigned cases = 0;
    DIR *folder = opendir(TEST_DATA "/data/specs");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        struct str name = str_from(entry->d_name);
        if (!str_ends(name, STR(".elements"))) continue;
        run_case(str_cut(name, 0, name.size - strlen(".elements")));
        cases++;
    }
    closedir(folder);
    assert_true(cases >= 4);
}

static void read_built(struct buf *text, struct catalogue_builder *builder, int expected, struct document_fault *fault)
{
    struct document document;
    assert_int_equal(text->error, BUF_OK);
    assert_int_equal(document_read(&document, buf_str(text), fault), DOCUMENT_OK);
    assert_int_equal(openapi3_read(&document, STR("built"), STR_EMPTY, builder, fault), expected);
    document_close(&document);
}

static void properties_end_at_their_depth(void **state)
{
    (void)state;
    struct buf text;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    struct document_fault fault;
    buf_init(&text, 1 << 20);
    buf_append_str(&text, STR("{\"openapi\":\"3.1.0\",\"components\":{\"schemas\":{\"Deep\":"));
    for (int i = 0; i < 400; i++) buf_append_str(&text, STR("{\"properties\":{\"a\":"));
    buf_append_str(&text, STR("{}"));
    for (int i = 0; i < 400; i++) buf_append_str(&text, STR("}}"));
    buf_append_str(&text, STR("}}}"));
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    read_built(&text, builder, DOCUMENT_OK, &fault);
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(catalogue.apis[0].counts[CATALOGUE_PROPERTY], LIMIT_PROPERTY_DEPTH);
    catalogue_builder_destroy(builder);
    buf_free(&text);
}

static void a_long_list_of_required_names_is_known(void **state)
{
    (void)state;
    struct buf text;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    struct document_fault fault;
    buf_init(&text, 1 << 20);
    buf_append_str(&text, STR("{\"openapi\":\"3.1.0\",\"components\":{\"schemas\":{\"Wide\":{\"required\":[\"p0\""));
    for (int i = 2; i < 100; i += 2) buf_append_format(&text, ",\"p%d\"", i);
    buf_append_str(&text, STR("],\"properties\":{\"p0\":{}"));
    for (int i = 1; i < 100; i++) buf_append_format(&text, ",\"p%d\":{}", i);
    buf_append_str(&text, STR("}}}}}"));
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    read_built(&text, builder, DOCUMENT_OK, &fault);
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(catalogue.element_count, 102);
    for (uint32_t i = 0; i < 100; i++)
        assert_int_equal(catalogue.elements[2 + i].flags, i % 2 ? 0 : CATALOGUE_REQUIRED);
    catalogue_builder_destroy(builder);
    buf_free(&text);
}

/* A name of a megabyte that repeats in the owner of each of 1,000 properties' own properties: 1 GB from 1 MB. */
static void a_specification_made_to_grow_is_stopped(void **state)
{
    (void)state;
    struct buf text;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    struct document_fault fault;
    buf_init(&text, 4 << 20);
    buf_append_str(&text, STR("{\"openapi\":\"3.1.0\",\"components\":{\"schemas\":{\""));
    for (int i = 0; i < 1 << 20; i++) buf_append_byte(&text, 'x');
    buf_append_str(&text, STR("\":{\"properties\":{\"p\":{}"));
    for (int i = 0; i < 1000; i++) buf_append_format(&text, ",\"p%d\":{\"properties\":{\"a\":{}}}", i);
    buf_append_str(&text, STR("}}}}}"));
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    read_built(&text, builder, DOCUMENT_BAD, &fault);
    assert_int_equal(fault.line, 0);
    assert_non_null(strstr(fault.what, "too often"));
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(catalogue.api_count, 0);
    assert_int_equal(catalogue.element_count, 0);
    catalogue_builder_destroy(builder);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specifications_become_elements),
        cmocka_unit_test(properties_end_at_their_depth),
        cmocka_unit_test(a_long_list_of_required_names_is_known),
        cmocka_unit_test(a_specification_made_to_grow_is_stopped),
    };
    return cmocka_run_group_tests_name("openapi3", tests, NULL, NULL);
}
