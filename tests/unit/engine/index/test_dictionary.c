#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dictionary.h"
#include "dictionary_builder.h"
#include "postings.h"

static char folder[] = "test_dictionary.XXXXXX";
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

static void add(struct dictionary_builder *builder, const char *terms)
{
    struct str rest = str_from(terms), term;
    dictionary_builder_document(builder);
    while (str_split(&rest, ' ', &term)) dictionary_builder_add(builder, term);
}

/* Four documents, written as dictionary 3 and opened again. */
static void write_and_open(struct file *file, bool is_packed, const uint32_t *order, uint32_t count)
{
    struct dictionary_builder builder;
    struct file_writer *writer;
    dictionary_builder_init(&builder);
    add(&builder, "pod spec pod");
    add(&builder, "");
    add(&builder, "podium spec");
    add(&builder, "spec a");
    assert_int_equal(dictionary_builder_finish(&builder, order, count, 10, is_packed), FILE_OK);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(dictionary_builder_write(&builder, writer, 3), FILE_OK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    dictionary_builder_free(&builder);
    assert_int_equal(file_open(file, path), FILE_OK);
}

static void finds_terms_and_prefixes(void **state)
{
    (void)state;
    struct file file;
    struct dictionary dictionary;
    write_and_open(&file, false, NULL, 4);
    assert_true(dictionary_open(&dictionary, &file, 3, 10, 14, false));
    assert_int_equal(dictionary.count, 4);
    struct dictionary_range range = dictionary_prefix(&dictionary, STR("pod"));
    assert_int_equal(range.first, 1);
    assert_int_equal(range.last, 3);
    assert_str(dictionary_term(&dictionary, 1), "pod");
    assert_str(dictionary_term(&dictionary, 2), "podium");
    range = dictionary_exact(&dictionary, STR("pod"));
    assert_int_equal(range.last - range.first, 1);
    range = dictionary_exact(&dictionary, STR("po"));
    assert_int_equal(range.last - range.first, 0);
    range = dictionary_prefix(&dictionary, STR("zebra"));
    assert_int_equal(range.last - range.first, 0);
    range = dictionary_prefix(&dictionary, STR_EMPTY);
    assert_int_equal(range.last - range.first, 4);
    file_close(&file);
}

static void gives_the_documents_of_a_prefix_as_one_slice(void **state)
{
    (void)state;
    struct file file;
    struct dictionary dictionary;
    write_and_open(&file, false, NULL, 4);
    assert_true(dictionary_open(&dictionary, &file, 3, 10, 14, false));
    struct dictionary_range range = dictionary_prefix(&dictionary, STR("pod"));
    assert_int_equal(dictionary.posting_starts[range.last] - dictionary.posting_starts[range.first], 2);
    assert_int_equal(dictionary.postings[dictionary.posting_starts[range.first]], 10);
    assert_int_equal(dictionary.postings[dictionary.posting_starts[range.first] + 1], 12);
    range = dictionary_exact(&dictionary, STR("spec"));
    static const uint32_t wanted[] = { 10, 12, 13 };
    assert_memory_equal(dictionary.postings + dictionary.posting_starts[range.first], wanted, sizeof wanted);
    file_close(&file);
}

static void packs_in_the_order_asked_for(void **state)
{
    (void)state;
    static const uint32_t order[] = { 3, 0, 0, 1, 2 };
    struct file file;
    struct dictionary dictionary;
    write_and_open(&file, true, order, 5);
    assert_true(dictionary_open(&dictionary, &file, 3, 10, 15, true));
    struct dictionary_range range = dictionary_exact(&dictionary, STR("spec"));
    uint32_t start = dictionary.posting_starts[range.first], end = dictionary.posting_starts[range.last], number;
    struct postings postings = postings_read(str_cut(dictionary.packed, start, end), 15);
    for (uint32_t wanted = 10; wanted < 15; wanted++) {
        if (wanted == 13) continue; /* the document without terms */
        assert_true(postings_next(&postings, &number));
        assert_int_equal(number, wanted);
    }
    assert_false(postings_next(&postings, &number));
    file_close(&file);
}

static void refuses_postings_beyond_the_ceiling_and_missing_sections(void **state)
{
    (void)state;
    struct file file;
    struct dictionary dictionary;
    write_and_open(&file, false, NULL, 4);
    assert_false(dictionary_open(&dictionary, &file, 3, 10, 13, false));
    assert_false(dictionary_open(&dictionary, &file, 3, 11, 14, false));
    assert_non_null(file.why);
    assert_false(dictionary_open(&dictionary, &file, 2, 10, 14, false));
    file_close(&file);
}

static void may_be_empty(void **state)
{
    (void)state;
    struct dictionary_builder builder;
    struct dictionary dictionary;
    struct file_writer *writer;
    struct file file;
    dictionary_builder_init(&builder);
    assert_int_equal(dictionary_builder_finish(&builder, NULL, 0, 0, false), FILE_OK);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(dictionary_builder_write(&builder, writer, 0), FILE_OK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    dictionary_builder_free(&builder);
    assert_int_equal(file_open(&file, path), FILE_OK);
    assert_true(dictionary_open(&dictionary, &file, 0, 0, 0, false));
    struct dictionary_range range = dictionary_prefix(&dictionary, STR("a"));
    assert_int_equal(range.last - range.first, 0);
    file_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_terms_and_prefixes),
        cmocka_unit_test(gives_the_documents_of_a_prefix_as_one_slice),
        cmocka_unit_test(packs_in_the_order_asked_for),
        cmocka_unit_test(refuses_postings_beyond_the_ceiling_and_missing_sections),
        cmocka_unit_test(may_be_empty),
    };
    return cmocka_run_group_tests_name("dictionary", tests, make_folder, remove_folder);
}
