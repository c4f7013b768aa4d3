#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "fixture.h"
#include "search.h"

static char description[1 << 16];
static uint8_t *image;
static size_t image_size;

static void read_image(const char *path, uint8_t **at, size_t *size)
{
    struct stat status;
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &status), 0);
    *size = (size_t)status.st_size;
    *at = aligned_alloc(FORMAT_ALIGN, *size);
    assert_non_null(*at);
    assert_int_equal(read(fd, *at, *size), *size);
    close(fd);
}

static int make_image(void **state)
{
    (void)state;
    struct fixture fixture;
    FILE *file = fopen(TEST_DATA "/golden/search/catalogue.txt", "rb");
    if (file == NULL || fread(description, 1, sizeof description - 1, file) == 0) return -1;
    fclose(file);
    fixture_open(&fixture, description, 1);
    read_image(fixture.path, &image, &image_size);
    fixture_close(&fixture);
    return 0;
}

static int free_image(void **state)
{
    (void)state;
    free(image);
    return 0;
}

static void the_number_of_threads_changes_nothing(void **state)
{
    (void)state;
    for (unsigned threads = 0; threads < 20; threads += 3) {
        struct fixture fixture;
        uint8_t *other;
        size_t size;
        fixture_open(&fixture, description, threads);
        read_image(fixture.path, &other, &size);
        assert_int_equal(size, image_size);
        assert_memory_equal(other, image, size);
        free(other);
        fixture_close(&fixture);
    }
}

/* ---- A file made to deceive -------------------------------------------------------------------------------------- */

static const struct format_section *section_of(uint32_t id)
{
    const struct format_header *header = (const struct format_header *)(void *)image;
    const struct format_section *sections = (const struct format_section *)(void *)(image + sizeof *header);
    for (uint32_t i = 0; i < header->section_count; i++)
        if (sections[i].id == id) return &sections[i];
    return NULL;
}

/* Puts the checksums right, so that the checks behind them are reached. */
static void seal(const struct format_section *changed)
{
    struct format_header *header = (struct format_header *)(void *)image;
    struct format_section *section = (struct format_section *)(uintptr_t)changed;
    section->checksum = XXH3_64bits(image + section->offset, section->size);
    header->checksum = 0;
    header->checksum = XXH3_64bits(image, sizeof *header + header->section_count * sizeof *section);
}

static void search_all(const struct index *index, const struct catalogue *catalogue)
{
    static const char *const texts[] = { "name",           "deployment",        "podspec restartpolicy", "customer id",
                                         "post customers", "payments terminal", "private registry",      "a" };
    struct search_scratch *scratch;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    assert_int_equal(search_scratch_create(&scratch, index, catalogue), FILE_OK);
    for (size_t i = 0; i < 2 * sizeof texts / sizeof *texts; i++) {
        struct search_answer answer;
        struct search_request request = {
            .text = str_from(texts[i / 2]), .kinds = 31, .limit = 20, .descriptions = true
        };
        request.api = i % 2 ? 0 : CATALOGUE_NONE;
        arena_reset(&arena);
        assert_int_equal(search_run(scratch, &request, &arena, &answer), FILE_OK);
    }
    search_scratch_destroy(scratch);
    arena_free(&arena);
}

/* Opens the image as it is now; when that works, searching must, too. Whether it opened. */
static bool try_image(void)
{
    struct file file;
    struct catalogue catalogue;
    struct index index;
    if (file_open_memory(&file, image, image_size) != FILE_OK) return false;
    bool works = catalogue_open(&catalogue, &file) == FILE_OK;
    if (works && index_open(&index, &file, &catalogue) == FILE_OK)
        search_all(&index, &catalogue);
    else {
        assert_non_null(file.why);
        works = false;
    }
    file_close(&file);
    return works;
}

static void no_number_in_the_file_can_crash_a_search(void **state)
{
    (void)state;
    static const uint32_t values[] = { 0, 1, UINT32_MAX, 0x7FFFFFFF, 300 };
    uint32_t refused = 0, tried = 0;
    assert_true(try_image());
    for (uint32_t id = FORMAT_INDEX; id < FORMAT_DICTIONARY + 64; id++) {
        const struct format_section *section = section_of(id);
        if (section == NULL) continue;
        for (uint64_t at = 0; at + 4 <= section->size; at += 4) {
            uint32_t old, value = values[tried++ % (sizeof values / sizeof *values)];
            memcpy(&old, image + section->offset + at, sizeof old);
            if (at > 64 && at % 28 != 0) continue; /* the first ones, and then enough */
            memcpy(image + section->offset + at, &value, sizeof value);
            seal(section);
            refused += !try_image();
            memcpy(image + section->offset + at, &old, sizeof old);
            seal(section);
        }
    }
    assert_true(refused > 100);
    assert_true(try_image());
}

static void every_section_is_needed(void **state)
{
    (void)state;
    for (uint32_t id = FORMAT_INDEX; id < FORMAT_DICTIONARY + 48; id++) {
        struct format_section *section = (struct format_section *)(uintptr_t)section_of(id);
        if (section == NULL) continue;
        section->id = 9999;
        seal(section);
        assert_false(try_image());
        section->id = id;
        seal(section);
    }
    assert_true(try_image());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_of_threads_changes_nothing),
        cmocka_unit_test(every_section_is_needed),
        cmocka_unit_test(no_number_in_the_file_can_crash_a_search),
    };
    return cmocka_run_group_tests_name("index", tests, make_image, free_image);
}
