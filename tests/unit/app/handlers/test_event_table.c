/* The table of events and contract/ tell the same story. */
#include "unit.h"

#include "event_table.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <yyjson.h>

#define CONTRACT TEST_DATA "/../contract"

static bool table_has(const char *name)
{
    for (size_t i = 0; i < EVENT_COUNT; i++)
        if (strcmp(event_table[i].name, name) == 0) return true;
    return false;
}

static yyjson_doc *read_schema(const char *file)
{
    char path[4096];
    yyjson_read_err error;
    snprintf(path, sizeof path, "%s/%s", CONTRACT, file);
    yyjson_doc *doc = yyjson_read_file(path, 0, NULL, &error);
    if (doc == NULL) fail_msg("%s: %s", path, error.msg);
    return doc;
}

/* The file of an event: its name with '-' for ':'. */
static void assert_file_name(const char *file, const char *title)
{
    char wanted[256];
    snprintf(wanted, sizeof wanted, "%s.json", title);
    *strchr(wanted, ':') = '-';
    assert_string_equal(file, wanted);
}

/* Returns 1 when the file describes an event that the table must have. */
static int check_schema(const char *file)
{
    yyjson_doc *doc = read_schema(file);
    yyjson_val *root = yyjson_doc_get_root(doc), *parts = yyjson_obj_get(root, "$defs");
    const char *title = yyjson_get_str(yyjson_obj_get(root, "title"));
    bool is_asked = yyjson_obj_get(parts, "arguments") != NULL, is_pushed = yyjson_obj_get(parts, "pushed") != NULL;

    assert_string_equal(yyjson_get_str(yyjson_obj_get(root, "$id")), file);
    if (is_asked || is_pushed) assert_file_name(file, title);
    if (is_pushed) assert_string_equal(title, EVENT_CATALOGUE_UPDATED);
    if (is_asked) {
        assert_non_null(yyjson_obj_get(parts, "reply"));
        assert_non_null(yyjson_obj_get(parts, "error"));
        if (!table_has(title)) fail_msg("%s is in contract/, and nobody answers it", title);
    }
    yyjson_doc_free(doc);
    return is_asked;
}

static void every_schema_has_a_handler_and_every_handler_a_schema(void **state)
{
    (void)state;
    size_t asked = 0;
    DIR *folder = opendir(CONTRACT);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t size = strlen(entry->d_name);
        if (size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0) asked += (size_t)check_schema(entry->d_name);
    }
    closedir(folder);
    /* Names in the table differ, so equal numbers mean equal sets. */
    assert_int_equal(asked, EVENT_COUNT);
}

static void names_in_the_table_differ(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        assert_non_null(event_table[i].handle);
        for (size_t j = 0; j < i; j++) assert_string_not_equal(event_table[i].name, event_table[j].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_schema_has_a_handler_and_every_handler_a_schema),
        cmocka_unit_test(names_in_the_table_differ),
    };
    return cmocka_run_group_tests_name("event_table", tests, NULL, NULL);
}
