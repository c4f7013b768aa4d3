#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dictionary.h"
#include "dictionary_builder.h"
#include "postings.h"

static char folder[] = P_tmpdir "/test_dictionary.XXXXXX";
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
    struct dictionary_cursor cursor = { .dictionary = NULL };
    dictionary_seek(&cursor, &dictionary, 1);
    assert_str(dictionary_term(&cursor), "pod");
    assert_true(dictionary_next(&cursor));
    assert_str(dictionary_term(&cursor), "podium");
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
    assert_int_equal(range.exact - range.start, 1);
    assert_int_equal(range.end - range.start, 2);
    assert_int_equal(dictionary.postings[range.start], 10);
    assert_int_equal(dictionary.postings[range.start + 1], 12);
    range = dictionary_prefix(&dictionary, STR("po"));
    assert_int_equal(range.exact, range.start);
    assert_int_equal(range.end - range.start, 2);
    range = dictionary_exact(&dictionary, STR("spec"));
    static const uint32_t wanted[] = { 10, 12, 13 };
    assert_int_equal(range.end - range.start, 3);
    assert_memory_equal(dictionary.postings + range.start, wanted, sizeof wanted);
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
    uint32_t number;
    struct postings postings = postings_read(str_cut(dictionary.packed, range.start, range.end), 15);
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

/* Some thousand names that have much in common, a few of them longer than a term may be, in an order of its own. */
enum { MANY = 3000, LONG_BYTES = 700 };
static char names[MANY][LONG_BYTES];

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void make_names(void)
{
    static const char *const parts[] = { "pod", "image", "Pull", "secret", "s", "spec", "a", "template" };
    srand(7);
    for (size_t i = 0; i < MANY; i++) {
        names[i][0] = '\0';
        unsigned count = i % 500 == 0 ? 90 : 1 + (unsigned)rand() % 5;
        for (unsigned part = 0; part < count; part++) strcat(names[i], parts[rand() % 8]);
    }
    qsort(names, MANY, sizeof *names, compare_names);
}

static struct str cut_name(size_t i)
{
    return str_cut(str_from(names[i]), 0, DICTIONARY_TERM_BYTES);
}

static void open_names(struct file *file, struct dictionary *dictionary)
{
    struct dictionary_builder builder;
    struct file_writer *writer;
    make_names();
    dictionary_builder_init(&builder);
    for (size_t i = 0; i < MANY; i++) {
        dictionary_builder_document(&builder);
        dictionary_builder_add(&builder, str_from(names[i]));
    }
    assert_int_equal(dictionary_builder_finish(&builder, NULL, MANY, 0, false), FILE_OK);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(dictionary_builder_write(&builder, writer, 0), FILE_OK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    dictionary_builder_free(&builder);
    assert_int_equal(file_open(file, path), FILE_OK);
    assert_true(dictionary_open(dictionary, file, 0, 0, MANY, false));
}

/* Documents are names in order, so the postings of a prefix are the numbers of the names that begin with it. */
static void finds_among_many_what_a_plain_look_finds(void **state)
{
    (void)state;
    struct file file;
    struct dictionary dictionary;
    open_names(&file, &dictionary);
    for (size_t i = 0; i < MANY; i += 7)
        for (size_t size = 0; size <= cut_name(i).size; size += 1 + size / 40) {
            struct str prefix = str_cut(cut_name(i), 0, size);
            uint32_t count = 0, exact = 0;
            for (size_t j = 0; j < MANY; j++)
                count += str_starts(cut_name(j), prefix), exact += str_equal(cut_name(j), prefix);
            struct dictionary_range range = dictionary_prefix(&dictionary, prefix);
            assert_int_equal(range.end - range.start, count);
            assert_int_equal(range.exact - range.start, exact);
            for (uint32_t at = range.start; at < range.end; at++)
                assert_true(str_starts(cut_name(dictionary.postings[at]), prefix));
            range = dictionary_exact(&dictionary, prefix);
            assert_int_equal(range.end - range.start, exact);
            assert_int_equal(range.last - range.first, exact ? 1 : 0);
        }
    file_close(&file);
}

static void reads_terms_from_anywhere(void **state)
{
    (void)state;
    struct file file;
    struct dictionary dictionary;
    open_names(&file, &dictionary);
    struct dictionary_cursor near = { .dictionary = NULL };
    for (uint32_t entry = 0; entry < dictionary.count; entry++) {
        struct dictionary_cursor cursor = { .dictionary = NULL };
        dictionary_seek(&cursor, &dictionary, entry);
        dictionary_seek(&near, &dictionary, entry);
        assert_true(str_equal(dictionary_term(&cursor), dictionary_term(&near)));
        assert_true(str_equal(dictionary_term(&cursor), cut_name(dictionary.postings[cursor.start])));
        assert_int_equal(cursor.start, near.start);
        assert_int_equal(cursor.end, near.end);
        if (entry) dictionary_seek(&near, &dictionary, entry - 1 - (uint32_t)rand() % entry);
    }
    file_close(&file);
}

static void finds_what_is_inside_of_terms(void **state)
{
    (void)state;
    static const char *const needles[] = { "ullsec", "s", "spectemplatea", "podpodpod", "xyz", "secrets" };
    struct file file;
    struct dictionary dictionary;
    open_names(&file, &dictionary);
    for (size_t i = 0; i < sizeof needles / sizeof *needles; i++) {
        struct str needle = str_from(needles[i]);
        struct dictionary_cursor cursor = { .dictionary = NULL };
        uint32_t found = 0, wanted = 0;
        dictionary_seek(&cursor, &dictionary, 0);
        for (bool is_first = true; dictionary_next_inside(&cursor, needle, is_first); is_first = false) {
            assert_int_not_equal(str_find(dictionary_term(&cursor), needle), STR_NONE);
            found += cursor.end - cursor.start;
        }
        for (size_t j = 0; j < MANY; j++) wanted += str_find(cut_name(j), needle) != STR_NONE;
        assert_int_equal(found, wanted);
    }
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
        cmocka_unit_test(finds_among_many_what_a_plain_look_finds),
        cmocka_unit_test(reads_terms_from_anywhere),
        cmocka_unit_test(finds_what_is_inside_of_terms),
        cmocka_unit_test(may_be_empty),
    };
    return cmocka_run_group_tests_name("dictionary", tests, make_folder, remove_folder);
}
