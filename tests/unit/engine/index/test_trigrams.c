#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "trigrams.h"

/* Words of two kinds, in order, and the trigrams over both. */
static const char *const words[2][5] = { { "decrypt", "ret", "secret", "secrets", "x" },
                                         { "abc", "ecr", "ecrex", "ret", "secret" } };

struct opened {
    struct file file;
    struct dictionary words[FORMAT_KINDS], trigrams;
};

static void open_words(struct opened *opened)
{
    char path[] = P_tmpdir "/test_trigrams.XXXXXX";
    struct dictionary_builder kinds[FORMAT_KINDS], trigrams;
    struct file_writer *writer;
    close(mkstemp(path));
    dictionary_builder_init(&trigrams);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    for (uint32_t kind = 0; kind < FORMAT_KINDS; kind++) {
        dictionary_builder_init(&kinds[kind]);
        for (size_t i = 0; kind < 2 && i < 5; i++) {
            dictionary_builder_document(&kinds[kind]);
            dictionary_builder_add(&kinds[kind], str_from(words[kind][i]));
            trigrams_add(&trigrams, str_from(words[kind][i]));
        }
        assert_int_equal(dictionary_builder_finish(&kinds[kind], NULL, kind < 2 ? 5 : 0, 0, false), FILE_OK);
        assert_int_equal(dictionary_builder_write(&kinds[kind], writer, kind), FILE_OK);
        dictionary_builder_free(&kinds[kind]);
    }
    assert_int_equal(dictionary_builder_finish(&trigrams, NULL, 10, 0, true), FILE_OK);
    assert_int_equal(dictionary_builder_write(&trigrams, writer, 9), FILE_OK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    dictionary_builder_free(&trigrams);
    assert_int_equal(file_open(&opened->file, path), FILE_OK);
    for (uint32_t kind = 0; kind < FORMAT_KINDS; kind++)
        assert_true(dictionary_open(&opened->words[kind], &opened->file, kind, 0, 5, false));
    assert_true(dictionary_open(&opened->trigrams, &opened->file, 9, 0, 10, true));
    unlink(path);
}

/* "kind.posting " of each word found. */
static const char *find(const struct opened *opened, const char *text)
{
    static char found[200];
    static uint32_t numbers[TRIGRAMS_NUMBERS];
    struct trigrams_search search = trigrams_find(&opened->trigrams, opened->words, str_from(text), numbers);
    struct trigrams_word word;
    size_t size = 0;
    found[0] = '\0';
    while (trigrams_next(&search, &word)) {
        assert_int_equal(word.end, word.start + 1);
        size += (size_t)snprintf(found + size, sizeof found - size, "%u.%u ", word.kind,
                                 opened->words[word.kind].postings[word.start]);
    }
    return found;
}

static void finds_words_by_what_is_in_them(void **state)
{
    (void)state;
    struct opened opened;
    open_words(&opened);
    assert_string_equal(find(&opened, "ecr"), "0.0 0.2 0.3 1.1 1.2 1.4 ");
    assert_string_equal(find(&opened, "ret"), "0.1 0.2 0.3 1.3 1.4 ");
    assert_string_equal(find(&opened, "ecret"), "0.2 0.3 1.4 ");
    assert_string_equal(find(&opened, "secrets"), "0.3 ");
    assert_string_equal(find(&opened, "crypts"), "");
    assert_string_equal(find(&opened, "zzz"), "");
    file_close(&opened.file);
}

/* All its trigrams are in a word, but not one behind the other. */
static void looks_at_the_word_itself(void **state)
{
    (void)state;
    struct opened opened;
    open_words(&opened);
    assert_string_equal(find(&opened, "ecrecr"), "");
    file_close(&opened.file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_words_by_what_is_in_them),
        cmocka_unit_test(looks_at_the_word_itself),
    };
    return cmocka_run_group_tests_name("trigrams", tests, NULL, NULL);
}
